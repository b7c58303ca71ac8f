"""Roles: codes of the catalogue `role`, and what goes with them. `pwa/src/domain/roles.ts` has the same."""

LEADER = "team_leader"
ADMINS = frozenset({"admin", "service_manager"})
#: who decides on what waits for a supervisor (S4, S7)
SUPERVISORS = frozenset({LEADER, "service_manager"})
