"""What goes over the wire (SPEC W): requests checked at the door, replies spliced of stored JSON.

    request  {protocol, schema, device, cursor, changes, rest, handed?, reads?, check?, repair?}
    reply    {protocol, epoch, server_time, durable, verdicts, touched, files, records, cursor,
              more, progress}, or {protocol, epoch, server_time, reset: true}

A body that cannot be read as a whole is a `Problem` and nothing of it is applied (W10). A change
that cannot be taken carries its own problem and never blocks the others (W4).
"""

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from server.config import LIMITS, PROTOCOL
from server.kinds import KINDS
from server.kinds.base import ID_PATTERN
from server.kinds.checker import checker_of
from server.kinds.faults import fault_of
from server.problems import Problem
from server.sync.clock import is_stamp

GZIP = 16 + zlib.MAX_WBITS
ID = re.compile(ID_PATTERN)
CONTAINERS = (dict, list)
KIND = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)


class Incoming(NamedTuple):
    """One change as it came. `content` is the canonical JSON of `{seen, set}`, as the log keeps it."""

    id: str
    record: str
    kind: str
    case: str
    at: str
    set: dict[str, Any]
    seen: dict[str, list[str]]
    content: str
    problem: Problem | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "record": self.record,
            "kind": self.kind,
            "case": self.case,
            "at": self.at,
            "set": self.set,
            "seen": self.seen,
        }

    def is_same(self, row: Any) -> bool:
        """Whether a row of the log holds this very change (W3)."""
        own = (self.record, self.kind, self.case, self.at, self.content)
        return own == (row.record, row.kind, row.case, row.at, row.content)


@dataclass(frozen=True, slots=True)
class Read:
    """That a case file was opened on a device (L3). `at` is a stamp."""

    id: str
    case: str
    at: str


@dataclass(frozen=True, slots=True)
class Request:
    cursor: str | None
    changes: list[Incoming]
    rest: bool
    #: ids of changes that go to the supervisor where they are refused (S7)
    handed: frozenset[str]
    reads: list[Read]
    check: list[str]
    repair: list[str]


def unpacked(body: bytes, encoding: str | None) -> bytes:
    """The body as it was before gzip, never more than `body_bytes_max` of it in memory (W10)."""
    if encoding in (None, "", "identity"):
        if len(body) > LIMITS.body_bytes_max:
            raise Problem("body_too_large")
        return body
    if encoding != "gzip":
        raise Problem("body_malformed")
    inflate = zlib.decompressobj(GZIP)
    try:
        plain = inflate.decompress(body, LIMITS.body_bytes_max + 1)
    except zlib.error as error:
        raise Problem("body_malformed") from error
    if len(plain) > LIMITS.body_bytes_max:
        raise Problem("body_too_large")
    if not inflate.eof or inflate.unused_data:
        raise Problem("body_malformed")
    return plain


def read(body: bytes) -> Request:
    """The request in a body. `body_malformed` or `body_too_large` where it is none (W10)."""
    try:
        sent = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Problem("body_malformed") from error
    if not isinstance(sent, dict) or is_deeper(sent, LIMITS.depth_max):
        raise Problem("body_malformed")
    if not (_is_count(sent.get("protocol")) and _is_count(sent.get("schema"))):
        raise Problem("body_malformed")
    return Request(
        cursor=_typed(sent, "cursor", str, None),
        changes=[change_in(each) for each in _list(sent, "changes", LIMITS.batch_changes_max)],
        rest=_typed(sent, "rest", bool, False),
        handed=frozenset(_ids(sent, "handed", LIMITS.batch_changes_max)),
        reads=[_read_in(each) for each in _list(sent, "reads", LIMITS.reads_max)],
        check=_ids(sent, "check"),
        repair=_ids(sent, "repair"),
    )


def is_deeper(value: Any, levels: int) -> bool:
    """Whether lists and maps stand in each other more than `levels` deep."""
    level = [value]
    for _ in range(levels):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, CONTAINERS)
        ]
        if not level:
            return False
    return True


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _typed(sent: Mapping[str, Any], name: str, kind: type, default: Any) -> Any:
    value = sent.get(name)
    if value is None:
        return default
    if not isinstance(value, kind):
        raise Problem("body_malformed")
    return value


def _list(sent: Mapping[str, Any], name: str, items_max: int) -> list[Any]:
    items: list[Any] = _typed(sent, name, list, [])
    if len(items) > items_max:
        raise Problem("body_too_large")
    return items


