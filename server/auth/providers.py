"""Signing in by an organisation's own OpenID Connect provider (SPEC J15–J20): there, back, and who it is here.

    begin      a state, in a cookie that only this server can have written     → the provider's page
    returned   the app brings state and code; the provider says who it is      → a ticket, which begins one session

Nobody comes in who has no account: a provider's person (issuer and subject) is linked to one, by a command, or by a
claim that the operator has named and that says a sign-in name of that organisation.
"""

import base64
import hmac
import secrets
from dataclasses import asdict, dataclass
from hashlib import sha256

import orjson
from flask import Response, after_this_request, current_app, request
from itsdangerous import BadSignature
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session as Transaction
from uuid6 import uuid7

from server.auth import accounts, provider_talk, security_log, sessions
from server.auth.provider_talk import ProviderIdentity, Secrets
from server.config import LIMITS, Provider, Settings
from server.core import journal, timestamps
from server.core.journal_detail import Detail
from server.core.models import Organisation, User
from server.core.problems import Problem
from server.core.sign_in_tables import ProviderLink, SecondFactor
from server.core.signing import signer
from server.core.transaction import in_one_transaction

COOKIE = "__Host-provider"
STATE_PURPOSE, TICKET_PURPOSE = "provider state", "provider ticket"
BETWEEN = "~"
LINKED, UNLINKED = "provider_link", "provider_unlink"


@dataclass(frozen=True)
class SignInTicket:
    """That a provider has just signed somebody in. It begins one session: its id is the session's."""

    id: str
    user: str
    org: str
    subject: str
    until: str
    proof: sessions.ProviderProof
    #: of what a reset of password or second factor changes: one of before it begins nothing
    account: str


def all_of() -> tuple[Provider, ...]:
    return _settings().providers


def named(id_: str) -> Provider:
    found = next((one for one in all_of() if one.id == id_), None)
    if found is None:
        raise Problem("fields_invalid", {"provider": ["unknown"]})
    return found


def begin(provider: Provider, *, again: bool) -> str:
    """The address of the provider's page. The state lies in a cookie until the app asks with it: a return from another
    site brings none of ours along, the page that takes it up does."""
    state = secrets.token_urlsafe()
    address = provider_talk.address(provider, _secrets(state), again=again)
    until = timestamps.ago(minutes=-LIMITS.provider_return_minutes)
    kept = signer(STATE_PURPOSE).sign(BETWEEN.join((provider.id, state, until))).decode()
    _put_cookie(kept, LIMITS.provider_return_minutes * 60)
    return address


def returned(state: str, code: str, issuer: str | None) -> tuple[str, str]:
    """A ticket, and the sign-in name of whom it is for. The state is good once, whatever comes of it."""
    provider = _begun(state)
    _put_cookie("", 0)
    org = in_one_transaction(lambda transaction: _organisation(transaction, provider))
    security_log.tried_by_provider(org, None)
    identity = provider_talk.identity_behind(provider, _secrets(state), code, issuer)
    security_log.tried_by_provider(org, None, security_log.hashed("provider", f"{provider.id}\n{identity.subject}"))
    user, name, account = in_one_transaction(lambda transaction: _person(transaction, provider, org, identity))
    proof = sessions.ProviderProof(provider.id, identity.signed_in_at, identity.second_factor)
    until = timestamps.ago(minutes=-LIMITS.provider_ticket_minutes)
    return _written(SignInTicket(str(uuid7()), user, org, identity.subject, until, proof, account)), name


def ticket_behind(written: str) -> SignInTicket:
    """`provider_refused` for one that this server has not written, or that is too old."""
    try:
        said = orjson.loads(base64.urlsafe_b64decode(signer(TICKET_PURPOSE).unsign(written)))
        ticket = SignInTicket(**said | {"proof": sessions.ProviderProof(**said["proof"])})
    except (BadSignature, ValueError, TypeError):  # the last: an older release has written it
        raise Problem("provider_refused") from None
    security_log.tried_by_provider(ticket.org, ticket.user)
    if ticket.until < timestamps.now():
        raise Problem("provider_refused")
    return ticket


def must_hold(transaction: Transaction, ticket: SignInTicket) -> None:
    """`provider_refused` where link, password or second factor are others since the ticket was written."""
    issuer = named(ticket.proof.provider).issuer
    if transaction.scalar(_of_subject(issuer, ticket.subject, ticket.org)) != ticket.user:
        raise Problem("provider_refused")
    user = transaction.get_one(User, (ticket.user, ticket.org))
    if not hmac.compare_digest(_account(transaction, user), ticket.account):
        raise Problem("provider_refused")


def link(transaction: Transaction, user: User, issuer: str, subject: str, by: str | None) -> None:
    """From now on whoever the issuer calls so is this person. `fields_invalid` where it is somebody else already."""
    known = transaction.scalar(_of_subject(issuer, subject, user.org))
    if known is not None and known != user.id:
        raise Problem("fields_invalid", {"subject": ["taken"]})
    before = transaction.get(ProviderLink, (user.id, user.org, issuer))
    if before is not None and before.subject != subject:
        # Whoever came in as this person until now was somebody else.
        sessions.end_all(transaction, user, "provider_unlink", by)
    _enter(transaction, user, issuer, subject)
    journal.record(transaction, user.org, LINKED, {"user": user.id, "issuer": issuer}, by, {"subject": subject})


