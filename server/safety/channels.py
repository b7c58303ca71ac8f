"""Alarms by SMS and webhook (K6), since push alone is weak for safety. Neutral words: who and where is in the app.

    sms      POST {to, text}                        Authorization: Bearer <token>
    webhook  POST {event, check_in, at, drill}      Ovikello-Signature: hex HMAC-SHA256 of the body with the token

Both carry `Idempotency-Key`, the same when an alarm is sent again. They leave by the rules of N9 for any public host,
and for the hosts inside the organisation that the operator names.
"""

import hmac
from collections.abc import Mapping
from typing import NamedTuple
from uuid import uuid4

import orjson
from flask import Flask
from sqlalchemy import select

from server.config import Settings
from server.core import timestamps
from server.core.models import User, db
from server.core.outbound import (
    AddressRefused,
    Channel,
    Delivery,
    NoAnswer,
    Wire,
    outcome_of,
    post,
    reason_for,
    reason_of,
)
from server.core.reminder_tables import ReminderRow
from server.reminders.calendar_days import local
from server.rules.phones import dialled
from server.safety.escalation import OVER
from server.safety.tables import OutboundChannel

CHANNELS = ("sms", "webhook")
SMS_WORDS = {
    "fi": {
        "alarm": "Työkaverin turvavalvonta ei ole kuitattu. Avaa Ovikello.",
        "over": "Tilanne on ohi.",
        "drill": "HARJOITUS",
        "trial": "Ovikellon koeviesti. Hälytykset tulevat tähän numeroon.",
    },
    "sv": {
        "alarm": "En kollegas trygghetslarm är inte kvitterat. Öppna Ovikello.",
        "over": "Läget är över.",
        "drill": "ÖVNING",
        "trial": "Provmeddelande från Ovikello. Larm kommer till det här numret.",
    },
    "en": {
        "alarm": "A colleague's safety check-in is not answered. Open Ovikello.",
        "over": "It is over.",
        "drill": "DRILL",
        "trial": "A trial message from Ovikello. Alarms come to this number.",
    },
}
TRIAL = "trial"


class Gateway(NamedTuple):
    """Where a channel leads."""

    channel: str
    url: str
    token: str


def channels(app: Flask, wire: Wire) -> Mapping[str, Channel]:
    """How a worker sends each channel's rows."""
    settings: Settings = app.extensions["ovikello-settings"]

    def send(row: ReminderRow) -> Delivery:
        with app.app_context(), db.engine.connect() as connection:
            where = (OutboundChannel.org == row.org, OutboundChannel.channel == row.channel)
            to = connection.execute(select(OutboundChannel.url, OutboundChannel.token).where(*where)).first()
            whom = (User.id == row.user, User.org == row.org)
            person = connection.execute(select(User.phone, User.language).where(*whom)).one()
        if to is None:
            return Delivery(row.channel, "refused", reason="no_channel")
        if row.channel == "sms" and not person.phone:
            return Delivery(row.channel, "refused", reason="no_phone")
        body = (
            _sms_body(dialled(person.phone) or person.phone, sms_text(row, person.language))
            if row.channel == "sms"
            else _hook_body(row)
        )
        gateway = Gateway(row.channel, to.url, to.token)
        return _sent(wire, gateway, body, f"{row.id}-{row.cause}", settings.inside_gateways)

    return dict.fromkeys(CHANNELS, send)


def tried(wire: Wire, gateway: Gateway, to: str, inside: frozenset[str]) -> Delivery:
    """A real request, called a drill, before an alarm depends on it."""
    if gateway.channel == "sms":
        words = SMS_WORDS["fi"]
        body = _sms_body(to, f"{words['drill']}: {words['trial']}")
    else:
        body = orjson.dumps({"event": TRIAL, "check_in": TRIAL, "at": timestamps.now(), "drill": True})
    return _sent(wire, gateway, body, f"{TRIAL}-{uuid4().hex}", inside)


def sms_text(row: ReminderRow, language: str) -> str:
    """A neutral sentence, its time by the Finnish clock, and whether it is a drill."""
    words = SMS_WORDS.get(language, SMS_WORDS["fi"])
    at = local(timestamps.moment(row.about))
    said = f"{words['over' if row.cause == OVER else 'alarm']} ({at.hour}.{at.minute:02})"
    return f"{words['drill']}: {said}" if row.drill else said


def _sent(wire: Wire, gateway: Gateway, body: bytes, key: str, inside: frozenset[str]) -> Delivery:
    channel, url, token = gateway
    if channel == "sms":
        own = {"Authorization": f"Bearer {token}"}
    else:
        own = {"Ovikello-Signature": hmac.new(token.encode(), body, "sha256").hexdigest()}
    headers = {"Content-Type": "application/json", "Idempotency-Key": key} | own
    try:
        answer = post(wire, url, headers, body, inside)
    except (AddressRefused, NoAnswer) as error:
        return Delivery(channel, "refused" if isinstance(error, AddressRefused) else "later", reason=reason_for(error))
    return Delivery(channel, outcome_of(answer), answer.retry_after, reason_of(answer))


def _sms_body(to: str, text: str) -> bytes:
    return orjson.dumps({"to": to, "text": text})


def _hook_body(row: ReminderRow) -> bytes:
    return orjson.dumps({"event": row.cause, "check_in": row.record, "at": row.about, "drill": bool(row.drill)})
