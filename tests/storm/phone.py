"""A phone that keeps the rules of the device to the letter (SPEC R1–R7, P6, P7, M9–M11).

It has no screen and no network: the storm asks it for requests and hands it replies. What stands on
`disk` survives a crash; a copy of it put back is a profile restored from an old backup.
"""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Literal

from server.config import PROTOCOL, SCHEMA
from server.rules import clock
from server.rules.digest import EMPTY, digests
from server.rules.merge import State, Version, empty, inherited, overlay, shown, unpack
from server.rules.one_person import kept_files
from server.sync import visibility

ACKNOWLEDGED = ("applied", "conflict", "duplicate")
Standing = Literal["waiting", "acknowledged", "in_review", "refused"]


@dataclass
class Entry:
    """One change of this phone, until `backed_up_seq` lets it go (R5)."""

    change: dict[str, Any]
    standing: Standing = "waiting"
    seq: int = 0
    problem: str | None = None
    #: its person hands it to the supervisor (S7)
    handed: bool = False


@dataclass
class Copy:
    """The server's state of one record. After a reset it is stale until it was sent again."""

    seq: int
    record: Any
    stale: bool = False


@dataclass
class Disk:
    epoch: str | None = None
    cursor: str | None = None
    clock: str = clock.ZERO
    copies: dict[str, Copy] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    #: files whose access is lost and that wait for their unsent work (R7)
    leaving: set[str] = field(default_factory=set)
    #: files that are asked for again, since their digest differed (D3)
    repair: set[str] = field(default_factory=set)
    #: which case files were opened (L3), and those readings that stand aside (R13)
    reads: list[dict[str, Any]] = field(default_factory=list)
    aside: list[dict[str, Any]] = field(default_factory=list)
    #: what an older release let into the other lists, by list: sent until it is answered (W14)
    strays: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Form:
    """An open form: what it rendered is frozen (R9)."""

    record: str
    kind: str
    case: str
    rendered: dict[str, list[Version]]


