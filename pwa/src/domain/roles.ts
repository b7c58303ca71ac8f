/** Which role may what: codes of the catalogue `role`, of which the server says who may. */

import { ADMINS, CASEWORKERS, LEADER, SUPERVISORS, type Role } from '../rules/constants.ts';

/** Who decides on what waits for a supervisor (S4, S7). */
export function isSupervisor(role: Role | null): boolean {
  return role !== null && SUPERVISORS.includes(role);
}

/** Who opens case files and may be a client's own worker (S8, S9). */
export function isCaseworker(role: Role | null): boolean {
  return role !== null && CASEWORKERS.includes(role);
}

/** What somebody administers (A1): a leader the own team; a data protection officer looks at logs, and no more (A9). */
export function administers(role: Role | null): 'organisation' | 'team' | 'logs' | null {
  if (role !== null && ADMINS.includes(role)) return 'organisation';
  if (role === 'data_protection') return 'logs';
  return role === LEADER ? 'team' : null;
}

/** Who pays for the service: reports, and nothing that is written of a client. */
export function isCommissioner(role: Role | null): boolean {
  return role === 'commissioner_viewer';
}

/** Who meets no clients in the app (Q6, Q8): whoever pays, and an expert by experience. */
export function isOutside(role: Role | null): boolean {
  return isCommissioner(role) || role === 'expert_by_experience';
}
