import { expect, test } from 'vitest';
import '../kinds/declared.fixture.ts';
import { record } from './cast.fixture.ts';
import { hasConsent, lastContact } from './network.ts';

const TODAY = '2026-06-01';
const nurse = record('member', 'm-1', { member_kind: 'health_centre' });
const isMet = (outcome: string | null) => outcome === 'done';

const visit = (id: string, day: string, code: string | null, who = 'm-1') =>
  record('visit', id, {
    actual: { start: `${day}T09:00:00Z`, end: `${day}T10:00:00Z` },
    outcome: { code },
    [`participants/${who}`]: true,
  });

test('the latest visit that took place with them; one to come, one that failed and one with others are none', () => {
  const visits = [
    visit('v-1', '2026-03-01', 'done'),
    visit('v-2', '2026-04-01', 'done'),
    visit('v-3', '2026-05-01', 'door_not_opened'),
    visit('v-4', '2026-05-02', null),
    visit('v-5', '2026-05-03', 'done', 'm-2'),
  ];
  expect(lastContact(nurse, visits, isMet)).toBe('2026-04-01');
  expect(lastContact(nurse, [], isMet)).toBeNull();
});

test.each([
  [{}, true],
  [{ member: 'm-1' }, true],
  [{ member: 'm-2' }, false],
  [{ answer: 'not_now' }, false],
  [{ withdrawn_on: '2026-05-01' }, false],
  [{ until: '2026-05-31' }, false],
  [{ agreement_kind: 'landlord_contact' }, false],
])('a consent with %o stands: %s', (more, stands) => {
  const said = { agreement_kind: 'consent_to_share', answer: 'yes', on: '2026-01-01', ...more };
  expect(hasConsent(nurse, [record('agreement', 'a-1', said)], TODAY)).toBe(stands);
});

test('a landlord is contacted by a consent of its own', () => {
  const landlord = record('member', 'm-3', { member_kind: 'landlord' });
  const consent = { agreement_kind: 'landlord_contact', answer: 'yes', on: '2026-01-01' };
  expect(hasConsent(landlord, [record('agreement', 'a-1', consent)], TODAY)).toBe(true);
});
