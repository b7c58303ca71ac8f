"""What devices changed: a verdict for each change, one transaction for all (SPEC W, S).

Case files are locked first, in sorted order, then everything is looked up at once: what was applied
before, who may, and the records as they stand. `server/sync/apply.py` does the rest.
"""

import secrets
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal, NotRequired, TypedDict

import orjson
from sqlalchemy import Connection
from sqlalchemy.orm import Session as Transaction

from server.config import LIMITS
from server.core.actor import Actor
from server.core.problems import Problem, ProblemJson
from server.rules.clock import Stamp, write
from server.sync import log, opening, scope, visibility
from server.sync.apply import ApplyResult, Arrival, Touched, apply_all
from server.sync.log import RecordRow, ReviewValues
from server.sync.protocol import ChangeJson, Incoming

#: this process's node in the stamps of receipt
NODE = secrets.token_hex(6)
SORTED = orjson.OPT_SORT_KEYS


VerdictName = Literal["applied", "duplicate", "conflict", "in_review", "refused"]


class Verdict(TypedDict):
    """What became of one change (W2)."""

    id: NotRequired[str]
    verdict: VerdictName
    seq: NotRequired[int]
    problem: NotRequired[ProblemJson]


@dataclass(frozen=True, slots=True)
class Pushed:
    """Verdicts in the order of the changes (W2), and by id the records they concern (W8).

    `own` are the first and last seq that this push took.
    """

    verdicts: list[Verdict]
    touched: dict[str, Touched | RecordRow]
    own: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Known:
    """What the database says of a batch once its case files are locked; and, as it is gone through,
    what the batch has said already."""

    files: dict[str, scope.FileRow]
    changes: dict[str, log.ChangeRow]
    held: dict[str, log.ReviewRow]
    records: dict[str, RecordRow]
    readable: set[str]
    once_accessible: set[str]
    #: case files that are not there, and that their author may not open (H5)
    ungranted: set[str]
    #: by record: its case and kind
    places: dict[str, tuple[str, str]]
    earlier: dict[str, tuple[Incoming, Verdict]] = field(default_factory=dict)


def push(
    transaction: Transaction,
    actor: Actor,
    changes: Sequence[Incoming],
    now_ms: int,
    escalated: Set[str] = frozenset(),
) -> Pushed:
    """Apply what may be applied, hold what came too late or is `escalated`, refuse the rest (W4, S7)."""
    connection = transaction.connection()
    opening.open_files(transaction, actor, changes)
    known = _look_up(connection, actor, changes)
    room = _room(connection, actor) if escalated or known.once_accessible or known.ungranted else 0
    verdicts: list[Verdict] = []
    arrivals: list[Arrival] = []
    held: list[ReviewValues] = []
    for number, change in enumerate(changes):
        verdict: Verdict = {"id": change.id, **_decided(actor, change, known)}
        is_escalated = change.id in escalated and _may_be_escalated(change, verdict, known)
        if is_escalated:
            verdict = {"id": change.id, **_held(verdict["problem"])}
        is_new = verdict["verdict"] == "in_review" and change.id not in known.held and change.id not in known.earlier
        if is_new and room <= 0:
            verdict = {"id": change.id, **refused("hold_full")}
        room -= is_new
        verdicts.append(verdict)
        arrival = Arrival(change, actor.user, actor.device, received_stamp(now_ms, number))
        if verdict["verdict"] == "applied":
            arrivals.append(arrival)
            known.places[change.record] = (change.case, change.kind)
        elif verdict["verdict"] == "in_review" and is_new:
            is_refused = is_escalated or change.case in known.ungranted
            held.append(_held_row(actor, arrival, verdict["problem"] if is_refused else None))
        if verdict["verdict"] != "refused":
            known.earlier.setdefault(change.id, (change, verdict))
    outcome = apply_all(connection, actor.org, known.files, known.records, arrivals)
    held += _held_for_room(actor, arrivals, verdicts, outcome.full, escalated, room)
    log.hold(connection, held)
    if held:
        log.take_seqs(connection, actor.org, 1)  # a lineage token of its own: an older database lacks it (P5)
    known.readable.difference_update(opening.follow_headers(transaction, actor.org, actor.user, outcome, known.files))
    touched: dict[str, Touched | RecordRow] = {}
    for change, verdict in zip(changes, verdicts, strict=True):
        if verdict["verdict"] in {"applied", "duplicate"}:
            _complete(verdict, change, outcome)
            _touch(touched, actor, change, outcome, known)
    seqs = [record.seq for record in outcome.records.values()]
    return Pushed(verdicts, touched, (seqs[0], seqs[-1]) if seqs else (0, 0))


def _held_for_room(
    actor: Actor,
    arrivals: Sequence[Arrival],
    verdicts: list[Verdict],
    full: Set[str],
    escalated: Set[str],
    room: int,
) -> list[ReviewValues]:
    """What turned out not to fit into its record (W16) is refused; the rows of what is escalated."""
    problem = Problem("record_full").as_json()
    late = [arrival for arrival in arrivals if arrival.change.id in full & escalated][: max(room, 0)]
    kept = {arrival.change.id for arrival in late}
    for verdict in verdicts:
        if verdict["id"] in full:
            verdict.update(_held(problem) if verdict["id"] in kept else refused("record_full"))
    return [_held_row(actor, arrival, problem) for arrival in late]


def received_stamp(now_ms: int, number: int) -> str:
    """The stamp of receipt of the so-many-th change of a request: ranks keep the order of sending."""
    return write(Stamp(now_ms, number, NODE))


