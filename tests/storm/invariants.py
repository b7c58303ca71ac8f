"""I1–I8 of the design, each a checker of its own. They compare what happened with what is there.

`Ledger` is what an all-knowing witness wrote down during the storm; `Server` (see `world.py`) is
looked at through its tables, phones through what they keep.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from server.kinds.base import FILE
from server.rules.clock import rank
from server.rules.digest import digests as digests_of
from server.rules.merge import State, canonical, replay
from tests.storm.phone import Phone


@dataclass
class Ledger:
    """What was written, what was acknowledged, and what may be missing for a reason."""

    #: what the server wrote itself: people, before the storm began
    given: set[str] = field(default_factory=set)
    #: by change id: the change as it was saved
    written: dict[str, dict[str, Any]] = field(default_factory=dict)
    #: by change id: who wrote it
    author: dict[str, str] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    #: acknowledged, but lost by server and device at once: a restore met a rollback or an erasure
    excused: set[str] = field(default_factory=set)
    #: dropped from a device because `backed_up_seq` promised that a backup has it
    promised: set[str] = field(default_factory=set)
    #: ids of readings that devices let go since the server said that it has them (L3)
    readings: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Logged:
    """A line of the server's log (L1)."""

    id: str
    case: str
    record: str
    author: str
    at: str
    received: str
    set: dict[str, Any]
    seen: dict[str, list[str]]
    chain_index: int


@dataclass(frozen=True)
class Stored:
    """A record as the server keeps it."""

    id: str
    case: str
    seq: int
    state: State


class Broken(AssertionError):
    """An invariant does not hold."""


def _require(holds: bool, invariant: str, message: str) -> None:
    if not holds:
        raise Broken(f"{invariant}: {message}")


def i1_nothing_acknowledged_is_lost(ledger: Ledger, log: Iterable[Logged], held: set[str]) -> None:
    there = {line.id for line in log}
    lost = ledger.acknowledged - there - held - ledger.excused
    _require(not lost, "I1", f"acknowledged and gone: {sorted(lost)}")
    broken = ledger.promised - there
    _require(not broken, "I1", f"durable promised a backup of {sorted(broken)}")
    gone = ledger.held - held - there - ledger.excused
    _require(not gone, "I1", f"held for the supervisor and gone: {sorted(gone)}")


def i2_each_change_is_applied_once(ledger: Ledger, log: list[Logged], records: list[Stored]) -> None:
    ids = [line.id for line in log]
    _require(len(ids) == len(set(ids)), "I2", "a change stands twice in the log")
    for line in log:
        if line.id in ledger.given:
            continue
        change = ledger.written.get(line.id)
        _require(change is not None, "I2", f"{line.id} was never written by anybody")
        assert change is not None
        told = (change["record"], change["case"], change["at"], change["set"], change["seen"])
        kept = (line.record, line.case, line.at, line.set, line.seen)
        _require(told == kept, "I2", f"{line.id} was altered: {told} became {kept}")
        _require(line.author == ledger.author[line.id], "I2", f"{line.id} has another author")
    expected = _expected(log)
    for record in records:
        right = expected.pop((record.case, record.id), None)
        _require(right is not None, "I2", f"record {record.id} has no log")
        assert right is not None
        same = canonical(_plain(right)) == canonical(_plain(record.state))
        _require(same, "I2", f"{record.id} is {record.state}, its log says {right}")
    _require(not expected, "I2", f"records without a state: {sorted(expected)}")


def i3_everybody_agrees(
    phones: Iterable[Phone],
    readable: dict[str, set[str]],
    records: list[Stored],
    digests: dict[str, dict[str, str]],
) -> None:
    """`digests`: what the server keeps by case and class; `readable`: by person, the files with records."""
    by_case: dict[str, dict[str, Stored]] = {}
    for record in records:
        by_case.setdefault(record.case, {})[record.id] = record
    for case, inside in by_case.items():
        anew = digests_of((record.id, FILE, record.state) for record in inside.values())
        _require(digests[case] == anew, "I3", f"the digest kept of {case} is not that of its records")
    for phone in phones:
        wanted = {case for case in readable[phone.person] if by_case.get(case)}
        has = phone.files()
        _require(has == wanted, "I3", f"{phone.name} has the files {has}, not {wanted}")
        for case, found in phone.digests().items():
            copies = {r for r, c in phone.disk.copies.items() if c.record["case"] == case}
            missing = by_case[case].keys() ^ copies
            _require(not missing, "I3", f"{phone.name} differs in {case} by {sorted(missing)}")
            _require(found == digests[case], "I3", f"{phone.name} has another digest of {case}")


