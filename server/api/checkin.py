"""The lone-worker check-in (SPEC K). Times of this server's clock, and of the phone's where it says so."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypedDict, TypeVar

from flask import Response
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session as Transaction

from server.api.contract import Blueprint
from server.api.schemas import Body, TextPage, next_
from server.auth import tokens
from server.config import LIMITS
from server.core import timestamps
from server.core.actor import Actor
from server.core.models import User
from server.core.problems import Problem
from server.core.transaction import in_one_transaction
from server.kinds.base import in_the_calendar, storable
from server.rules.dates import INSTANT_PATTERN
from server.rules.shape import ID_PATTERN, is_id
from server.safety import check_ins, escalation, failed_alarms
from server.safety.tables import CheckIn

blueprint = Blueprint("check_in", __name__, url_prefix="/api/checkins", description="Lone-worker check-in")

Result = TypeVar("Result")
STAGES = ("on", "soon", "asked", "colleague", "supervisor", "alert", "ended")


def _instant() -> fields.String:
    return fields.String(required=True, validate=[validate.Regexp(INSTANT_PATTERN), in_the_calendar])


def _minutes() -> fields.Integer:
    limits = validate.Range(LIMITS.check_in_minutes_min, LIMITS.check_in_minutes_max)
    return fields.Integer(required=True, strict=True, validate=limits)


def _reference() -> fields.String:
    return fields.String(load_default=None, allow_none=True, validate=validate.Regexp(ID_PATTERN))


class Arming(Body):
    """`at` is the phone's clock. `place` is kept for the supervisor, until it is over."""

    minutes = _minutes()
    at = _instant()
    place = fields.String(
        load_default=None, allow_none=True, validate=[validate.Length(max=LIMITS.line_chars_max), storable]
    )
    visit = _reference()
    colleague = _reference()
    drill = fields.Boolean(load_default=False)


class Extending(Body):
    """`deadline` is the one that the person saw."""

    minutes = _minutes()
    deadline = _instant()


class OnDevice(Body):
    """The phone's clock when it was said, however late it arrives."""

    at = _instant()


class Confirming(Body):
    """`safe` once they have been reached."""

    safe = fields.Boolean(required=True)


class AlarmFailed(Schema):
    """An alarm that was not taken: whose (null: the webhook), by which channel, and why (K9)."""

    user = fields.String(required=True, allow_none=True)
    channel = fields.String(required=True)
    reason = fields.String(required=True)


class CheckInShape(Schema):
    """`late` where the answer reached the server after the colleague's turn (T+10) but was given before it."""

    id = fields.String(required=True)
    user = fields.String(required=True)
    phone = fields.String(required=True)
    visit = fields.String(required=True, allow_none=True)
    colleague = fields.String(required=True, allow_none=True)
    armed_at = fields.String(required=True)
    deadline = fields.String(required=True)
    stage = fields.String(required=True, validate=validate.OneOf(STAGES))
    drill = fields.Boolean(required=True)
    alert_at = fields.String(required=True, allow_none=True)
    confirmed_by = fields.String(required=True, allow_none=True)
    confirmed_at = fields.String(required=True, allow_none=True)
    nobody_confirmed = fields.Boolean(required=True)
    may_see_place = fields.Boolean(required=True)
    alarms_failed = fields.List(fields.Nested(AlarmFailed), required=True)
    ended_at = fields.String(required=True, allow_none=True)
    ended_on_device = fields.String(required=True, allow_none=True)
    ended_by = fields.String(required=True, allow_none=True)
    late = fields.Boolean(required=True)


class Own(Schema):
    check_in = fields.Nested(CheckInShape, required=True, allow_none=True)
    server_time = fields.String(required=True)


class Out(Schema):
    check_ins = fields.List(fields.Nested(CheckInShape), required=True)
    next = next_()
    server_time = fields.String(required=True)


class Place(Schema):
    place = fields.String(required=True, allow_none=True)


@blueprint.put("/<check_in>")
@blueprint.arguments(Arming)
@blueprint.response(200, CheckInShape)
def arm(given: check_ins.Arming, check_in: str) -> dict[str, object]:
    """Only this answer says that the server watches. The same id again changes nothing."""
    return _act(check_in, lambda transaction, actor: check_ins.arm(transaction, actor, check_in, given, _now()))


@blueprint.get("/mine")
@blueprint.response(200, Own)
def mine() -> dict[str, object]:
    """One's own that is on, whichever device armed it."""

    def look(transaction: Transaction, actor: Actor) -> dict[str, object] | None:
        found = check_ins.mine(transaction, actor)
        return _shown(transaction, actor, found) if found else None

    return {"check_in": _in("mine", look), "server_time": timestamps.now()}


