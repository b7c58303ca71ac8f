"""What a commissioner and an export for outside do not see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.reports import small_cells
from server.reports.shape import Column, Figure, Row, Table

COUNTS = st.lists(st.integers(0, 30), min_size=1, max_size=6)


def table(counts: list[int], *, total: bool = True) -> Table:
    rows = [Row([str(number), count]) for number, count in enumerate(counts)]
    return Table(
        "t", [Column("a", "label"), Column("count")], rows + [Row(["total", sum(counts)], is_total=True)] * total
    )


def test_z3_the_worked_example() -> None:
    """[Z3] 12, 7, 3, 0 and 22 together: 12, hidden, <5, 0, 22."""
    assert [row[1] for row in small_cells.of_table(table([12, 7, 3, 0]))] == [12, "hidden", "<5", 0, 22]
    assert [row[1] for row in small_cells.of_table(table([9, 5, 3, 3]))] == [9, 5, "<5", "<5", 20]


@given(COUNTS)
def test_z3_no_small_count_can_be_subtracted(counts: list[int]) -> None:
    """[Z3] Nothing small is shown, and of a total never one part alone is missing, unless the others are 0."""
    cells = [row[1] for row in small_cells.of_table(table(counts))]
    assert not any(isinstance(cell, int) and 0 < cell < 5 for cell in cells)
    *parts, total = cells
    hidden = [number for number, cell in enumerate(parts) if isinstance(cell, str)]
    if len(hidden) == 1 and isinstance(total, int):
        assert not [cell for number, cell in enumerate(counts) if number not in hidden and cell > 0]
        assert total >= 5, total


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (Figure("a", 4), "<5"),
        (Figure("a", 5), None),
        (Figure("a", 0), None),
        (Figure("a", 30, "percent", 4, 1, 4), "hidden"),
        (Figure("a", 15, "percent", 20, 3, 20), "hidden"),
        (Figure("a", 30, "percent", 20, 6, 20), None),
        (Figure("a", 7.75, "hours", 4), "hidden"),
        (Figure("a", None, "hours", 0), None),
    ],
)
def test_z3_figures(figure: Figure, shown: str | None) -> None:
    """[Z3] Counts by themselves; what is measured by what it rests on; nothing of nothing stays a dash."""
    assert small_cells.of_figure(figure) == shown
