"""Read-only views of the records with plain column names, made from the declarations: for BI tools and SQL (SPEC Z10).

One view a kind (`v_visit`), one for each map (`v_visit_minutes`: an item a row). Removed records are not in them, of
differing entries the latest is, and nobody's words and names are.
"""

from collections.abc import Iterator

from marshmallow import fields
from sqlalchemy import Connection, text

from server.kinds import KINDS
from server.kinds.base import Items
from server.reports.following import fields_in_words, parts_in_words

#: words of SQL, by what they are called instead
RENAMED = {"on": "on_day", "end": "end_day", "from": "from_day", "to": "to_day", "order": "place_in_order"}
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
    for kind, declared in KINDS.items():
        own = declared.declared()
        plain = {name: field for name, field in own.items() if name != "removed" and not isinstance(field, Items)}
        columns = [column for name, field in plain.items() for column in _columns(dialect, kind, name, field)]
        listed = ", ".join([KEYS, *columns])
        yield f"v_{kind}", f"CREATE VIEW v_{kind} AS SELECT {listed} FROM record WHERE {_is_there(dialect, kind)}"  # noqa: S608 - names of declarations
        for name, field in own.items():
            if isinstance(field, Items) and name not in fields_in_words(kind):
                yield f"v_{kind}_{name}", _of_map(dialect, kind, name, field)


def _columns(dialect: str, kind: str, name: str, field: fields.Field[object]) -> Iterator[str]:
    if name in fields_in_words(kind):
        return
    if not isinstance(field, fields.Nested):
        yield f"{_value(dialect, field, name)} AS {RENAMED.get(name, name)}"
        return
    for part, inner in _parts(kind, name, field).items():
        yield f"{_value(dialect, inner, name, part)} AS {name}_{part}"


def _parts(kind: str, name: str, field: fields.Nested) -> dict[str, fields.Field[object]]:
    """The parts of a value, but for those in words."""
    return {part: inner for part, inner in field.schema.fields.items() if part not in parts_in_words(kind, name)}


def _value(dialect: str, field: fields.Field[object], name: str, part: str = "") -> str:
    """What is shown of a path, or of a part of it, as its sort."""
    if dialect == "sqlite":
        return f"json_extract(body, '$.fields.\"{name}\"[0][1]{f'.{part}' if part else ''}')"
    found = f"body::json #>> '{{fields,{name},0,1{f',{part}' if part else ''}}}'"
    sort = "boolean" if isinstance(field, fields.Boolean) else SORTS.get(field.metadata.get("sort", ""))
    return f"({found})::{sort}" if sort else f"({found})"


def _is_there(dialect: str, kind: str) -> str:
    removed = _value(dialect, fields.Raw(), "removed")
    return f"kind = '{kind}' AND {removed} IS NULL"


def _of_map(dialect: str, kind: str, name: str, field: Items) -> str:
    """An item a row: its key, and its value (or its parts)."""
    inner: object = field.value_field
    parts = _parts(kind, name, inner) if isinstance(inner, fields.Nested) else {"": inner}
    if dialect == "sqlite":
        values = [
            f"json_extract(item.value, '$[0][1]{f'.{part}' if part else ''}') AS {_named(part)}" for part in parts
        ]
        source = "record, json_each(record.body, '$.fields') AS item"
    else:
        values = [f"(item.value #>> '{{0,1{f',{part}' if part else ''}}}') AS {_named(part)}" for part in parts]
        source = "record, json_each(record.body::json -> 'fields') AS item"
    keys = 'record.org AS organisation, record."case" AS case_id, record.id AS record_id'
    listed = ", ".join([keys, f"substr(item.key, {len(name) + 2}) AS item", *values])
    where = f"{_is_there(dialect, kind)} AND item.key LIKE '{name}/%' AND {_held(dialect)} IS NOT NULL"
    return f"CREATE VIEW v_{kind}_{name} AS SELECT {listed} FROM {source} WHERE {where}"  # noqa: S608 - names of declarations


def _named(part: str) -> str:
    return RENAMED.get(part, part) if part else "value"


def _held(dialect: str) -> str:
    return "json_extract(item.value, '$[0][1]')" if dialect == "sqlite" else "(item.value #>> '{0,1}')"
