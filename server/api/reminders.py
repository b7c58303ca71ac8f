"""Reminders in the app: the inbox, what to do about one, and what a person prefers (N3, N12)."""

from datetime import UTC, datetime
from typing import TypedDict

from flask import Response
from marshmallow import Schema, fields, validate
from sqlalchemy import Connection

from server.api.contract import Blueprint
from server.api.schemas import Body, ProblemShape, id_
from server.auth import tokens
from server.config import LIMITS
from server.core import timestamps
from server.core.actor import Actor
from server.core.problems import Problem
from server.core.signing import signer
from server.core.transaction import in_one_transaction
from server.kinds.base import in_the_calendar
from server.reminders import inbox, schedule, web_push
from server.reminders.preferences import DEFAULTS, PreferencesJson, preferences_in
from server.rules.dates import INSTANT_PATTERN
from server.rules.shape import is_id
from server.sync.exchange import reading

blueprint = Blueprint("reminders", __name__, url_prefix="/api/reminders", description="Reminders")

CLOCK = r"^(?:[01][0-9]|2[0-3]):[0-5][0-9]\Z"


def _hour(*, allow_none: bool = False) -> fields.String:
    """A wall clock's reading in Finland, `HH:MM`."""
    return fields.String(required=True, validate=validate.Regexp(CLOCK), allow_none=allow_none)


class PreferencesShape(Body):
    """`leads_minutes` before a visit; `evening_before` at that hour, or null for never; `free_days_quiet`: weekends
    and public holidays count as quiet."""

    leads_minutes = fields.List(
        fields.Integer(strict=True, validate=validate.Range(1, LIMITS.lead_minutes_max)),
        required=True,
        validate=validate.Length(max=LIMITS.leads_max),
    )
    evening_before = _hour(allow_none=True)
    quiet_from = _hour()
    quiet_to = _hour()
    free_days_quiet = fields.Boolean(required=True)


class Draft(Body):
    id = id_()
    since = fields.String(required=True, validate=[validate.Regexp(INSTANT_PATTERN), in_the_calendar])


class Drafts(Body):
    """`beside`: these come beside those said before, and not in their place."""

    drafts = fields.List(fields.Nested(Draft), required=True, validate=validate.Length(max=LIMITS.drafts_max))
    beside = fields.Boolean(load_default=False)


class Word(Body):
    """`later` of the notification."""

    later = fields.String(required=True, validate=validate.Regexp(r"^[A-Za-z0-9_-]{43}\Z"))


class AnyDrafts(Drafts):
    """Its items are taken one by one (W14)."""

    drafts = fields.List(fields.Raw(allow_none=True), required=True, validate=validate.Length(max=LIMITS.drafts_max))


class RefusedDraft(Schema):
    """A draft that was not taken, by its place in the list."""

    index = fields.Integer(required=True)
    problem = fields.Nested(ProblemShape, required=True)


class DraftsReply(Schema):
    refused = fields.List(fields.Nested(RefusedDraft), required=True)


