"""Every list of the catalogue is in use, or stands with its reason in docs/decisions/0037."""

import re
from pathlib import Path

import orjson

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "server" / "catalogue" / "catalogue.json"
LISTS: dict[str, list[dict[str, object]]] = orjson.loads(CATALOGUE.read_bytes())["catalogues"]
DECISION = ROOT / "docs" / "decisions" / "0037-lists-that-no-screen-asks-from.md"
#: written from the catalogue and the declarations
MADE = {"kinds.json", "openapi.json", "api-types.d.ts", "catalogue.json"}


def named_in_code() -> set[str]:
    """The lists whose name stands between quotation marks in a kind, a screen, a report or the demo's records."""
    texts = [
        path.read_text(encoding="utf-8")
        for folder, endings in (("server", {".py", ".json"}), ("pwa/src", {".ts", ".svelte"}))
        for path in (ROOT / folder).rglob("*")
        if path.suffix in endings and path.name not in MADE and "static" not in path.parts and "test" not in path.name
    ]
    quoted = set(re.findall(r"[\"']([a-z_]+)[\"']", "\n".join(texts)))
    return quoted & LISTS.keys()


def named_by_lists() -> set[str]:
    """A sheet of ratings has its items and its scale in other lists."""
    members = [member for codes in LISTS.values() for code in codes for member in code.values()]
    return {member for member in members if isinstance(member, str)} & LISTS.keys()


def left_out() -> set[str]:
    return set(re.findall(r"^\| `(\w+)` \|", DECISION.read_text(encoding="utf-8"), re.MULTILINE))


def test_every_list_is_in_use_or_left_out_with_a_reason() -> None:
    assert LISTS.keys() - named_in_code() - named_by_lists() == left_out()
