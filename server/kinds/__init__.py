"""The kinds of record: what each may hold, one declaration each.

A new kind is one `Kind` subclass in a module of this folder, listed in `KINDS`, and one screen in the browser.
The browser's types, the OpenAPI contract and the checker of the hot path all follow from the declaration.
"""

from server.kinds.base import Kind
from server.kinds.case import Case
from server.kinds.checklist import Checklist
from server.kinds.goal import Goal
from server.kinds.note import Note
from server.kinds.people import Person, Team
from server.kinds.visit import Visit

KINDS: dict[str, type[Kind]] = {kind.kind_name(): kind for kind in (Case, Goal, Visit, Checklist, Note, Person, Team)}

__all__ = ["KINDS", "Kind"]
