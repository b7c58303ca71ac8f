"""Photos and documents: in by tus 1.0 (core and creation), out for whoever reads their record (SPEC X)."""

import base64

from flask import Response, request

from server.api.contract import Blueprint
from server.attachments import handing_out, keeping, uploads
from server.attachments.uploads import Upload
from server.auth import tokens
from server.config import LIMITS
from server.core import audit
from server.core.problems import Problem
from server.sync.exchange import reading

blueprint = Blueprint("attachments", __name__, url_prefix="/api", description="Photos and documents")

TUS = "1.0.0"
PIECE = "application/offset+octet-stream"
ANYTHING = {"schema": {"type": "string"}}
VERSION = {"name": "Tus-Resumable", "in": "header", "required": True, **ANYTHING}
LENGTH = {"name": "Upload-Length", "in": "header", "required": True, "schema": {"type": "integer"}}
OFFSET = {"name": "Upload-Offset", "in": "header", "required": True, "schema": {"type": "integer"}}
METADATA = {
    "name": "Upload-Metadata",
    "in": "header",
    "required": True,
    "description": "`record` and its id in Base64",
    **ANYTHING,
}


@blueprint.after_request
def say_tus(response: Response) -> Response:
    """As every answer of tus does; OPTIONS tells besides what this server knows."""
    response.headers["Tus-Resumable"] = TUS
    if request.method == "OPTIONS":
        response.headers["Tus-Version"] = TUS
        response.headers["Tus-Extension"] = "creation"
        response.headers["Tus-Max-Size"] = str(LIMITS.attachment_bytes_max)
    return response


@blueprint.post("/attachments")
@blueprint.doc(parameters=[VERSION, LENGTH, METADATA])
@blueprint.response(201)
@tokens.revoked_device_may
def begin() -> Response:
    """An upload for a record of kind `attachment` that its author sent before; `Location` is where its bytes go.

    Asked again it is the same upload.
    """
    _must_be_tus()
    named = _metadata(request.headers.get("Upload-Metadata", ""))
    record = named.get("record", "")
    response = _tus_reply(uploads.begin(tokens.identity().actor, record, _whole("Upload-Length")), 201)
    response.headers["Location"] = f"/api/attachments/{record}"
    return response


@blueprint.get("/attachments/<upload>")
@blueprint.doc(parameters=[VERSION])
@blueprint.response(204)
@tokens.revoked_device_may
def how_far(upload: str) -> Response:
    """By HEAD, as tus asks: `Upload-Offset` of `Upload-Length`; `Upload-Kept` is the seq of a file that is whole."""
    _must_be_tus()
    return _tus_reply(uploads.how_far(tokens.identity().actor, upload), 204)


@blueprint.patch("/attachments/<upload>")
@blueprint.doc(
    parameters=[VERSION, OFFSET],
    requestBody={"content": {PIECE: {"schema": {"type": "string", "format": "binary"}}}},
)
@blueprint.response(204)
@tokens.revoked_device_may
def append(upload: str) -> Response:
    """The next piece, of `form_bytes_max` bytes at most. After the last one the file is kept, or refused for good."""
    _must_be_tus()
    if request.mimetype != PIECE:
        raise Problem("upload_malformed")
    content = request.get_data(cache=False)
    return _tus_reply(uploads.append(tokens.identity().actor, upload, _whole("Upload-Offset"), content), 204)


@blueprint.get("/cases/<case>/attachments/<attachment>")
@blueprint.response(200, content_type="application/octet-stream")
def whole(case: str, attachment: str) -> Response:
    """The picture (JPEG) or the document (PDF)."""
    return _handed_out(case, attachment, keeping.WHOLE)


@blueprint.get("/cases/<case>/attachments/<attachment>/small")
@blueprint.response(200, content_type="application/octet-stream")
def small(case: str, attachment: str) -> Response:
    """The small picture; a document has none."""
    return _handed_out(case, attachment, keeping.SMALL)


def _handed_out(case: str, record: str, part: str) -> Response:
    actor = tokens.identity().actor
    with reading() as connection:
        found = handing_out.handed_out(connection, actor, case, record, part)
    audit.note_reading(actor, "attachment_read", {"case": case, "record": record})
    response = Response(found.content, content_type=found.type)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return response


def _tus_reply(upload: Upload, status: int) -> Response:
    response = Response(status=status)
    response.headers["Upload-Offset"] = str(upload.received)
    response.headers["Upload-Length"] = str(upload.length)
    if upload.seq is not None:
        response.headers["Upload-Kept"] = str(upload.seq)
    return response


def _must_be_tus() -> None:
    if request.headers.get("Tus-Resumable") != TUS:
        raise Problem("upload_version")


def _whole(name: str) -> int:
    given = request.headers.get(name, "")
    if not (given.isascii() and given.isdigit() and len(given) <= len(str(2**53))):
        raise Problem("upload_malformed")
    return int(given)


def _metadata(given: str) -> dict[str, str]:
    """`key base64,key base64`: what tus lets a client say of its file."""
    pairs = (pair.strip().partition(" ") for pair in given.split(","))
    try:
        return {key: base64.b64decode(value, validate=True).decode() for key, _space, value in pairs}
    except ValueError:  # of Base64 and of UTF-8 alike
        raise Problem("upload_malformed") from None
