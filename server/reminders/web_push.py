"""Web push: a few neutral bytes, encrypted for one browser by pywebpush, to a push service we know (N8, N9).

pywebpush's own sending has no time limit, follows redirects and puts the answer's body into its exception, so only its
encryption is used; the request leaves through `server/core/outbound.py`.
"""

import base64
import binascii
from collections.abc import Mapping

import orjson
from cryptography.hazmat.primitives.asymmetric import ec
from itsdangerous import Signer
from pywebpush import WebPusher

from server.core import outbound
from server.core.outbound import AddressRefused, OutboundReply, Wire
from server.core.reminder_tables import ReminderRow, SubscriptionRow
from server.reminders.vapid import CURVE
from server.reminders.vapid import Signer as Vapid

#: the push services of the browsers; a leading dot stands for any host below
SERVICES = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "web.push.apple.com",
    ".push.apple.com",
    ".notify.windows.com",
)
POINT_BYTES = 65
#: what a word that puts a reminder off is signed for
PUT_OFF = "put off a reminder"
#: a check-in is answered, not put off
NEVER_PUT_OFF = "checkin"
AUTH_BYTES = 16


class KeyGone(Exception):
    """The key that a subscription was made with has been rotated out: the browser has to subscribe anew."""


def origin_of(endpoint: str) -> str:
    """The origin of a push service that we know. `AddressRefused` for any other address."""
    host = outbound.checked(endpoint).hostname or ""
    if not any(host.endswith(known) if known.startswith(".") else host == known for known in SERVICES):
        raise AddressRefused("no push service that we know")
    return f"https://{host}"


def are_keys(p256dh: str, auth: str) -> bool:
    """Whether a browser can have made these: a point of the curve, and 16 bytes."""
    try:
        point, secret = (base64.b64decode(key + "=" * (-len(key) % 4), b"-_", True) for key in (p256dh, auth))
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    except (ValueError, binascii.Error):
        return False
    return len(point) == POINT_BYTES and len(secret) == AUTH_BYTES


def payload(row: ReminderRow, words: Signer) -> bytes:
    """What a reminder says on its way: its kind, the moment it is about, a random id, and the word that puts it off.
    Nothing of anybody (N8)."""
    said = {"kind": row.cause, "at": row.about, "id": row.id}
    if not row.cause.startswith(NEVER_PUT_OFF):
        said["later"] = word_of(row.id, words)
    return orjson.dumps(said | ({"drill": True} if row.drill else {}))


def word_of(reminder: str, words: Signer) -> str:
    """Whoever has the notification puts it off, locked too: the word is good for this reminder and for nothing else."""
    return words.get_signature(reminder).decode()


def send(wire: Wire, signer: Vapid, to: SubscriptionRow, data: bytes, headers: Mapping[str, str]) -> OutboundReply:
    """Encrypt `data` for the subscription `to` and send it.

    `AddressRefused`, `KeyGone`, or `outbound.NoAnswer`.
    """
    origin = origin_of(to.endpoint)
    authorization = signer.authorization(to.key, origin)
    if authorization is None:
        raise KeyGone
    keys = {"p256dh": to.p256dh, "auth": to.auth}
    body = WebPusher({"endpoint": to.endpoint, "keys": keys}).encode(data, "aes128gcm")["body"]
    sent = {"Authorization": authorization, "Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream"}
    return outbound.post(wire, to.endpoint, {**headers, **sent}, body)
