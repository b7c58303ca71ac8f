"""Many rows, or many ids, in one statement: what makes a backlog of a thousand entries cheap.

SQLAlchemy's own `insert` handles each row in Python; here SQLite takes tuples and PostgreSQL one
JSON text. Names of tables and columns come from the models, never from a message.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

import orjson
from sqlalchemy import BigInteger, ColumnElement, Connection, FromClause, Text, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute


def insert(connection: Connection, model: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns."""
    if not rows:
        return
    names = tuple(rows[0])
    if connection.dialect.name == "postgresql":
        given = {"rows": orjson.dumps(rows).decode()}
        connection.exec_driver_sql(_from_json(model.__table__, names), given)
    else:
        tuples = [tuple(row[name] for name in names) for row in rows]
        connection.exec_driver_sql(_from_tuples(model.__table__, names), tuples)


def among(connection: Connection, column: InstrumentedAttribute[str], ids: Collection[str]) -> ColumnElement[bool]:
    """`column IN ids` as one parameter, however many there are."""
    if connection.dialect.name == "postgresql":
        return column == any_(bindparam(None, list(ids), type_=ARRAY(Text)))
    listed = func.json_each(orjson.dumps(list(ids)).decode())
    return column.in_(select(listed.table_valued("value").c.value))


@cache
def _from_tuples(table: FromClause, names: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(names))
    return f"INSERT INTO {_named(table, names)} VALUES ({marks})"  # noqa: S608 - names of the models


@cache
def _from_json(table: FromClause, names: tuple[str, ...]) -> str:
    shape = ", ".join(f'"{name}" {_sort(table, name)}' for name in names)
    rows = f"json_to_recordset(%(rows)s::json) AS rows ({shape})"
    return f"INSERT INTO {_named(table, names)} SELECT * FROM {rows}"  # noqa: S608 - names of the models


def _sort(table: FromClause, name: str) -> str:
    return "bigint" if isinstance(table.c[name].type, BigInteger) else "text"


def _named(table: FromClause, names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{table.c[name].name}"' for name in names)
    return f'"{table.description}" ({columns})'
