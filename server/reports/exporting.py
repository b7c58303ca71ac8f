"""A report as a file: XLSX with true numbers and days, or CSV as Excel in Finland opens it (SPEC Z8).

Both are written from the very answer of the API, so that the three say the same.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from server.reports.said import SaidReport, ShownCell, ShownColumn, ShownTable
from server.reports.wording import word_for

Format = Literal["xlsx", "csv"]
MIMETYPES: dict[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
#: a spreadsheet takes text that begins so for a formula
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
SHEET_CHARS_MAX = 31
FIRST_WIDTH, WIDTH = 44, 16


class Cell(NamedTuple):
    """Text, a number with its decimals, or a day; nothing where it is empty."""

    value: str | int | float | date | None
    decimals: int = 0


class Section(NamedTuple):
    """A part of a file: a sheet of its own, or lines under a heading."""

    title: str
    rows: list[list[Cell]]


def sections(report: SaidReport, language: str) -> list[Section]:
    """The figures first, with what they mean; then each table."""

    def word(key: str) -> str:
        return word_for(report["key"], key, language)

    period = [Cell(date.fromisoformat(day)) for day in (report["period"]["from"], report["period"]["to"])]
    about: list[list[Cell]] = [
        [Cell(report["title"])],
        [Cell(word("period")), *period],
        [Cell(word("formula")), Cell(report["formula"])],
        [Cell(word("n")), Cell(report["n"])],
        *([[Cell(report["note"])]] if report["note"] else []),
        *([Cell(word("left_out")), Cell(each["label"]), Cell(each["count"])] for each in report["left_out"]),
        [],
        [Cell(word("figure")), Cell(word("value")), Cell(word("before"))],
    ]
    return [Section(report["title"], [*about, *_figures(report)]), *map(_table, report["tables"])]


def _figures(report: SaidReport) -> Iterator[list[Cell]]:
    earlier = (
        {each["key"]: each["hidden"] or each["value"] for each in report["before"]["figures"]}
        if report["before"]
        else {}
    )
    for each in report["figures"]:
        values = (each["hidden"] or each["value"], earlier.get(each["key"]))
        yield [Cell(each["label"]), *(Cell(value, each["decimals"]) for value in values)]


def _table(table: ShownTable) -> Section:
    heads = [Cell(column["label"]) for column in table["columns"]]
    rows = [
        [_cell(cell, column) for cell, column in zip(row["cells"], table["columns"], strict=True)]
        for row in table["rows"]
    ]
    return Section(table["label"], [heads, *rows])


def _cell(cell: ShownCell, column: ShownColumn) -> Cell:
    if column["sort"] == "day" and isinstance(cell, str):
        return Cell(date.fromisoformat(cell))
    return Cell(cell, column["decimals"])


def guarded(text: str) -> str:
    """No text is ever a formula: an apostrophe goes before one that a spreadsheet would take for it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def written(report: SaidReport, language: str, format_: Format) -> bytes:
    found = sections(report, language)
    return as_xlsx(found) if format_ == "xlsx" else as_csv(found)


def as_csv(found: Sequence[Section]) -> bytes:
    """Semicolons, decimal commas, Finnish days, CRLF and a mark that says UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for number, section in enumerate(found):
        if number:
            writer.writerows([[], [guarded(section.title)]])
        writer.writerows([_as_text(cell) for cell in row] for row in section.rows)
    return out.getvalue().encode("utf-8-sig")


def _as_text(cell: Cell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.day}.{value.month}.{value.year}"
    if isinstance(value, str):
        return guarded(value)
    return f"{Decimal(str(value)):.{cell.decimals}f}".replace(".", ",")


def as_xlsx(found: Sequence[Section]) -> bytes:
    """A sheet for each section, written row by row, so that a long one takes no more memory than a short one."""
    import xlsxwriter  # here, since serving phones needs none of it

    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    day = book.add_format({"num_format": "d.m.yyyy"})
    head = book.add_format({"bold": True})
    numbers = [book.add_format({"num_format": f"0.{'0' * places}" if places else "0"}) for places in range(3)]
    for section, name in zip(found, _sheet_names(found), strict=True):
        sheet = book.add_worksheet(name)
        sheet.set_column(0, 0, FIRST_WIDTH)
        sheet.set_column(1, len(max(section.rows, key=len, default=[])), WIDTH)
        for row, cells in enumerate(section.rows):
            for column, cell in enumerate(cells):
                if isinstance(cell.value, str):
                    sheet.write_string(row, column, guarded(cell.value), head if row == 0 else None)
                elif isinstance(cell.value, date):
                    sheet.write_datetime(row, column, cell.value, day)
                elif cell.value is not None:
                    sheet.write_number(row, column, cell.value, numbers[min(cell.decimals, 2)])
    book.close()
    return out.getvalue()


def _sheet_names(found: Sequence[Section]) -> Iterator[str]:
    """At most 31 characters, none that a sheet's name may not have, and no two alike."""
    for number, section in enumerate(found, 1):
        plain = "".join(" " if each in "[]:*?/\\'" else each for each in section.title)
        yield f"{number} {plain}"[:SHEET_CHARS_MAX].strip()