def unlink(transaction: Transaction, user: User, by: str | None) -> None:
    """No provider signs this person in any more, until a claim or a command links anew. Every session ends."""
    found = transaction.scalars(select(ProviderLink).where(*_of_person(user.id, user.org))).all()
    if not found:
        raise Problem("not_found")
    for row in found:
        transaction.delete(row)
        journal.record(transaction, user.org, UNLINKED, {"user": user.id, "issuer": row.issuer}, by)
    sessions.end_all(transaction, user, "provider_unlink", by)


def _begun(state: str) -> Provider:
    """The provider to which this browser was sent with this state."""
    try:
        kept = signer(STATE_PURPOSE).unsign(request.cookies.get(COOKIE, "").encode()).decode()
    except (BadSignature, ValueError):
        raise Problem("provider_refused") from None
    id_, known, until = kept.split(BETWEEN)
    if not hmac.compare_digest(known, state) or until < timestamps.now():
        raise Problem("provider_refused")
    return named(id_)


def _person(transaction: Transaction, provider: Provider, org: str, identity: ProviderIdentity) -> tuple[str, str, str]:
    """Id and sign-in name of whose account it is, and how it stands. `provider_account_unknown` for a stranger, and
    for who has left."""
    known = transaction.scalar(_of_subject(provider.issuer, identity.subject, org))
    user = transaction.get(User, (known, org)) if known else _first_time(transaction, provider, org, identity)
    if user is None:
        raise Problem("provider_account_unknown")
    security_log.tried_by_provider(org, user.id)
    if not user.active:
        raise Problem("provider_account_unknown")
    if known is None:
        link(transaction, user, provider.issuer, identity.subject, None)
    return user.id, user.name, _account(transaction, user)


def _first_time(transaction: Transaction, provider: Provider, org: str, identity: ProviderIdentity) -> User | None:
    """Whose sign-in name the claim says, unless somebody comes in as that person already."""
    user = accounts.named(transaction, identity.name) if identity.name else None
    if user is None or user.org != org:
        return None
    linked = transaction.get(ProviderLink, (user.id, org, provider.issuer))
    return None if linked else user


def _organisation(transaction: Transaction, provider: Provider) -> str:
    found = transaction.scalar(select(Organisation.id).where(Organisation.name == provider.organisation))
    if found is None:
        raise Problem("provider_account_unknown")
    return found


def _account(transaction: Transaction, user: User) -> str:
    """Tells one state of password and second factor from the next, and neither of them."""
    factor = transaction.get(SecondFactor, (user.id, user.org))
    said = f"provider account\n{user.password_hash}\n{factor.secret if factor else None}"
    return hmac.new(_settings().secret_key.encode(), said.encode(), sha256).hexdigest()


def _enter(transaction: Transaction, user: User, issuer: str, subject: str) -> None:
    row = transaction.get(ProviderLink, (user.id, user.org, issuer))
    row = row or ProviderLink(user=user.id, org=user.org, issuer=issuer)
    row.subject, row.linked_at = subject, timestamps.now()
    transaction.add(row)


def _of_subject(issuer: str, subject: str, org: str) -> Select[str]:
    return select(ProviderLink.user).where(
        ProviderLink.subject == subject, ProviderLink.issuer == issuer, ProviderLink.org == org
    )


def _of_person(user: str, org: str) -> tuple[ColumnElement[bool], ...]:
    return (ProviderLink.user == user, ProviderLink.org == org)


def _secrets(state: str) -> Secrets:
    """Nonce and verifier follow from the state and our key: the cookie holds neither."""

    def derived(what: str) -> str:
        said = f"provider {what}\n{state}".encode()
        made = hmac.new(_settings().secret_key.encode(), said, sha256).digest()
        return base64.urlsafe_b64encode(made).rstrip(b"=").decode()

    return Secrets(state, derived("nonce"), derived("verifier"))


def _written(ticket: SignInTicket) -> str:
    return signer(TICKET_PURPOSE).sign(base64.urlsafe_b64encode(orjson.dumps(asdict(ticket)))).decode()


def _put_cookie(value: str, max_age: int) -> None:
    @after_this_request
    def put(response: Response) -> Response:
        response.set_cookie(COOKIE, value, max_age=max_age, secure=True, httponly=True, samesite="Strict", path="/")
        return response


def _settings() -> Settings:
    settings: Settings = current_app.extensions["ovikello-settings"]
    return settings


# --- done again after a backup from before it (L5) ------------------------------------------------------------------


def _linked_again(transaction: Transaction, org: str, detail: Detail, _by: str | None) -> None:
    user = transaction.get(User, (detail.text("user"), org))
    issuer, subject = detail.text("issuer"), detail.text("subject")
    if user is not None and transaction.scalar(_of_subject(issuer, subject, org)) is None:
        _enter(transaction, user, issuer, subject)


def _unlinked_again(transaction: Transaction, org: str, detail: Detail, _by: str | None) -> None:
    row = transaction.get(ProviderLink, (detail.text("user"), org, detail.text("issuer")))
    if row is not None:
        transaction.delete(row)


def _about(detail: Detail) -> list[journal.Subject]:
    return [("provider_link", detail.text("user"), detail.text("issuer"))]


journal.REPLAYS[LINKED] = journal.Replay(_linked_again, _about, gives=lambda _: True)
journal.REPLAYS[UNLINKED] = journal.Replay(_unlinked_again, _about)
