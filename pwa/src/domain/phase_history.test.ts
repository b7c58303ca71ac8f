import { expect, test } from 'vitest';
import type { Json } from '../model/engine.ts';
import { record } from './cast.fixture.ts';
import { exitOpenToFeedback } from './phase_history.ts';

const exit = (id: string, fields: Record<string, Json>) => record('exit', id, fields);

test('[Y9] of an exit a client says once what they thought, and nobody asks it of the dead', () => {
  const said = exit('said', { reason: 'own_rental_home', feedback_from_client: 'Hyvä' });
  const died = exit('died', { reason: 'death' });
  const gone = exit('gone', { removed: true });
  const open = exit('open', {});
  expect(exitOpenToFeedback([said, died, gone])).toBeNull();
  expect(exitOpenToFeedback([said, died, open])?.id).toBe('open');
});
