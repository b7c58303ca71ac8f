"""The work that is measured: 20,000 records of 168 case files that one person may read. The same at every run.

A record is a logged visit of 8 fields with a note of 200 characters, about 500 bytes of JSON; or, of all kinds, every
second one is of another kind that lives in a client's file, filled at random as its declaration allows. They come from
a colleague's phone through the exchange, like everybody's.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from server import create_app, directory
from server.auth import passwords
from server.config import PROTOCOL, SCHEMA, settings_from
from server.core.actor import Actor
from server.core.database import writing
from server.demo.rng import MINUTE_MS, draws, instant, span, uuid7
from server.demo.writing import SENTENCES, visit_note
from server.kinds import KINDS
from server.kinds.checker import checker_of
from server.rules.clock import ZERO, tick
from server.serve import bring_up_to_date
from server.sync import scope
from server.sync.exchange import exchange
from tests.documents.random_records import Writer

PASSWORD = "kesäilta ja sauna"
CASES = 168
RECORDS = 20_000
BATCH = 1_000
DAY_MS = 24 * 60 * MINUTE_MS
NOTE_CHARS = 200
AREAS = tuple(SENTENCES["areas"])
#: days from today on which each client is planned to be met
PLANNED = (1, 8, 15, 22, 29)
TODAY_CASES = 8
#: what each file has anyway, and what is sent apart from its record
OF_EVERY_FILE = {"case", "goal", "checklist", "visit", "attachment"}

Change = dict[str, Any]


@dataclass(frozen=True)
class Caseload:
    """Aino is measured; Liisa, who may read the same, writes what is new."""

    aino: str
    liisa: str
    organisation: str
    cases: list[str]
    #: some visits of Aino's, by (case, record)
    visits: list[tuple[str, str]]


def make(data_dir: Path, records: int = RECORDS, *, of_all_kinds: bool = False) -> Caseload:
    """Fill an empty data folder. The organisation's shared file is not among the records."""
    app = create_app(settings_from({"OVIKELLO_DATA_DIR": str(data_dir)}))
    bring_up_to_date(app)
    now_ms = time.time_ns() // 1_000_000
    with app.app_context():
        with writing() as transaction:
            org = directory.find_or_add_organisation(transaction, "Harjula")
            team = directory.find_or_add_team(transaction, org, "North")
            hashed = passwords.hash_of(PASSWORD)
            aino, liisa = (
                directory.enter(transaction, directory.Account(org, name.lower(), name, team=team), hashed).id
                for name in ("Aino", "Liisa")
            )
            ids = [uuid7(now_ms, draws("case file", number)) for number in range(CASES)]
            for case in ids:
                scope.open_file(transaction, org.id, case, team.id)
            for person in (aino, liisa):
                scope.grant(transaction, org.id, person, ids, "own_client")
            made = Caseload(aino, liisa, org.id, ids, [])
        _send(Actor(made.organisation, liisa, "bench", "field_worker"), _changes(made, records, now_ms, of_all_kinds))
    return made


def _send(actor: Actor, changes: Iterator[Change]) -> None:
    batch: list[Change] = []
    for change in changes:
        batch.append(change)
        if len(batch) == BATCH:
            _push(actor, batch)
            batch = []
    _push(actor, batch)


def _push(actor: Actor, batch: list[Change]) -> None:
    request = {"protocol": PROTOCOL, "schema": SCHEMA, "cursor": None, "changes": batch, "more_follow": True}
    reply = orjson.loads(exchange(actor, orjson.dumps(request)))
    wrong = [verdict for verdict in reply["verdicts"] if verdict["verdict"] != "applied"]
    if wrong:
        raise RuntimeError(f"the server did not take it: {wrong[0]}")


