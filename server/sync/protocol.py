"""What goes over the wire (SPEC W): requests checked at the door, replies spliced of stored JSON.

    request  {protocol, schema, device, cursor, changes, more_follow, escalated?, reads?, check?, repair?}
    reply    {protocol, epoch, server_time, backed_up_seq, verdicts, refused?, touched, files, records, cursor,
              more, progress}, or {protocol, epoch, server_time, reset: true}

A body that cannot be read as a whole is a `Problem` and nothing of it is applied (W10). An item of a list
that cannot be taken carries its own problem and never blocks the others (W4, W14).
"""

import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypedDict, TypeVar

import orjson

from server.config import LIMITS, PROTOCOL
from server.core.problems import Problem, ProblemJson
from server.kinds import KINDS
from server.kinds.checker import checker_of
from server.kinds.faults import fault_of
from server.rules.shape import ID, KIND_NAME, change_fault, content, is_deeper, is_id, read_fault

Sort = TypeVar("Sort")
Default = TypeVar("Default")

GZIP = 16 + zlib.MAX_WBITS
#: all but what begins or parts the items of lists and maps, and what a text begins and ends with
NO_STRUCTURE = bytes(set(range(256)) - set(b'",[{'))
#: the lists of a request, whose items are taken one by one, and how many each may have
ITEMS_MAX = {
    "changes": LIMITS.batch_changes_max,
    "escalated": LIMITS.batch_changes_max,
    "reads": LIMITS.reads_max,
    "check": LIMITS.checks_max,
    "repair": LIMITS.checks_max,
}


class ChangeJson(TypedDict):
    """A change on the wire."""

    id: str
    record: str
    kind: str
    case: str
    at: str
    set: dict[str, object]
    seen: dict[str, list[str]]


class RefusedItem(TypedDict):
    """An item of a list that is not taken, by its place, since it may have no id (W14)."""

    list: str
    index: int
    problem: ProblemJson


