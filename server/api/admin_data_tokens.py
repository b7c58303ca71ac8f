"""Tokens of the data API: made, listed and revoked by an administrator (SPEC A19)."""

from collections.abc import Mapping
from datetime import date
from typing import TypedDict

from flask import Response
from marshmallow import Schema, fields, validate
from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from server.api.contract import Blueprint
from server.api.schemas import Body, line
from server.auth import data_tokens, tokens
from server.auth.data_tokens import MadeToken, TokenScope
from server.core.models import Team
from server.core.problems import Problem
from server.core.roles import ADMINS
from server.core.sign_in_tables import DataToken
from server.core.transaction import in_one_transaction
from server.kinds.base import in_the_calendar
from server.reports.data_tables import KINDS_OFFERED
from server.rules.dates import DATE_PATTERN
from server.rules.shape import ID_PATTERN, is_id

blueprint = Blueprint(
    "admin_data_tokens", __name__, url_prefix="/api/admin/data-tokens", description="Tokens of the data API"
)


class DataTokenReply(Schema):
    """`living`: it opens something. `made_by` is a person; null where a command made it."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    kinds = fields.List(fields.String(), required=True)
    team = fields.String(required=True, allow_none=True)
    team_name = fields.String(required=True, allow_none=True)
    with_codes = fields.Boolean(required=True)
    made_by = fields.String(required=True, allow_none=True)
    made_at = fields.String(required=True)
    last_day = fields.Date(required=True)
    revoked_at = fields.String(required=True, allow_none=True)
    last_used_at = fields.String(required=True, allow_none=True)
    living = fields.Boolean(required=True)


class DataTokens(Schema):
    """`kinds`: what a token may be made for."""

    tokens = fields.List(fields.Nested(DataTokenReply), required=True)
    kinds = fields.List(fields.String(), required=True)


class NewDataToken(Body):
    """`last_day`: to the end of which it opens what it names, in Finland."""

    name = line()
    kinds = fields.List(
        fields.String(validate=validate.OneOf(KINDS_OFFERED)),
        required=True,
        validate=validate.Length(1, len(KINDS_OFFERED)),
    )
    team = fields.String(required=True, allow_none=True, validate=validate.Regexp(ID_PATTERN))
    with_codes = fields.Boolean(required=True)
    last_day = fields.String(required=True, validate=[validate.Regexp(DATE_PATTERN), in_the_calendar])


class DataTokenMade(Schema):
    """`token` is told this once: only its hash is kept."""

    id = fields.String(required=True)
    token = fields.String(required=True)


class WantedToken(TypedDict):
    name: str
    kinds: list[str]
    team: str | None
    with_codes: bool
    last_day: str


@blueprint.get("")
@blueprint.response(200, DataTokens)
@tokens.for_roles(*sorted(ADMINS))
def every_token() -> dict[str, object]:
    """Those that open something first; nothing of what they are."""
    org = tokens.identity().actor.org
    return {
        "tokens": in_one_transaction(lambda transaction: _all_said(transaction, org)),
        "kinds": list(KINDS_OFFERED),
    }


@blueprint.post("")
@blueprint.arguments(NewDataToken)
@blueprint.response(200, DataTokenMade)
@tokens.for_roles(*sorted(ADMINS))
@tokens.with_fresh_password
def make(given: WantedToken) -> dict[str, str]:
    """A new token, told this once."""
    actor = tokens.identity().actor
    scope = TokenScope(tuple(sorted(set(given["kinds"]))), given["team"], given["with_codes"])
    last_day = date.fromisoformat(given["last_day"])
    made: MadeToken = in_one_transaction(
        lambda transaction: data_tokens.make(transaction, actor.org, given["name"], scope, last_day, actor.user)
    )
    return {"id": made.id, "token": made.secret}


@blueprint.post("/<data_token>/end")
@blueprint.response(204)
@tokens.for_roles(*sorted(ADMINS))
@tokens.with_fresh_password
def revoke(data_token: str) -> Response:
    """It opens nothing from now on."""
    actor = tokens.identity().actor
    if not is_id(data_token):
        raise Problem("not_found")
    in_one_transaction(lambda transaction: data_tokens.revoke(transaction, actor.org, data_token, actor.user))
    return Response(status=204)


def _all_said(transaction: Transaction, org: str) -> list[dict[str, object]]:
    teams = {row.id: row.name for row in transaction.execute(select(Team.id, Team.name).where(Team.org == org))}
    return [_said(each, teams) for each in data_tokens.tokens_of(transaction, org)]


def _said(token: DataToken, teams: Mapping[str, str]) -> dict[str, object]:
    scope = data_tokens.scope_of(token)
    return {
        "id": token.id,
        "name": token.name,
        "kinds": list(scope.kinds),
        "team": scope.team,
        "team_name": teams.get(scope.team) if scope.team else None,
        "with_codes": scope.with_codes,
        "made_by": token.made_by,
        "made_at": token.made_at,
        "last_day": data_tokens.last_day_of(token),
        "revoked_at": token.revoked_at,
        "last_used_at": token.last_used_at,
        "living": data_tokens.is_living(token),
    }
