"""Answers come sealed to this server: neither the phone that carries them nor its worker can read them (Y2).

A sealed answer is an ephemeral public key on P-256 (65 bytes, uncompressed), then AES-256-GCM of the padded JSON. The
key is HKDF-SHA256 of the shared point, salted with both public keys; it is used once, so the nonce is zero.
`pwa/src/store/vault_answer.ts` is its twin.
"""

import base64
import binascii
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from server.config import Settings

CURVE = ec.SECP256R1()
#: of NIST P-256 (FIPS 186-4, D.1.2.3)
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
POINT_BYTES = 65
PURPOSE = b"ovikello survey"


class Unreadable(Exception):
    """It was sealed to another key, or is nothing sealed."""


def public_key(settings: Settings) -> str:
    """What a phone seals to: base64url of the uncompressed point."""
    return base64.urlsafe_b64encode(_point(_private(settings.secret_key).public_key())).decode().rstrip("=")


def opened(settings: Settings, sealed: str) -> bytes:
    """The JSON of a sealed answer, by the key of today or one before it. Raises `Unreadable`."""
    try:
        raw = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, raw[:POINT_BYTES])
    except (ValueError, binascii.Error):
        raise Unreadable from None
    for secret in (settings.secret_key, *settings.keys_before):
        private = _private(secret)
        salt = raw[:POINT_BYTES] + _point(private.public_key())
        shared = private.exchange(ec.ECDH(), theirs)
        key = HKDF(algorithm=SHA256(), length=32, salt=salt, info=PURPOSE).derive(shared)
        try:
            return AESGCM(key).decrypt(bytes(12), raw[POINT_BYTES:], None).rstrip(b" ")
        except InvalidTag:
            continue
    raise Unreadable


@cache
def _private(secret: str) -> ec.EllipticCurvePrivateKey:
    """Derived from the server's secret: it lies in no file and in no backup."""
    drawn = HKDF(algorithm=SHA256(), length=48, salt=None, info=PURPOSE).derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(drawn) % (ORDER - 1) + 1, CURVE)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
