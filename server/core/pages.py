"""Lists in pages: so many rows, and the place after which the next page begins."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from server.config import LIMITS

#: stands in no id and in no moment
BETWEEN = "/"

Row = TypeVar("Row")


def parts_of(after: str, count: int) -> list[str]:
    """The parts of a place, so many; an invented one has empty ones."""
    return [*after.split(BETWEEN, count - 1), *[""] * count][:count]


def place_in(parts: Sequence[object]) -> str:
    """What `parts_of` takes apart."""
    return BETWEEN.join(map(str, parts))


def page_of(rows: Sequence[Row], place: Callable[[Row], Sequence[object]]) -> tuple[Sequence[Row], str | None]:
    """As many rows as a page holds (one more was asked for), and the `after` of the next; None on the last."""
    most = LIMITS.list_page_max
    following = place_in(place(rows[most - 1])) if len(rows) > most else None
    return rows[:most], following
