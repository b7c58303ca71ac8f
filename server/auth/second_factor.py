"""The second factor (SPEC J8–J12): six digits by time (TOTP, RFC 6238), and recovery codes for when the phone is gone.

A code is good in its own 30 seconds and those beside them, once. The secret is sealed with a key that follows from the
server's own: a copied database makes no codes. A recovery code has 80 bits, so a plain hash keeps it.
"""

import base64
import hashlib
import hmac
import logging
import os
import secrets
import time
from collections.abc import Iterable
from typing import NamedTuple

import orjson
import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from server.auth import security_log, sessions, throttle
from server.config import DEMO_ORGANISATION, LIMITS, Settings
from server.core import journal, timestamps
from server.core.journal_detail import Detail
from server.core.models import Organisation, User, db
from server.core.problems import Problem
from server.core.roles import ADMINS
from server.core.sign_in_tables import SecondFactor
from server.core.transaction import in_one_transaction

log = logging.getLogger("ovikello.second_factor")

ISSUER = "Ovikello"
STEP_S = 30
DIGITS = 6
NONCE_BYTES = 12
#: what tests move on
clock = time.time
#: without what is read as something else: 0 and O, 1 and I
RECOVERY_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
RECOVERY_CHARS, RECOVERY_GROUP = 16, 4
#: events of the audit log: each holds all that it takes to do it again after a backup from before it (L5)
SET, OFF, RESET = "second_factor_set", "second_factor_off", "second_factor_reset"
CODES_MADE, CODE_USED = "recovery_codes_made", "recovery_code_used"


class Offer(NamedTuple):
    """What an authenticator app is told, by picture or by hand."""

    secret: str
    uri: str


class Try(NamedTuple):
    """A code, and who gives it from where."""

    name: str
    code: str | None
    address: str
    #: on which the person has signed in before
    known_device: str | None


class Status(NamedTuple):
    since: str | None
    recovery_codes_left: int
    required: bool
    #: it would be required, but this is the demo, whose passwords everybody knows
    waived: bool


def is_on(transaction: Transaction, user: str, org: str) -> bool:
    row = transaction.get(SecondFactor, (user, org))
    return row is not None and row.set_at is not None


def is_required(transaction: Transaction, role: str, org: str) -> bool:
    """Of administrators, who could let themselves in anywhere; not in the demo, which is no production (J10)."""
    return role in ADMINS and transaction.get_one(Organisation, org).name != DEMO_ORGANISATION


def status(transaction: Transaction, user: User) -> Status:
    row = transaction.get(SecondFactor, (user.id, user.org))
    required = is_required(transaction, user.role, user.org)
    left = len(orjson.loads(row.recovery)) if row else 0
    return Status(row.set_at if row else None, left, required, user.role in ADMINS and not required)


def begin(transaction: Transaction, user: User) -> Offer:
    """A secret for a new app. What holds until now goes on until the new app's first code is given."""
    row = _row(transaction, user) or SecondFactor(user=user.id, org=user.org, last_step=0, recovery="[]")
    secret = pyotp.random_base32()
    row.pending = sealed(secret, user)
    transaction.add(row)
    return Offer(secret, pyotp.TOTP(secret).provisioning_uri(name=user.name, issuer_name=ISSUER))


def confirm(transaction: Transaction, user: User, code: str) -> list[str]:
    """From now on codes of the new app are asked for. Returns recovery codes, told once."""
    row = _row(transaction, user)
    if row is None or row.pending is None:
        raise Problem("not_found")
    step = _step_of(_opened(row.pending, user), code, after=0)
    if step is None:
        raise Problem("second_factor_wrong")
    codes = new_codes()
    hold(transaction, user, row.pending, codes, step)
    return codes


def hold(transaction: Transaction, user: User, secret: str, codes: Iterable[str], step: int = 0) -> None:
    """Codes of this secret, which is sealed, are asked for; none of this step or before."""
    row = _row(transaction, user) or SecondFactor(user=user.id, org=user.org)
    row.secret, row.pending, row.set_at, row.last_step = secret, None, timestamps.now(), step
    row.recovery = _hashes(codes, user)
    transaction.add(row)
    _note(transaction, row, SET, user.id)


def make_codes(transaction: Transaction, user: User) -> list[str]:
    """Ten others; those before open nothing any more."""
    row = _row(transaction, user)
    if row is None or row.set_at is None:
        raise Problem("not_found")
    codes = new_codes()
    row.recovery = _hashes(codes, user)
    _note(transaction, row, CODES_MADE, user.id)
    return codes


def turn_off(transaction: Transaction, user: User) -> None:
    if is_required(transaction, user.role, user.org):
        raise Problem("not_allowed")
    _forget(transaction, user, OFF, user.id)


def reset(transaction: Transaction, user: User, by: str | None) -> None:
    """Of somebody who lost it: the next sign-in asks the password alone. Every session ends (J12)."""
    _forget(transaction, user, RESET, by)
    sessions.end_all(transaction, user, "second_factor_reset", by)


def count_code(key: tuple[str, str], tried: Try, by_password: throttle.Counters | None) -> throttle.Counters | None:
    """Counts a code before it is looked at (J9). Whoever gave the right password and no code has tried nothing, and is
    asked for it. None for who has no second factor."""
    if not is_on(db.session(), *key):
        return None
    if tried.code is None:
        if by_password:
            in_one_transaction(lambda transaction: throttle.forgive(transaction, by_password))
        raise Problem("second_factor_needed")
    counters = throttle.code_counters_for(tried.name, tried.address, tried.known_device, digits=is_digits(tried.code))
    throttle.must_wait(in_one_transaction(lambda transaction: throttle.admit(transaction, counters)))
    return counters


