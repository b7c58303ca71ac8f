"""What a device has signed with its session's key: each refresh, and the end of the session (SPEC J2, J4).

The private half lies in the device's sealed store, so nobody signs who cannot open the store. Refreshes are numbered by
the device: a number that comes twice under two signatures was signed by two copies of one store.
"""

import base64
import binascii
import hashlib
from typing import Literal

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

CURVE = ec.SECP256R1()
POINT_BYTES = 65
SIGNATURE_BYTES = 64
#: a request may be overtaken by so many that followed; one that is older can only come from a copy
OVERTAKEN_MAX = 8
#: base64url of `POINT_BYTES` and of `SIGNATURE_BYTES`
KEY_PATTERN = r"^[A-Za-z0-9_-]{87}\Z"
SIGNATURE_PATTERN = r"^[A-Za-z0-9_-]{86}\Z"

#: `same`: the network doubled the request; `late`: another one overtook it; `copied`: two hold the key
Judgement = Literal["new", "same", "late", "copied"]


def refresh_statement(session: str, number: int) -> str:
    return f"ovikello refresh\n{session}\n{number}"


def end_statement(session: str) -> str:
    return f"ovikello end\n{session}"


def is_key(written: str) -> bool:
    """Whether it is a point of the curve."""
    try:
        _key(written)
    except ValueError:
        return False
    return True


def is_signed(key: str | None, statement: str, signature: str) -> bool:
    """By the key's other half: ECDSA with SHA-256, r and s side by side as browsers write them."""
    if key is None:
        return False
    try:
        raw = _bytes(signature, SIGNATURE_BYTES)
        r, s = (int.from_bytes(half, "big") for half in (raw[:32], raw[32:]))
        _key(key).verify(encode_dss_signature(r, s), statement.encode(), ec.ECDSA(hashes.SHA256()))
    except (ValueError, InvalidSignature):
        return False
    return True


def judged(remembered: str, number: int, signature: str) -> tuple[Judgement, str]:
    """What a signed refresh is beside those before it, and what is remembered from now on."""
    before: list[tuple[int, str]] = [(known, mark) for known, mark in orjson.loads(remembered)]
    mark = hashlib.sha256(signature.encode()).hexdigest()[:16]
    highest = max([number, *(known for known, _ in before)])
    oldest = highest - OVERTAKEN_MAX
    after = orjson.dumps([[known, old] for known, old in [*before, (number, mark)] if known > oldest]).decode()
    if (number, mark) in before:
        return "same", remembered
    if number <= oldest or number in dict(before):
        return "copied", remembered
    return "new" if number == highest else "late", after


def _key(written: str) -> ec.EllipticCurvePublicKey:
    """`ValueError` where it is none."""
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, _bytes(written, POINT_BYTES))


def _bytes(written: str, length: int) -> bytes:
    try:
        raw = base64.b64decode(written + "=" * (-len(written) % 4), b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    if len(raw) != length:
        raise ValueError("another length")
    return raw
