"""`POST /api/sync`: the one endpoint of the exchange; and the history of a record or of a case file."""

import zlib

import orjson
from flask import Response, request
from marshmallow import fields, validate

from server.api.contract import Blueprint
from server.api.schemas import Body
from server.api.sync_shapes import FileHistory, History, SyncReply, SyncRequest
from server.auth import tokens
from server.config import LIMITS
from server.core import audit
from server.core.actor import Actor
from server.rules.shape import is_id
from server.sync import protocol
from server.sync.exchange import exchange, reading
from server.sync.history import FileHistoryPage, HistoryPage, file_history, history

blueprint = Blueprint("sync", __name__, url_prefix="/api", description="The exchange")

#: the quickest level: on these bodies the next ones save 5 % of the bytes for twice the time
GZIP_LEVEL = 1
#: below this a reply fits into one packet anyhow
GZIP_BYTES_MIN = 1000


class Page(Body):
    after = fields.Integer(load_default=-1, validate=validate.Range(-1, 2**53 - 1))


@blueprint.post("/sync")
@blueprint.doc(requestBody={"required": True, "content": {"application/json": {"schema": SyncRequest}}})
@blueprint.response(200, SyncReply)
@tokens.revoked_device_may
def sync() -> Response:
    """What this device changed, and what it lacks (docs/SPEC.md). Bodies are gzip both ways."""
    identity = tokens.identity()
    request.max_content_length = LIMITS.body_packed_bytes_max
    body = protocol.unpacked(request.get_data(cache=False), request.headers.get("Content-Encoding"))
    return _packed(exchange(identity.actor, body, only_hands_in=identity.device_revoked))


def _packed(reply: bytes) -> Response:
    response = Response(reply, mimetype="application/json")
    response.vary.add("Accept-Encoding")
    if len(reply) >= GZIP_BYTES_MIN and request.accept_encodings.quality("gzip"):
        deflate = zlib.compressobj(GZIP_LEVEL, wbits=protocol.GZIP)
        response.set_data(deflate.compress(reply) + deflate.flush())
        response.headers["Content-Encoding"] = "gzip"
    return response


@blueprint.get("/cases/<case>/records/<record>/history")
@blueprint.arguments(Page, location="query")
@blueprint.response(200, History)
def record_history(given: dict[str, int], case: str, record: str) -> HistoryPage:
    """All changes of a record, oldest first, in pages of `history_page_entries_max`."""
    if not (is_id(case) and is_id(record)):
        case, record = "", ""
    actor = tokens.identity().actor
    with reading() as connection:
        found = history(connection, actor, case, record, given["after"])
    _note_reading(actor, found, case, record)
    return found


@blueprint.get("/cases/<case>/history")
@blueprint.arguments(Page, location="query")
@blueprint.alt_response(200, schema=FileHistory)
def case_history(given: dict[str, int], case: str) -> Response:
    """The log of a whole case file, oldest first, for a device that keeps it for the coming days (L6)."""
    actor = tokens.identity().actor
    with reading() as connection:
        found = file_history(connection, actor, case if is_id(case) else "", given["after"])
    _note_reading(actor, found, case, None)
    return _packed(orjson.dumps(found))


def _note_reading(actor: Actor, found: HistoryPage | FileHistoryPage, case: str, record: str | None) -> None:
    """L3, unless there was nothing to read, or it was of the shared file."""
    if found["entries"] and case != actor.org:
        audit.note_reading(actor, "history_read", {"case": case, "record": record})
