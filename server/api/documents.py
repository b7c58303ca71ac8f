"""Documents of the national structure, made from a client's records (SPEC Z12)."""

from typing import TypedDict

from flask import Response, current_app
from marshmallow import Schema, fields, validate

from server.api.contract import Blueprint
from server.api.schemas import Body
from server.auth import tokens
from server.config import Settings
from server.core import audit
from server.core.problems import Problem
from server.core.transaction import in_one_transaction
from server.documents import codes, declaration, making
from server.kinds.base import in_the_calendar
from server.kinds.readers import CASEWORKERS
from server.rules.dates import INSTANT_PATTERN
from server.rules.shape import is_id
from server.sync.exchange import reading

blueprint = Blueprint("documents", __name__, url_prefix="/api", description="Documents of the national structure")

KEYS = [document["key"] for document in declaration.declared()["documents"]]


class NationalCodes(Schema):
    """`codes`: by code system and code its entries, oid, Finnish, Swedish, valid from and to. `partners`: by our own
    `catalogue/code` and code system the code that stands for it. `invented`: made up, to try things out."""

    loaded_at = fields.String(required=True, allow_none=True)
    invented = fields.Boolean(required=True)
    codes_ = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.List(fields.List(fields.Raw(allow_none=True)))),
        required=True,
        data_key="codes",
        attribute="codes",
    )
    partners = fields.Dict(
        keys=fields.String(), values=fields.Dict(keys=fields.String(), values=fields.String()), required=True
    )


class FileQuery(Body):
    language = fields.String(load_default="fi", validate=validate.OneOf(declaration.WRITTEN_IN))
    format_ = fields.String(data_key="format", load_default="json", validate=validate.OneOf(sorted(making.MIMETYPES)))


class WantedFile(TypedDict):
    language: str
    format_: making.Format


class MadeOnDevice(Body):
    format_ = fields.String(data_key="format", required=True, validate=validate.OneOf(("json", "xhtml")))
    at = fields.String(required=True, validate=[validate.Regexp(INSTANT_PATTERN), in_the_calendar])


@blueprint.get("/documents/codes")
@blueprint.response(200, NationalCodes)
@tokens.for_roles(*sorted(CASEWORKERS))
def national_codes() -> codes.LoadedCodes:
    """What the installation has loaded, for a device that makes documents without a network. Nothing of a client."""
    return _codes()


@blueprint.get("/cases/<case>/documents/<document>/<record>")
@tokens.for_roles(*sorted(CASEWORKERS))
@tokens.with_fresh_password
@blueprint.arguments(FileQuery, location="query")
@blueprint.response(200, content_type="application/octet-stream")
def document_file(given: WantedFile, case: str, document: str, record: str) -> Response:
    """A document of one record as a file. Asked for with a fresh password, and noted before it is handed out."""
    actor, format_ = tokens.identity().actor, given["format_"]
    if not (is_id(case) and is_id(record)):
        raise Problem("not_found")
    with reading() as connection:
        made, name = making.file_of(connection, actor, case, document, record, _codes(), given["language"], format_)
    about = {"case": case, "document": document, "record": record, "format": format_}
    audit.note_reading(actor, "document_made", about)
    response = Response(made, content_type=making.MIMETYPES[format_])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.post("/cases/<case>/documents/<document>/<record>")
@blueprint.arguments(MadeOnDevice)
@blueprint.response(204)
@tokens.for_roles(*sorted(CASEWORKERS))
def made_on_device(given: dict[str, str], case: str, document: str, record: str) -> Response:
    """A device made this document by itself, now or without a network at that moment: noted (L3)."""
    actor = tokens.identity().actor
    if not (is_id(case) and is_id(record) and document in KEYS):
        raise Problem("not_found")
    about = {"case": case, "document": document, "record": record, "format": given["format_"], "made_at": given["at"]}
    in_one_transaction(lambda transaction: making.note_made_on_device(transaction, actor, about))
    return Response(status=204)


def _codes() -> codes.LoadedCodes:
    settings: Settings = current_app.extensions["ovikello-settings"]
    return codes.loaded(settings.data_dir)