def i4_nobody_reads_outside(person: str, readable: set[str], request: dict[str, Any], reply: dict[str, Any]) -> None:
    """Looked at for every reply, at the moment when the server gives it."""
    if reply.get("reset"):
        extra = reply.keys() - {"protocol", "epoch", "server_time", "reset"}
        _require(not extra, "I4", f"a reset tells {person} of {sorted(extra)}")
        return
    for record in (*reply["touched"], *reply.get("records", ())):
        inside = record["case"] in readable
        _require(inside, "I4", f"{person} was given {record['id']} of {record['case']}")
    of = {change["id"]: change for change in request["changes"]}
    for verdict in reply["verdicts"]:
        if verdict["verdict"] in ("in_review", "refused"):
            _require("seq" not in verdict, "I4", f"a refusal told {person} a sequence: {verdict}")
        else:
            case = of[verdict["id"]]["case"]
            allowed = case in readable or verdict["verdict"] == "duplicate"
            _require(allowed, "I4", f"{person} wrote into {case}")


def i5_no_value_disappears_unseen(log: list[Logged], records: list[Stored]) -> None:
    held = {
        (record.case, record.id, path, version[0])
        for record in records
        for path, versions in record.state["fields"].items()
        for version in versions
    }
    replaced = {
        (line.case, line.record, path, before) for line in log for path, ids in line.seen.items() for before in ids
    }
    for line in log:
        for path in line.set:
            version = (line.case, line.record, path, line.id)
            gone = version not in held and version not in replaced
            _require(not gone, "I5", f"the value of {line.id} at {path} is gone, and nobody saw it")
            both = version in held and version in replaced
            _require(not both, "I5", f"{line.id} at {path} was seen and replaced, yet it stands")


def i6_every_outbox_drains(phones: Iterable[Phone]) -> None:
    for phone in phones:
        stuck = [entry.change["id"] for entry in phone.waiting()]
        _require(not stuck, "I6", f"{phone.name} still waits with {stuck}")
        silent = [e for e in phone.disk.entries if e.standing == "refused" and not e.problem]
        _require(not silent, "I6", f"{phone.name} has refusals without a reason")
        laid = [r for r in phone.disk.copies if phone.pending(r)]
        _require(not laid, "I6", f"{phone.name} still lays its own changes over {laid}")


def i7_no_reading_disappears(ledger: Ledger, readings: set[str]) -> None:
    """What a device let go is in the log of readings; what the server would not take stands aside there (R13)."""
    gone = ledger.readings - readings
    _require(not gone, "I7", f"readings that nobody has: {sorted(gone)}")


def i8_everybody_sees_the_same_client(phone: Phone, together: Callable[[str], list[str]]) -> None:
    """What a phone shows as one client the server hands out as one to its person (H7). `together`: by a file."""
    kept = phone.duplicates()
    for case in phone.headers():
        first = kept.get(case, case)
        shown = [first, *sorted(other for other, its in kept.items() if its == first)]
        given = together(case)
        _require(shown == given, "I8", f"{phone.name} shows {shown} as one client, the server {given}")


def _expected(log: Iterable[Logged]) -> dict[tuple[str, str], State]:
    lines: dict[tuple[str, str], list[Any]] = {}
    for line in log:
        change = {"id": line.id, "set": line.set, "seen": line.seen}
        entry = {"change": change, "rank": rank(line.at, line.received), "author": line.author}
        lines.setdefault((line.case, line.record), []).append(entry)
    return {key: replay(entries) for key, entries in lines.items()}


def _plain(state: State) -> dict[str, Any]:
    """As lists, so that tuples and lists of different makers compare."""
    fields = {p: [list(version) for version in held] for p, held in state["fields"].items()}
    return {"fields": fields, "awaited": state["awaited"]}
