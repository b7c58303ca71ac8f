"""What is held of a record after its changes, in whatever order they came (SPEC M).

Twin of `pwa/src/rules/merge.ts`. Pure: no clock, no I/O. Nothing given is altered.

    change   {id, record, kind, case, at, set: {path: value}, seen: {path: [change id, …]}}
    version  [change id, rank, author, value]
    state    {fields: {path: [version, …]}, awaited: {path: [change id, …]}}

The versions of a path stand in the order of M3, so the first is the one that is shown. A path that
was never set, or of which nothing is held, is not there.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal, TypedDict, TypeVar

import orjson

Version = tuple[str, str, str, object]
Seen = dict[str, list[str]]

#: a version, or the id of a change that is waited for
Held = TypeVar("Held")

INTEGER_MAX = 2**53 - 1
SIMPLE = (str, bool)


class ChangeData(TypedDict):
    """What merging reads of a change."""

    id: str
    set: dict[str, object]
    seen: dict[str, list[str]]


class PendingChange(ChangeData):
    """One that the server has not confirmed: it is ranked by its own stamp."""

    at: str


class Packed(TypedDict):
    """A record's state as it travels (W9): each change once, and by path the places in `by` with their values."""

    by: list[tuple[str, str, str]]
    fields: dict[str, list[tuple[int, object]]]


class State(TypedDict):
    fields: dict[str, list[Version]]
    awaited: dict[str, list[str]]


class LogEntry(TypedDict):
    """One line of the log: a change, its rank at receipt and who made it."""

    change: ChangeData
    rank: str
    author: str


def empty() -> State:
    return {"fields": {}, "awaited": {}}


def canonical(value: object) -> bytes:
    """The one spelling of a value, for comparing and hashing (M4). `ValueError` if none."""
    if not isinstance(value, str) and not is_plain(value):
        raise ValueError("only text, whole numbers, true, false, null, lists and maps")
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError as error:  # a lone surrogate, or deeper than any body may be
        raise ValueError("not JSON") from error


def is_plain(value: object) -> bool:
    """Whether this has a canonical spelling: no fractions, nothing that JavaScript would round."""
    if value is None or isinstance(value, SIMPLE):
        return True
    if isinstance(value, int):
        return -INTEGER_MAX <= value <= INTEGER_MAX
    if isinstance(value, list):
        return all(map(is_plain, value))
    if isinstance(value, dict):
        return all(isinstance(key, str) and is_plain(inner) for key, inner in value.items())
    return False


def apply(state: State, change: ChangeData, rank: str, author: str, arrived: Collection[str] = ()) -> State:
    """The state with one more change (M1, M2).

    `arrived` holds, of the ids that the change names and its own, those whose changes were applied
    before: they are not waited for, and the change itself is not applied twice (M8).
    """
    own = change["id"]
    if own in arrived or own in change_ids(state):
        return state
    if not (state["fields"] or state["awaited"] or change["seen"]):  # most changes make a record
        return {"fields": {path: [(own, rank, author, value)] for path, value in change["set"].items()}, "awaited": {}}
    fields, awaited = dict(state["fields"]), dict(state["awaited"])
    for path, value in change["set"].items():
        held = fields.get(path, [])
        seen = set(change["seen"].get(path, ()))
        waits = awaited.get(path, [])
        missing = _missing(seen, waits, arrived, held) if seen else waits
        left = [version for version in held if version[0] not in seen] if seen else held
        if own not in missing:
            version = (own, rank, author, value)
            left = in_order([*left, version]) if left else [version]
        _put(fields, path, left)
        if missing or waits:
            _put(awaited, path, missing)
    for path in [path for path, ids in awaited.items() if own in ids]:
        _put(awaited, path, [other for other in awaited[path] if other != own])
    return {"fields": fields, "awaited": awaited}


def _missing(seen: set[str], waits: list[str], arrived: Collection[str], held: Iterable[Version]) -> list[str]:
    """What was named at a path, now or before, and has not arrived yet (M2), in ASCII order."""
    new = seen.difference(version[0] for version in held).difference(waits)
    here = sorted(named for named in new if named not in arrived)
    return sorted([*waits, *here]) if here else waits  # two runs in order: sorting them is quick


def _put(paths: dict[str, list[Held]], path: str, items: list[Held]) -> None:
    if items:
        paths[path] = items
    elif path in paths:
        del paths[path]


def in_order(versions: Iterable[Version]) -> list[Version]:
    """Falling by (rank, change id), both ASCII (M3)."""
    return sorted(versions, key=lambda version: (version[1], version[0]), reverse=True)


