"""Read-only views of the records with plain column names, made from the declarations: for BI tools and SQL (SPEC Z10).

One view a kind (`v_visit`), one for each map (`v_visit_minutes`: an item a row). Removed records are not in them, of
differing entries the latest is, and nobody's words and names are.
"""

from collections.abc import Iterator

from marshmallow import fields
from sqlalchemy import Connection, text

from server.kinds import KINDS
from server.reports import columns
from server.reports.columns import FieldColumn

KEYS = 'org AS organisation, "case" AS case_id, id AS record_id'
SORTS = {"date": "date", "instant": "timestamptz", "whole": "bigint"}


def create(connection: Connection) -> list[str]:
    """Make all views anew; returns their names."""
    made = dict(statements(connection.dialect.name))
    for name, statement in made.items():
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
        connection.execute(text(statement.replace(":", "\\:")))
    return list(made)


def statements(dialect: str) -> Iterator[tuple[str, str]]:
    """`(name, statement)` of every view."""
    for kind in KINDS:
        shown = [f"{_value(dialect, each)} AS {each.name}" for each in columns.of_kind(kind)]
        listed = ", ".join([KEYS, *shown])
        yield f"v_{kind}", f"CREATE VIEW v_{kind} AS SELECT {listed} FROM record WHERE {_is_there(dialect, kind)}"  # noqa: S608 - names of declarations
        for name in columns.maps_of(kind):
            yield f"v_{kind}_{name}", _of_map(dialect, kind, name)


def _value(dialect: str, column: FieldColumn) -> str:
    """What is shown of a path, or of a part of it, as its sort."""
    _, name, part, field = column
    if dialect == "sqlite":
        return f"json_extract(body, '$.fields.\"{name}\"[0][1]{f'.{part}' if part else ''}')"
    found = f"body::json #>> '{{fields,{name},0,1{f',{part}' if part else ''}}}'"
    sort = "boolean" if isinstance(field, fields.Boolean) else SORTS.get(field.metadata.get("sort", ""))
    return f"({found})::{sort}" if sort else f"({found})"


def _is_there(dialect: str, kind: str) -> str:
    removed = _value(dialect, FieldColumn("", "removed", "", fields.Raw()))
    return f"kind = '{kind}' AND {removed} IS NULL"


def _of_map(dialect: str, kind: str, name: str) -> str:
    """An item a row: its key, and its value (or its parts)."""
    parts = [(each.name, each.part) for each in columns.of_map(kind, name)]
    if dialect == "sqlite":
        values = [
            f"json_extract(item.value, '$[0][1]{f'.{part}' if part else ''}') AS {called}" for called, part in parts
        ]
        source = "record, json_each(record.body, '$.fields') AS item"
    else:
        values = [f"(item.value #>> '{{0,1{f',{part}' if part else ''}}}') AS {called}" for called, part in parts]
        source = "record, json_each(record.body::json -> 'fields') AS item"
    keys = 'record.org AS organisation, record."case" AS case_id, record.id AS record_id'
    listed = ", ".join([keys, f"substr(item.key, {len(name) + 2}) AS item", *values])
    where = f"{_is_there(dialect, kind)} AND item.key LIKE '{name}/%' AND {_held(dialect)} IS NOT NULL"
    return f"CREATE VIEW v_{kind}_{name} AS SELECT {listed} FROM {source} WHERE {where}"  # noqa: S608 - names of declarations


def _held(dialect: str) -> str:
    return "json_extract(item.value, '$[0][1]')" if dialect == "sqlite" else "(item.value #>> '{0,1}')"
