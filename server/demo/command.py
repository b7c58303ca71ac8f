"""`ovikello demo`: the fictional caseload, made once, topped up at each start."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
import orjson
from flask import Flask

from server import create_app, serve
from server.config import Settings
from server.core.actor import Actor
from server.core.models import db
from server.demo import setup
from server.demo.caseload import top_up
from server.demo.people import PEOPLE
from server.demo.phone import Reply
from server.sync.exchange import exchange


class NotADemo(Exception):
    """The database or the settings are meant for something else."""


def prepare(settings: Settings, size: int | None) -> None:
    """Makes the caseload, or brings the one that is there up to this minute."""
    if settings.production:
        raise NotADemo
    begun = time.monotonic()
    app = create_app(settings)
    serve.bring_up_to_date(app)
    with using(app):
        stage = setup.stage()
    if stage == "foreign":
        raise NotADemo
    if stage == "begun":
        _start_over(settings)
    now_ms = time.time_ns() // 1_000_000
    with using(app):
        if stage == "whole":
            _top_up(now_ms)
        else:
            click.echo("Making the fictional caseload, once:")
            setup.found(exchange_locally, now_ms, size, lambda line: click.echo(f"  {line}"))
    click.echo(f"The caseload is ready ({time.monotonic() - begun:.1f} s).")


def _top_up(now_ms: int) -> None:
    for worker in setup.field_workers():
        phone = setup.phone_of(worker, exchange_locally)
        top_up(phone, worker, now_ms)
        phone.send()


def _start_over(settings: Settings) -> None:
    """Somebody stopped us while the caseload was being made: half of it helps nobody."""
    if settings.sqlite_path is None:
        raise NotADemo
    database = settings.sqlite_path
    for path in (settings.journal_path, *database.parent.glob(f"{database.name}*")):
        path.unlink(missing_ok=True)
    serve.bring_up_to_date(create_app(settings))


@contextmanager
def using(app: Flask) -> Iterator[None]:
    """The application's context; nothing of the database stays open after it."""
    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def exchange_locally(actor: Actor, request: dict[str, object]) -> Reply:
    """The same exchange that phones use, without a network between."""
    reply: Reply = orjson.loads(exchange(actor, orjson.dumps(request)))
    return reply


def greet(port: int) -> None:
    """Where it is, and who may sign in."""
    names = [worker["sign_in"] for team in PEOPLE["teams"] for worker in team["workers"]]
    leaders = [team["leader"]["sign_in"] for team in PEOPLE["teams"]]
    click.echo(f"\n  http://localhost:{port}\n")
    click.echo(f"  Workers       {', '.join(names)}")
    click.echo(f"  Team leaders  {', '.join(leaders)}")
    click.echo(f"  Manager       {PEOPLE['manager']['sign_in']}")
    click.echo(f"  Password      {PEOPLE['password']}\n")
