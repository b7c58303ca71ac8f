"""`kinds.json`: the declarations and their words as data, for whoever cannot import Python. `make kinds` writes it.

The phone fetches `kinds` and the words of one language. A declaration that people could not use is not exported:
one line says which, and why.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from server.catalogue import LANGUAGES
from server.kinds import KINDS
from server.kinds.base import Kind
from server.kinds.described import described
from server.kinds.usable import KindUnfit, Words, faults_of

KINDS_PATH = Path(__file__).parent / "kinds.json"
WORDS_FOLDER = Path(__file__).parent / "words"


def exported(kinds: Mapping[str, type[Kind]] | None = None) -> dict[str, Any]:
    """All of it, in an order that never changes. `KindUnfit` for the first that cannot be used."""
    kinds = KINDS if kinds is None else kinds
    words = {name: words_of(name) for name in kinds}
    for name, kind in kinds.items():
        for fault in faults_of(kind, words[name], kinds):
            raise KindUnfit(f"kind {name}: {fault}")
    return {
        "kinds": {name: described(kind) for name, kind in kinds.items()},
        "words": {language: _spoken(words, language) for language in LANGUAGES},
    }


def words_of(name: str) -> Words:
    path = WORDS_FOLDER / f"{name}.json"
    words: Words = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return words


def _spoken(words: Mapping[str, Words], language: str) -> dict[str, str]:
    """Keyed `kind.field`: a field's name alone means different things in different kinds."""
    return {f"{name}.{key}": said[language] for name, own in words.items() for key, said in own.items()}


def kinds_text() -> str:
    """As it is committed: a field a line, so that a change reads as one."""
    found = exported()
    lines = ['{"kinds": {']
    lines += _lines(found["kinds"], _kind_lines)
    lines.append('}, "words": {')
    lines += _lines(found["words"], lambda words: ["{", *_lines(words, lambda said: [_json(said)]), "}"])
    return "\n".join([*lines, "}}", ""])


def _kind_lines(kind: dict[str, Any]) -> list[str]:
    rest = {key: value for key, value in kind.items() if key != "fields"}
    return [
        "{",
        *_lines(rest, lambda value: [_json(value)], more=True),
        '"fields": {',
        *_lines(kind["fields"], lambda field: [_json(field)]),
        "}}",
    ]


def _lines(items: Mapping[str, object], lines_of: Callable[[Any], list[str]], *, more: bool = False) -> list[str]:
    """`"key": value` lines with commas between; after the last too, where `more` follows."""
    found: list[str] = []
    for number, (key, value) in enumerate(items.items(), 1):
        first, *others = lines_of(value)
        found += [f"{_json(key)}: {first}", *others]
        found[-1] += "," if more or number < len(items) else ""
    return found


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
