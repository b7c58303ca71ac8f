"""Records as reports see them: what is shown of each, and nothing of how it came to be.

Of differing entries the latest stamp is shown (M3). A removed record is no fact.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Protocol

import orjson

from server.reports.days import day_of
from server.rules.merge import State
from server.rules.one_person import kept_files
from server.sync.one_person import DUPLICATE_OF, NON_DISCLOSURE

#: the milliseconds of a stamp (C1)
MS_DIGITS = 13
NO_ITEMS: Mapping[str, object] = {}


class Fact:
    """A record. Fields are asked for by name; `first_response.at` is a part of one."""

    __slots__ = ("begun_ms", "case", "id", "kind", "on", "outcome_ms", "values")

    def __init__(
        self,
        id_: str,
        case: str,
        kind: str,
        values: Mapping[str, object],
        begun_ms: int = 0,
        outcome_ms: int = 0,
        on: date | None = None,
    ) -> None:
        self.id, self.case, self.kind, self.values = id_, case, kind, values
        #: when the earliest entry was written that still stands in it, and a visit's outcome
        self.begun_ms, self.outcome_ms = begun_ms, outcome_ms
        #: a visit's day, where it has been looked up before
        self.on = on

    def get(self, name: str) -> object:
        field_name, _, part = name.partition(".")
        value = self.values.get(field_name)
        if not part:
            return value
        return value.get(part) if isinstance(value, dict) else None

    def text(self, name: str) -> str | None:
        value = self.get(name)
        return value if isinstance(value, str) and value else None

    def whole(self, name: str) -> int | None:
        value = self.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def day(self, name: str) -> date | None:
        written = self.text(name)
        return as_day(written) if written else None

    def moment(self, name: str) -> datetime | None:
        written = self.text(name)
        return as_moment(written) if written else None

    def items(self, name: str) -> Mapping[str, object]:
        value = self.values.get(name)
        return value if isinstance(value, dict) else NO_ITEMS

    def codes(self, name: str) -> Sequence[str]:
        value = self.values.get(name)
        return [each for each in value if isinstance(each, str)] if isinstance(value, list) else ()

    @property
    def begun_on(self) -> date:
        """The day of the earliest entry that still stands in it."""
        return day_of(datetime.fromtimestamp(self.begun_ms / 1000, UTC))


def as_day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:  # an older client's, or a later one's
        return None


def as_moment(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


class StoredFile(Protocol):
    """A row that says which file it is, and whose."""

    @property
    def id(self) -> str: ...
    @property
    def team(self) -> str | None: ...


@dataclass
class CaseFacts:
    """A client's file."""

    id: str
    team: str | None
    header: Fact
    #: the kept file, and its duplicates (H7)
    files: tuple[str, ...] = ()
    #: under a non-disclosure for personal safety: counted, never listed
    is_unlisted: bool = False
    of_kind: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    #: what was found out of these facts before
    known: dict[str, object] = field(default_factory=dict)

    def all(self, kind: str) -> Sequence[Fact]:
        return self.of_kind.get(kind, ())


def fact_of(id_: str, case: str, kind: str, body: str) -> Fact | None:
    """The fact behind a stored record (W9); none of one that was removed."""
    stored = orjson.loads(body)
    by = stored["by"]
    shown = {path: (versions[0][1], by[versions[0][0]][1]) for path, versions in stored["fields"].items()}
    return _fact(id_, case, kind, shown, min((each[1] for each in by), default="0"))


def fact_in(id_: str, case: str, kind: str, state: State) -> Fact | None:
    """The fact behind a state that was rebuilt from the log; none of a record that was removed."""
    versions = {path: held for path, held in state["fields"].items() if held}
    shown = {path: (held[0][3], held[0][1]) for path, held in versions.items()}
    return _fact(id_, case, kind, shown, min((each[1] for held in versions.values() for each in held), default="0"))


def _fact(id_: str, case: str, kind: str, shown: Mapping[str, tuple[object, str]], begun: str) -> Fact | None:
    """By path, the value that is shown and its rank."""
    values: dict[str, object] = {}
    items: dict[str, dict[str, object]] = defaultdict(dict)
    for path, (value, _) in shown.items():
        if value is None:
            continue
        name, _, item = path.partition("/")
        if item:
            items[name][item] = value
        else:
            values[name] = value
    values |= items
    if values.get("removed"):
        return None
    _, outcome_at = shown.get("outcome", (None, "0"))
    return Fact(id_, case, kind, values, int(begun[:MS_DIGITS]), int(outcome_at[:MS_DIGITS]))


def case_files(files: Iterable[StoredFile], facts: Iterable[Fact]) -> list[CaseFacts]:
    """The facts by client, in order of ids. A file whose header was removed, or never came, is none.

    A duplicate's facts go with the file that is kept, where that is among `files` (H7).
    """
    by_case: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_case[fact.case].append(fact)
    by_id = {file.id: file for file in files}
    kept = _join(by_case, list(by_id))
    found = []
    for file in by_id.values():
        if file.id in kept:
            continue
        own = by_case.get(file.id, [])
        headers = [fact for fact in own if fact.kind == "case"]
        if not headers and not any(fact.kind == "referral" for fact in own):
            continue
        header = headers[0] if headers else Fact(file.id, file.id, "case", {})
        duplicates = sorted(other for other, its in kept.items() if its == file.id)
        headers += [fact for other in duplicates for fact in by_case[other]]
        is_unlisted = any(NON_DISCLOSURE in fact.codes("safety") for fact in headers)
        case = CaseFacts(file.id, file.team, header, (file.id, *duplicates), is_unlisted=is_unlisted)
        for fact in sorted(own, key=lambda one: one.id):
            if fact.kind != "case":
                case.of_kind[fact.kind].append(fact)
        found.append(case)
    return sorted(found, key=lambda case: case.id)


def _join(by_case: dict[str, list[Fact]], files: Sequence[str]) -> dict[str, str]:
    """Put what stands in duplicates to the kept file: only their headers stay. Answers which one is kept for which."""
    named = {
        fact.case: other
        for facts in by_case.values()
        for fact in facts
        if fact.kind == "case" and (other := fact.text(DUPLICATE_OF))
    }
    kept = kept_files(named, files) if named else {}
    for duplicate, its in kept.items():
        for fact in by_case[duplicate]:
            if fact.kind != "case":
                fact.case = its
                by_case[its].append(fact)
        by_case[duplicate] = [fact for fact in by_case[duplicate] if fact.kind == "case"]
    return kept
