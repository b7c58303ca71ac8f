"""Every report over 200,000 records: `python -m tests.bench.reports [--records N] [--database sqlite|postgres]`.

Records are put into the database as they are stored; each report is then read as an administrator, of the whole
organisation, for a year with the year before. The median of three, the first one discarded.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import orjson
from flask import Flask
from sqlalchemy import insert, text

from server import create_app, serve
from server.catalogue import codes_of
from server.config import Settings
from server.core.actor import Actor
from server.core.database import writing
from server.core.models import CaseFile, Record, db
from server.reports import answering
from server.reports.answering import Asked
from server.reports.days import Period
from server.reports.formulas import REPORTS
from server.sync.exchange import reading
from tests.cast import Cast, hire
from tests.postgres import start_postgres

SECRET = "only for measuring, as long as it has to be: 0123456789abcdef"
RECORDS, OF_A_CASE, RUNS = 200_000, 100, 4
FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)
YEAR = Period(date(2025, 1, 1), LAST)
STAMP = "1735689600000-0000-0123456789ab"
Values = dict[str, Any]


def day(rng: random.Random) -> date:
    return FIRST + timedelta(days=rng.randrange((LAST - FIRST).days))


def of_case(rng: random.Random, number: int) -> Iterator[tuple[str, Values]]:
    """A hundred records of one case file: sixty visits, rents month by month, and one or two of each other kind."""
    start = FIRST + timedelta(days=number % 300)
    phases = {
        f"phases/p{each}": {"phase": rng.choice(codes_of("support_phase")), "since": str(day(rng))} for each in "12"
    }
    header: Values = {"client_id": str(number), "municipality": f"town {number % 7}", "birth_year": 1940 + number % 60}
    yield "case", header | phases | {"housing_situation": rng.choice(codes_of("homelessness_form"))}
    yield "decision", {"status": "active", "start": str(start), "end": str(start + timedelta(days=500))}
    for _ in range(60):
        at = f"{day(rng)}T09:30:00Z"
        minutes = {"minutes/client_work_direct": 60, "minutes/travel": 20}
        outcome = {"outcome": {"code": rng.choice(codes_of("visit_outcome"))}}
        moves = {f"goal_moves/c{number}-goal": "forward"} if rng.random() < 0.4 else {}
        yield "visit", {"actual": {"start": at, "end": at}, "note": "Käytiin läpi. " * 20} | minutes | outcome | moves
    for month in range(24):
        due = date(2024 + month // 12, 1 + month % 12, 2)
        yield (
            "rent",
            {"due_on": str(due), "month": str(due), "amount_cents": 70_000, "status": "paid", "paid_on": str(due)},
        )
    yield "goal", {"status": "reached", "closed_on": str(day(rng)), "methods": ["home_visits"]}
    yield "goal", {"status": "in_progress", "client_words": "Haluan oman kodin. " * 5}
    yield "stay", {"stay_kind": "hostel", "start": str(start), "end": str(start + timedelta(days=60))}
    yield "stay", {"stay_kind": "own_rental", "start": str(start + timedelta(days=60))}
    yield "plan", {"agreed_on": str(day(rng)), "client_part": "Hoidan vuokran. " * 20}
    yield "referral", {"need_notified_at": f"{start}T08:00:00Z", "primary_reason": "lease_ended"}
    yield "eviction", {"stage": "prevented", "close": "debt_settled", "closed_on": str(day(rng))}
    yield "disturbance", {"at": f"{day(rng)}T20:00:00Z", "disturbance_kind": "noise"}
    yield "unmet_need", {"unmet_need_kind": rng.choice(codes_of("unmet_need_kind")), "on": str(day(rng))}
    for sheet in ("areas", "participation"):
        values = {"values/wellbeing": "much_help"} if sheet == "areas" else {"values/group": "monthly"}
        yield "rating", {"sheet": sheet, "by": "client", "on": str(day(rng))} | values
    yield "exit", {"on": str(day(rng)), "reason": rng.choice(codes_of("exit_reason"))}
    yield "follow_up", {"on": str(day(rng)), "home": rng.choice(codes_of("follow_up_home"))}
    yield "note", {"text": "Soitto isännöitsijälle. " * 10}


def fill(app: Flask, cast: Cast, records: int) -> int:
    rng = random.Random(15)
    org, team, made = cast.aino.org, cast.aino.team, 0
    with app.app_context(), writing() as transaction:
        for number in range(records // OF_A_CASE):
            case = f"c{number}"
            opened = {"id": case, "org": org, "home": "case", "team": team, "opened_at": "2024-01-01T00:00:00Z"}
            transaction.execute(insert(CaseFile).values(opened | {"digests": "{}", "last_seq": records}))
            rows = []
            for count, (kind, values) in enumerate(of_case(rng, number)):
                id_ = (
                    case if kind == "case" else f"{case}-{kind}" if kind == "goal" and count % 2 else f"{case}-{count}"
                )
                fields = {path: [[0, value]] for path, value in values.items()}
                body = {
                    "id": id_,
                    "kind": kind,
                    "case": case,
                    "by": [[f"ch{made}", STAMP, cast.aino.id]],
                    "fields": fields,
                }
                rows.append(
                    {
                        "id": id_,
                        "org": org,
                        "case": case,
                        "kind": kind,
                        "seq": made,
                        "body": orjson.dumps(body).decode(),
                    }
                )
                made += 1
            transaction.execute(insert(Record), rows)
        if db.engine.dialect.name == "postgresql":
            transaction.execute(text("ANALYZE record"))
    return made


def measured(app: Flask, actor: Actor, key: str) -> float:
    taken = []
    for _ in range(RUNS):
        with app.app_context():
            began = time.perf_counter()
            with reading() as connection:
                answering.report_reply(connection, actor, Asked(REPORTS[key], YEAR))
            taken.append(time.perf_counter() - began)
    return statistics.median(taken[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    given = parser.parse_args()
    postgres = start_postgres() if given.database == "postgres" else None
    with tempfile.TemporaryDirectory() as folder:
        url = postgres.create_database() if postgres else f"sqlite:///{folder}/ovikello.sqlite"
        app = create_app(Settings(data_dir=Path(folder), database_url=url, secret_key=SECRET))
        serve.bring_up_to_date(app)
        cast = hire(app)
        made = fill(app, cast, given.records)
        print(f"{made} records on {given.database}")
        actor = cast.satu.actor
        for key in REPORTS:
            who = Actor(actor.org, actor.user, actor.device, "admin")
            if "L" not in REPORTS[key].readers:
                continue
            print(f"{measured(app, who, key):7.3f} s  {key}", flush=True)
        with app.app_context():
            db.engine.dispose()
    if postgres:
        postgres.stop()


if __name__ == "__main__":
    main()
