"""From which day on somebody had a permanent home (Q7). Twin of `pwa/src/rules/home_found.ts`; vectors bind the two.

Days are `YYYY-MM-DD`; a home is its first day and the day it ended, or None.
"""

from collections.abc import Iterable

HomeSpan = tuple[str, str | None]


def had_home(begun: str, homes: Iterable[HomeSpan]) -> bool:
    """A permanent home on the day on which the service began: nobody waited for one."""
    return any(start <= begun and (end is None or end > begun) for start, end in homes)


def first_home(begun: str, homes: Iterable[HomeSpan]) -> str | None:
    """The first day of the first permanent home after the service began."""
    return min((start for start, _ in homes if start > begun), default=None)
