"""CONTRIBUTING.md tells the truth: its example of a kind works, and what it sends people to is there."""

import json
import re
from pathlib import Path

import pytest

from server.kinds import KINDS, export
from server.kinds.base import Kind

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_kind_of_the_example_can_be_exported(monkeypatch: pytest.MonkeyPatch) -> None:
    """[G1] The declaration and the words of the page, as they stand there."""
    (example,) = re.findall(r"```python\n(.+?)```", TEXT, re.DOTALL)
    (words,) = re.findall(r"```json\n(.+?)```", TEXT, re.DOTALL)
    names: dict[str, type[Kind]] = {}
    exec(example, names)  # noqa: S102 - the project's own page
    known = export.words_of
    monkeypatch.setattr(export, "words_of", lambda kind: json.loads(words) if kind == "equipment" else known(kind))
    found = export.exported(KINDS | {"equipment": names["Equipment"]})
    assert found["words"]["fi"]["equipment.what"] == "Mitä lainattiin?"
    assert len(example.splitlines()) + len(words.splitlines()) <= 130


def test_every_named_file_exists_but_those_of_the_example() -> None:
    named = {name.replace("{fi,sv,en}", "fi") for name in re.findall(r"`((?:pwa|server|tests)/[\w./{},-]+)`", TEXT)}
    missing = {name for name in named if not (ROOT / name).exists()}
    assert len(named) > 10
    assert missing == {"server/kinds/equipment.py", "server/kinds/words/equipment.json"}
