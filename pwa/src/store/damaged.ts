import { ZERO } from '../rules/clock.ts';
import type { Key } from './batch.ts';
import type { OwnChange } from './records.ts';

/** An own entry that cannot be read any more stands visibly in quarantine: nobody is to think that it was sent. */
export function damagedEntry(key: Key): OwnChange {
  const n = Number(key);
  const change = {
    id: `damaged-${n}`,
    record: '',
    kind: '',
    case: '',
    at: ZERO,
    set: {},
    seen: {},
  };
  const problem = { code: 'change_malformed' };
  return { n, save: change.id, change, before: {}, first: false, state: 'refused', problem };
}
