"""What a commissioner and an open export do not see: small counts, what rests on few, and what would tell either.

A count of 1–4 reads "<5". What is measured over fewer than five, or whose numerator is so small, is hidden. Where one
cell of a column (of a crossed table, of a row too) is hidden alone, the next smallest goes with it, or it could be
subtracted. Nothing reads 0 that is not 0, and totals stay where they are not small themselves.
"""

from collections.abc import Iterable, Sequence

from server.reports.codes import SMALL_CELL
from server.reports.shape import COUNTED, Column, Figure, Row, Table

SMALL, HIDDEN = f"<{SMALL_CELL}", "hidden"
Cells = list[list[object]]


def is_small(count: object) -> bool:
    return isinstance(count, int) and not isinstance(count, bool) and 0 < count < SMALL_CELL


def of_figure(figure: Figure) -> str | None:
    """How a figure is hidden; None where it is shown."""
    if figure.value is None:
        return None
    if figure.unit in COUNTED:
        return SMALL if is_small(figure.value) else None
    rests_on_few = figure.n is not None and figure.n < SMALL_CELL
    return HIDDEN if rests_on_few or (figure.unit == "percent" and is_small(figure.numerator)) else None


def of_table(table: Table) -> list[list[object]]:
    """The cells of a table with the small ones hidden."""
    cells: Cells = [list(row.cells) for row in table.rows]
    if table.is_open:
        return cells
    counts = [index for index, column in enumerate(table.columns) if column.sort in COUNTED]
    for row in cells:
        for index in counts:
            row[index] = SMALL if is_small(row[index]) else row[index]
    parts = [number for number, row in enumerate(table.rows) if not row.is_total]
    while _hide_those_alone(cells, parts, counts, is_crossed=table.is_crossed):
        pass
    for number, declared in enumerate(table.rows):
        _hide_measured(cells[number], declared, table.columns)
    return cells


def _hide_those_alone(cells: Cells, parts: Sequence[int], counts: Sequence[int], *, is_crossed: bool) -> bool:
    """Whether another cell had to go."""
    lines = [[(number, index) for number in parts] for index in counts]
    if is_crossed:
        lines += [[(number, index) for index in counts] for number in parts]
    return any([_hide_another(cells, line) for line in lines])  # noqa: C419 - every line, not the first only


def _hide_another(cells: Cells, line: Iterable[tuple[int, int]]) -> bool:
    places = list(line)
    hidden = [place for place in places if cells[place[0]][place[1]] in (SMALL, HIDDEN)]
    if len(hidden) != 1:
        return False
    left = [(cells[row][index], row, index) for row, index in places if _is_positive(cells[row][index])]
    if not left:
        return False
    _, row, index = min(left)
    cells[row][index] = HIDDEN
    return True


def _is_positive(cell: object) -> bool:
    return isinstance(cell, int | float) and cell > 0


def _hide_measured(cells: list[object], row: Row, columns: Sequence[Column]) -> None:
    """Shares, means and sums of a row that rests on few, or whose count is hidden."""
    is_few = row.n is not None and row.n < SMALL_CELL
    of_hidden = any(
        cell in (SMALL, HIDDEN) for cell, column in zip(cells, columns, strict=True) if column.sort in COUNTED
    )
    for index, column in enumerate(columns):
        is_measured = column.sort not in COUNTED and column.sort not in ("label", "text", "day")
        if is_measured and cells[index] is not None and (is_few or of_hidden):
            cells[index] = HIDDEN
