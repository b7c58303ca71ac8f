"""People and clients of a table, for administrators (SPEC A15–A18). The file comes with each request; none is kept."""

import base64
import binascii
from collections.abc import Iterable, Mapping
from typing import TypedDict

from flask import request
from marshmallow import Schema, fields, validate

from server.api.contract import Blueprint
from server.api.schemas import Body, line
from server.auth import tokens
from server.catalogue import LANGUAGES
from server.config import LIMITS
from server.core.actor import Actor
from server.core.problems import Problem
from server.core.roles import ADMINS
from server.importing import bringing
from server.importing.bringing import Brought, Tried
from server.importing.clients import Importer
from server.importing.rows import Judged, as_texts
from server.importing.targets import IMPORT_SORTS, ImportSort, targets_of
from server.sync.exchange import reading

blueprint = Blueprint("admin_import", __name__, url_prefix="/api/admin/import", description="Tables brought in")

#: rows of a table by which somebody sees which column is what
EXAMPLES = 3
OUTCOMES = ("new", "there", "faulty")


class TableBody(Body):
    """`file` is the file's bytes in Base64, `language` that of the answer's sentences."""

    file = fields.String(required=True, validate=validate.Length(max=LIMITS.import_body_bytes_max))
    language = fields.String(load_default="fi", validate=validate.OneOf(LANGUAGES))


class ColumnChoice(Body):
    """`target` is a key of the targets, `column` a place in the heads, from 0."""

    column = fields.Integer(required=True, strict=True, validate=validate.Range(0, LIMITS.import_columns_max))
    target = line()


class ChosenColumns(TableBody):
    columns = fields.List(
        fields.Nested(ColumnChoice), required=True, validate=validate.Length(1, LIMITS.import_columns_max)
    )


class BringingBody(ChosenColumns):
    """`leave_out`: rows that cannot be taken are left out; otherwise nothing is brought where there is one. `after` is
    the row behind which to go on, 0 at first."""

    leave_out = fields.Boolean(load_default=False)
    after = fields.Integer(load_default=0, strict=True, validate=validate.Range(0, LIMITS.import_bytes_max))


class TargetReply(Schema):
    key = fields.String(required=True)
    label = fields.String(required=True)
    required = fields.Boolean(required=True)


class ColumnReply(Schema):
    """`target`: what its head says that it is, if it says."""

    head = fields.String(required=True)
    examples = fields.List(fields.String(), required=True)
    target = fields.String(required=True, allow_none=True)


class LookReply(Schema):
    rows = fields.Integer(required=True)
    columns = fields.List(fields.Nested(ColumnReply), required=True)
    targets = fields.List(fields.Nested(TargetReply), required=True)


class FaultReply(Schema):
    """`column`: the head above what is to be mended, nothing where it is the whole row."""

    column = fields.String(required=True, allow_none=True)
    text = fields.String(required=True)


