"""A document on paper: PDF/A-2u, set by typst from the same rows that XHTML is written from (Z16)."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import typst

from server.rules.document_page import DocumentRow

TEMPLATE = Path(__file__).parent / "document.typ"
STANDARD: Final = "a-2u"
#: what the typeface has for certain: the letters of our languages and their signs
_COMMON = re.compile("[\x00-\u024f\u2013\u2014\u2018-\u201e\u2022\u2026\u20ac]")
#: stands for what it has not: archives take no page with a letter that cannot be drawn
INSTEAD = "\u25a1"
#: control characters are never drawn, but tabs and ends of lines stay what they are
_UNSEEN = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), " ")
#: so many uncommon signs of one document are tried; the rest is taken for undrawable
TRIED_MAX = 30


def typeset(name: str, oid: str, rows: Sequence[DocumentRow], language: str) -> bytes:
    """What people wrote goes in as data, never as source: nothing in it is a command."""
    given: object = {"name": name, "oid": oid, "rows": rows, "language": language}
    uncommon = sorted(set(_COMMON.sub("", "".join(_texts(given)))))
    lost = {sign for number, sign in enumerate(uncommon) if number >= TRIED_MAX or not _is_drawn(sign)}
    return _set(_with(given, _UNSEEN | {ord(sign): INSTEAD for sign in lost}))


def _set(given: object) -> bytes:
    inputs = {"document": json.dumps(given, ensure_ascii=False)}
    return typst.compile(TEMPLATE, format="pdf", pdf_standards=STANDARD, sys_inputs=inputs)


def _texts(given: object) -> Iterator[str]:
    if isinstance(given, str):
        yield given
    for inner in given.values() if isinstance(given, dict) else given if isinstance(given, list) else ():
        yield from _texts(inner)


def _with(given: object, signs: dict[int, str]) -> object:
    if isinstance(given, dict):
        return {key: _with(value, signs) for key, value in given.items()}
    if isinstance(given, list):
        return [_with(value, signs) for value in given]
    return given.translate(signs) if isinstance(given, str) else given


@lru_cache(maxsize=4096)
def _is_drawn(sign: str) -> bool:
    alone: object = {"name": f"a{sign}a", "oid": "", "rows": [], "language": "fi"}
    try:
        _set(alone)
    except typst.TypstError:
        return False
    return True
