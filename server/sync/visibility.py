"""Classes of visibility: which records of a readable case file a person may read (SPEC D4).

A record's class follows from its kind. Today there is one, which goes with the case file. A kind
that some colleagues may not read declares a class of its own and names its readers here: pages,
history, digests and pushes ask this module and nothing else.
"""

from collections.abc import Mapping
from typing import Any

import orjson

from server.kinds import KINDS
from server.kinds.base import FILE
from server.sync.actor import Actor

#: the roles that read a class; None: whoever may read the case file
READERS: dict[str, frozenset[str] | None] = {FILE: None}
#: the stored body of a record that is not of the class FILE begins so
MARKED = '{"class":"'


def class_of(kind: str) -> str:
    declared = KINDS.get(kind)
    return declared.visibility_class if declared else FILE


def marked(kind: str) -> dict[str, str]:
    """What a record on the wire says of its class: nothing, where it goes with the case file."""
    its_class = class_of(kind)
    return {} if its_class == FILE else {"class": its_class}


def class_in(record: Mapping[str, Any]) -> str:
    """The class that a record on the wire says."""
    its_class: str = record.get("class", FILE)
    return its_class


def classes(actor: Actor) -> list[str]:
    """Those that this person may read, of the case files that they may read."""
    return [name for name, roles in READERS.items() if roles is None or actor.role in roles]


def reads_all(actor: Actor) -> bool:
    return len(classes(actor)) == len(READERS)


def readable_marks(actor: Actor) -> list[str]:
    """How the stored bodies begin that are of a class besides FILE and this person's to read."""
    return [f'{MARKED}{name}"' for name in classes(actor) if name != FILE]


def may_read(actor: Actor, body: str) -> bool:
    """Whether a stored record of a readable case file is this person's to read."""
    return not body.startswith(MARKED) or class_in(orjson.loads(body)) in classes(actor)


def hidden_kinds(actor: Actor) -> list[str]:
    own = classes(actor)
    return [name for name, kind in KINDS.items() if kind.visibility_class not in own]
