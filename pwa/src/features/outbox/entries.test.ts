import { expect, test } from 'vitest';
import type { OutboxEntry } from '../../model/engine.ts';
import { adviceOf, canBeHanded, gistOf, outboxGroups, isPlan } from './entries.ts';

const NOON = Date.parse('2026-12-03T10:00:00Z');
const HOUR = 3_600_000;

function entry(id: string, state: OutboxEntry['state'], more: Partial<OutboxEntry> = {}) {
  const made: OutboxEntry = {
    id, save: id, record: id, case: 'c', kind: 'visit', at: NOON, state, set: {}, ...more,
  }; // prettier-ignore
  return made;
}

const ids = (saved: { save: string }[]) => saved.map((one) => one.save);

test('[R6] a refused entry stands apart and the others keep their place', () => {
  const groups = outboxGroups([
    entry('a', 'waiting'),
    entry('b', 'refused'),
    entry('c', 'in_review'),
  ]);
  expect(ids(groups.refused)).toEqual(['b']);
  expect(ids(groups.inReview)).toEqual(['c']);
  expect(ids(groups.queue)).toEqual(['a']);
});

test('[R1] what was saved together is one thing: visit, ticks and the next visit', () => {
  const visit = { save: 's', record: 'v' };
  const { queue } = outboxGroups([
    entry('1', 'waiting', visit),
    entry('2', 'waiting', { save: 's', kind: 'checklist' }),
    entry('3', 'waiting', { save: 's' }),
    entry('4', 'waiting', { save: 'other' }),
  ]);
  expect(ids(queue)).toEqual(['s', 'other']);
  expect(queue[0]?.parts.map((part) => part.id)).toEqual(['1', '2', '3']);
});

test('[R6] a thing is as far as the part that needs somebody most', () => {
  const groups = outboxGroups([
    entry('1', 'sent', { save: 'a', sentAt: NOON }),
    entry('2', 'refused', { save: 'a' }),
    entry('3', 'sent', { save: 'b', sentAt: NOON }),
    entry('4', 'waiting', { save: 'b' }),
    entry('5', 'sent', { save: 'c', sentAt: NOON }),
    entry('6', 'sent', { save: 'c', sentAt: NOON + HOUR }),
  ]);
  expect(ids(groups.refused)).toEqual(['a']);
  expect(ids(groups.queue)).toEqual(['b']);
  expect(ids(groups.sentToday)).toEqual(['c']);
  expect(groups.sentToday[0]?.sentAt).toBe(NOON + HOUR);
});

test('what is on its way comes before what waits, and then the newest', () => {
  const { queue } = outboxGroups([
    entry('old', 'waiting', { at: NOON - 2 * HOUR }),
    entry('new', 'waiting', { at: NOON - HOUR }),
    entry('going', 'sending', { at: NOON - 3 * HOUR }),
  ]);
  expect(ids(queue)).toEqual(['going', 'new', 'old']);
});

test('what was written yesterday and sent today stands among what was sent today', () => {
  const { sentToday } = outboxGroups([entry('a', 'sent', { at: NOON - 24 * HOUR, sentAt: NOON })]);
  expect(ids(sentToday)).toEqual(['a']);
});

test('the gist is the longest text somebody wrote', () => {
  const set = { note: 'Siivottiin yhdessä.', outcome: { code: 'done' }, title: 'Koti' };
  expect(gistOf([entry('a', 'sent'), entry('b', 'sent', { set })])).toBe('Siivottiin yhdessä.');
});

test('a visit to come is told from one that was made', () => {
  expect(isPlan(entry('a', 'waiting', { set: { plan: null } }))).toBe(true);
  expect(isPlan(entry('b', 'waiting', { set: { plan: null, outcome: null } }))).toBe(false);
});

test('[S7] what would be refused as a whole again is not handed over, and says what to do instead', () => {
  const refused = (code: string) => entry('a', 'refused', { problem: { code } });
  for (const [code, advice] of [
    ['body_too_large', 'shorten'],
    ['body_malformed', 'writeAnew'],
    ['change_id_reused', 'saveAnew'],
  ] as const) {
    expect(adviceOf(refused(code))).toBe(advice);
    expect(canBeHanded(refused(code))).toBe(false);
  }
  expect(canBeHanded(refused('case_erased'))).toBe(false);
  expect(adviceOf(refused('case_unknown'))).toBeNull();
  expect(canBeHanded(refused('case_unknown'))).toBe(true);
});
