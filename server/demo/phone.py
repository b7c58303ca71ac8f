"""A phone without a screen: what the demo writes leaves it as from a real one."""

import random
from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import TypedDict

from server.config import LIMITS, PROTOCOL, SCHEMA
from server.demo.rng import uuid7
from server.rules.clock import ZERO, tick
from server.rules.merge import Packed
from server.sync.protocol import ChangeJson
from server.sync.push import Verdict

Seen = dict[str, list[str]]


class QueuedChange(TypedDict):
    """A change that has no stamp yet."""

    id: str
    record: str
    kind: str
    case: str
    at_ms: int
    set: dict[str, object]
    seen: Seen


class WireRecord(Packed):
    id: str
    kind: str
    case: str


class Reply(TypedDict, total=False):
    reset: bool
    verdicts: list[Verdict]
    records: list[WireRecord]
    cursor: str
    more: bool


#: takes a request and gives the reply, both as in SPEC, Wire
Exchange = Callable[[dict[str, object]], Reply]


class Phone:
    """One worker's device. It writes in the past and sends in the order of its time."""

    def __init__(self, device: str, exchange: Exchange, rng: random.Random) -> None:
        self.device = device
        self.exchange = exchange
        self.rng = rng
        self.node = f"{rng.getrandbits(48):012x}"
        self.clock = ZERO
        self.changes: list[QueuedChange] = []
        self.cursor: str | None = None
        self.records: dict[str, WireRecord] = {}

    def write(
        self,
        at_ms: int,
        kind: str,
        case: str,
        record: str,
        fields: Mapping[str, object],
        seen: Seen | None = None,
    ) -> str:
        """Queues one change and returns its id. What was fetched of these paths counts as seen."""
        if seen is None and record in self.records:
            known = {path: held(self.records[record], path) for path in fields}
            seen = {path: ids for path, ids in known.items() if ids}
        change = uuid7(at_ms, self.rng)
        self.changes.append(
            {
                "id": change,
                "record": record,
                "kind": kind,
                "case": case,
                "at_ms": at_ms,
                "set": dict(fields),
                "seen": seen or {},
            }
        )
        return change

    def write_once(self, at_ms: int, kind: str, case: str, record: str, fields: Mapping[str, object]) -> None:
        """What is there already is not written again, whatever day it is."""
        if record not in self.records:
            self.write(at_ms, kind, case, record, fields)

    def send(self) -> int:
        """Sends what is queued and returns how many changes the server took."""
        self.changes.sort(key=itemgetter("at_ms"))
        stamped = [self._stamped(change) for change in self.changes]
        size = LIMITS.batch_changes_max
        for start in range(0, len(stamped), size):
            batch = stamped[start : start + size]
            reply = self._ask(batch, more_follow=True)
            bad = [v for v in reply["verdicts"] if v["verdict"] in ("refused", "in_review")]
            if bad:
                raise RuntimeError(f"the server did not take a demo entry: {bad[0]}")
        sent, self.changes = len(self.changes), []
        return sent

    def receive(self) -> None:
        """Fetches everything this person may read."""
        more = True
        while more:
            reply = self._ask([], more_follow=False)
            if reply.get("reset"):
                self.cursor, self.records = None, {}
                continue
            for record in reply["records"]:
                self.records[record["id"]] = record
            self.cursor, more = reply["cursor"], reply["more"]

    def _stamped(self, queued: QueuedChange) -> ChangeJson:
        self.clock = tick(self.clock, queued["at_ms"], self.node)
        return {
            "id": queued["id"],
            "record": queued["record"],
            "kind": queued["kind"],
            "case": queued["case"],
            "at": self.clock,
            "set": queued["set"],
            "seen": queued["seen"],
        }

    def _ask(self, changes: list[ChangeJson], *, more_follow: bool) -> Reply:
        return self.exchange(
            {
                "protocol": PROTOCOL,
                "schema": SCHEMA,
                "device": self.device,
                "cursor": self.cursor,
                "changes": changes,
                "more_follow": more_follow,
            }
        )


def shown(record: WireRecord) -> dict[str, object]:
    """The shown value of each path of a record on the wire (W9)."""
    return {path: versions[0][1] for path, versions in record["fields"].items()}


def held(record: WireRecord, path: str) -> list[str]:
    """The ids of the changes that stand at a path."""
    return [record["by"][number][0] for number, _ in record["fields"].get(path, ())]
