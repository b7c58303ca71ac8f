"""What a device lacks (SPEC P): the cursor it hands back, the news since then, and open fills.

A reply first takes the bound, then brings what changed up to it, then goes on with the fills. The
cursor is base64url of JSON with this server's signature, and opaque to the device (P4). It gives no
access: pages are scoped whatever it says.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, NotRequired, TypedDict

import orjson
from itsdangerous import BadSignature
from sqlalchemy import Connection

from server.config import LIMITS
from server.core.actor import Actor
from server.core.signing import signer
from server.rules.merge import INTEGER_MAX
from server.sync import pull_queries, scope, visibility
from server.sync.log import Head
from server.sync.protocol import spliced
from server.sync.pull_queries import PulledRow
from server.sync.push import Pushed

#: a fill of every readable case file, not of one
ALL = "*"
PURPOSE = "cursor"


@dataclass(frozen=True, slots=True)
class Fill:
    """Records with `seq ≤ bound`, of one case file or of ALL, of which those up to `at` were sent.

    `days` is set while a fill of ALL sends what *Tänään* needs; its `at` is ("", seq) then.
    """

    case: str
    bound: int
    at: tuple[str, int] = ("", 0)
    days: pull_queries.Span = ("", "")
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a device has come. `access` and `seq` are the last events and changes it has heard of."""

    epoch: str
    lineage: tuple[int, str]
    access: int
    seq: int
    fills: tuple[Fill, ...] = ()
    done: int = 0
    total: int = 0


#: what is said of a whole case file
FileNews = TypedDict(
    "FileNews",
    {
        "case": str,
        "event": Literal["purge", "backfill", "check"],
        "class": NotRequired[str],
        "digest": NotRequired[str],
        "seq": NotRequired[int],
    },
)


@dataclass(slots=True)
class Page:
    cursor: Cursor
    files: list[FileNews] = field(default_factory=list)
    records: list[str] = field(default_factory=list)
    more: bool = False
    #: the ids of the records on it
    told: set[str] = field(default_factory=set)
    #: of the fills that were open during this page
    progress: dict[str, int] | None = None


def written(cursor: Cursor) -> str:
    fills = [[each.case, each.bound, *each.at, *each.days, each.is_first] for each in cursor.fills]
    parts = {
        "e": cursor.epoch,
        "m": cursor.lineage,
        "a": cursor.access,
        "s": cursor.seq,
    }
    if fills:
        parts |= {"f": fills, "p": [cursor.done, cursor.total]}
    plain = base64.urlsafe_b64encode(orjson.dumps(parts)).rstrip(b"=")
    return signer(PURPOSE).sign(plain).decode()


def read(text: str) -> Cursor | None:
    """The cursor behind the text; None for what this server never wrote (P5)."""
    try:
        plain = signer(PURPOSE).unsign(text.encode())
        parts = orjson.loads(base64.urlsafe_b64decode(plain + b"=" * (-len(plain) % 4)))
        seq, lineage = parts["m"]
        done, total = parts.get("p", (0, 0))
        return Cursor(
            epoch=_plain(parts["e"]),
            lineage=(_count(seq), _plain(lineage)),
            access=_count(parts["a"]),
            seq=_count(parts["s"]),
            fills=tuple(_fill_of(*fill) for fill in parts.get("f", ())),
            done=_count(done),
            total=_count(total),
        )
    except (BadSignature, ValueError, KeyError, TypeError, AttributeError):
        return None


def _fill_of(
    case: object, bound: object, at_case: object, at_seq: object, since: object, until: object, is_first: object
) -> Fill:
    at, days = (_plain(at_case), _count(at_seq)), (_plain(since), _plain(until))
    return Fill(_plain(case), _count(bound), at, days, bool(is_first))


def _plain(value: object) -> str:
    if not isinstance(value, str) or not value.isascii() or not (value.isprintable()):
        raise ValueError("no text of ours")
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= INTEGER_MAX:
        raise ValueError("no number of ours")
    return value


def opened(connection: Connection, actor: Actor, head: Head, now_ms: int) -> Cursor:
    """The cursor of a device that has nothing yet: one fill of everything (P8)."""
    fill = Fill(ALL, head.seq, days=coming_days(now_ms), is_first=True)
    total = pull_queries.records_to_fill(connection, actor, scope.readable_cases(connection, actor), head.seq)
    return Cursor(head.epoch, (head.seq, head.lineage), head.seq, head.seq, (fill,), 0, total)


def coming_days(now_ms: int) -> pull_queries.Span:
    today = datetime.fromtimestamp(now_ms / 1000, UTC).date()
    since = today - timedelta(days=LIMITS.coming_days_back_days)
    until = today + timedelta(days=LIMITS.coming_days_ahead_days + 1)
    return since.isoformat(), until.isoformat()


