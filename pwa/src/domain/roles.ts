/** Who decides on what waits for a supervisor (S4, S7): codes of the catalogue `role`, as the server has them. */
const supervisors: ReadonlySet<string | null> = new Set(['team_leader', 'service_manager']);

export function isSupervisor(role: string | null): boolean {
  return supervisors.has(role);
}
