import { expect, test } from 'vitest';
import { reminders as en } from './en/reminders.ts';
import { reminders as fi } from './fi/reminders.ts';
import { reminders as sv } from './sv/reminders.ts';

test.each([fi, sv, en])(
  'what puts a reminder off says so, and is heard as it is read: %#',
  (said) => {
    expect(said.neutral.snooze).toMatch(/^(Lykkää|Skjut upp|Put off) 10 min$/);
    expect(said.snoozeFor('Käynti')).toBe(`${said.neutral.snooze}: Käynti`);
  },
);
