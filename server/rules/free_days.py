"""Finland's public holidays, with the eves that are kept like them (T4). Twin: `pwa/src/rules/free_days.ts`."""

import re

import holidays


def public_holidays(year: int) -> dict[str, str]:
    """By day, `YYYY-MM-DD`, the code of each."""
    found = holidays.country_holidays("FI", years=year, language="en_US")
    return {day.isoformat(): _code(name) for day, name in sorted(found.items())}


def _code(name: str) -> str:
    return re.sub(r"\W+", "_", name.lower().replace("'", ""))
