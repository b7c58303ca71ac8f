"""A table of the data API as CSV that Excel in Finland and Power BI read alike (SPEC Z20)."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from server.reports.data_tables import RecordTable, TableRow, Value, columns_of
from server.reports.exporting import guarded
from server.rules.dates import FINLAND, is_day, is_instant


def head(table: RecordTable) -> bytes:
    """The names of the columns, after a mark that says UTF-8."""
    return _lines([[column.name for column in columns_of(table)]]).encode("utf-8-sig")


def written(table: RecordTable, rows: Iterable[TableRow]) -> bytes:
    """Semicolons and CRLF; days and moments as in Finland, yes and no as 1 and 0, several codes with commas."""
    columns = [(column.name, column.type) for column in columns_of(table)]
    return _lines([_as_text(row[name], type_) for name, type_ in columns] for row in rows).encode()


def _lines(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _as_text(value: Value, type_: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(int(value))
        case int():
            return str(value)
        case list():
            return guarded(", ".join(map(str, value)))
    if type_ == "date" and is_day(value):
        day = date.fromisoformat(value)
        return f"{day.day}.{day.month}.{day.year}"
    if type_ == "instant" and is_instant(value):
        at = datetime.fromisoformat(value).astimezone(FINLAND)
        return f"{at.day}.{at.month}.{at.year} {at:%H:%M:%S}"
    return guarded(value)
