"""Classes of visibility: which records of a readable case file a person may read (SPEC D4).

A record's class follows from its kind, and so do the roles that read it (`server/kinds/readers.py`). The class FILE
goes with the file: a case's is read by who works with clients, that of the shared one by everybody. Pages, history,
digests, pushes, reminders and calendars ask this module and nothing else.
"""

from collections.abc import Mapping
from typing import Protocol

import orjson

from server.core.actor import Actor
from server.kinds import KINDS, homes
from server.kinds.base import FILE
from server.kinds.readers import CASE_READERS

#: the stored body of a record that is not of the class FILE begins so
MARKED = '{"class":"'


class Stored(Protocol):
    """A record as it is kept: in which file, and its JSON."""

    @property
    def case(self) -> str: ...
    @property
    def body(self) -> str: ...


def class_of(kind: str) -> str:
    declared = KINDS.get(kind)
    return declared.visibility_class if declared else FILE


def marked(kind: str) -> dict[str, str]:
    """What a record on the wire says of its class: nothing, where it goes with the case file."""
    its_class = class_of(kind)
    return {} if its_class == FILE else {"class": its_class}


def class_in(record: Mapping[str, object]) -> str:
    """The class that a record on the wire says."""
    its_class = record.get("class")
    return its_class if isinstance(its_class, str) else FILE


def role_reads(role: str, kind: str) -> bool:
    """Whether records of this kind are this role's to read and write, in a case file that the person may read."""
    declared = KINDS.get(kind)
    return role in (declared.readers if declared else CASE_READERS)


def classes(actor: Actor, home: str | None = None) -> list[str]:
    """Those that this person may read, of the case files that they may read; of those of one home, or of all."""
    kinds = [kind for kind in KINDS.values() if home is None or homes.fits(kind.home_file, home)]
    of_kinds = {kind.visibility_class: kind.readers for kind in kinds if home or not kind.read_only}
    return [name for name, readers in of_kinds.items() if actor.role in readers]


def reads_all(actor: Actor) -> bool:
    return not hidden_kinds(actor)


def readable_marks(actor: Actor) -> list[str]:
    """How the stored bodies begin that are of a class besides FILE and this person's to read."""
    return [f'{MARKED}{name}"' for name in classes(actor) if name != FILE]


def fits(kind: str, home: str) -> bool:
    """Whether records of this kind live in files of this home (H2)."""
    declared = KINDS.get(kind)
    return homes.fits(declared.home_file if declared else None, home)


def may_read(actor: Actor, record: Stored) -> bool:
    """Whether a stored record of a readable file is this person's to read."""
    if record.body.startswith(MARKED):
        return class_in(orjson.loads(record.body)) in classes(actor)
    return actor.role in CASE_READERS or record.case == actor.org


def hidden_kinds(actor: Actor) -> list[str]:
    """The declared kinds that this person may not read."""
    return [name for name, kind in KINDS.items() if actor.role not in kind.readers]


def readable_kinds(actor: Actor) -> list[str]:
    """The declared kinds that this person may read: all there is for who does not read the class FILE."""
    return [name for name, kind in KINDS.items() if actor.role in kind.readers]