def _ids(sent: Mapping[str, Any], name: str, items_max: int = LIMITS.checks_max) -> list[str]:
    ids = _list(sent, name, items_max)
    if not all(map(is_id, ids)):
        raise Problem("body_malformed")
    return list(dict.fromkeys(ids))


def is_id(value: object) -> bool:
    return isinstance(value, str) and ID.match(value) is not None


def _read_in(sent: Any) -> Read:
    if not isinstance(sent, dict):
        raise Problem("body_malformed")
    read = Read(sent.get("id", ""), sent.get("case", ""), sent.get("at", ""))
    if not (is_id(read.id) and is_id(read.case) and is_stamp(read.at)):
        raise Problem("body_malformed")
    return read


def change_in(sent: Any) -> Incoming:
    """The change, or what is left of it with its problem. What it claims beyond its shape is ignored (W6)."""
    if not isinstance(sent, dict) or not _has_shape(sent):
        return _malformed(sent)
    values, seen = sent["set"], sent["seen"]
    content = orjson.dumps({"seen": seen, "set": values}, option=orjson.OPT_SORT_KEYS)
    return Incoming(
        id=sent["id"],
        record=sent["record"],
        kind=sent["kind"],
        case=sent["case"],
        at=sent["at"],
        set=values,
        seen=seen,
        content=content.decode(),
        problem=_problem_of(sent["kind"], values, seen, len(content)),
    )


def _has_shape(sent: Mapping[str, Any]) -> bool:
    kind, values, seen = sent.get("kind"), sent.get("set"), sent.get("seen")
    return (
        is_id(sent.get("id"))
        and is_id(sent.get("record"))
        and is_id(sent.get("case"))
        and is_stamp(sent.get("at"))
        and isinstance(kind, str)
        and KIND.fullmatch(kind) is not None
        and isinstance(values, dict)
        and len(values) > 0
        and isinstance(seen, dict)
        and all(_are_seen(ids, sent["id"]) for ids in seen.values())
    )


def _are_seen(ids: object, own: str) -> bool:
    """Ids of other changes: nothing has seen itself."""
    return isinstance(ids, list) and all(map(is_id, ids)) and own not in ids


def _malformed(sent: Any) -> Incoming:
    """What can be told of it, so that a person can still hand its text over (S7)."""
    given = sent if isinstance(sent, dict) else {}
    own, record, case = (_fitting(given.get(name), ID) for name in ("id", "record", "case"))
    values = given.get("set")
    kept = values if isinstance(values, dict) else {}
    return Incoming(own, record, _fitting(given.get("kind"), KIND), case, "", kept, {}, "", Problem("change_malformed"))


def _fitting(value: object, pattern: re.Pattern[str]) -> str:
    return value if isinstance(value, str) and pattern.fullmatch(value) else ""


def _problem_of(
    kind: str, values: Mapping[str, Any], seen: Mapping[str, list[str]], content_bytes: int
) -> Problem | None:
    """What can be refused without knowing anything stored."""
    seen_ids = sum(map(len, seen.values()))
    if content_bytes > LIMITS.change_bytes_max or len(values) > LIMITS.paths_max or seen_ids > LIMITS.seen_ids_max:
        return Problem("change_too_large")
    unset = seen.keys() - values.keys()
    if unset:
        return Problem("seen_without_set", {path: ["unset"] for path in sorted(unset)})
    declared = KINDS.get(kind)
    if declared is not None and declared.read_only:
        return Problem("kind_read_only")
    wrong = checker_of(kind).wrong(values)
    return Problem("value_invalid", {path: [fault_of(kind, path, values[path])] for path in wrong}) if wrong else None


def spliced(seq: int, body: str) -> str:
    """A record on the wire (W9) of its stored body."""
    return f'{{"seq":{seq},{body[1:]}'


def reset(epoch: str, now_ms: int) -> bytes:
    """The reply to a cursor that this server does not know (P5)."""
    return orjson.dumps({"protocol": PROTOCOL, "epoch": epoch, "server_time": now_ms, "reset": True})


def reply(head: Mapping[str, Any], lists: Mapping[str, Iterable[str]]) -> bytes:
    """A reply of small values and, by name, of lists of records that are JSON already."""
    parts = [orjson.dumps({"protocol": PROTOCOL, **head}).decode()[:-1]]
    for name, items in lists.items():
        parts.append(f',"{name}":[{",".join(items)}]')
    parts.append("}")
    return "".join(parts).encode()
