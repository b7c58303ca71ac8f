"""Devices on which a person has signed in before: a cookie proves it, and only this server can have written it.

It opens nothing. Whoever shows it is not kept waiting for what strangers try (`throttle.py`).
"""

from flask import Response, request

from server.config import LIMITS
from server.core.signing import signer

COOKIE = "__Host-known"
PURPOSE = "known device"
#: of several people who share a browser, the latest
PROOFS_MAX = 8
BETWEEN = "~"


def is_known(user: str, device: str) -> bool:
    """Whether this browser proves that this person has signed in on this device."""
    said = _said(user, device)
    return any(signer(PURPOSE).verify_signature(said, proof.encode()) for proof in _proofs())


def hand_out(response: Response, user: str, device: str) -> Response:
    own = signer(PURPOSE).get_signature(_said(user, device)).decode()
    proofs = [own, *(proof for proof in _proofs() if proof != own)][:PROOFS_MAX]
    kept_s = LIMITS.known_device_days * 24 * 60 * 60
    response.set_cookie(
        COOKIE, BETWEEN.join(proofs), max_age=kept_s, secure=True, httponly=True, samesite="Strict", path="/"
    )
    return response


def _said(user: str, device: str) -> bytes:
    return f"{user}\n{device}".encode()


def _proofs() -> list[str]:
    given = request.cookies.get(COOKIE, "")
    return [proof for proof in given.split(BETWEEN)[:PROOFS_MAX] if proof and proof.isascii()]