class ReminderShape(Schema):
    """`at` is the moment it is about, `due` when it was to be told. Check-ins have no case."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    at = fields.String(required=True)
    due = fields.String(required=True)
    case = fields.String(required=True, allow_none=True)
    record = fields.String(required=True)
    seen = fields.Boolean(required=True)
    put_off_until = fields.String(required=True, allow_none=True)
    drill = fields.Boolean(required=True)


class InboxReply(Schema):
    reminders = fields.List(fields.Nested(ReminderShape), required=True)


@blueprint.get("")
@blueprint.response(200, InboxReply)
def entries() -> dict[str, object]:
    """What was told in the last days and is not done, the latest first: for phones without push, and the badge."""
    with reading() as connection:
        return {"reminders": inbox.entries(connection, tokens.identity().actor, _now())}


@blueprint.get("/<reminder>")
@blueprint.response(200, ReminderShape)
def entry(reminder: str) -> inbox.InboxEntry:
    """What a notification was about, by the id that it carries. 404 where its cause is gone: the plan has changed."""
    with reading() as connection:
        return inbox.entry(connection, tokens.identity().actor, _checked(reminder), _now())


@blueprint.post("/<reminder>/seen")
@blueprint.response(204)
def seen(reminder: str) -> Response:
    actor, wanted, values = tokens.identity().actor, _checked(reminder), {"seen_at": timestamps.now()}
    in_one_transaction(lambda transaction: inbox.mark(transaction.connection(), actor, wanted, values))
    return Response(status=204)


@blueprint.post("/<reminder>/done")
@blueprint.response(204)
def done(reminder: str) -> Response:
    """It leaves the inbox with whatever was told of the same thing before; not told again unless its plan moves."""
    actor, wanted = tokens.identity().actor, _checked(reminder)
    in_one_transaction(lambda transaction: inbox.mark_done(transaction.connection(), actor, wanted, _now()))
    return Response(status=204)


@blueprint.post("/<reminder>/snooze")
@blueprint.response(204)
def snooze(reminder: str) -> Response:
    """Tell it again in ten minutes."""
    actor, wanted = tokens.identity().actor, _checked(reminder)
    in_one_transaction(lambda transaction: inbox.put_off(transaction.connection(), actor, wanted, _now()))
    return Response(status=204)


@blueprint.post("/<reminder>/put-off")
@tokens.open_to_all
@blueprint.arguments(Word)
@blueprint.response(204)
def put_off(given: dict[str, str], reminder: str) -> Response:
    """From the notification itself, on a locked device too: its word is good for this and for nothing else."""
    wanted = _checked(reminder)
    if not signer(web_push.PUT_OFF).verify_signature(wanted, given["later"]):
        raise Problem("not_found")
    in_one_transaction(lambda transaction: inbox.put_off_by_word(transaction.connection(), wanted, _now()))
    return Response(status=204)


class GivenDrafts(TypedDict):
    #: each is looked at alone: a faulty one keeps the others from nothing
    drafts: list[dict[str, str]]
    beside: bool


@blueprint.put("/drafts")
@blueprint.doc(requestBody={"required": True, "content": {"application/json": {"schema": Drafts}}})
@blueprint.arguments(AnyDrafts)
@blueprint.response(200, DraftsReply)
def drafts(given: GivenDrafts) -> dict[str, object]:
    """The drafts that wait on this device, by ids of its own and nothing more, in place of those said before. Where
    there are more than a request holds, the others follow `beside` the first."""
    actor = tokens.identity().actor
    faulty = [index for index, each in enumerate(given["drafts"]) if Draft().validate(each)]
    kept = [each for index, each in enumerate(given["drafts"]) if index not in faulty]
    wanted = [(draft["id"], draft["since"]) for draft in kept]
    beside = given["beside"]
    in_one_transaction(lambda transaction: inbox.keep_drafts(transaction.connection(), actor, wanted, _now(), beside))
    problem = Problem("item_malformed").as_json()
    return {"refused": [{"index": index, "problem": problem} for index in faulty]}


@blueprint.get("/preferences")
@blueprint.response(200, PreferencesShape)
def preferences() -> PreferencesJson:
    actor = tokens.identity().actor
    with reading() as connection:
        return _preferences(connection, actor)


@blueprint.put("/preferences")
@blueprint.arguments(PreferencesShape)
@blueprint.response(200, PreferencesShape)
def choose(given: PreferencesJson) -> PreferencesJson:
    """They hold at once, also for what is planned already."""
    actor, chosen = tokens.identity().actor, preferences_in(given)
    in_one_transaction(lambda transaction: inbox.choose(transaction.connection(), actor, chosen, _now()))
    return chosen.as_json()


def _preferences(connection: Connection, actor: Actor) -> PreferencesJson:
    return schedule.preferences_of(connection, actor.org, [actor.user]).get(actor.user, DEFAULTS).as_json()


def _checked(reminder: str) -> str:
    if not is_id(reminder):
        raise Problem("not_found")
    return reminder


def _now() -> datetime:
    return datetime.now(UTC)
