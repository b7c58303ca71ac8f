"""The clients' survey: tickets for a worker's phone, and answers that come without a session (SPEC Y)."""

from datetime import date, datetime

from flask import Response, current_app
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session as Transaction

from server.api.contract import Blueprint
from server.api.schemas import Body
from server.auth import tokens
from server.config import LIMITS, Settings
from server.core.models import User
from server.core.problems import Problem
from server.core.transaction import in_one_transaction
from server.kinds.readers import CASEWORKERS
from server.rules.dates import FINLAND
from server.survey import answers, sealing, tickets

blueprint = Blueprint("survey", __name__, url_prefix="/api/survey", description="What clients answer, without a name")


class Texts(Schema):
    fi = fields.String(required=True)
    sv = fields.String(required=True)
    en = fields.String(required=True)
    fi_easy = fields.String(required=True)


class Question(Schema):
    """`is_text`: answered in words, not by a number."""

    code = fields.String(required=True)
    is_text = fields.Boolean(required=True)
    texts = fields.Nested(Texts, required=True)


class ScaleValue(Schema):
    value = fields.Integer(required=True)
    texts = fields.Nested(Texts, required=True)


class Tickets(Schema):
    """`key` is what an answer is sealed to. Fewer tickets than wanted where the person has had all of the day's."""

    tickets = fields.List(fields.String(), required=True)
    key = fields.String(required=True)
    questions = fields.List(fields.Nested(Question), required=True)
    scale = fields.List(fields.Nested(ScaleValue), required=True)


class SealedAnswer(Body):
    """`sealed`: base64url of what `server/survey/sealing.py` opens."""

    ticket = fields.String(required=True, validate=validate.Length(1, LIMITS.line_chars_max))
    sealed = fields.String(
        required=True, validate=validate.Regexp(rf"^[A-Za-z0-9_-]{{100,{LIMITS.survey_sealed_chars_max}}}\Z")
    )


@blueprint.post("/tickets")
@blueprint.response(200, Tickets)
def make_tickets() -> dict[str, object]:
    """Tickets for the own team, and all that a phone needs to ask without a network. Nobody else than who works with
    clients gets any."""
    actor = tokens.identity().actor
    if actor.role not in CASEWORKERS:
        raise Problem("not_allowed")

    def made(transaction: Transaction) -> list[str]:
        team = transaction.get_one(User, (actor.user, actor.org)).team
        wanted = LIMITS.survey_tickets_batch if team else 0
        return tickets.make(transaction, actor.org, actor.user, team or "", _today(), wanted)

    return {
        "tickets": in_one_transaction(made),
        "key": sealing.public_key(_settings()),
        "questions": answers.questions(),
        "scale": answers.scale(),
    }


@blueprint.post("")
@blueprint.arguments(SealedAnswer)
@blueprint.response(204)
@tokens.open_to_all
def answer(given: dict[str, str]) -> Response:
    """One answer for one ticket; the same one again changes nothing."""
    today = _today()
    ticket = tickets.read(given["ticket"], today)
    if ticket is None:
        raise Problem("survey_ticket_unknown")
    try:
        said = answers.parsed(sealing.opened(_settings(), given["sealed"]), ticket, today)
    except sealing.Unreadable:
        said = None
    if said is None:
        raise Problem("fields_invalid", {"sealed": ["invalid"]})

    def keep(transaction: Transaction) -> bool | None:
        is_first = tickets.spend(transaction, ticket, given["sealed"], today)
        if is_first:
            answers.keep(transaction, ticket, said)
        return is_first

    if in_one_transaction(keep) is None:
        raise Problem("survey_ticket_spent")
    return Response(status=204)


def _today() -> date:
    return datetime.now(FINLAND).date()


def _settings() -> Settings:
    settings: Settings = current_app.extensions["ovikello-settings"]
    return settings
