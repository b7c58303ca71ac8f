"""What is computed, as a person reads it: rounded, hidden where it must be, and in words (SPEC Z)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from server.catalogue import catalogue
from server.reports import small_cells
from server.reports.codes import label
from server.reports.days import Period
from server.reports.facts import CaseFacts, Fact
from server.reports.said import (
    FigureBefore,
    ListedRecord,
    ReportBefore,
    ReportBody,
    ReportFilter,
    SaidFilterValue,
    SaidOfReport,
    SaidPeriod,
    ShownCell,
    ShownColumn,
    ShownFigure,
    ShownRow,
    ShownTable,
)
from server.reports.shape import DECIMALS, Column, Computed, Figure, Reader, Report, Row, Table, shown
from server.reports.splits import CATALOGUES
from server.reports.wording import is_word, word_for

#: records that stand behind one figure are listed up to here
LISTED_MAX = 2000
NUMBERS = (int, float, Fraction)


@dataclass(frozen=True)
class View:
    """For whom a report is put into words."""

    report: Report
    language: str
    reader: Reader
    is_for_outside: bool = False
    #: by sort (`case`, `worker`, `team`, `unit`), by id, how it is called
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    #: cases that count and are not listed
    unlisted: frozenset[str] = frozenset()

    @property
    def hides(self) -> bool:
        """A statement of hours is the ground of a bill: nothing of it is hidden."""
        return (self.reader == "C" or self.is_for_outside) and not self.report.is_open

    @property
    def lists(self) -> bool:
        return self.reader != "C" and not self.is_for_outside

    def said_of_it(self) -> SaidOfReport:
        return {
            "key": self.report.key,
            "title": label("report", self.report.key, self.language),
            "formula": self._said("formula"),
            "inputs": [*self.report.inputs],
        }

    def body(self, computed: Computed, behind: str | None) -> ReportBody:
        return {
            "n": self._count(computed.n),
            "left_out": [
                {"key": each.key, "label": self._said(each.key), "count": self._count(each.how_many)}
                for each in computed.left_out
            ],
            "figures": [self._figure(each, behind) for each in computed.figures if self.reader in each.only],
            "tables": [self._table(each) for each in computed.tables if self.reader in each.only],
        }

    def before(self, period: Period, computed: Computed) -> ReportBefore:
        figures = [self._figure(each, None) for each in computed.figures if self.reader in each.only]
        kept = [FigureBefore(key=one["key"], value=one["value"], hidden=one["hidden"]) for one in figures]
        return {**span(period), "n": self._count(computed.n), "figures": kept}

    def filters(self, offered: Iterable[tuple[str, Sequence[str]]]) -> list[ReportFilter]:
        """By what the report can be narrowed, each value as it is called. No counts, so nothing is small."""
        return [{"name": name, "values": [self._value(name, each) for each in values]} for name, values in offered]

    def _value(self, name: str, value: str) -> SaidFilterValue:
        return {"value": value, "label": self._label(value, CATALOGUES.get(name, name))}

    def _said(self, key: str) -> str:
        return word_for(self.report.key, key, self.language)

    def _count(self, count: int) -> int | None:
        return None if self.hides and small_cells.is_small(count) else count

    def _figure(self, figure: Figure, behind: str | None) -> ShownFigure:
        hidden = small_cells.of_figure(figure) if self.hides else None
        parts = [figure.numerator, figure.denominator]
        if self.hides:
            parts = [None if hidden or small_cells.is_small(part) else part for part in parts]
        told: ShownFigure = {
            "key": figure.key,
            "label": self._said(figure.key),
            "value": None if hidden else shown(figure.value, figure.unit, figure.decimals),
            "hidden": hidden,
            "unit": figure.unit,
            "decimals": decimals(figure.unit, figure.decimals),
            "numerator": shown(parts[0], "mean"),
            "denominator": shown(parts[1], "mean"),
        }
        if self.lists:
            told["cases"] = self._cases(figure.of)
            if behind == figure.key:
                told["records"] = self._records(figure.of)
        return told

    def _table(self, table: Table) -> ShownTable:
        cells = small_cells.of_table(table) if self.hides else [list(row.cells) for row in table.rows]
        columns: list[ShownColumn] = [
            {
                "key": column.key,
                "label": self._said(column.key),
                "sort": column.sort,
                "decimals": decimals(column.sort, column.decimals),
            }
            for column in table.columns
        ]
        rows = [self._row(row, own, table.columns) for row, own in zip(table.rows, cells, strict=True)]
        return {"key": table.key, "label": self._said(table.key), "columns": columns, "rows": rows}

    def _row(self, row: Row, cells: Sequence[object], columns: Sequence[Column]) -> ShownRow:
        told: ShownRow = {
            "key": str(row.cells[0]),
            "cells": [self._cell(cell, column) for cell, column in zip(cells, columns, strict=True)],
            "is_total": row.is_total,
        }
        if self.lists:
            told["cases"] = self._cases(row.of)
        return told

    def _cell(self, cell: object, column: Column) -> ShownCell:
        if cell is None:
            return None
        if isinstance(cell, str) and cell in (small_cells.HIDDEN, small_cells.SMALL):
            return self._said("hidden") if cell == small_cells.HIDDEN else cell
        if column.sort == "label":
            return self._label(str(cell), column.catalogue)
        if column.sort == "text":
            return self._said(str(cell)) if is_word(self.report.key, str(cell)) else str(cell)
        if column.sort == "day":
            return cell.isoformat() if isinstance(cell, date) else str(cell)
        if not isinstance(cell, NUMBERS):
            raise TypeError(f"{column.key} is no number")
        return shown(cell, column.sort, column.decimals)

    def _label(self, value: str, names: str) -> str:
        """A code by its catalogue, a worker by name, a word by its translation; what has no name as it is."""
        if value in self.names.get(names, {}):
            return self.names[names][value]
        if names in catalogue()["catalogues"] and label(names, value, self.language) != value:
            return label(names, value, self.language)
        key = value or "unknown"
        return self._said(key) if is_word(self.report.key, key) else value

    def _cases(self, of: Sequence[Fact | CaseFacts]) -> list[str]:
        """The files behind a number, each once."""
        ids = {each.id if isinstance(each, CaseFacts) else each.case for each in of}
        return sorted(ids - self.unlisted)

    def _records(self, of: Sequence[Fact | CaseFacts]) -> list[ListedRecord]:
        facts = [each for each in of if isinstance(each, Fact) and each.case not in self.unlisted]
        return [{"case": each.case, "record": each.id, "kind": each.kind} for each in facts[:LISTED_MAX]]


def decimals(unit: str, own: int | None) -> int:
    return DECIMALS.get(unit, 0) if own is None else own


def span(period: Period) -> SaidPeriod:
    return {"from": period.start.isoformat(), "to": period.end.isoformat()}