def _changes(made: Caseload, records: int, now_ms: int, of_all_kinds: bool) -> Iterator[Change]:
    """File after file: the head, two goals, a checklist, planned visits, and logged ones up to the number wanted."""
    clock, writer = ZERO, Writer(CASES)
    others = [name for name, kind in sorted(KINDS.items()) if kind.home_file == "case" and name not in OF_EVERY_FILE]
    for number, case in enumerate(made.cases):
        share = records // CASES + (number < records % CASES)
        for place, (at_ms, kind, fields) in enumerate(_file(made, number, share, now_ms)):
            if of_all_kinds and kind == "visit" and "outcome" in fields and place % 2:
                kind = others[(number + place // 2) % len(others)]  # noqa: PLW2901 - in place of the visit
                fields = _allowed(kind, writer.record(kind, place)["values"])  # noqa: PLW2901
            rng = draws("record", number, at_ms, kind)
            clock = tick(clock, at_ms, "0123456789ab")
            record = uuid7(at_ms, rng)
            if kind == "visit":
                made.visits.append((case, record))
            yield change(uuid7(at_ms, rng), record, kind, case, clock, fields)


def _allowed(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What of random values the server takes."""
    wrong = set(checker_of(kind).wrong(values)) | {"removed"}
    return {path: value for path, value in values.items() if path not in wrong}


def change(own: str, record: str, kind: str, case: str, at: str, values: dict[str, Any], seen: Any = None) -> Change:
    return {"id": own, "record": record, "kind": kind, "case": case, "at": at, "set": values, "seen": seen or {}}


def _file(made: Caseload, number: int, share: int, now_ms: int) -> Iterator[tuple[int, str, dict[str, Any]]]:
    begun = now_ms - 400 * DAY_MS
    yield begun, "case", _head(made, number)
    for goal in range(2):
        yield begun + (goal + 1) * DAY_MS, "goal", _goal(number, goal)
    tick = {"done": True, "on": instant(begun)[:10], "by": made.aino}
    yield begun + 3 * DAY_MS, "checklist", {"ticks/strong.everyday_practice": tick}
    planned = [*([0] if number < TODAY_CASES else []), *PLANNED]
    logged = share - 4 - len(planned)
    for visit in range(logged):
        start = begun + 4 * DAY_MS + (390 * DAY_MS * visit) // logged
        yield start + 60 * MINUTE_MS, "visit", visit_fields(made.aino, start, draws("visit", number, visit))
    for days in planned:
        start = now_ms + days * DAY_MS + (1 + number % 5) * 60 * MINUTE_MS * (days > 0) + number * MINUTE_MS
        fields = {"visit_kind": "home_visit", "mode": "face_to_face", "place": "client_home", "worker": made.aino}
        yield now_ms - DAY_MS + days, "visit", {**fields, "plan": span(start, 60)}


def visit_fields(worker: str, start_ms: int, rng: Any) -> dict[str, Any]:
    """A logged visit: 8 fields, a note of 200 characters."""
    note = " ".join(visit_note([rng.choice(AREAS)], start_ms, rng) for _ in range(4))
    return {
        "visit_kind": rng.choice(("support_visit", "home_visit", "accompanied_errand")),
        "mode": "face_to_face",
        "place": rng.choice(("client_home", "agreed_place", "authority")),
        "worker": worker,
        "actual": span(start_ms, 60),
        "outcome": {"code": rng.choice(("done", "done", "done", "client_absent"))},
        "minutes/client_work_direct": rng.randrange(15, 120, 5),
        "note": note[:NOTE_CHARS].ljust(NOTE_CHARS, "."),
    }


def _head(made: Caseload, number: int) -> dict[str, Any]:
    phase = {"phase": "normal", "since": "2025-03-01", "hours_per_month": 7, "note": ""}
    return {
        "client_id": f"A-{number:04}",
        "client_name": f"Asiakas {number:03}",
        "address": f"Esimerkkikatu {number} A 4",
        "phone": f"040 000 {number:04}",
        "status": "active",
        "own_worker": made.aino,
        "phases/1": phase,
    }


def _goal(number: int, goal: int) -> dict[str, Any]:
    template = draws("goal", number).sample(SENTENCES["goals"], 2)[goal]
    steps = {f"steps/{number}-{order}": {"text": text, "order": order} for order, text in enumerate(template["steps"])}
    return {"title": template["title"], "area": template["area"], "status": "in_progress", **steps}
