"""Alarms by SMS and webhook (K6), since push alone is weak for safety. Neutral words: who and where is in the app.

    sms      POST {to, text}                        Authorization: Bearer <token>
    webhook  POST {event, check_in, at, drill}      Ovikello-Signature: hex HMAC-SHA256 of the body with the token

Both carry `Idempotency-Key`, the same when an alarm is sent again. They leave by the rules of N9 for any public host.
"""

import hmac
from collections.abc import Mapping
from typing import Any

import orjson
from flask import Flask
from sqlalchemy import select

from server import moments
from server.checkin.ladder import OVER
from server.checkin.tables import OutboundChannel
from server.models import User, db
from server.reminders.calendar_days import local
from server.reminders.outbound import AddressRefused, Channel, NoAnswer, Told, Wire, outcome_of, post

CHANNELS = ("sms", "webhook")
WORDS = {
    "fi": {
        "alarm": "Työparin turvavalvonta ei ole kuitattu. Avaa Ovikello.",
        "over": "Tilanne on ohi.",
        "drill": "HARJOITUS",
    },
    "sv": {
        "alarm": "En kollegas säkerhetsbevakning är inte kvitterad. Öppna Ovikello.",
        "over": "Läget är över.",
        "drill": "ÖVNING",
    },
    "en": {
        "alarm": "A colleague's safety check-in is not answered. Open Ovikello.",
        "over": "It is over.",
        "drill": "DRILL",
    },
}


def channels(app: Flask, wire: Wire) -> Mapping[str, Channel]:
    """How a worker sends each channel's rows."""

    def send(row: Any) -> Told:
        with app.app_context(), db.engine.connect() as connection:
            where = (OutboundChannel.org == row.org, OutboundChannel.channel == row.channel)
            to = connection.execute(select(OutboundChannel.url, OutboundChannel.token).where(*where)).first()
            person = connection.execute(select(User.phone, User.language).where(User.id == row.user)).one()
        if to is None or (row.channel == "sms" and not person.phone):
            return Told(row.channel, "refused")
        body, headers = _sms(row, to, person) if row.channel == "sms" else _webhook(row, to)
        common = {"Content-Type": "application/json", "Idempotency-Key": f"{row.id}-{row.cause}"}
        try:
            answer = post(wire, to.url, common | headers, body)
        except AddressRefused:
            return Told(row.channel, "refused")
        except NoAnswer:
            return Told(row.channel, "later")
        return Told(row.channel, outcome_of(answer), answer.retry_after)

    return dict.fromkeys(CHANNELS, send)


def sms_text(row: Any, language: str) -> str:
    """A neutral sentence, its time by the Finnish clock, and whether it is a drill."""
    words = WORDS.get(language, WORDS["fi"])
    at = local(moments.moment(row.about))
    said = f"{words['over' if row.cause == OVER else 'alarm']} ({at.hour}.{at.minute:02})"
    return f"{words['drill']}: {said}" if row.drill else said


def _sms(row: Any, to: Any, person: Any) -> tuple[bytes, dict[str, str]]:
    body = orjson.dumps({"to": person.phone, "text": sms_text(row, person.language)})
    return body, {"Authorization": f"Bearer {to.token}"}


def _webhook(row: Any, to: Any) -> tuple[bytes, dict[str, str]]:
    body = orjson.dumps({"event": row.cause, "check_in": row.record, "at": row.about, "drill": bool(row.drill)})
    return body, {"Ovikello-Signature": hmac.new(to.token.encode(), body, "sha256").hexdigest()}
