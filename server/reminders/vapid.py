"""The keys by which push services know us (VAPID). Two at most: one for new subscriptions, and the one before it.

A browser binds a subscription to the key that it was given, so the older key goes on signing for those until they have
subscribed anew; a second rotation ends it. The file stands beside the database and, like the secret key, in no backup.
"""

import base64
import fcntl
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import orjson
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

KEYS_MAX = 2
CURVE = ec.SECP256R1()
TOKEN_HOURS = 12
#: a token is made anew while it still holds this long
TOKEN_SPARE_S = 60 * 60


@dataclass(frozen=True)
class Key:
    """`public` is what a browser subscribes with: base64url of the uncompressed point."""

    public: str
    private: str


def keys_in(path: Path) -> list[Key]:
    """The keys, the newest first; made if there is none yet."""
    return _kept(path, lambda keys: keys or [_new()])


def rotate(path: Path) -> list[Key]:
    """A new key for new subscriptions. The one before it still signs for its own; older ones are gone."""
    return _kept(path, lambda keys: [_new(), *(keys or [_new()])][:KEYS_MAX])


def _kept(path: Path, change: Callable[[list[Key]], list[Key]]) -> list[Key]:
    """The keys after a change, written and synced if it was one. Processes that start together make one key."""
    with path.with_suffix(".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        before = [Key(**each) for each in orjson.loads(path.read_bytes())] if path.exists() else []
        after = change(before)
        if after != before:
            _write(path, after)
    return after


def _write(path: Path, keys: list[Key]) -> None:
    partial = path.with_suffix(".partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(orjson.dumps([{"public": key.public, "private": key.private} for key in keys]))
        file.flush()
        os.fsync(file.fileno())
    partial.rename(path)


def _new() -> Key:
    private = ec.generate_private_key(CURVE)
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return Key(as_base64(point), as_base64(private.private_numbers().private_value.to_bytes(32, "big")))


class Signer:
    """Signs for the keys in a file. A token for one push service is used until it has an hour left."""

    def __init__(self, path: Path, contact: str) -> None:
        self.path = path
        self.contact = contact
        self._tokens: dict[tuple[str, str], tuple[float, str]] = {}
        self._lock = threading.Lock()

    def authorization(self, public: str, origin: str) -> str | None:
        """The header for a push service, or None where the key of the subscription is no more."""
        with self._lock:
            until, token = self._tokens.get((public, origin), (0.0, ""))
            if until - TOKEN_SPARE_S > time.time():
                return token
            key = next((key for key in keys_in(self.path) if key.public == public), None)
            if key is None:
                return None
            until = time.time() + TOKEN_HOURS * 60 * 60
            claims = {"aud": origin, "sub": self.contact, "exp": int(until)}
            token = str(Vapid02.from_raw(key.private.encode()).sign(claims)["Authorization"])
            self._tokens[public, origin] = (until, token)
            return token


def as_base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
