"""A table of the data API as CSV that Excel in Finland and Power BI read alike (SPEC Z20)."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from server.reports.data_tables import RecordTable, TableRow, Value, columns_of
from server.reports.exporting import guarded
from server.rules.dates import FINLAND, is_day, is_instant

#: days and moments come again and again
CELLS_KEPT = 20_000


def head(table: RecordTable) -> bytes:
    """The names of the columns, after a mark that says UTF-8."""
    return _lines([[column.name for column in columns_of(table)]]).encode("utf-8-sig")


def written(table: RecordTable, rows: Iterable[TableRow]) -> bytes:
    """Semicolons and CRLF; days and moments as in Finland, yes and no as 1 and 0, several codes with commas."""
    cells = [(column.name, CELLS.get(column.type, guarded)) for column in columns_of(table)]
    return _lines([_cell(row[name], as_text) for name, as_text in cells] for row in rows).encode()


def _lines(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _cell(value: Value, as_text: Callable[[str], str]) -> str:
    if isinstance(value, str):
        return as_text(value)
    if isinstance(value, list):
        return guarded(", ".join(map(str, value)))
    return "" if value is None else str(int(value))


@lru_cache(maxsize=CELLS_KEPT)
def _day(value: str) -> str:
    if not is_day(value):
        return guarded(value)
    day = date.fromisoformat(value)
    return f"{day.day}.{day.month}.{day.year}"


@lru_cache(maxsize=CELLS_KEPT)
def _moment(value: str) -> str:
    if not is_instant(value):
        return guarded(value)
    at = datetime.fromisoformat(value).astimezone(FINLAND)
    return f"{at.day}.{at.month}.{at.year} {at:%H:%M:%S}"


#: by a column's type; all others are text
CELLS: dict[str, Callable[[str], str]] = {"date": _day, "instant": _moment}
