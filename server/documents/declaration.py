"""What is declared of the documents, and our own words that they are written with."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from server.catalogue import entries_of
from server.kinds import KINDS, export
from server.kinds.described import described
from server.rules.declared_documents import Declared

PATH = Path(__file__).parent / "documents.json"
#: written languages; a document is in one of them
WRITTEN_IN = ("fi", "sv")
#: a yes or no that a code may stand for, where the declaration names it as a list
YES_NO = {"yes": {"fi": "Kyllä", "sv": "Ja"}, "no": {"fi": "Ei", "sv": "Nej"}}
OF_LABELS = ("fi", "sv", "national_code")


@cache
def declared() -> Declared:
    loaded: Declared = json.loads(PATH.read_text(encoding="utf-8"))
    return loaded


@cache
def labels() -> dict[str, dict[str, dict[str, str]]]:
    """Of every list that the declaration names. `kind.field.part` is a choice of a kind's own."""
    return {name: _labels_of(name) for name in sorted(lists())}


def _labels_of(name: str) -> dict[str, dict[str, str]]:
    kind, _, field = name.partition(".")
    if not field:
        return {one["code"]: {key: one[key] for key in OF_LABELS if key in one} for one in entries_of(name)}
    said = {
        key.removeprefix(f"{field}="): words
        for key, words in export.words_of(kind).items()
        if key.startswith(f"{field}=")
    }
    if not said and described(KINDS[kind])["fields"][field]["type"] == "yes_no":
        return YES_NO
    if not said:
        raise LookupError(f"{name} is no list of codes")
    return {code: {key: words[key] for key in OF_LABELS if key in words} for code, words in said.items()}


@cache
def lists() -> frozenset[str]:
    """The lists of our own codes that documents are written from."""
    named = (source.get(word) for source in _sources(declared()) for word in ("catalogue", "choice"))
    return frozenset(name for name in named if isinstance(name, str))


@cache
def asked() -> dict[str, set[str]]:
    """By list of ours the code systems in which a partner has to be loaded for its codes."""
    found: dict[str, set[str]] = {}
    for field in _sources(declared()):
        system = field.get("system")
        if field.get("type") != "code" or not isinstance(system, str) or system == "own":
            continue
        for source in _sources(field["from"]):
            name = source.get("catalogue") or source.get("choice")
            if isinstance(name, str) and not source.keys() & {"by", "codes"}:
                found.setdefault(name, set()).add(system)
    return found


def _sources(said: object) -> Iterator[dict[str, object]]:
    """Every object of the declaration, however deep."""
    if isinstance(said, dict):
        yield said
    for inner in said.values() if isinstance(said, dict) else said if isinstance(said, list) else ():
        yield from _sources(inner)
