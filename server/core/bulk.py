"""Many rows, or many ids, in one statement: what makes a backlog of a thousand entries cheap.

SQLAlchemy's own `insert` handles each row in Python; here SQLite takes tuples and PostgreSQL one
JSON text. Names of tables and columns come from the models, never from a message.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import orjson
from sqlalchemy import BigInteger, ColumnElement, Connection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import NullType


class IsAmong(GenericFunction[bool]):
    """Whether a column's value is in a list that comes as one parameter of JSON.

    Not declared a Boolean: SQLAlchemy would write `… = 1` for SQLite, and no index would be used.
    """

    type = NullType()  # type: ignore[assignment]
    inherit_cache = True


@compiles(IsAmong, "sqlite")
def _in_sqlite(element: IsAmong, compiler: SQLCompiler, **options: object) -> str:
    column, ids = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"  # noqa: S608 - compiled parts


@compiles(IsAmong, "postgresql")
def _in_postgresql(element: IsAmong, compiler: SQLCompiler, **options: object) -> str:
    column, ids = (compiler.process(each, **options) for each in element.clauses)
    # An array, since a sub-select would be guessed to be large and joined by reading the whole table.
    return f"{column} = ANY (ARRAY (SELECT json_array_elements_text(CAST({ids} AS json))))"


def among(column: object, parameter: ColumnElement[str]) -> ColumnElement[bool]:
    """`column IN (…)`, however many there are: the parameter's value is made by `listed`."""
    return IsAmong(column, parameter)


def listed(ids: Iterable[str]) -> str:
    """The value of a parameter of `among`."""
    return orjson.dumps(list(ids)).decode()


def insert(connection: Connection, model: type[DeclarativeBase], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows that all name the same columns."""
    if not rows:
        return
    names = tuple(rows[0])
    if connection.dialect.name == "postgresql":
        given = {"rows": orjson.dumps(rows).decode()}
        connection.exec_driver_sql(_from_json(model, names), given)
    else:
        tuples = [tuple(row[name] for name in names) for row in rows]
        connection.exec_driver_sql(_from_tuples(model, names), tuples)


@cache
def _from_tuples(model: type[DeclarativeBase], names: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(names))
    return f"INSERT INTO {_named(model, names)} VALUES ({marks})"  # noqa: S608 - names of the models


@cache
def _from_json(model: type[DeclarativeBase], names: tuple[str, ...]) -> str:
    shape = ", ".join(f'"{name}" {_sort(model, name)}' for name in names)
    rows = f"json_to_recordset(%(rows)s::json) AS rows ({shape})"
    return f"INSERT INTO {_named(model, names)} SELECT * FROM {rows}"  # noqa: S608 - names of the models


def _sort(model: type[DeclarativeBase], name: str) -> str:
    return "bigint" if isinstance(model.__table__.c[name].type, BigInteger) else "text"


def _named(model: type[DeclarativeBase], names: tuple[str, ...]) -> str:
    table = model.__table__
    columns = ", ".join(f'"{table.c[name].name}"' for name in names)
    return f'"{table.description}" ({columns})'
