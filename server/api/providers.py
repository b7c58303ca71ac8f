"""Signing in by an organisation's own OpenID Connect provider (SPEC J15–J20)."""

from functools import partial
from typing import TypedDict

from flask import Response, request
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session as Transaction

from server.api import session as by_password
from server.api.contract import Blueprint
from server.api.schemas import Body, line, second_factor_code
from server.auth import known, proofs, providers, second_factor, sessions, throttle, tokens
from server.auth.providers import SignInTicket
from server.config import LIMITS
from server.core import timestamps
from server.core.models import User, db
from server.core.problems import Problem
from server.core.sign_in_tables import AuthSession
from server.core.transaction import in_one_transaction

blueprint = Blueprint(
    "providers", __name__, url_prefix="/api/session/providers", description="Signing in by another provider"
)

#: what a provider and we write into an address
STATE = validate.Regexp(r"^[A-Za-z0-9_-]{1,100}\Z")
PRINTED = validate.Regexp(r"^[\x21-\x7e]{1,4000}\Z")


class ProviderButton(Schema):
    id = fields.String(required=True)
    label = fields.String(required=True)


class ProviderButtons(Schema):
    providers = fields.List(fields.Nested(ProviderButton), required=True)


class ProviderLeave(Body):
    """`again`: what is dangerous wants the person to sign in anew there (J19)."""

    provider = line()
    again = fields.Boolean(load_default=False)


class ProviderAddress(Schema):
    """Of the provider's page, which sends back to `/sign-in` of the app."""

    address = fields.String(required=True)


class ProviderReturn(Body):
    """What the provider's return carries."""

    state = fields.String(required=True, validate=STATE)
    code = fields.String(required=True, validate=PRINTED)
    iss = fields.String(load_default=None, validate=PRINTED)


class ProviderTicket(Schema):
    """`name`: the sign-in name of whose account it is, by which a device finds the store that it has."""

    ticket = fields.String(required=True)
    name = fields.String(required=True)


class ProviderStart(Body):
    """As with a password (`SignIn`), by the ticket of a return in its place."""

    ticket = fields.String(required=True, validate=PRINTED)
    device = fields.Nested(by_password.DeviceSchema, required=True)
    key = fields.String(load_default=None, validate=validate.Regexp(proofs.KEY_PATTERN))
    code = second_factor_code()


class ProviderConfirm(Body):
    ticket = fields.String(required=True, validate=PRINTED)
    code = second_factor_code()


class GivenProviderStart(TypedDict):
    ticket: str
    device: by_password.GivenDevice
    key: str | None
    code: str | None


@blueprint.get("")
@tokens.open_to_all
@blueprint.response(200, ProviderButtons)
def all_of() -> dict[str, object]:
    """Those that the operator has set up: most installations have none."""
    return {"providers": [{"id": one.id, "label": one.label} for one in providers.all_of()]}


@blueprint.post("")
@tokens.open_to_all
@blueprint.arguments(ProviderLeave)
@blueprint.response(200, ProviderAddress)
def leave(given: dict[str, str | bool]) -> dict[str, str]:
    """Where to go. The browser is given a cookie that opens nothing, and which the return has to fit."""
    provider = providers.named(str(given["provider"]))
    _count()
    return {"address": providers.begin(provider, again=bool(given["again"]))}


@blueprint.post("/return")
@tokens.open_to_all
@blueprint.arguments(ProviderReturn)
@blueprint.response(200, ProviderTicket)
def come_back(given: dict[str, str]) -> dict[str, str]:
    """Who came back, for some minutes. Nothing is open yet: a device begins a session with the ticket."""
    counters = _count()
    ticket, name = providers.returned(given["state"], given["code"], given["iss"])
    in_one_transaction(lambda transaction: throttle.forgive(transaction, counters))
    return {"ticket": ticket, "name": name}


@blueprint.post("/session")
@tokens.open_to_all
@blueprint.arguments(ProviderStart)
@blueprint.response(200, by_password.SessionReply)
def start(given: GivenProviderStart) -> Response:
    """A session, by a ticket that begins no other."""
    if given["key"] is not None and not proofs.is_key(given["key"]):
        raise Problem("fields_invalid", {"key": ["invalid"]})
    ticket = providers.ticket_behind(given["ticket"])
    device_id = given["device"]["id"]
    code_counters = _count_code(ticket, given["code"], device_id if known.is_known(ticket.user, device_id) else None)

    def begin(transaction: Transaction) -> AuthSession:
        user = transaction.get(User, (ticket.user, ticket.org))
        if user is None or not user.active:
            raise Problem("provider_account_unknown")
        if transaction.get(AuthSession, (ticket.id, ticket.org)):
            raise Problem("provider_refused")
        providers.must_hold(transaction, ticket)
        _take(transaction, ticket, given["code"], code_counters)
        device = by_password.device_for(transaction, user, given["device"])
        return sessions.start(transaction, user, device, given["key"], (ticket.id, ticket.proof))

    return by_password.first_answer(in_one_transaction(begin))


@blueprint.post("/confirm")
@tokens.before_second_factor
@blueprint.arguments(ProviderConfirm)
@blueprint.response(204)
def confirm(given: dict[str, str | None]) -> Response:
    """In place of the password, for what is dangerous (A2): the person has signed in anew at the provider (J19)."""
    identity = tokens.identity()
    ticket = providers.ticket_behind(str(given["ticket"]))
    at = ticket.proof.signed_in_at
    is_own = (ticket.user, ticket.org) == (identity.actor.user, identity.actor.org)
    if not is_own or at is None or at < timestamps.ago(minutes=LIMITS.password_fresh_minutes):
        raise Problem("provider_refused")
    code_counters = _count_code(ticket, given["code"], identity.actor.device)

    def note(transaction: Transaction) -> None:
        providers.must_hold(transaction, ticket)
        _take(transaction, ticket, given["code"], code_counters)
        sessions.note_confirmed(transaction, identity.session, ticket.org, at)

    in_one_transaction(note)
    return Response(status=204)


def _count() -> throttle.Counters:
    """Each way to a provider costs it and us a request: a place that only tries waits, and nobody else."""
    counters = throttle.provider_counters_for(request.remote_addr or "")
    throttle.must_wait(in_one_transaction(partial(throttle.admit, counters=counters)))
    return counters


def _count_code(ticket: SignInTicket, code: str | None, known_device: str | None) -> throttle.Counters | None:
    """Of the own second factor, unless the provider has asked for one (J18)."""
    if ticket.proof.second_factor:
        return None
    user = db.session.get_one(User, (ticket.user, ticket.org))
    tried = second_factor.Try(user.name, code, request.remote_addr or "", known_device)
    return second_factor.count_code((ticket.user, ticket.org), tried, None)


def _take(transaction: Transaction, ticket: SignInTicket, code: str | None, counters: throttle.Counters | None) -> None:
    if ticket.proof.second_factor:
        return
    second_factor.take(transaction, transaction.get_one(User, (ticket.user, ticket.org)), code)
    if counters:
        throttle.forgive(transaction, counters)
