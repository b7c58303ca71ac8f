"""docs/TRACE.md: 93 rows, and each names a screen and a test that exist, or says why it is not there yet."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from server.kinds import KINDS
from tests.browser.rows.entries import ENTRIES

ROOT = Path(__file__).resolve().parent.parent
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = [tuple(cell.strip() for cell in row) for row in ROW.findall((ROOT / "docs" / "TRACE.md").read_text())]
WORKING = [row for row in ROWS if not row[3].startswith("next: ")]
ROUTES = (ROOT / "pwa" / "src" / "features" / "routes.ts").read_text()


def test_there_are_93() -> None:
    assert [int(row[0]) for row in ROWS] == list(range(1, 94))


def test_what_is_next_says_why() -> None:
    assert [row for row in ROWS if row not in WORKING and len(row[3]) < len("next: ") + 8] == []


@pytest.mark.parametrize(("number", "_what", "where", "shown_by"), WORKING, ids=[row[0] for row in WORKING])
def test_a_row_names_what_exists(number: str, _what: str, where: str, shown_by: str) -> None:
    """Its kinds and addresses, and a test; an entry of `tests/browser/rows` has to bear the row's number."""
    if "kind" in where:
        assert set(re.findall(r"`(\w+)`", where)) <= set(KINDS)
    assert [path for path in re.findall(r"`(/[^`]*)`", where) if f"'{path}'" not in ROUTES] == []
    entered = re.findall(r"\w+", shown_by.removeprefix("rows ")) if shown_by.startswith("rows ") else []
    tests = re.findall(r"`(tests/[^`]+)`", shown_by)
    assert entered or tests
    for kind in entered:
        assert any(entry.kind == kind and int(number) in entry.rows for entry in ENTRIES), kind
    for name in tests:
        assert re.search(rf"\brow {number}\b", title_of(name)), f"the title of {name} does not name row {number}"


def title_of(name: str) -> str:
    """The first line of a test's text, `path::function`; `KeyError` for a test that is not there."""
    path, _, function = name.partition("::")
    found = {
        one.name: one for one in ast.walk(ast.parse((ROOT / path).read_text())) if isinstance(one, ast.FunctionDef)
    }
    return ast.get_docstring(found[function]) or ""


def test_every_entry_has_its_rows_here() -> None:
    numbers = {int(row[0]) for row in WORKING}
    assert {number for entry in ENTRIES for number in entry.rows} <= numbers
