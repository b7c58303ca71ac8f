"""The tables of the data API (SPEC Z18): those of the views, without `v_`, and what a record says in each of them."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from marshmallow import fields

from server.kinds import KINDS, homes
from server.reports import columns
from server.reports.columns import FieldColumn
from server.sync.visibility import role_reads

#: the client's code, the one column that a token may be without
CODE_KIND, CODE = "case", "client_id"
CASE_ID, RECORD_ID, ITEM, REMOVED = "case_id", "record_id", "item", "removed"
#: what an administrator does not read (D4) no token reads, nor what is one person's own
KINDS_OFFERED = tuple(kind for kind in KINDS if role_reads("admin", kind) and KINDS[kind].home_file != homes.OWN)

Value = str | int | bool | list[object] | None
TableRow = dict[str, Value]


class RecordTable(NamedTuple):
    """A kind's, or one of its maps' (`of_map`), with an item a row."""

    name: str
    kind: str
    of_map: str
    columns: tuple[FieldColumn, ...]


class TableColumn(NamedTuple):
    name: str
    type: str
    unit: str | None = None
    catalogue: str | None = None


@cache
def tables() -> Mapping[str, RecordTable]:
    """By name."""
    found = {}
    for kind in KINDS_OFFERED:
        found[kind] = RecordTable(kind, kind, "", tuple(columns.of_kind(kind)))
        for name in columns.maps_of(kind):
            found[f"{kind}_{name}"] = RecordTable(f"{kind}_{name}", kind, name, tuple(columns.of_map(kind, name)))
    return found


def columns_of(table: RecordTable) -> list[TableColumn]:
    """Its columns, the keys first; `removed` is last."""
    keys = [TableColumn(CASE_ID, "id"), TableColumn(RECORD_ID, "id")]
    if table.of_map:
        keys.append(_described(ITEM, columns.maps_of(table.kind)[table.of_map].key_field))
    own = [_described(each.name, each.field) for each in table.columns]
    return [*keys, *own, TableColumn(REMOVED, "yes_no")]


#: sorts of fields that a table calls otherwise
TYPES = {"line": "text", "reference": "id"}


def _described(name: str, field: fields.Field[object] | None) -> TableColumn:
    if isinstance(field, fields.Boolean):
        return TableColumn(name, "yes_no")
    inner = field.inner if isinstance(field, fields.List) else field
    about = inner.metadata if inner is not None else {}
    type_ = TYPES.get(about.get("sort", "id"), about.get("sort", "id"))
    plural = "s" if isinstance(field, fields.List) else ""
    return TableColumn(name, f"{type_}{plural}", about.get("unit"), about.get("catalogue"))


def rows_of(
    table: RecordTable,
    case: str,
    record: str,
    values: Mapping[str, object],
    *,
    with_codes: bool,
    hidden: Collection[str],
) -> Iterator[TableRow]:
    """What a record says in this table. One that says nothing there, or was removed, is a row that says so.

    `hidden`: clients' files of which no other record may tell.
    """
    keys: TableRow = {CASE_ID: case, RECORD_ID: record}
    if table.of_map:
        keys[ITEM] = None
    rows: list[TableRow] = []
    if values.get("removed") is None:
        rows = _items(table, keys, values) if table.of_map else [_record(table, keys, values, with_codes)]
        rows = [_without(row, hidden) for row in rows if row.get(ITEM) not in hidden] if hidden else rows
    if rows:
        yield from rows
    else:
        yield {**keys, **dict.fromkeys(each.name for each in table.columns), REMOVED: True}


def _record(table: RecordTable, keys: TableRow, values: Mapping[str, object], with_codes: bool) -> TableRow:
    said = {each.name: _part(values.get(each.path), each.part) for each in table.columns}
    if table.kind == CODE_KIND and not with_codes:
        said[CODE] = None
    return {**keys, **said, REMOVED: False}


def _without(row: TableRow, hidden: Collection[str]) -> TableRow:
    return {name: None if isinstance(value, str) and value in hidden else value for name, value in row.items()}


def _items(table: RecordTable, keys: TableRow, values: Mapping[str, object]) -> list[TableRow]:
    begin = f"{table.of_map}/"
    return [
        {
            **keys,
            ITEM: path.removeprefix(begin),
            **{each.name: _part(value, each.part) for each in table.columns},
            REMOVED: False,
        }
        for path, value in sorted(values.items())
        if path.startswith(begin) and value is not None
    ]


def _part(value: object, part: str) -> Value:
    """What a column can show: nothing of what a newer client wrote otherwise (W11)."""
    said = value if not part else value.get(part) if isinstance(value, dict) else None
    return said if isinstance(said, str | int | list) else None
