"""`ovikello demo`: the fictional caseload, made once, topped up at each start, and served."""

import time
from typing import Any

import click
import orjson
from flask import Flask

from server.demo.caseload import top_up
from server.demo.cast import PEOPLE
from server.demo.founding import field_workers, found, is_begun, is_founded, phone_of
from server.models import db
from server.sync.actor import Actor
from server.sync.exchange import exchange


class Unfinished(Exception):
    """The database holds something else, or a demo whose making was interrupted."""


def prepare(app: Flask, size: int | None) -> None:
    """Makes the caseload, or brings the one that is there up to this minute."""
    begun = time.monotonic()
    now_ms = time.time_ns() // 1_000_000
    with app.app_context():
        if is_founded():
            for worker in field_workers():
                phone = phone_of(worker, answer)
                top_up(phone, worker, now_ms)
                phone.send()
        elif is_begun():
            raise Unfinished
        else:
            click.echo("Making the fictional caseload, once:")
            found(answer, now_ms, size, lambda line: click.echo(f"  {line}"))
        db.session.remove()
        db.engine.dispose()
    click.echo(f"The caseload is ready ({time.monotonic() - begun:.1f} s).")


def answer(actor: Actor, request: dict[str, Any]) -> dict[str, Any]:
    """The same exchange that phones use, without a network between."""
    reply: dict[str, Any] = orjson.loads(exchange(actor, orjson.dumps(request)))
    return reply


def greet(port: int) -> None:
    names = [worker["sign_in"] for team in PEOPLE["teams"] for worker in team["workers"]]
    leaders = [team["leader"]["sign_in"] for team in PEOPLE["teams"]]
    click.echo(f"\n  http://localhost:{port}\n")
    click.echo(f"  Workers       {', '.join(names)}")
    click.echo(f"  Team leaders  {', '.join(leaders)}")
    click.echo(f"  Manager       {PEOPLE['manager']['sign_in']}")
    click.echo(f"  Password      {PEOPLE['password']}\n")
