"""A file as a table: its heads and its rows. `Problem` where it is none that we take."""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple

from server.config import LIMITS
from server.core.problems import Problem
from server.importing import csv_file, xlsx_file

Cell = str | int | float | bool | date | datetime | time | timedelta | None


class Row(NamedTuple):
    """As the spreadsheet numbers it. `is_longer`: it has more cells than there are heads."""

    number: int
    cells: Sequence[Cell]
    is_longer: bool


class Table(NamedTuple):
    """`digest` is the file's, by which it is known again."""

    heads: list[str]
    rows: list[Row]
    digest: str


def table_of(content: bytes) -> Table:
    if len(content) > LIMITS.import_bytes_max:
        raise Problem("import_too_large")
    if not content.strip():
        raise Problem("import_empty")
    raw: Iterable[Sequence[Cell]] = (
        xlsx_file.rows_of(content) if xlsx_file.is_one(content) else csv_file.rows_of(content)
    )
    said = ((number, cells) for number, cells in enumerate(raw, 1) if any(map(text_in, cells)))
    numbered = list(islice(said, LIMITS.import_rows_max + 2))
    if len(numbered) < 2:
        raise Problem("import_empty")
    if len(numbered) - 1 > LIMITS.import_rows_max:
        raise Problem("import_too_many_rows")
    heads = _heads(numbered[0][1])
    width = len(heads)
    rows = [Row(number, _cut(cells, width), any(map(text_in, cells[width:]))) for number, cells in numbered[1:]]
    return Table(heads, rows, hashlib.sha256(content).hexdigest())


def text_in(cell: Cell) -> str:
    """A cell as somebody reads it; a whole number has no decimals, a day is written as in Finland."""
    match cell:
        case None:
            return ""
        case bool():
            return "1" if cell else "0"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            clock = f" {cell.hour}.{cell.minute:02}" if cell.time() != time() else ""
            return f"{cell.day}.{cell.month}.{cell.year}{clock}"
        case date():
            return f"{cell.day}.{cell.month}.{cell.year}"
        case float():
            return str(cell).replace(".", ",")
    return unicodedata.normalize("NFC", str(cell)).replace("\u00a0", " ").replace("\ufeff", "").strip()


def _heads(cells: Sequence[Cell]) -> list[str]:
    heads = [" ".join(text_in(cell).split()) for cell in cells]
    while heads and not heads[-1]:
        heads.pop()
    if len(heads) > LIMITS.import_columns_max:
        raise Problem("import_too_many_columns")
    twice = _twice(head.casefold() for head in heads if head)
    if twice:
        raise Problem("import_columns_named_twice")
    return heads


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _cut(cells: Sequence[Cell], width: int) -> list[Cell]:
    return [*cells[:width], *[None] * (width - len(cells))]
