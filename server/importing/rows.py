"""What becomes of the rows of a table: each whole, there already, or left out with its reasons."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from server.core.problems import Problem
from server.importing.table import Cell, Row, Table, text_in
from server.importing.targets import ImportSort, Target, targets_of
from server.importing.values import CellFault, Named, value_of

FAULTS_PATH = Path(__file__).parent / "words" / "faults.json"
Outcome = Literal["new", "there", "faulty"]


class RowFault(NamedTuple):
    """Why a row, or one of its cells, cannot be taken. `column` is a place in the table's heads."""

    code: str
    column: int | None
    given: tuple[str, ...] = ()

    def sentence(self, language: str) -> str:
        return _sentences()[self.code][language].format(*self.given)


class Judged(NamedTuple):
    """A row and what becomes of it. `values` by the key of what they stand for, those alone that are something."""

    number: int
    cells: Sequence[Cell]
    values: Mapping[str, object]
    faults: Sequence[RowFault]
    outcome: Outcome

    def left_out(self, outcome: Outcome, fault: RowFault) -> "Judged":
        return self._replace(outcome=outcome, faults=[*self.faults, fault])


class Columns(NamedTuple):
    """Which column of a table stands for what."""

    targets: Mapping[int, Target]
    #: by what it stands for
    place: Mapping[str, int]

    def at(self, *keys: str) -> int | None:
        """The column in which to mend what is wrong with these: the first that there is."""
        return next((self.place[key] for key in keys if key in self.place), None)


def chosen(sort: ImportSort, table: Table, wanted: Mapping[int, str]) -> Columns:
    """`Problem` where a column is not there, or what it stands for, or one that is asked for is not among them."""
    known, keys = targets_of(sort), list(wanted.values())
    is_sound = len(set(keys)) == len(keys) and set(keys) <= known.keys()
    if not is_sound or any(column not in range(len(table.heads)) for column in wanted):
        raise Problem("fields_invalid", {"columns": ["invalid"]})
    if lacking := sorted(key for key, one in known.items() if one.is_required and key not in keys):
        raise Problem("import_columns_lacking", {key: ["required"] for key in lacking})
    targets = {column: known[key] for column, key in sorted(wanted.items())}
    return Columns(targets, {key: column for column, key in wanted.items()})


def read(row: Row, columns: Columns, named: Named) -> Judged:
    """The row's values, and the faults of its cells alone."""
    values: dict[str, object] = {}
    faults = [RowFault("is_longer", None)] if row.is_longer else []
    for column, target in columns.targets.items():
        try:
            value = value_of(row.cells[column], target, named)
        except CellFault as fault:
            faults.append(RowFault(fault.code, column, fault.given))
            continue
        if value is not None:
            values[target.key] = value
        elif target.is_required:
            faults.append(RowFault("missing", column))
    return Judged(row.number, row.cells, values, faults, "faulty" if faults else "new")


def as_texts(cells: Iterable[Cell]) -> list[str]:
    return [text_in(cell) for cell in cells]


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(FAULTS_PATH.read_text(encoding="utf-8"))
    return found
