"""What reports, their figures and their columns are called: `words/<report>.json`, and `words/common.json` for several.

Names of codes stand in the catalogue.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

#: by language
Words = Mapping[str, str]
FOLDER = Path(__file__).parent / "words"


@cache
def words_of(report: str) -> Mapping[str, Words]:
    """By key; `formula` is how the report is computed, in words."""
    found: dict[str, Words] = json.loads((FOLDER / f"{report}.json").read_text(encoding="utf-8"))
    return found


def is_word(report: str, key: str) -> bool:
    return key in words_of(report) or key in words_of("common")


def word_for(report: str, key: str, language: str) -> str:
    """`KeyError` where nobody has named it."""
    return (words_of(report).get(key) or words_of("common")[key])[language]