class Logged(Protocol):
    """A change as the log has it."""

    @property
    def record(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def case(self) -> str: ...
    @property
    def at(self) -> str: ...
    @property
    def content(self) -> str: ...


class Incoming(NamedTuple):
    """One change as it came. `content` is the canonical JSON of `{seen, set}`, as the log keeps it."""

    id: str
    record: str
    kind: str
    case: str
    at: str
    set: dict[str, object]
    seen: dict[str, list[str]]
    content: str
    problem: Problem | None = None

    def as_json(self) -> ChangeJson:
        return {
            "id": self.id,
            "record": self.record,
            "kind": self.kind,
            "case": self.case,
            "at": self.at,
            "set": self.set,
            "seen": self.seen,
        }

    def is_same(self, row: Logged) -> bool:
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
    more_follow: bool
    #: ids of changes that go to the supervisor where they are refused (S7)
    escalated: frozenset[str]
    reads: list[Read]
    #: by id, the place in the list: what is asked twice is answered once
    check: dict[str, int]
    repair: dict[str, int]
    #: items that are not taken, of any list but `changes` (W14)
    refused: list[RefusedItem]


class Damaged(NamedTuple):
    """An item that cannot be kept as it came: half a character, a number that is none, too deep. `kept` is what can."""

    kept: object


def unpacked(body: bytes, encoding: str | None, most: int = LIMITS.body_bytes_max) -> bytes:
    """The body as it was before gzip, never more than `most` of it in memory (W10)."""
    if encoding in (None, "", "identity"):
        if len(body) > most:
            raise Problem("body_too_large")
        return body
    if encoding != "gzip":
        raise Problem("body_malformed")
    inflate = zlib.decompressobj(GZIP)
    try:
        plain = inflate.decompress(body, most + 1)
    except zlib.error as error:
        raise Problem("body_malformed") from error
    if len(plain) > most:
        raise Problem("body_too_large")
    if not inflate.eof or inflate.unused_data:
        raise Problem("body_malformed")
    return plain


def read(body: bytes) -> Request:
    """The request in a body. `body_malformed` or `body_too_large` where it is none (W10)."""
    if not holds_few_values(body):
        raise Problem("body_too_large")
    sent = _loaded(body)
    asked = sent.get("protocol")
    if not isinstance(asked, int) or not (_is_count(asked) and _is_count(sent.get("schema"))):
        raise Problem("body_malformed")
    if asked < PROTOCOL:
        raise Problem("update_needed")
    lists = {name: _list(sent, name, items_max) for name, items_max in ITEMS_MAX.items()}
    refused = [
        refusal(name, index, fault)
        for name, items in lists.items()
        if name != "changes"
        for index, item in enumerate(items)
        if (fault := _fault_of_item(name, item))
    ]
    ids = {name: _places(lists[name]) for name in ("escalated", "check", "repair")}
    changes = [change_in(each) for each in lists["changes"]]
    strangers = ids["escalated"].keys() - {change.id for change in changes}
    refused += [refusal("escalated", ids["escalated"][each], "not_found") for each in sorted(strangers)]
    reads = [
        Read(each["id"], each["case"], each["at"])
        for each in lists["reads"]
        if isinstance(each, dict) and not read_fault(each)
    ]
    return Request(
        cursor=_typed(sent, "cursor", str, None),
        changes=changes,
        more_follow=_typed(sent, "more_follow", bool, False),
        escalated=frozenset(ids["escalated"]),
        reads=reads,
        check=ids["check"],
        repair=ids["repair"],
        refused=refused,
    )


def refusal(name: str, index: int, code: str) -> RefusedItem:
    return {"list": name, "index": index, "problem": Problem(code).as_json()}


def _fault_of_item(name: str, item: object) -> str | None:
    if name == "reads":
        return read_fault(item)
    return None if is_id(item) else "item_malformed"


def _places(items: Iterable[object]) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, item in enumerate(items):
        if is_id(item):
            places.setdefault(item, index)
    return places


def holds_few_values(body: bytes) -> bool:
    """Whether a body of JSON has at most `body_values_max` items, told by its bytes: parsing makes objects of all."""
    plain = body.replace(b"\\\\", b"").replace(b'\\"', b"") if b"\\" in body else body
    structure = plain.translate(None, NO_STRUCTURE)
    if structure.count(b'"') > 2 * LIMITS.body_values_max:
        return False
    outside = structure.split(b'"')[::2]  # between the texts, whose own commas part nothing
    return sum(map(len, outside)) <= LIMITS.body_values_max


def _loaded(body: bytes) -> dict[str, object]:
    """The body as a map. What damages an item only is a matter of that item."""
    try:
        sent = orjson.loads(body)
    except orjson.JSONDecodeError:
        sent = _loaded_leniently(body)
    if not isinstance(sent, dict):
        raise Problem("body_malformed")
    head = {name: value for name, value in sent.items() if name not in ITEMS_MAX or not isinstance(value, list)}
    if is_deeper(head, LIMITS.depth_max):
        raise Problem("body_malformed")
    return sent


def _loaded_leniently(body: bytes) -> object:
    """JSON but for half characters and numbers that are none. Only in items of a list are they let through to here."""
    try:
        sent = json.loads(body.decode())
        if isinstance(sent, dict):
            lists = {name: sent.pop(name) for name in ITEMS_MAX if isinstance(sent.get(name), list)}
            json.dumps(sent, ensure_ascii=False, allow_nan=False).encode()
            sent |= {name: [_plain(item) for item in items] for name, items in lists.items()}
    except (ValueError, RecursionError) as error:
        raise Problem("body_malformed") from error
    return sent


def _plain(item: object) -> object:
    """The item itself, or `Damaged`."""
    text = json.dumps(item, ensure_ascii=False)
    try:
        return orjson.loads(text.encode())
    except ValueError:
        return Damaged(_kept(text))


def _kept(text: str) -> object:
    """An item's text as plain JSON, with a question mark for half a character; None where it is too deep for that."""
    spelt = json.dumps(json.loads(text, parse_constant=str), ensure_ascii=False)
    try:
        return orjson.loads(spelt.encode(errors="replace"))
    except ValueError:
        return None


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _typed(sent: Mapping[str, object], name: str, kind: type[Sort], default: Default) -> Sort | Default:
    value = sent.get(name)
    if value is None:
        return default
    if not isinstance(value, kind):
        raise Problem("body_malformed")
    return value


def _list(sent: Mapping[str, object], name: str, items_max: int) -> list[object]:
    items = _typed(sent, name, list, [])
    if len(items) > items_max:
        raise Problem("body_too_large")
    return items


def change_in(sent: object) -> Incoming:
    """The change, or what is left of it with its problem. What it claims beyond its shape is ignored (W6)."""
    fault = change_fault(sent, values_too=False)
    if fault == "change_malformed" or not isinstance(sent, dict):
        return _malformed(sent)
    values, seen = sent["set"], sent["seen"]
    return Incoming(
        id=sent["id"],
        record=sent["record"],
        kind=sent["kind"],
        case=sent["case"],
        at=sent["at"],
        set=values,
        seen=seen,
        content=content(values, seen).decode(),
        problem=_problem_of(fault, sent["kind"], values, seen),
    )


def _malformed(sent: object) -> Incoming:
    """What can be told of it, so that a person can still hand its text over (S7)."""
    item = sent.kept if isinstance(sent, Damaged) else sent
    given = item if isinstance(item, dict) else {}
    own, record, case = (_fitting(given.get(name), ID) for name in ("id", "record", "case"))
    values = given.get("set")
    kept = values if isinstance(values, dict) and not is_deeper(values, LIMITS.depth_max) else {}
    return Incoming(
        own, record, _fitting(given.get("kind"), KIND_NAME), case, "", kept, {}, "", Problem("change_malformed")
    )


def _fitting(value: object, pattern: re.Pattern[str]) -> str:
    return value if isinstance(value, str) and pattern.fullmatch(value) else ""


def _problem_of(
    fault: str | None, kind: str, values: Mapping[str, object], seen: Mapping[str, list[str]]
) -> Problem | None:
    """What can be refused without knowing anything stored."""
    if fault == "seen_without_set":
        return Problem(fault, {path: ["unset"] for path in sorted(seen.keys() - values.keys())})
    if fault == "change_too_large":
        return Problem(fault)
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


def reply(head: Mapping[str, object], lists: Mapping[str, Iterable[str]]) -> bytes:
    """A reply of small values and, by name, of lists of records that are JSON already."""
    parts = [orjson.dumps({"protocol": PROTOCOL, **head}).decode()[:-1]]
    for name, items in lists.items():
        parts.append(f',"{name}":[{",".join(items)}]')
    parts.append("}")
    return "".join(parts).encode()
