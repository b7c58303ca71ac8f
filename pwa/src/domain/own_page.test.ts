import { describe, expect, test } from 'vitest';
import { record } from './cast.fixture.ts';
import { ownPageOf } from './own_page.ts';

const NOW = '2026-12-01T08:00:00Z';
const plan = (day: string) => ({
  start: `${day}T10:00:00Z`,
  end: `${day}T11:00:00Z`,
  zone: 'Europe/Helsinki',
});
const held = (day: string, agreed: string) => ({
  actual: plan(day),
  outcome: { code: 'done' },
  agreed,
  note: 'Vain työntekijöille.',
});

describe('the client’s own page', () => {
  test('[Q12] [Y6] holds the next visits, what was agreed, open goals with what is left, and the agreed plan', () => {
    const page = ownPageOf(
      [
        record('visit', 'next', { plan: plan('2026-12-03') }),
        record('visit', 'gone', { plan: plan('2026-11-20') }),
        record('visit', 'old', held('2026-11-10', 'Soitetaan Kelaan')),
        record('visit', 'new', held('2026-11-24', 'Maksetaan vuokra')),
        record('goal', 'g', {
          title: 'Vuokra ajallaan',
          status: 'agreed',
          client_words: 'Haluan pitää kodin',
          'steps/a': { text: 'Avaa e-lasku', order: 0 },
          'steps/b': { text: 'Tee budjetti', order: 1 },
          'steps_done/a': { on: '2026-11-20', by: 'p-aino' },
        }),
        record('goal', 'h', { title: 'Saavutettu', status: 'achieved' }),
        record('plan', 'p', { client_part: 'Luonnos' }),
        record('plan', 'q', {
          agreed_on: '2026-11-18',
          client_part: 'Maksan vuokran',
          worker_part: 'Käyn viikoittain',
          review_on: '2027-02-16',
          own_hand: { agrees: 'yes', name: 'Eino', on: '2026-11-18' },
        }),
      ],
      NOW,
    );
    expect(page.visits.map(({ start }) => start)).toEqual(['2026-12-03T10:00:00Z']);
    expect(page.agreed).toEqual([
      { day: '2026-11-24', text: 'Maksetaan vuokra' },
      { day: '2026-11-10', text: 'Soitetaan Kelaan' },
    ]);
    expect(page.goals).toEqual([
      { id: 'g', title: 'Vuokra ajallaan', words: 'Haluan pitää kodin', steps: ['Tee budjetti'] },
    ]);
    expect(page.plan).toEqual({
      parts: [
        { who: 'client', text: 'Maksan vuokran' },
        { who: 'worker', text: 'Käyn viikoittain' },
      ],
      reviewOn: '2027-02-16',
      answer: {
        agrees: 'yes',
        words: null,
        name: 'Eino',
        strokes: null,
        on: '2026-11-18',
        isOutdated: true,
      },
    });
  });

  test('[Q12] nothing that is written for colleagues stands on it', () => {
    const secret = 'ei asiakkaalle';
    const page = ownPageOf(
      [
        record('visit', 'v', { ...held('2026-11-24', ''), note: secret }),
        record('note', 'n', { text: secret, at: NOW }),
        record('risk', 'r', { note: secret, title: secret }),
        record('case', 'c', { safety_note: secret, door_code: secret }),
      ],
      NOW,
    );
    expect(JSON.stringify(page)).not.toContain(secret);
    expect(page.plan).toBeNull();
  });
});
