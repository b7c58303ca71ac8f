/** Whom a team calls. Pure. */

import type { Person } from '../model/engine.ts';
import { LEADER } from '../rules/constants.ts';

export interface Reachable {
  phone: string;
  /** whose own number it is; null where it is the team's */
  leader: Person | null;
}

/** Whom to call where the server does not watch: the team's own number first, else whoever leads it and can be called. */
export function reachable(me: Person | null, people: Iterable<Person>): Reachable | null {
  if (me === null) return null;
  if (me.teamPhone) return { phone: me.teamPhone, leader: null };
  for (const one of people) {
    const leads = one.role === LEADER && one.team === me.team && one.id !== me.id;
    if (leads && one.phone) return { phone: one.phone, leader: one };
  }
  return null;
}
