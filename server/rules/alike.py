"""Whether two clients are likely one person, who was entered twice (H9).

Pure; twin of `pwa/src/rules/alike.ts`, vectors bind both.
"""

import re
from itertools import pairwise
from typing import TypedDict

from server.rules.fold import fold

#: the last digits tell numbers apart, whether they begin with +358 or 0
PHONE_DIGITS = 7
#: so many letters more, fewer or others are a slip; two letters in the wrong order are two
SLIPS_MAX = 2
SLIPS_SHORT_MAX = 1
SHORT_NAME_CHARS = 8
BIRTH_YEARS_APART_MAX = 1


class Likeness(TypedDict):
    """By what a client is recognised. `name`: its parts folded and in order; `phone`: its last digits."""

    name: str
    birth_year: int | None
    phone: str | None


def likeness_of(name: str, birth_year: int | None, phone: str) -> Likeness:
    """Folded and in order, so that "Virtanen Aino" is "Aino Virtanen"."""
    parts = sorted((part for part in fold(name).split(" ") if part), key=_units)
    digits = re.sub(r"[^0-9]", "", phone)
    last = digits[-PHONE_DIGITS:] if len(digits) >= PHONE_DIGITS else None
    return {"name": " ".join(parts), "birth_year": birth_year, "phone": last}


def are_alike(entered: Likeness, known: Likeness) -> bool:
    """The same phone, or a name that is the same or spelled a little differently, of people about as old."""
    if entered["phone"] is not None and entered["phone"] == known["phone"]:
        return True
    return _is_near_year(entered["birth_year"], known["birth_year"]) and _is_near_name(entered["name"], known["name"])


def _is_near_year(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) <= BIRTH_YEARS_APART_MAX


def _is_near_name(entered: str, known: str) -> bool:
    """Both names have been entered."""
    if " " not in entered:
        return False
    one, other = _units(entered), _units(known)
    most = SLIPS_SHORT_MAX if min(len(one), len(other)) <= SHORT_NAME_CHARS else SLIPS_MAX
    return abs(len(one) - len(other)) <= most and _distance(one, other) <= most


def _units(text: str) -> list[int]:
    """As the browser counts and compares letters."""
    return memoryview(text.encode("utf-16-le")).cast("H").tolist()


def _distance(one: list[int], other: list[int]) -> int:
    """Levenshtein's, row by row."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        following = [number]
        for (before, above), its in zip(pairwise(row), other, strict=True):
            following.append(min(above + 1, following[-1] + 1, before + (letter != its)))
        row = following
    return row[-1]
