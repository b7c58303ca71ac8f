"""The product's catalogues: codes with their labels in fi/sv/en. Data, not script; the browser reads the same file.

A code is never reused or renumbered; a retired one keeps its entry with `"active": false`.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

#: in which everything is said, the first when there is no other wish
LANGUAGES = ("fi", "sv", "en")

#: what an organisation calls its own entries begins with; no code of the product does
OWN_PREFIX = "org."
#: lists that an organisation adds to (SPEC A20): nothing is decided by their codes, and no national document reads them
OPEN_LISTS = (
    "disturbance_intervention",
    "home_hazard",
    "housing_source",
    "outreach_need",
    "partner_kind",
    "session_topic",
    "talk_reason",
    "unit_kind",
    "unmet_need_kind",
)
_OWN_CODE = re.compile(r"org\.[0-9a-f]{12}")

CATALOGUE_PATH = Path(__file__).parent / "catalogue.json"


@cache
def catalogue() -> dict[str, Any]:
    """`{meta, parameters, catalogues: {name: [{code, fi, sv, en, …}]}, glossary}`."""
    loaded: dict[str, Any] = json.loads(CATALOGUE_PATH.read_text(encoding="utf-8"))
    return loaded


def entries_of(name: str) -> list[dict[str, Any]]:
    """The entries of one catalogue. `KeyError` for a catalogue that does not exist."""
    entries: list[dict[str, Any]] = catalogue()["catalogues"][name]
    return entries


@cache
def codes_of(name: str) -> tuple[str, ...]:
    return tuple(entry["code"] for entry in entries_of(name))


def is_own_code(code: object) -> bool:
    """Whether an organisation made it. Whose it is, and what it is called, its table knows."""
    return isinstance(code, str) and _OWN_CODE.fullmatch(code) is not None
