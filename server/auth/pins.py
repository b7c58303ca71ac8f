"""PINs (SPEC V11, J14): what a device's PIN needs of the server, and how often it may be guessed.

A device seals its data key under its PIN *and* a share of 256 random bits that lies here. It gets the share for the
right PIN only, of which it sends a proof (HKDF of its Argon2id): nobody learns the PIN from that without what lies on
the device. The last wrong try in a row deletes the share, and with it the PIN; so does the last since it was set, since
who has a copy of the files could guess between the right ones. Where the organisation lets PINs open without a network
there is no share, and the device counts.
"""

import hashlib
import hmac
import secrets
from typing import NamedTuple

from sqlalchemy import delete, update
from sqlalchemy.orm import Session as Transaction

from server.auth import security_log
from server.config import LIMITS
from server.core import journal
from server.core.actor import Actor
from server.core.journal_detail import Detail
from server.core.models import Organisation
from server.core.sign_in_tables import PinShare

#: 32 bytes, base64url
PROOF_PATTERN = r"^[A-Za-z0-9_-]{43}\Z"
OFFLINE = "offline_pin"


class TriedPin(NamedTuple):
    """`share`, base64url: what the device's slot needs beside the PIN; none for a wrong one, or where there is none."""

    share: str | None
    tries_left: int


def may_be_offline(transaction: Transaction, org: str) -> bool:
    return transaction.get_one(Organisation, org).offline_pin


def allow_offline(transaction: Transaction, org: str, allowed: bool, by: str | None) -> None:
    """Whether the organisation's devices may open by a PIN without a network. Told to a device at its next contact."""
    transaction.execute(update(Organisation).where(Organisation.id == org).values(offline_pin=allowed))
    journal.record(transaction, org, OFFLINE, {"allowed": allowed}, by)


def new_share(transaction: Transaction, actor: Actor, proof: str) -> str:
    """For the PIN of the device that asks; one that it had opens nothing any more."""
    forget(transaction, actor.device, actor.org)
    share = secrets.token_urlsafe(32)
    own = {"device": actor.device, "org": actor.org, "user": actor.user}
    transaction.add(PinShare(**own, proof_hash=_hash_of(proof), share=share, tries=0, wrong=0))
    security_log.note(transaction, actor.org, "pin_set", actor.user, device=actor.device)
    return share


def tried(transaction: Transaction, actor: Actor, proof: str) -> TriedPin:
    """The try is counted in the transaction that looks at it: whoever is answered has been counted."""
    row = transaction.get(PinShare, (actor.device, actor.org), with_for_update=True)
    if row is None:
        return TriedPin(None, 0)
    if hmac.compare_digest(row.proof_hash, _hash_of(proof)):
        row.tries = 0
        return TriedPin(row.share, LIMITS.pin_tries_max)
    row.tries += 1
    row.wrong += 1
    left = min(LIMITS.pin_tries_max - row.tries, LIMITS.pin_wrong_max - row.wrong)
    if left <= 0:
        transaction.delete(row)
    security_log.note(
        transaction, actor.org, "pin_refused" if left > 0 else "pin_spent", actor.user, device=actor.device
    )
    return TriedPin(None, max(0, left))


def forget(transaction: Transaction, device: str, org: str) -> None:
    transaction.execute(delete(PinShare).where(PinShare.device == device, PinShare.org == org))


def forget_of_person(transaction: Transaction, user: str, org: str, but_device: str | None = None) -> None:
    """The password is another one: what was set with the old one opens nothing, but on the device that changed it."""
    own = (PinShare.user == user, PinShare.org == org)
    transaction.execute(delete(PinShare).where(*own, PinShare.device.is_distinct_from(but_device)))


def forget_all(transaction: Transaction) -> None:
    """After a restore: a backup knows neither the tries since nor which shares they cost (L11)."""
    transaction.execute(delete(PinShare))


def _hash_of(proof: str) -> str:
    return hashlib.sha256(proof.encode()).hexdigest()


def _allowed_again(transaction: Transaction, org: str, detail: Detail, _actor: str | None) -> None:
    values = {"offline_pin": detail.flag("allowed")}
    transaction.execute(update(Organisation).where(Organisation.id == org).values(**values))


journal.REPLAYS[OFFLINE] = journal.Replay(
    _allowed_again, lambda _: [(OFFLINE,)], gives=lambda detail: detail.flag("allowed")
)