@blueprint.get("")
@blueprint.arguments(TextPage, location="query")
@blueprint.response(200, Out)
def out(given: dict[str, str]) -> dict[str, object]:
    """Who is out and who came back in the last day: a supervisor's people, and those a colleague was told of. In pages:
    who called for help, then who is out by deadline, then who is back."""

    def look(transaction: Transaction, actor: Actor) -> dict[str, object]:
        page, following = check_ins.out(transaction, actor, _now(), given["after"])
        return {"check_ins": [_shown(transaction, actor, each) for each in page], "next": following}

    return _in("out", look) | {"server_time": timestamps.now()}


class WantedExtension(TypedDict):
    minutes: int
    deadline: str


@blueprint.post("/<check_in>/extend")
@blueprint.arguments(Extending)
@blueprint.response(200, CheckInShape)
def extend(given: WantedExtension, check_in: str) -> dict[str, object]:
    more = (given["minutes"], given["deadline"])
    return _act(check_in, lambda transaction, actor: check_ins.extend(transaction, actor, check_in, *more, _now()))


@blueprint.post("/<check_in>/safe")
@blueprint.arguments(OnDevice)
@blueprint.response(200, CheckInShape)
@tokens.revoked_device_may
@tokens.before_second_factor
def safe(given: dict[str, str], check_in: str) -> dict[str, object]:
    """Taken from a revoked device too: nobody is looked for in vain."""
    return _act(check_in, lambda transaction, actor: check_ins.safe(transaction, actor, check_in, given["at"], _now()))


@blueprint.post("/<check_in>/alert")
@blueprint.arguments(OnDevice)
@blueprint.response(204)
@tokens.revoked_device_may
@tokens.before_second_factor
def alert(given: dict[str, str], check_in: str) -> Response:
    """Silent: colleague and supervisor hear at once, and this phone shows nothing."""
    _in(check_in, lambda transaction, actor: check_ins.alert(transaction, actor, check_in, given["at"], _now()))
    return Response(status=204)


@blueprint.post("/<check_in>/confirm")
@blueprint.arguments(Confirming)
@blueprint.response(200, CheckInShape)
def confirm(given: dict[str, bool], check_in: str) -> dict[str, object]:
    """A colleague or supervisor sees to it."""
    return _act(
        check_in,
        lambda transaction, actor: check_ins.confirm(transaction, actor, check_in, is_safe=given["safe"], now=_now()),
    )


@blueprint.post("/<check_in>/place")
@blueprint.response(200, Place)
def place(check_in: str) -> dict[str, object]:
    """The address, for the supervisor once the escalation has come to them. Each look is noted."""
    return {"place": _in(check_in, lambda transaction, actor: check_ins.place(transaction, actor, check_in, _now()))}


def _act(check_in: str, work: Callable[[Transaction, Actor], CheckIn]) -> dict[str, object]:
    return _in(check_in, lambda transaction, actor: _shown(transaction, actor, work(transaction, actor)))


def _in(check_in: str, work: Callable[[Transaction, Actor], Result]) -> Result:
    if not is_id(check_in):
        raise Problem("not_found")
    actor = tokens.identity().actor
    return in_one_transaction(lambda transaction: work(transaction, actor))


def _shown(transaction: Transaction, actor: Actor, check_in: CheckIn) -> dict[str, object]:
    transaction.flush()
    now = _now()
    names = ("id", "user", "visit", "colleague", "armed_at", "deadline", "alert_at", "confirmed_by", "confirmed_at")
    ended = ("ended_at", "ended_on_device", "ended_by")
    return {name: getattr(check_in, name) for name in (*names, *ended)} | {
        "phone": transaction.get_one(User, (check_in.user, check_in.org)).phone,
        "stage": escalation.stage(check_in, now),
        "drill": bool(check_in.drill),
        "nobody_confirmed": escalation.nobody_confirmed(check_in, now),
        "may_see_place": check_ins.supervises(transaction, actor, check_in) and escalation.may_see_place(check_in, now),
        "alarms_failed": _alarms_failed(transaction, check_in) if check_in.user != actor.user else [],
        "late": escalation.came_late(check_in),
    }


def _alarms_failed(transaction: Transaction, check_in: CheckIn) -> list[failed_alarms.FailedAlarm]:
    return failed_alarms.failed_for(transaction.connection(), check_in) if check_in.ended_at is None else []


def _now() -> datetime:
    return datetime.now(UTC)
