"""People and teams, in the organisation's shared file. The server writes them; devices read them."""

from server.kinds.base import Kind, code, reference, text


class Person(Kind):
    read_only = True

    name = text()
    role = code("role")
    team = reference()
    phone = text(32)


class Team(Kind):
    read_only = True

    name = text()
    leader = reference()
    phone = text(32)