class Phone:
    def __init__(self, name: str, person: str, device: str, node: str) -> None:
        self.name = name
        self.person = person
        self.device = device
        self.disk = Disk()
        self.skew_ms = 0
        #: what it let go because `backed_up_seq` said that a backup has it
        self.promised: set[str] = set()
        self.open(node)

    def open(self, node: str) -> None:
        """A cold start: memory is gone, the node is new (C4)."""
        self.node = node
        self.complete = False
        #: the daily comparison of digests is due (D3)
        self.check_due = False

    def roll_back(self, disk: Disk, node: str) -> None:
        self.disk = deepcopy(disk)
        self.open(node)

    # --- reading and writing ----------------------------------------------------------------------

    def waiting(self) -> list[Entry]:
        return [entry for entry in self.disk.entries if entry.standing == "waiting"]

    def refused(self) -> list[Entry]:
        return [entry for entry in self.disk.entries if entry.standing == "refused"]

    def pending(self, record: str) -> list[Any]:
        """Own changes on the record that its copy does not show yet (R5)."""
        copy = self.disk.copies.get(record)
        reached = copy.seq if copy and not copy.stale else 0
        return [
            entry.change
            for entry in self.disk.entries
            if entry.change["record"] == record
            and (_is_laid_over(entry) or (entry.standing == "acknowledged" and entry.seq > reached))
        ]

    def view(self, record: str) -> State:
        """The record as the person sees it (M9)."""
        copy = self.disk.copies.get(record)
        state = unpack(copy.record) if copy else empty()
        return overlay(state, self.pending(record), self.person)

    def open_form(self, record: str, kind: str, case: str) -> Form:
        return Form(record, kind, case, self.view(record)["fields"])

    def save(
        self, form: Form, values: dict[str, Any], change: str, now_ms: int, *, settles: bool = False
    ) -> dict[str, Any]:
        """One local transaction: the change stands in the outbox (R1, M10, M11).

        A form has seen the shown value of a path; who settles has seen every value of it.
        """
        ids = shown({"fields": form.rendered, "awaited": {}})
        if settles:
            ids = {path: [v[0] for v in versions] for path, versions in form.rendered.items()}
        seen = {path: ids[path] for path in values if path in ids}
        self.disk.clock = clock.tick(self.disk.clock, now_ms + self.skew_ms, self.node)
        written = {
            "id": change,
            "record": form.record,
            "kind": form.kind,
            "case": form.case,
            "at": self.disk.clock,
            "set": values,
            "seen": inherited(seen, self.pending(form.record)),
        }
        self.disk.entries.append(Entry(written))
        return written

    def read(self, reading: str, case: str, now_ms: int) -> None:
        """A case file is opened, or what an address has in its place."""
        self.disk.clock = clock.tick(self.disk.clock, now_ms + self.skew_ms, self.node)
        self.disk.reads.append({"id": reading, "case": case, "at": self.disk.clock})

    def hand_over(self, entry: Entry) -> None:
        """A refused entry goes out again, for the supervisor; it is laid over nothing (S7)."""
        entry.standing, entry.problem, entry.handed = "waiting", None, True

    # --- the exchange -----------------------------------------------------------------------------

    def request(self, batch: int) -> dict[str, Any]:
        """The next request: the oldest unanswered changes first (R2)."""
        waiting = self.waiting()
        body: dict[str, Any] = {
            "protocol": PROTOCOL,
            "schema": SCHEMA,
            "device": self.device,
            "cursor": self.disk.cursor,
            "changes": [deepcopy(entry.change) for entry in waiting[:batch]],
            "more_follow": len(waiting) > batch,
        }
        if handed := [entry.change["id"] for entry in waiting[:batch] if entry.handed]:
            body["escalated"] = handed
        if self.disk.repair:
            body["repair"] = sorted(self.disk.repair)
        elif self.check_due and self.complete and not waiting:
            body["check"] = sorted(self.files())
        if self.disk.reads:
            body["reads"] = deepcopy(self.disk.reads)
        for name, ids in self.disk.strays.items():
            if ids and not (body["more_follow"] and name != "escalated"):
                body[name] = [*ids, *body.get(name, ())]
        return body

    def take(self, request: dict[str, Any], reply: dict[str, Any], now_ms: int) -> bool:
        """Takes a reply, or leaves it if it is older than what is stored (R3, R4)."""
        if "problem" in reply or request["cursor"] != self.disk.cursor:
            return False
        if reply.get("reset"):
            self._reset(reply["epoch"])
            return True
        self.disk.epoch = reply["epoch"]
        self._take_verdicts(reply["verdicts"])
        self._take_items(request, reply.get("refused", ()))
        if not request["more_follow"]:
            self._take_files(reply["files"])
        self._take_records(reply["touched"], now_ms)
        if not request["more_follow"]:
            self._take_page(request, reply, now_ms)
        self.disk.cursor = reply["cursor"]
        self._let_go(reply["backed_up_seq"])
        return True

    def _reset(self, epoch: str) -> None:
        """The server forgot something: what it had acknowledged is offered again, in order (P6)."""
        self.disk.epoch, self.disk.cursor, self.complete = epoch, None, False
        for entry in self.disk.entries:
            if entry.standing in ("acknowledged", "in_review"):
                entry.standing, entry.seq = "waiting", 0
        for copy in self.disk.copies.values():
            copy.stale = True
        self.disk.repair.clear()

    def _take_verdicts(self, verdicts: Iterable[dict[str, Any]]) -> None:
        entries = {entry.change["id"]: entry for entry in self.disk.entries}
        for verdict in verdicts:
            entry = entries.get(verdict["id"])
            if entry is None or entry.standing != "waiting":
                continue
            if verdict["verdict"] in ACKNOWLEDGED:
                entry.standing, entry.seq = "acknowledged", verdict["seq"]
            elif verdict["verdict"] == "in_review":
                entry.standing = "in_review"
            else:
                entry.standing, entry.problem = "refused", verdict["problem"]["code"]

    def _take_items(self, request: dict[str, Any], refused: Iterable[dict[str, Any]]) -> None:
        """What was refused stands aside, what was answered is asked no more (W14, R13)."""
        answered = {read["id"] for read in request.get("reads", ())}
        aside = [request["reads"][item["index"]] for item in refused if item["list"] == "reads"]
        self.disk.reads = [read for read in self.disk.reads if read["id"] not in answered]
        self.disk.aside += [read for read in aside if read not in self.disk.aside]
        for name, ids in self.disk.strays.items():
            self.disk.strays[name] = [one for one in ids if one not in request.get(name, ())]

    def _take_files(self, files: Iterable[dict[str, Any]]) -> None:
        """A file that is lost, or that comes anew: what is not sent again goes (P7)."""
        for news in files:
            case = news["case"]
            if news["event"] == "check":
                continue
            if news["event"] == "purge":
                self.disk.leaving.add(case)
            else:
                self.disk.leaving.discard(case)
            for copy in self.disk.copies.values():
                copy.stale = copy.stale or copy.record["case"] == case

    def _take_page(self, request: dict[str, Any], reply: dict[str, Any], now_ms: int) -> None:
        self._take_records(reply["records"], now_ms)
        self.disk.repair -= set(request.get("repair", ()))
        self.complete = not reply["more"]
        self.check_due = self.check_due and "check" not in request
        if self.complete:
            waiting_files = self.disk.leaving & self._busy()
            self.disk.copies = {
                record: copy
                for record, copy in self.disk.copies.items()
                if not copy.stale or copy.record["case"] in waiting_files
            }

            self._compare(reply["files"])

    def _compare(self, files: Iterable[dict[str, Any]]) -> None:
        """A copy that is not the server's is fetched anew (D3)."""
        own = self.digests()
        for news in files:
            if news["event"] == "check" and own.get(news["case"], {}).get(news["class"], EMPTY) != news["digest"]:
                self.disk.repair.add(news["case"])

    def _take_records(self, records: Iterable[dict[str, Any]], now_ms: int) -> None:
        for record in records:
            old = self.disk.copies.get(record["id"])
            if old is None or old.stale or record["seq"] > old.seq:
                self.disk.copies[record["id"]] = Copy(record["seq"], record)
                for _, stamp, _ in record["by"]:
                    self.disk.clock = clock.receive(self.disk.clock, stamp, now_ms + self.skew_ms, self.node)

    def _busy(self) -> set[str]:
        return {str(entry.change["case"]) for entry in self.waiting()}

    def _let_go(self, durable: int) -> None:
        """What is safe in a backup, and files that have nothing left to say (R5, R7)."""
        gone = self.disk.leaving - self._busy()
        self.disk.leaving -= gone
        self.disk.copies = {
            record: copy for record, copy in self.disk.copies.items() if copy.record["case"] not in gone
        }
        kept = []
        for entry in self.disk.entries:
            if entry.standing == "acknowledged" and entry.seq <= durable:
                self.promised.add(entry.change["id"])
            elif entry.standing not in ("acknowledged", "in_review") or entry.change["case"] not in gone:
                kept.append(entry)
        self.disk.entries = kept

    # --- what the checks look at ------------------------------------------------------------------

    def is_at_rest(self) -> bool:
        asks = self.disk.repair or self.check_due or self.disk.reads or any(self.disk.strays.values())
        return self.complete and not self.waiting() and not asks

    def files(self) -> set[str]:
        return {str(copy.record["case"]) for copy in self.disk.copies.values()}

    def headers(self) -> dict[str, str]:
        """By client's file that this phone has, the record that heads it."""
        found = {
            copy.record["case"]: record for record, copy in self.disk.copies.items() if copy.record["kind"] == "case"
        }
        return {case: record for case, record in sorted(found.items()) if case not in self.disk.leaving}

    def duplicates(self) -> dict[str, str]:
        """By file, the one that is kept for it, as this person sees it (H7)."""
        named: dict[str, str] = {}
        for case, record in self.headers().items():
            versions = self.view(record)["fields"].get("duplicate_of", [])
            if versions and versions[0][3]:
                named[case] = str(versions[0][3])
        return kept_files(named, sorted(self.headers()))

    def digests(self) -> dict[str, dict[str, str]]:
        """By file and class, the digests of the server's copies and never of the overlay (D1)."""
        by_case: dict[str, list[tuple[str, str, State]]] = {}
        for record, copy in self.disk.copies.items():
            its_class = visibility.class_in(copy.record)
            by_case.setdefault(copy.record["case"], []).append((record, its_class, unpack(copy.record)))
        return {case: digests(records) for case, records in by_case.items()}

    def kept_ids(self) -> set[str]:
        """Ids of the changes that this phone could offer again."""
        return {str(entry.change["id"]) for entry in self.disk.entries}

    def known_records(self) -> set[tuple[str, str, str]]:
        """`(record, kind, case)` of what the person can open."""
        shown = [copy.record for copy in self.disk.copies.values()]
        own = [entry.change for entry in self.disk.entries if _is_laid_over(entry)]
        return {(r["id"], r["kind"], r["case"]) for r in shown} | {
            (change["record"], change["kind"], change["case"]) for change in own
        }


def _is_laid_over(entry: Entry) -> bool:
    """Whether its person sees it as their own value: not what the supervisor is asked to decide on (S7)."""
    return entry.standing == "waiting" and not entry.handed