def refilled(connection: Connection, actor: Actor, cursor: Cursor, cases: list[str], bound: int) -> Cursor:
    """The cursor with fresh fills of `cases`, instead of those that were open (P7)."""
    kept = tuple(fill for fill in cursor.fills if fill.case not in cases)
    fills = (*kept, *(Fill(case, bound) for case in cases))
    total = pull_queries.records_to_fill(connection, actor, cases, bound)
    done, before = (cursor.done, cursor.total) if cursor.fills else (0, 0)
    return replace(cursor, fills=fills, done=done, total=before + total)


def page(
    connection: Connection,
    actor: Actor,
    cursor: Cursor,
    head: Head,
    pushed: Pushed,
    files: list[FileNews],
) -> Page:
    """The next page: news first, then the open fills.

    What was `pushed` is told already; `files` is what is to be said of case files besides the access
    events.
    """
    result = Page(replace(cursor, lineage=(head.seq, head.lineage)))
    _access_events(connection, actor, head, result)
    result.files += files
    room = LIMITS.page_records_max - _news(connection, actor, head, pushed, result)
    had_fills = bool(result.cursor.fills)
    for _ in range(LIMITS.page_fills_max):
        if not result.cursor.fills or room <= 0:
            break
        sent, ends_page = _fill(connection, actor, room, result)
        room -= sent
        if ends_page:
            break
    result.more = bool(result.cursor.fills) or result.cursor.seq < head.seq
    if had_fills:
        is_complete = not result.cursor.fills
        total = result.cursor.total
        done = total if is_complete else min(result.cursor.done, total)
        result.progress = {"done": done, "total": total}
    return result


def _access_events(connection: Connection, actor: Actor, head: Head, result: Page) -> None:
    """Files to drop and files to fill in (P7). An open fill of a lost file finds nothing more, and ends."""
    if result.cursor.access >= head.seq:
        return
    events = scope.events_since(connection, actor, result.cursor.access, head.seq)
    lost = {event.case for event in events if event.event == scope.REVOKE}
    now = {event.case: event.event for event in events}
    granted = [case for case, event in now.items() if event == scope.GRANT]
    result.files += [{"case": case, "event": "purge"} for case in now if case in lost]
    result.files += [{"case": case, "event": "backfill"} for case in granted]
    cursor = replace(result.cursor, access=head.seq)
    result.cursor = refilled(connection, actor, cursor, granted, head.seq) if granted else cursor


def _news(connection: Connection, actor: Actor, head: Head, pushed: Pushed, result: Page) -> int:
    """What was written since the cursor; the number of rows (P2, P9)."""
    since = result.cursor.seq
    if since >= head.seq:
        return 0
    room = LIMITS.page_records_max
    rows = pull_queries.changed(connection, actor, since, head.seq, pushed.own, room)
    told = {record.id: record.seq for record in pushed.touched.values()}
    _bring(actor, (row for row in rows if told.get(row.id) != row.seq), result)
    reached = rows[-1].seq if len(rows) == room else head.seq
    result.cursor = replace(result.cursor, seq=reached)
    return len(rows)


def _bring(actor: Actor, rows: Iterable[PulledRow], result: Page) -> int:
    """The records as they are sent, without those of a class that this person may not read (D4). How many they were."""
    readable = [row for row in rows if visibility.may_read(actor, row)]
    result.records += [spliced(row.seq, row.body) for row in readable]
    result.told.update(row.id for row in readable)
    return len(readable)


def _fill(connection: Connection, actor: Actor, room: int, result: Page) -> tuple[int, bool]:
    """Go on with the first open fill. Returns the rows sent, and whether the page is best ended here."""
    fill, *others = result.cursor.fills
    if fill.case != ALL:
        rows = pull_queries.one_file(connection, actor, fill.case, fill.at[1], fill.bound, room)
    elif fill.is_first:
        rows = pull_queries.first(connection, actor, fill.at[1], fill.bound, fill.days, room)
    else:
        rows = pull_queries.files(connection, actor, fill.at, fill.bound, fill.days, room)
    brought = _bring(actor, rows, result)
    going_on: list[Fill] = []
    if len(rows) == room:
        last = rows[-1]
        going_on = [replace(fill, at=("" if fill.is_first else last.case, last.seq))]
    elif fill.is_first:
        going_on = [replace(fill, at=("", 0), is_first=False)]
    result.cursor = replace(result.cursor, fills=(*going_on, *others), done=result.cursor.done + brought)
    # Tänään is painted from the first page: it does not wait for the rest (P8).
    return len(rows), fill.is_first
