"""Which days and moments a record may hold (T1). Twin of `pwa/src/rules/dates.ts`; both take `tests/vectors`."""

import re
from datetime import datetime
from typing import TypeGuard
from zoneinfo import ZoneInfo

#: every day that a person says or reads is one of this country
FINLAND = ZoneInfo("Europe/Helsinki")

YEAR_MIN = 1900
YEAR_MAX = 2100

# `[0-9]`, since Python's `\d` takes every alphabet's digits; and `$` alone would let a line end pass.
END = r"$(?!\n)"
_YEAR = r"(?:(?:19|20)[0-9]{2}|2100)"
_CLOCK = r"T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
DATE_PATTERN = rf"^{_YEAR}-[0-9]{{2}}-[0-9]{{2}}{END}"
INSTANT_PATTERN = rf"^{_YEAR}-[0-9]{{2}}-[0-9]{{2}}{_CLOCK}{END}"
_ANY_YEAR = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:{_CLOCK})?", re.ASCII)


def is_day(text: object) -> TypeGuard[str]:
    """A calendar day, `YYYY-MM-DD`, of the years that we know."""
    return isinstance(text, str) and re.match(DATE_PATTERN, text) is not None and is_in_the_calendar(text)


def is_instant(text: object) -> TypeGuard[str]:
    """A moment in UTC, `YYYY-MM-DDTHH:MM:SSZ`, of the years that we know."""
    return isinstance(text, str) and re.match(INSTANT_PATTERN, text) is not None and is_in_the_calendar(text)


def is_in_the_calendar(written: str) -> bool:
    """False for a 31st of February, and for 24 and 25 o'clock, of which newer Pythons take the first."""
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return False
    return not written.startswith("T24", len("YYYY-MM-DD"))


def is_out_of_years(written: str) -> bool:
    """Written as a day or a moment is, in a year that no record has."""
    return _ANY_YEAR.fullmatch(written) is not None and not YEAR_MIN <= int(written[:4]) <= YEAR_MAX
