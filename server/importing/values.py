"""A cell as a value of what its column stands for, or why it is none. Pure: who and which teams there are is given."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from server.config import LIMITS
from server.importing.table import Cell, text_in
from server.importing.targets import Target, folded
from server.rules.dates import YEAR_MAX, YEAR_MIN, is_in_the_calendar
from server.rules.phones import dialled

#: Excel counts days from here: it has a 29th of February in 1900, which was none
EXCEL_BEGIN = date(1899, 12, 30)
EXCEL_DAYS = range(61, 73_415)
DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", re.ASCII)
ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?", re.ASCII)
#: of a Finnish personal identity code, with the marks of all centuries
IDENTITY_CODE = re.compile(r"\b[0-3][0-9][01][0-9]{3}[-+A-FU-Y][0-9]{3}[0-9A-Y]\b", re.ASCII | re.IGNORECASE)
FORMULA_STARTS = ("=", "+", "-", "@")
YES = frozenset({"kyllä", "k", "on", "ja", "j", "yes", "y", "x", "1", "true", "tosi", "sann"})
NO = frozenset({"ei", "e", "nej", "n", "no", "0", "false", "epätosi", "falskt"})
COUNTRY = "358"
#: of a number in a cell that begins with the country's: +358 and at least seven more
COUNTRY_DIGITS_MIN = 10


class CellFault(Exception):
    """`code` is a word of `words/faults.json`, `given` what its sentence says besides."""

    def __init__(self, code: str, *given: object) -> None:
        super().__init__(code)
        self.code, self.given = code, tuple(map(str, given))


class Colleague(NamedTuple):
    """Somebody of the organisation. `is_able`: works with clients, and the account is open."""

    id: str
    name: str
    display_name: str
    team: str | None
    is_able: bool


class Named(NamedTuple):
    """Who and what a cell may name: people by sign-in name and by shown name, teams by name; all folded."""

    by_sign_in: Mapping[str, Colleague]
    by_shown: Mapping[str, list[Colleague]]
    teams: Mapping[str, str]


def value_of(cell: Cell, target: Target, named: Named) -> object:
    """None where there is nothing. `CellFault`."""
    text = _unguarded(text_in(cell))
    if not text:
        return None
    if text.startswith("="):
        raise CellFault("formula")
    about = target.about
    match about["type"]:
        case "line" | "text":
            return _words(cell, text, target)
        case "date":
            return _month(cell, text) if about.get("unit") == "month" else _day(cell, text)
        case "whole":
            return _whole(text, about)
        case "yes_no":
            return _yes_no(text)
        case "codes":
            return [_code(one, target) for one in re.split("[;,]", text) if one.strip()]
        case "reference" if about["kind"] == "team":
            return _team(text, named)
        case "reference":
            return worker_of(text, named).id
    return _code(text, target)


def worker_of(text: str, named: Named) -> Colleague:
    """By the sign-in name, else by the name that colleagues see, where one person alone has it."""
    wanted = text.strip().casefold()
    found = named.by_sign_in.get(wanted)
    if found is None:
        shown = [each for each in named.by_shown.get(wanted, ()) if each.is_able]
        if len(shown) > 1:
            raise CellFault("worker_several", text)
        found = next(iter(shown), None)
    if found is None:
        raise CellFault("worker_unknown", text)
    if not found.is_able:
        raise CellFault("worker_cannot", found.display_name)
    return found


def _unguarded(text: str) -> str:
    """Without the apostrophe that our own reports put before what a spreadsheet would take for a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


def _words(cell: Cell, text: str, target: Target) -> str:
    is_line = target.about["type"] == "line"
    kept = " ".join(text.split()) if is_line else text
    if is_line and target.key.endswith("phone"):
        return _phone(cell, kept)
    if IDENTITY_CODE.search(kept):
        raise CellFault("identity_code")
    most = target.about.get("max", LIMITS.line_chars_max)
    if isinstance(most, int) and len(kept) > most:
        raise CellFault("too_long", most)
    return kept


def _phone(cell: Cell, text: str) -> str:
    """A spreadsheet drops the nought or the plus of a number that was typed without a space."""
    if isinstance(cell, int | float) or (text.isdecimal() and not text.startswith(("0", "1"))):
        is_country = text.startswith(COUNTRY) and len(text) >= COUNTRY_DIGITS_MIN
        text = f"+{text}" if is_country else f"0{text}" if not text.startswith("0") else text
    if dialled(text) is None:
        raise CellFault("phone_odd", text)
    return text


def _day(cell: Cell, text: str) -> str:
    if isinstance(cell, datetime) and cell.time() == time():
        return _in_years(cell.year, cell.month, cell.day, text)
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return _in_years(cell.year, cell.month, cell.day, text)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell in EXCEL_DAYS:
        day = EXCEL_BEGIN + timedelta(days=int(cell))
        return _in_years(day.year, day.month, day.day, text)
    if found := DAY.fullmatch(text):
        return _in_years(int(found[3]), int(found[2]), int(found[1]), text)
    if found := ISO_DAY.fullmatch(text):
        return _in_years(int(found[1]), int(found[2]), int(found[3]), text)
    raise CellFault("day_odd", text)


def _month(cell: Cell, text: str) -> str:
    return f"{_day(cell, text)[:7]}-01"


def _in_years(year: int, month: int, day: int, text: str) -> str:
    if not YEAR_MIN <= year <= YEAR_MAX:
        raise CellFault("out_of_years", YEAR_MIN, YEAR_MAX)
    written = f"{year:04}-{month:02}-{day:02}"
    if not is_in_the_calendar(written):
        raise CellFault("not_in_calendar", text)
    return written


def _whole(text: str, about: Mapping[str, object]) -> int:
    """`7`, `7,0` and `1 234,50 €`; cents are written as euros."""
    plain = re.sub(r"[\s€]", "", text).replace("\u2212", "-").replace(",", ".")
    try:
        given = Decimal(plain) * (100 if about.get("unit") == "cents" else 1)
    except InvalidOperation:
        raise CellFault("number_odd", text) from None
    if not given.is_finite() or given != given.to_integral_value():
        raise CellFault("number_odd", text)
    least, most = about["min"], about["max"]
    if not (isinstance(least, int) and isinstance(most, int) and least <= given <= most):
        raise CellFault("out_of_range", least, most)
    return int(given)


def _yes_no(text: str) -> bool:
    wanted = text.casefold()
    if wanted in YES or wanted in NO:
        return wanted in YES
    raise CellFault("yes_no_odd", text)


def _code(text: str, target: Target) -> str:
    code = target.codes.get(folded(text))
    if code is None:
        raise CellFault("not_offered", text)
    return code


def _team(text: str, named: Named) -> str:
    team = named.teams.get(text.casefold())
    if team is None:
        raise CellFault("team_unknown", text)
    return team