class RowReply(Schema):
    """A row as the file numbers it, and its cells as text."""

    row = fields.Integer(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    cells = fields.List(fields.String(), required=True)
    faults = fields.List(fields.Nested(FaultReply), required=True)


class TryReply(Schema):
    """How many rows there are of each outcome, and the first `import_shown_max` that would be left out."""

    new = fields.Integer(required=True)
    there = fields.Integer(required=True)
    faulty = fields.Integer(required=True)
    rows = fields.List(fields.Nested(RowReply), required=True)


class InvitedReply(Schema):
    """A person who was made, with the one-time password, told once."""

    row = fields.Integer(required=True)
    name = fields.String(required=True)
    display_name = fields.String(required=True)
    one_time_password = fields.String(required=True)
    until = fields.String(required=True)


class BringReply(Schema):
    """The rows that were gone through. `after`: ask again with it; null at the end."""

    made = fields.Integer(required=True)
    after = fields.Integer(required=True, allow_none=True)
    rows = fields.List(fields.Nested(RowReply), required=True)
    invited = fields.List(fields.Nested(InvitedReply), required=True)


class WantedColumn(TypedDict):
    column: int
    target: str


class WantedTable(TypedDict):
    file: str
    language: str


class WantedTrial(WantedTable):
    columns: list[WantedColumn]


class WantedBringing(WantedTrial):
    leave_out: bool
    after: int


@blueprint.before_request
def take_a_table() -> None:
    """A table is larger than a form."""
    request.max_content_length = LIMITS.import_body_bytes_max


@blueprint.post("/<what>/columns")
@blueprint.arguments(TableBody)
@blueprint.response(200, LookReply)
@tokens.for_roles(*sorted(ADMINS))
@tokens.with_fresh_password
def look(given: WantedTable, what: str) -> dict[str, object]:
    """The columns of a table with their first cells, and what each may stand for."""
    sort, language = _sort(what), given["language"]
    table, guesses = bringing.look(sort, _content(given["file"]))
    examples = [as_texts(row.cells) for row in table.rows[:EXAMPLES]]
    columns = [
        {"head": head, "examples": [cells[place] for cells in examples], "target": guesses[place]}
        for place, head in enumerate(table.heads)
    ]
    targets = [
        {"key": one.key, "label": one.label[language], "required": one.is_required} for one in targets_of(sort).values()
    ]
    return {"rows": len(table.rows), "columns": columns, "targets": targets}


@blueprint.post("/<what>/preview")
@blueprint.arguments(ChosenColumns)
@blueprint.response(200, TryReply)
@tokens.for_roles(*sorted(ADMINS))
@tokens.with_fresh_password
def preview(given: WantedTrial, what: str) -> dict[str, object]:
    """What would become of each row; nothing is written but that it was tried."""
    sort, actor = _sort(what), tokens.identity().actor
    tried = _tried(actor, sort, given)
    bringing.note_trying(_importer(actor), sort, tried)
    left = [one for one in tried.rows if one.outcome != "new"]
    left.sort(key=lambda one: one.outcome != "faulty")
    counts = {outcome: tried.count(outcome) for outcome in OUTCOMES}
    return counts | {"rows": _rows(tried, left[: LIMITS.import_shown_max], given["language"])}


@blueprint.post("/<what>")
@blueprint.arguments(BringingBody)
@blueprint.response(200, BringReply)
@tokens.for_roles(*sorted(ADMINS))
@tokens.with_fresh_password
def bring(given: WantedBringing, what: str) -> dict[str, object]:
    """Brings in the rows behind `after` for a few seconds. A row is brought whole or not at all, and never twice."""
    sort, actor = _sort(what), tokens.identity().actor
    tried = _tried(actor, sort, given)
    brought = bringing.bring(_importer(actor), sort, tried, leave_out=given["leave_out"], after=given["after"])
    rows = _rows(tried, brought.rows, given["language"])
    return {"made": brought.made, "after": brought.after, "rows": rows, "invited": list(_invited(brought))}


def _sort(what: str) -> ImportSort:
    if what not in IMPORT_SORTS:
        raise Problem("not_found")
    return what


def _importer(actor: Actor) -> Importer:
    return Importer(actor.org, actor.user, actor.device)


def _content(file: str) -> bytes:
    try:
        return base64.b64decode(file, validate=True)
    except (binascii.Error, ValueError):
        raise Problem("fields_invalid", {"file": ["invalid"]}) from None


def _tried(actor: Actor, sort: ImportSort, given: WantedTrial) -> Tried:
    wanted = {each["column"]: each["target"] for each in given["columns"]}
    if len(wanted) < len(given["columns"]):
        raise Problem("fields_invalid", {"columns": ["invalid"]})
    with reading() as connection:
        return bringing.try_(connection, actor.org, sort, _content(given["file"]), wanted)


def _rows(tried: Tried, rows: Iterable[Judged], language: str) -> list[dict[str, object]]:
    heads = tried.table.heads
    return [
        {
            "row": one.number,
            "outcome": one.outcome,
            "cells": as_texts(one.cells),
            "faults": [
                {
                    "column": None if fault.column is None else heads[fault.column],
                    "text": fault.sentence(language),
                }
                for fault in one.faults
            ],
        }
        for one in rows
    ]


def _invited(brought: Brought) -> Iterable[Mapping[str, object]]:
    shown = {one.number: one.values["display_name"] for one in brought.rows if one.number in brought.invited}
    for row, told in brought.invited.items():
        password = told.password
        yield {
            "row": row,
            "name": told.name,
            "display_name": shown[row],
            "one_time_password": password.password,
            "until": password.until,
        }
