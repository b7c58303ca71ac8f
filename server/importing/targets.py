"""What may be brought, for which a column may stand. A client's are read from the declared kind, so that a field that
is added there can be brought without a line here."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

from server.catalogue import LANGUAGES, entries_of
from server.directory import PHONE_CHARS_MAX, ROLES
from server.kinds import KINDS, export
from server.kinds.described import described

ImportSort = Literal["clients", "people"]
IMPORT_SORTS: tuple[ImportSort, ...] = get_args(ImportSort)
HEADS_PATH = Path(__file__).parent / "words" / "heads.json"
#: where the file stands (H4), which nobody brings; maps and drawings are no one cell's
NOT_BROUGHT = frozenset({"home"})
ONE_CELL = frozenset({"line", "text", "code", "codes", "choice", "date", "whole", "yes_no", "reference"})
#: records that a cell can name: people by their sign-in name, teams by theirs
NAMED = frozenset({"person", "team"})
WITHOUT_ONE_NONE = {"clients": frozenset({"own_worker"}), "people": frozenset({"name", "display_name", "role"})}


class Target(NamedTuple):
    """`key` is a field, or `field.part`. `about` is its declaration as data."""

    key: str
    about: Mapping[str, object]
    label: Mapping[str, str]
    #: other heads by which a column is known, the labels among them
    heads: frozenset[str]
    is_required: bool
    #: by what people may call each of its codes
    codes: Mapping[str, str]


@cache
def targets_of(sort: ImportSort) -> Mapping[str, Target]:
    fields = dict(_fields_of_clients() if sort == "clients" else _fields_of_people())
    return {key: _target(sort, key, about) for key, about in fields.items()}


def folded(text: str) -> str:
    """Letters and digits alone, so that `Puh.nro` is `puhnro`."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _fields_of_clients() -> Iterator[tuple[str, Mapping[str, object]]]:
    for name, about in described(KINDS["case"])["fields"].items():
        parts = about["parts"].items() if about["type"] == "parts" else [("", about)]
        for part, one in parts:
            is_named = one["type"] != "reference" or one["kind"] in NAMED
            if name not in NOT_BROUGHT and one["type"] in ONE_CELL and is_named:
                yield (f"{name}.{part}" if part else name), one


def _fields_of_people() -> Iterator[tuple[str, Mapping[str, object]]]:
    yield "display_name", {"type": "line"}
    yield "name", {"type": "line"}
    yield "role", {"type": "code", "catalogue": "role", "choices": ROLES}
    yield "team", {"type": "reference", "kind": "team"}
    yield "phone", {"type": "line", "max": PHONE_CHARS_MAX}
    yield "language", {"type": "code", "catalogue": "language", "choices": LANGUAGES}


def _target(sort: ImportSort, key: str, about: Mapping[str, object]) -> Target:
    label = _label(sort, key)
    spelt = [head for each in _heads().get(f"{sort}.{key}", {}).values() for head in each]
    heads = frozenset(map(folded, (*spelt, *label.values(), key)))
    return Target(key, about, label, heads, key in WITHOUT_ONE_NONE[sort], _codes(key, about))


def _label(sort: ImportSort, key: str) -> Mapping[str, str]:
    spelt = _heads().get(f"{sort}.{key}")
    if spelt:
        return {language: spelt[language][0] for language in LANGUAGES}
    words, (field, _, part) = export.words_of("case"), key.partition(".")
    if key in words or not part:
        return words[key]
    return {language: f"{words[field][language]}: {part.replace('_', ' ')}" for language in LANGUAGES}


def _codes(key: str, about: Mapping[str, object]) -> Mapping[str, str]:
    """A code is taken by its name in any language, and as it is."""
    choices = cast("tuple[str, ...] | None", about.get("choices"))
    if about["type"] == "choice" and choices:
        words = export.words_of("case")
        said = {folded(each): code for code in choices for each in words[f"{key}={code}"].values()}
        return said | {folded(code): code for code in choices}
    if about["type"] not in {"code", "codes"}:
        return {}
    offered = [one for one in entries_of(str(about["catalogue"])) if choices is None or one["code"] in choices]
    said = {folded(one[language]): one["code"] for one in reversed(offered) for language in LANGUAGES}
    return said | {folded(one["code"]): one["code"] for one in offered}


@cache
def _heads() -> Mapping[str, Mapping[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = json.loads(HEADS_PATH.read_text(encoding="utf-8"))
    return found
