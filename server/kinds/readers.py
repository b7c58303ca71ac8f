"""Who reads which kind of record, by role (SPEC D4). Everything that reads or writes records goes by it.

They are lists of who may: a later role reads nothing until somebody has thought of it. An expert by experience takes
part in visits and groups, a commissioner reads reports and the shared part of the plan; a client's records are for
neither.
"""

from server.catalogue import codes_of

#: the roles that work with clients: they open case files and may be a client's own worker (S8, S9)
CASEWORKERS = frozenset(
    {"field_worker", "own_worker", "social_counsellor", "social_worker", "team_leader", "service_manager"}
)
#: the class of what they alone read: an administrator who is let into a file has no need to know it
CLIENT_WORK = "client_work"
#: what goes with a case file, whoever has access to it
CASE_READERS = CASEWORKERS | {"admin"}
#: colleagues and teams
EVERYBODY = frozenset(codes_of("role"))
