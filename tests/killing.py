"""Many reminders due at once, and workers in processes of their own that are killed at random (N6).

A test runs it small, `python -m tests.bench.reminders` with ten thousand.
"""

import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import func, select

from server.config import Settings
from server.core import bulk, timestamps
from server.core.database import writing
from server.core.models import db
from server.core.reminder_tables import PushSubscription, Reminder
from server.core.sign_in_tables import AuthSession
from server.reminders import vapid
from tests.cast import Person
from tests.push_service import PushService

LEASE_S = 3
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Outcome:
    """What a run came to. `lost` were never delivered, `repeats` replaced one that was shown already."""

    due: int
    kills: int
    seconds: float
    lost: int
    repeats: int
    problems: Sequence[str]


def fill(app: Flask, person: Person, service: PushService, count: int) -> None:
    """Reminders of one person with one browser, all due in this very minute."""
    browser = service.subscribe().as_json()
    settings: Settings = app.extensions["ovikello-settings"]
    now = datetime.now(UTC)
    with app.app_context(), writing() as transaction:
        session = transaction.scalars(select(AuthSession.id).where(AuthSession.user == person.id)).first()
        key = vapid.keys_in(settings.vapid_path)[0].public
        row = {
            "id": "s-1",
            "org": person.org,
            "session": session,
            "user": person.id,
            "created_at": timestamps.now(),
            "key": key,
        }
        bulk.insert(
            transaction.connection(), PushSubscription, [row | {"endpoint": browser["endpoint"]} | browser["keys"]]
        )
        common: dict[str, Any] = {
            "org": person.org,
            "user": person.id,
            "case": None,
            "cause": "visit_upcoming",
            "step": "30",
        }
        written: dict[str, Any] = {
            "step": "30",
            "channel": "push",
            "state": "waiting",
            "tries": 0,
            "taken_by": "[]",
            "drill": 0,
        }
        rows = []
        for number in range(count):
            due = timestamps.text(now - timedelta(seconds=number % 60))
            about = timestamps.text(now + timedelta(minutes=30))
            at = {"due": due, "try_at": due, "about": about, "drop_at": about}
            rows.append({"id": uuid4().hex, "record": f"visit-{number}", **common, **written, **at})
        bulk.insert(transaction.connection(), Reminder, rows)


def run(
    app: Flask, service: PushService, *, workers: int, kills: int, seed: int, limit_s: float, pause_s: float = 0.8
) -> Outcome:
    """Workers until nothing waits any more; one is killed with −9 and replaced, `kills` times, `pause_s` apart."""
    chance = random.Random(seed)
    program = command(app.extensions["ovikello-settings"], service)
    living = [subprocess.Popen(program, cwd=ROOT) for _ in range(workers)]
    due, killed, began = _waiting(app), 0, time.monotonic()
    try:
        while _waiting(app) and time.monotonic() - began < limit_s:
            time.sleep(chance.uniform(pause_s / 4, pause_s))
            # the first kill waits for the first delivery, so that it hits somebody at work
            if service.messages and killed < kills and _waiting(app):
                victim = chance.randrange(workers)
                living[victim].kill()
                living[victim].wait()
                killed += 1
                living[victim] = subprocess.Popen(program, cwd=ROOT)
    finally:
        for process in living:
            process.kill()
            process.wait()
    seconds = time.monotonic() - began
    lost = due - len(service.shown())
    return Outcome(due, killed, seconds, lost, len(service.messages) - len(service.shown()), service.problems)


def command(settings: Settings, service: PushService) -> list[str]:
    """A worker of its own, to be run in `ROOT`."""
    return [sys.executable, "-m", "tests.killing", str(settings.data_dir), settings.database_url, str(service.port)]


def _waiting(app: Flask) -> int:
    with app.app_context():
        found = db.session.scalar(select(func.count(Reminder.id)).where(Reminder.state == "waiting"))
        db.session.rollback()
        return found or 0


def main(data_dir: str, url: str, port: str) -> None:
    """One worker in a process of its own, as `ovikello worker` but for the push service that it reaches."""
    import threading

    from server import create_app
    from server.worker.worker import Worker
    from tests.conftest import SECRET
    from tests.push_service import wire_to

    app = create_app(Settings(data_dir=Path(data_dir), database_url=url, secret_key=SECRET))
    Worker(app, wire_to(int(port)), lease_s=LEASE_S).run(threading.Event())


if __name__ == "__main__":
    main(*sys.argv[1:])
