"""People and teams, in the organisation's shared file. The server writes them; devices read them."""

from server.kinds.base import Kind, code, reference, text
from server.kinds.homes import ORGANISATION
from server.kinds.readers import EVERYBODY


class Person(Kind):
    icon = "user-round"
    home_file = ORGANISATION
    made_by_hand = True
    read_only = True
    readers = EVERYBODY

    name = text()
    role = code("role")
    team = reference("team")
    phone = text(32)


class Team(Kind):
    icon = "users"
    home_file = ORGANISATION
    made_by_hand = True
    read_only = True
    readers = EVERYBODY

    name = text()
    leader = reference("person")
    phone = text(32)