def replay(entries: Iterable[LogEntry]) -> State:
    """The state rebuilt from a record's log, whatever the order of its lines (M1, M8)."""
    state, arrived = empty(), set[str]()
    for entry in entries:
        state = apply(state, entry["change"], entry["rank"], entry["author"], arrived)
        arrived.add(entry["change"]["id"])
    return state


def overlay(state: State, pending: Sequence[PendingChange], author: str) -> State:
    """The server's copy with a person's own unconfirmed changes on top, ranked by `at` (M9)."""
    taken = change_ids(state)
    for change in pending:
        state = apply(state, change, change["at"], author, taken)
    return {"fields": state["fields"], "awaited": {}}


def change_ids(state: State) -> set[str]:
    """The ids of all changes of which something is held."""
    return {version[0] for versions in state["fields"].values() for version in versions}


def shown(state: State) -> Seen:
    """By path, the ids behind the shown value: what a form may put into `seen` (M10)."""
    return {path: shown_ids(versions) for path, versions in state["fields"].items()}


def shown_ids(versions: Sequence[Version]) -> list[str]:
    """The ids behind the first value: of its version, and of every other with the same value."""
    if len(versions) == 1:
        return [versions[0][0]]
    first = canonical(versions[0][3])
    return [version[0] for version in versions if canonical(version[3]) == first]


def differing(state: State) -> list[str]:
    """The paths at which different values stand side by side (M4, M5), in ASCII order."""
    return sorted(path for path, versions in state["fields"].items() if differs(versions))


def differs(versions: Sequence[Version]) -> bool:
    if len(versions) < 2:
        return False
    first = canonical(versions[0][3])
    return any(canonical(version[3]) != first for version in versions[1:])


def inherited(seen: Mapping[str, Sequence[str]], pending: Sequence[ChangeData]) -> Seen:
    """`seen`, and what the own pending changes named in it had seen of the same path (M11)."""
    full = {path: set(ids) for path, ids in seen.items()}
    for change in reversed(pending):  # the latest first: it may name an earlier one
        for path, ids in full.items():
            if change["id"] in ids:
                ids.update(change["seen"].get(path, ()))
    return {path: sorted(ids) for path, ids in full.items()}


def removal(state: State) -> dict[str, list[str]]:
    """The value of `removed` for someone who looks at this record: all that it showed (M7)."""
    saw: set[str] = set().union(*(ids for path, ids in shown(state).items() if path != "removed"))
    return {"saw": sorted(saw)}


def removed_state(state: State) -> Literal["present", "removed", "changed_since"]:
    """Whether the record was removed, and whether something stands that no remover saw (M7)."""
    if not is_removed(state):
        return "present"
    return "changed_since" if changed_since_removal(state) else "removed"


def is_removed(state: State) -> bool:
    removals = state["fields"].get("removed", [])
    return bool(removals) and removals[0][3] is not None


def changed_since_removal(state: State) -> dict[str, list[Version]]:
    """By path, the held versions of a removed record that no remover saw (M7)."""
    if not is_removed(state):
        return {}
    removals = state["fields"]["removed"]
    saw = set[str]().union(*(_saw(version[3]) for version in removals))
    others = {path: versions for path, versions in state["fields"].items() if path != "removed"}
    unseen = {path: [each for each in versions if each[0] not in saw] for path, versions in others.items()}
    return {path: versions for path, versions in unseen.items() if versions}


def _saw(removed: object) -> list[str]:
    match removed:
        case {"saw": [*ids]}:
            return [id_ for id_ in ids if isinstance(id_, str)]
    return []


def pack(state: State) -> Packed:
    """`{by, fields}` of W9: each change once, in the order in which sorted paths name them."""
    by: list[tuple[str, str, str]] = []
    numbers: dict[str, int] = {}
    fields: dict[str, list[tuple[int, object]]] = {}
    for path in sorted(state["fields"]):
        fields[path] = []
        for change, rank, author, value in state["fields"][path]:
            number = numbers.setdefault(change, len(by))
            if number == len(by):
                by.append((change, rank, author))
            fields[path].append((number, value))
    return {"by": by, "fields": fields}


def unpack(record: Packed) -> State:
    """The state behind `{by, fields}` (W9). What is awaited does not travel."""
    by = record["by"]
    fields: dict[str, list[Version]] = {
        path: [(*by[number], value) for number, value in versions] for path, versions in record["fields"].items()
    }
    return {"fields": fields, "awaited": {}}