def take(transaction: Transaction, user: User, code: str | None) -> None:
    """Uses a code up, in the transaction of what it is given for. Nothing is asked of who has no second factor."""
    row = _row(transaction, user)
    if row is None or row.set_at is None or row.secret is None:
        return
    if code is None:
        raise Problem("second_factor_needed")
    if is_digits(code):
        step = _step_of(_opened(row.secret, user), code, after=row.last_step)
        if step is None:
            raise Problem("second_factor_wrong")
        row.last_step = step
        security_log.note(transaction, user.org, "second_factor_used", user.id)
        return
    left: list[str] = orjson.loads(row.recovery)
    given = _hash(code, user)
    if given not in left:
        raise Problem("second_factor_wrong")
    row.recovery = orjson.dumps([each for each in left if each != given]).decode()
    _note(transaction, row, CODE_USED, user.id)


def is_digits(code: str) -> bool:
    """Whether it is meant as digits of the app, rather than as a recovery code."""
    written = "".join(code.split())
    return written.isascii() and written.isdigit() and len(written) <= DIGITS


def new_codes() -> list[str]:
    letters = range(RECOVERY_CHARS // RECOVERY_GROUP)
    return [
        "-".join("".join(secrets.choice(RECOVERY_LETTERS) for _ in range(RECOVERY_GROUP)) for _ in letters)
        for _ in range(LIMITS.recovery_codes)
    ]


def seal_anew(transaction: Transaction) -> None:
    """After a change of the server's key: what the key before sealed is sealed with the one of today."""
    settings = _settings()
    if not settings.keys_before:
        return
    for row in transaction.scalars(select(SecondFactor)):
        user = transaction.get_one(User, (row.user, row.org))
        for column in ("secret", "pending"):
            kept = getattr(row, column)
            opened = _opened(kept, user) if kept else None
            if opened is not None:
                setattr(row, column, sealed(opened, user))


def _row(transaction: Transaction, user: User) -> SecondFactor | None:
    return transaction.get(SecondFactor, (user.id, user.org), with_for_update=True, populate_existing=True)


def _forget(transaction: Transaction, user: User, event: str, by: str | None) -> None:
    row = _row(transaction, user)
    if row is None or row.set_at is None:
        raise Problem("not_found")
    row.secret = row.pending = row.set_at = None
    row.recovery = "[]"
    _note(transaction, row, event, by)


def _step_of(secret: str | None, code: str, after: int) -> int | None:
    """Of which step the code is: of now, the one before or the next; None where it is none, or was used (J8)."""
    written, now = "".join(code.split()), int(clock()) // STEP_S
    if secret is None or not is_digits(code):
        return None
    by_time = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_S)
    steps = (now - 1, now, now + 1)
    fitting = [step for step in steps if hmac.compare_digest(by_time.generate_otp(step), written)]
    return next((step for step in fitting if step > after), None)


def _hashes(codes: Iterable[str], user: User) -> str:
    return orjson.dumps([_hash(code, user) for code in codes]).decode()


def _hash(code: str, user: User) -> str:
    written = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(f"recovery code\n{user.id}\n{written}".encode()).hexdigest()


# --- sealed at rest -------------------------------------------------------------------------------------------------


def sealed(secret: str, user: User) -> str:
    nonce = os.urandom(NONCE_BYTES)
    closed = AESGCM(_key(_settings().secret_key)).encrypt(nonce, secret.encode(), _whose(user))
    return base64.b64encode(nonce + closed).decode()


def _opened(kept: str, user: User) -> str | None:
    """None where the key that sealed it is gone: then no digits fit, and a recovery code or a reset helps."""
    settings, raw = _settings(), base64.b64decode(kept)
    for key in (settings.secret_key, *settings.keys_before):
        try:
            return AESGCM(_key(key)).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _whose(user)).decode()
        except InvalidTag:
            continue
    log.warning("a second factor was sealed with a key that is no longer named")
    return None


def _key(secret_key: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"ovikello second factor").derive(secret_key.encode())


def _whose(user: User) -> bytes:
    return f"{user.org}\n{user.id}".encode()


def _settings() -> Settings:
    settings: Settings = current_app.extensions["ovikello-settings"]
    return settings


# --- done again after a backup from before it (L5) ------------------------------------------------------------------

KEPT = ("secret", "set_at", "recovery")


def _note(transaction: Transaction, row: SecondFactor, event: str, by: str | None) -> None:
    known = {column: getattr(row, column) for column in KEPT}
    journal.record(transaction, row.org, event, {"user": row.user}, by, {"second_factor": known})


def _again(transaction: Transaction, org: str, detail: Detail, _by: str | None) -> None:
    user = detail.text("user")
    if transaction.get(User, (user, org)) is None:
        return
    row = transaction.get(SecondFactor, (user, org)) or SecondFactor(user=user, org=org)
    for column, value in detail.within("second_factor").items():
        setattr(row, column, value)
    transaction.add(row)


def _about(detail: Detail) -> list[journal.Subject]:
    return [("second_factor", detail.text("user"))]


for _event in (SET, OFF, RESET, CODES_MADE):
    journal.REPLAYS[_event] = journal.Replay(_again, _about, gives=lambda _: True)
journal.REPLAYS[CODE_USED] = journal.Replay(_again, _about)
