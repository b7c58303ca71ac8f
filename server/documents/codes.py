"""The nation's code tables and what our own codes are in them: loaded by the installation from a file, never invented.

    {"codes":    [{"oid", "version", "code", "fi", "sv", "valid_from", "valid_to"}, …],
     "partners": [{"catalogue", "own_code", "oid", "code"}, …]}

`"invented": true` marks tables that somebody made up to try things out: production does not load them.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypedDict

from server.core import timestamps
from server.documents.declaration import labels, lists
from server.rules.dates import is_day
from server.rules.declared_documents import Codes, Entry

TABLES_FILE = "national-codes.json"
ROOT = "1.2.246.537.6."
BYTES_MAX = 20_000_000
Shape = Mapping[str, type | tuple[type, ...]]
CODE: Shape = {
    "oid": str,
    "version": str,
    "code": str,
    "fi": str,
    "sv": (str, type(None)),
    "valid_from": (str, type(None)),
    "valid_to": (str, type(None)),
}
PARTNER: Shape = {"catalogue": str, "own_code": str, "oid": str, "code": str}
FAULTS_TOLD_MAX = 20


class CodeRow(TypedDict):
    oid: str
    version: str
    code: str
    fi: str
    sv: str | None
    valid_from: str | None
    valid_to: str | None


class PartnerRow(TypedDict):
    catalogue: str
    own_code: str
    oid: str
    code: str


class LoadedCodes(Codes):
    """As documents are made with them."""

    loaded_at: str | None
    invented: bool


class GivenTables(NamedTuple):
    """A file, read. What its rows hold is sure once `_faults` has found none."""

    codes: list[CodeRow]
    partners: list[PartnerRow]
    invented: object


NONE: LoadedCodes = {"loaded_at": None, "invented": False, "codes": {}, "partners": {}}


class CodesUnfit(Exception):
    """The file cannot be loaded. The text is for the operator: one line a fault."""


def load(path: Path, folder: Path, *, production: bool) -> dict[str, int]:
    """Takes the tables of a file into use in place of those before, all of them or none."""
    given = _parsed(path)
    faults = list(_faults(given, production=production))
    if faults:
        more = len(faults) - FAULTS_TOLD_MAX
        told = faults[:FAULTS_TOLD_MAX] + ([f"and {more} more."] if more > 0 else [])
        raise CodesUnfit("\n".join(told))
    kept = _compact(given)
    fresh = folder / f"{TABLES_FILE}.new"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(kept, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / TABLES_FILE)
    return {"codes": len(given.codes), "partners": len(given.partners)}


def loaded(folder: Path) -> LoadedCodes:
    """As documents are made with them; empty where nobody has loaded any."""
    path = folder / TABLES_FILE
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return NONE


@lru_cache(maxsize=1)
def _read(path: Path, _written_ns: int) -> LoadedCodes:
    """Megabytes of tables, parsed again only once they have changed."""
    kept: LoadedCodes = json.loads(path.read_text(encoding="utf-8"))
    return kept


def without_partner(kept: Codes, asked: Mapping[str, set[str]]) -> list[str]:
    """`catalogue/code → system` of our own codes that no code stands for; `asked`: by catalogue the systems."""
    return [
        f"{catalogue}/{code} → {system}"
        for catalogue, systems in sorted(asked.items())
        for code in labels()[catalogue]
        for system in sorted(systems)
        if system not in kept["partners"].get(f"{catalogue}/{code}", {})
    ]


def _parsed(path: Path) -> GivenTables:
    if path.stat().st_size > BYTES_MAX:
        raise CodesUnfit(f"The file is larger than {BYTES_MAX // 1_000_000} MB.")
    try:
        given = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise CodesUnfit(f"This is no JSON in UTF-8: {error}") from None
    match given:
        case {"codes": list(codes), "partners": list(partners)}:
            return GivenTables(codes, partners, given.get("invented"))
    raise CodesUnfit('It has to be an object with the lists "codes" and "partners".')


def _faults(given: GivenTables, *, production: bool) -> Iterator[str]:
    if given.invented not in (None, True, False):
        yield '"invented" is true or false.'
    if production and given.invented:
        yield "These tables are marked as invented: a production installation does not load them."
    yield from _not_of_shape(given.codes, CODE, "codes")
    yield from _not_of_shape(given.partners, PARTNER, "partners")
    codes = [one for one in given.codes if _has_shape(one, CODE)]
    for code in codes:
        yield from _faults_of_code(code)
    yield from _twice(f"{one['oid']} {one['code']} of {one['version']}" for one in codes)
    known = {(one["oid"], one["code"]) for one in codes}
    partners = [one for one in given.partners if _has_shape(one, PARTNER)]
    for partner in partners:
        yield from _faults_of_partner(partner, known)
    yield from _twice(f"{one['catalogue']}/{one['own_code']} in {number_of(one['oid'])}" for one in partners)


def _not_of_shape(rows: Sequence[object], shape: Shape, name: str) -> Iterator[str]:
    for number, row in enumerate(rows, 1):
        if not _has_shape(row, shape):
            yield f"{name}, row {number}: it has to have exactly {', '.join(shape)}, as text."


def _has_shape(row: object, shape: Shape) -> bool:
    if not isinstance(row, dict) or row.keys() != shape.keys():
        return False
    return all(isinstance(row[key], kind) for key, kind in shape.items())


def _faults_of_code(one: CodeRow) -> Iterator[str]:
    called = f"{one['oid']} {one['code']}"
    if not one["oid"].startswith(ROOT) or not all(part.isdigit() for part in one["oid"].split(".")):
        yield f"{called}: a code system's oid begins with {ROOT}."
    if not one["code"] or not one["fi"]:
        yield f"{called}: it lacks its code or its Finnish name."
    for end, day in (("valid_from", one["valid_from"]), ("valid_to", one["valid_to"])):
        if day and not is_day(day):
            yield f"{called}: {end} is no day (2026-01-31)."


def _faults_of_partner(one: PartnerRow, known: set[tuple[str, str]]) -> Iterator[str]:
    called = f"{one['catalogue']}/{one['own_code']}"
    if one["catalogue"] not in lists():
        yield f"{called}: no document is written from the list {one['catalogue']}."
    elif one["own_code"] not in labels()[one["catalogue"]]:
        yield f"{called}: Ovikello has no such code."
    if (one["oid"], one["code"]) not in known:
        yield f"{called}: the code {one['code']} of {one['oid']} is not among the codes of this file."


def _twice(names: Iterator[str]) -> Iterator[str]:
    return (f"{name} stands there {times} times." for name, times in Counter(names).items() if times > 1)


def number_of(oid: str) -> str:
    """The code system's number, which documents name it by: `1221` of `1.2.246.537.6.1221.2015`."""
    return oid.removeprefix(ROOT).split(".")[0]


def _compact(given: GivenTables) -> LoadedCodes:
    """By code system and code its entries, the newest first; by our own code and system the one that stands for it."""
    codes: dict[str, dict[str, list[Entry]]] = {}
    newest_first = sorted(given.codes, key=lambda one: (one["valid_from"] or "", one["version"]), reverse=True)
    for one in newest_first:
        entry = (one["oid"], one["fi"], one["sv"], one["valid_from"], one["valid_to"])
        codes.setdefault(number_of(one["oid"]), {}).setdefault(one["code"], []).append(entry)
    partners: dict[str, dict[str, str]] = {}
    for pair in given.partners:
        partners.setdefault(f"{pair['catalogue']}/{pair['own_code']}", {})[number_of(pair["oid"])] = pair["code"]
    return {"loaded_at": timestamps.now(), "invented": bool(given.invented), "codes": codes, "partners": partners}