def _look_up(connection: Connection, actor: Actor, changes: Sequence[Incoming]) -> Known:
    cases = {change.case for change in changes}
    ids = [change.id for change in changes]
    files = scope.lock_files(connection, actor.org, cases)
    readable = scope.readable(connection, actor, cases)
    missing = cases - readable
    records = log.records(connection, actor.org, [change.record for change in changes])
    return Known(
        files=files,
        changes=log.changes(connection, actor.org, ids),
        held=log.review_items(connection, actor.org, ids),
        records=records,
        readable=readable,
        once_accessible=scope.once_accessible(connection, actor, missing) if missing else set(),
        ungranted=opening.not_granted(connection, actor, changes, missing - files.keys()) if missing else set(),
        places={record: (row.case, row.kind) for record, row in records.items()},
    )


def _decided(actor: Actor, change: Incoming, known: Known) -> Verdict:
    """The verdict on one change; `seq` and *conflict* follow once it is applied."""
    if change.id in known.earlier:
        return _again(change, *known.earlier[change.id])
    if change.id in known.changes:
        logged = known.changes[change.id]
        is_same = logged.author == actor.user and change.is_same(logged)
        return {"verdict": "duplicate", "seq": logged.seq} if is_same else refused("change_id_reused")
    if change.id in known.held:
        held = known.held[change.id]
        is_same = held.author == actor.user and _are_same(change.as_json(), orjson.loads(held.change))
        return _held(_problem_in(held)) if is_same else refused("change_id_reused")
    if change.problem:
        return {"verdict": "refused", "problem": change.problem.as_json()}
    if change.case in known.ungranted:
        return _held(Problem("opening_not_granted").as_json())
    if change.case not in known.readable | known.once_accessible:
        return refused("case_unknown")
    file = known.files.get(change.case)
    if file is not None and file.erased_at is not None:
        return refused("case_erased")
    if _is_hidden(actor, change, known):
        return refused("not_allowed")
    if change.case not in known.readable:
        return _held()
    return misplaced(change, known.files[change.case].home, known.places) or {"verdict": "applied"}


def _is_hidden(actor: Actor, change: Incoming, known: Known) -> bool:
    """Nobody writes blindly into a class that they may not read (D4): neither by its kind nor by its record."""
    row = known.records.get(change.record) if change.case in known.readable else None
    is_kind_hidden = not visibility.role_reads(actor.role, change.kind)
    return is_kind_hidden or (row is not None and not visibility.may_read(actor, row))


def misplaced(change: Incoming, home: str, places: Mapping[str, tuple[str, str]]) -> Verdict | None:
    """A refusal where the kind has another home (H2), or the stored record is of another case (S2) or kind."""
    if not visibility.fits(change.kind, home):
        return refused("kind_elsewhere")
    case, kind = places.get(change.record, (change.case, change.kind))
    if case != change.case:
        return refused("record_elsewhere")
    return refused("kind_mismatch") if kind != change.kind else None


def refused(code: str) -> Verdict:
    return {"verdict": "refused", "problem": Problem(code).as_json()}


def _held(problem: ProblemJson | None = None) -> Verdict:
    return {"verdict": "in_review", "problem": problem or Problem("case_access_lost").as_json()}


def _problem_in(row: log.ReviewRow) -> ProblemJson | None:
    """With what a held change was refused, where it was escalated."""
    problem: ProblemJson | None = orjson.loads(row.problem) if row.problem else None
    return problem


def _again(change: Incoming, first: Incoming, verdict: Verdict) -> Verdict:
    """The same id a second time in one batch."""
    if not _are_same(change.as_json(), first.as_json()):
        return refused("change_id_reused")
    return _held(verdict["problem"]) if verdict["verdict"] == "in_review" else {"verdict": "duplicate"}


def _are_same(one: ChangeJson, other: ChangeJson) -> bool:
    """The order of names does not count. To Python `True` is 1, on the wire it is not (M4)."""
    return one == other and orjson.dumps(one, option=SORTED) == orjson.dumps(other, option=SORTED)


def _may_be_escalated(change: Incoming, verdict: Verdict, known: Known) -> bool:
    """A refused change of its own id (S7): one that was taken before is there already, and none of it is kept of what
    was erased (A13)."""
    is_refused = verdict["verdict"] == "refused" and verdict["problem"]["code"] != "case_erased"
    return is_refused and bool(change.id) and change.id not in known.changes | known.held | known.earlier


def _room(connection: Connection, actor: Actor) -> int:
    """How many changes of this person may still be held until the supervisor has decided on some."""
    return LIMITS.held_waiting_max - log.held_waiting(connection, actor.org, actor.user)


def _held_row(actor: Actor, arrival: Arrival, problem: ProblemJson | None) -> ReviewValues:
    return {
        "org": actor.org,
        "id": arrival.change.id,
        "case": arrival.change.case,
        "author": arrival.author,
        "device": arrival.device,
        "received": arrival.received,
        "change": orjson.dumps(arrival.change.as_json()).decode(),
        "problem": orjson.dumps(problem).decode() if problem else None,
    }


def _complete(verdict: Verdict, change: Incoming, outcome: ApplyResult) -> None:
    record = outcome.records.get(change.record)
    if record is not None:
        verdict.setdefault("seq", record.seq)
    if verdict["verdict"] == "applied" and change.id in outcome.differing:
        verdict["verdict"] = "conflict"


def _touch(
    touched: dict[str, Touched | RecordRow], actor: Actor, change: Incoming, outcome: ApplyResult, known: Known
) -> None:
    """Note the record, as it stands after the batch, if this person may read it (W8, S5, D4)."""
    record = outcome.records.get(change.record) or known.records.get(change.record)
    if record is not None and record.case in known.readable and visibility.may_read(actor, record):
        touched[change.record] = record
