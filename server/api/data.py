"""The data API: records as tables, for tools that make figures of them (SPEC Z18–Z20). Opened by tokens alone (A19)."""

from collections.abc import Iterator
from typing import TypedDict

from flask import Response, request, stream_with_context
from marshmallow import Schema, fields, validate

from server.api.contract import Blueprint
from server.api.schemas import TextPage, next_
from server.auth import data_tokens, tokens
from server.auth.data_tokens import KnownToken
from server.config import LIMITS
from server.core.problems import Problem
from server.core.transaction import in_one_transaction
from server.kinds.base import storable
from server.reports import data_csv, data_pages, data_tables
from server.reports.data_pages import ReadingPlace, RowsReader
from server.reports.data_tables import RecordTable
from server.sync.exchange import reading

blueprint = Blueprint("data", __name__, url_prefix="/api/data", description="Records as tables, for BI tools")

JSON, CSV = "application/json", "text/csv"
#: in the answer of CSV, what `changed_since` asks for the next time
AS_OF_HEADER = "Ovikello-As-Of"


class DataColumn(Schema):
    """`unit` and `catalogue` where there are any. An instant is UTC; `cents` are whole."""

    name = fields.String(required=True)
    type = fields.String(required=True)
    unit = fields.String(required=True, allow_none=True)
    catalogue = fields.String(required=True, allow_none=True)


class DataTable(Schema):
    name = fields.String(required=True)
    columns = fields.List(fields.Nested(DataColumn), required=True)


class DataTables(Schema):
    """`team`: whose files alone are in it. `clients_left_out`: under a non-disclosure; null for 1 to 4 of them."""

    tables = fields.List(fields.Nested(DataTable), required=True)
    team = fields.String(required=True, allow_none=True)
    with_codes = fields.Boolean(required=True)
    ends_at = fields.String(required=True)
    clients_left_out = fields.Integer(required=True, allow_none=True)


class RowsQuery(TextPage):
    """`changed_since`: the `as_of` of an earlier reading. `format`: `json` in pages, `csv` whole, or by `Accept`."""

    changed_since = fields.String(load_default="", validate=[validate.Length(max=LIMITS.line_chars_max), storable])
    format_ = fields.String(data_key="format", load_default=None, validate=validate.OneOf(["json", "csv"]))


class DataPage(Schema):
    """`rows` by the names of the columns. `as_of`: for `changed_since` of the next time, once all pages are read."""

    rows = fields.List(fields.Dict(), required=True)
    next = next_()
    as_of = fields.String(required=True)


class WantedRows(TypedDict):
    after: str
    changed_since: str
    format_: str | None


@blueprint.get("")
@blueprint.response(200, DataTables)
def tables() -> dict[str, object]:
    """The tables that this token reads, with their columns."""
    token = tokens.data_token()
    in_one_transaction(lambda transaction: data_tokens.note_use(transaction, token, {"table": None}))
    with reading() as connection:
        left_out = data_pages.clients_left_out(connection, _reader(token))
    found = [table for table in data_tables.tables().values() if table.kind in token.scope.kinds]
    return {
        "tables": [
            {"name": table.name, "columns": [column._asdict() for column in data_tables.columns_of(table)]}
            for table in found
        ],
        "team": token.scope.team,
        "with_codes": token.scope.with_codes,
        "ends_at": token.ends_at,
        "clients_left_out": left_out,
    }


@blueprint.get("/<table>")
@blueprint.arguments(RowsQuery, location="query")
@blueprint.response(200, DataPage)
@blueprint.doc(responses={200: {"content": {CSV: {"schema": {"type": "string"}}}}})
def rows(given: WantedRows, table: str) -> dict[str, object] | Response:
    """A table's rows: JSON in pages, or CSV as a whole. Noted before it is handed out."""
    token = tokens.data_token()
    wanted = data_tables.tables().get(table)
    if wanted is None or wanted.kind not in token.scope.kinds:
        raise Problem("not_found")
    with reading() as connection:
        begin = data_pages.start(connection, token.org, given["after"], given["changed_since"])
    format_ = given["format_"] or _accepted()
    noted = {"table": table, "format": format_, "since": begin.since}
    in_one_transaction(lambda transaction: data_tokens.note_use(transaction, token, noted))
    if format_ == "csv":
        return _as_csv(token, wanted, begin)
    with reading() as connection:
        page = data_pages.page(connection, _reader(token), wanted, begin)
    return {"rows": page.rows, "next": page.following.after if page.following else None, "as_of": begin.as_of}


def _reader(token: KnownToken) -> RowsReader:
    return RowsReader(token.org, token.scope.team, token.scope.with_codes)


def _accepted() -> str:
    return "csv" if request.accept_mimetypes.best_match([JSON, CSV], JSON) == CSV else "json"


def _as_csv(token: KnownToken, table: RecordTable, begin: ReadingPlace) -> Response:
    written = stream_with_context(_csv_pages(token, table, begin))
    response = Response(written, content_type=f"{CSV}; charset=utf-8")
    response.headers[AS_OF_HEADER] = begin.as_of
    response.headers["Content-Disposition"] = f'attachment; filename="{table.name}.csv"'
    return response


def _csv_pages(token: KnownToken, table: RecordTable, begin: ReadingPlace) -> Iterator[bytes]:
    """The whole table: who opens it in a spreadsheet fetches no second page, and would never know of it."""
    yield data_csv.head(table)
    following: ReadingPlace | None = begin
    while following is not None:
        with reading() as connection:
            page = data_pages.page(connection, _reader(token), table, following)
        yield data_csv.written(table, page.rows)
        following = page.following
