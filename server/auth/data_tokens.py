"""Tokens of the data API (SPEC A19): what one may read, until when, who made it, and taking it back.

A token is 256 random bits, told once and kept as SHA-256. It opens the data API and no other address.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import orjson
from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.orm import Session as Transaction
from uuid6 import uuid7

from server.config import LIMITS
from server.core import audit, journal, timestamps
from server.core.journal_detail import Detail
from server.core.models import Organisation, Team, db
from server.core.problems import Problem
from server.core.sign_in_tables import DataToken
from server.rules.dates import FINLAND

MADE, ENDED, READ = "data_token", "data_token_end", "data_read"
#: by which whoever finds one knows what it is
PREFIX = "ovikello_data_"
SECRET_BYTES = 32


@dataclass(frozen=True)
class TokenScope:
    """The kinds of record that it reads; of one team's files or of all; with clients' codes or without."""

    kinds: tuple[str, ...]
    team: str | None
    with_codes: bool


@dataclass(frozen=True)
class KnownToken:
    """The token that a request came with."""

    id: str
    org: str
    ends_at: str
    scope: TokenScope


@dataclass(frozen=True)
class MadeToken:
    """`secret` is told this once."""

    id: str
    secret: str


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogateescape")).hexdigest()


def behind(given: str | None) -> KnownToken:
    """The token of a request; `data_token_refused` for one that is unknown, revoked or over."""
    found = db.session.scalar(select(DataToken).where(DataToken.secret_hash == hash_of(given or ""), *_living()))
    if found is None:
        raise Problem("data_token_refused")
    return KnownToken(found.id, found.org, found.ends_at, scope_of(found))


def scope_of(token: DataToken) -> TokenScope:
    return TokenScope(tuple(orjson.loads(token.kinds)), token.team, token.with_codes)


def make(transaction: Transaction, org: str, name: str, scope: TokenScope, last_day: date, by: str | None) -> MadeToken:
    """A new one, good to the end of `last_day`, Finland's. `fields_invalid` for another team, day or one too many."""
    today = datetime.now(FINLAND).date()
    if not today <= last_day <= today + timedelta(days=LIMITS.data_token_days_max):
        raise Problem("fields_invalid", {"last_day": ["invalid"]})
    if scope.team is not None and transaction.get(Team, (scope.team, org)) is None:
        raise Problem("fields_invalid", {"team": ["unknown"]})
    transaction.get_one(Organisation, org, with_for_update=True)  # two at once do not both take the last place
    living = select(func.count()).where(DataToken.org == org, *_living())
    if (transaction.scalar(living) or 0) >= LIMITS.data_tokens_max:
        raise Problem("fields_invalid", {"name": ["too_many"]})
    made = MadeToken(str(uuid7()), PREFIX + secrets.token_urlsafe(SECRET_BYTES))
    said = Detail({"token": made.id, "name": name.strip(), "kinds": sorted(scope.kinds), "team": scope.team})
    said |= {"with_codes": scope.with_codes, "made_at": timestamps.now(), "ends_at": _end_of(last_day)}
    _enter(transaction, org, said, hash_of(made.secret), by)
    journal.record(transaction, org, MADE, said, by, {"hash": hash_of(made.secret)})
    return made


def _end_of(day: date) -> str:
    return timestamps.text(datetime.combine(day + timedelta(days=1), time(), FINLAND))


def revoke(transaction: Transaction, org: str, token: str, by: str | None) -> None:
    """It opens nothing from the next request on. `not_found` for one that nobody has, or that is revoked already."""
    found = transaction.get(DataToken, (token, org), with_for_update=True)
    if found is None or found.revoked_at is not None:
        raise Problem("not_found")
    found.revoked_at = timestamps.now()
    journal.record(transaction, org, ENDED, {"token": token}, by)


def tokens_of(transaction: Transaction, org: str) -> list[DataToken]:
    """Those that open something, by name, and after them those that do no more, the latest first."""
    found = transaction.scalars(select(DataToken).where(DataToken.org == org).order_by(DataToken.id.desc())).all()
    living = sorted(filter(is_living, found), key=lambda token: token.name.casefold())
    return [*living, *(token for token in found if not is_living(token))]


def last_day_of(token: DataToken) -> date:
    """Finland's, to the end of which it opens what it names."""
    return (timestamps.moment(token.ends_at) - timedelta(seconds=1)).astimezone(FINLAND).date()


def is_living(token: DataToken) -> bool:
    return token.revoked_at is None and token.ends_at > timestamps.now()


def note_use(transaction: Transaction, token: KnownToken, detail: Mapping[str, object]) -> None:
    """That something is about to be handed out to it (L3). A token that was revoked meanwhile is handed nothing."""
    used = update(DataToken).where(DataToken.id == token.id, DataToken.org == token.org, *_living())
    if transaction.scalar(used.values(last_used_at=timestamps.now()).returning(DataToken.id)) is None:
        raise Problem("data_token_refused")
    audit.add(transaction, str(uuid7()), token.org, timestamps.now(), None, READ, {"token": token.id, **detail})


def _living() -> tuple[ColumnElement[bool], ...]:
    return (DataToken.revoked_at.is_(None), DataToken.ends_at > timestamps.now())


def _enter(transaction: Transaction, org: str, detail: Detail, hashed: str, by: str | None) -> None:
    values = {
        "id": detail.text("token"),
        "org": org,
        "name": detail.text("name"),
        "secret_hash": hashed,
        "kinds": orjson.dumps(detail.texts("kinds")).decode(),
        "team": detail.text_or_none("team"),
        "with_codes": detail.flag("with_codes"),
        "made_by": by,
        "made_at": detail.text("made_at"),
        "ends_at": detail.text("ends_at"),
    }
    transaction.execute(insert(DataToken).values(values))


def _made_again(transaction: Transaction, org: str, detail: Detail, by: str | None) -> None:
    if transaction.get(DataToken, (detail.text("token"), org)) is None:
        _enter(transaction, org, detail, detail.text("hash"), by)


def _ended_again(transaction: Transaction, org: str, detail: Detail, _by: str | None) -> None:
    found = transaction.get(DataToken, (detail.text("token"), org))
    if found is not None and found.revoked_at is None:
        found.revoked_at = timestamps.now()


def _about(detail: Detail) -> list[journal.Subject]:
    return [("data_token", detail.text("token"))]


journal.REPLAYS[MADE] = journal.Replay(_made_again, _about, gives=lambda _: True)
journal.REPLAYS[ENDED] = journal.Replay(_ended_again, _about)
