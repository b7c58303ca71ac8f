"""ARCHITECTURE.md tells the truth: every file and folder that it names is there."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_every_named_file_exists() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    walk = text.split("## Who may know whom")[0].split("## One visit note")[1]
    named = set(re.findall(r"`((?:pwa|server|tests)/[\w./-]+)`", walk))
    assert len(named) > 20
    missing = sorted(path for path in named if not (ROOT / path).exists())
    assert missing == []


def test_the_map_holds_every_folder() -> None:
    """What a stranger opens first: no room is missing, none stands there that is gone."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("## One visit note")[0]
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\n")
    rooms = {match[1] for name in kept if (match := re.match(r"(?:server|pwa/src|tests)/([\w-]+)/", name))}
    assert len(rooms) > 20
    on_the_map = set(re.findall(r"(?<![\w/])(?:src/)?([\w-]+)/(?=\s)", text))
    assert rooms - on_the_map == set()
    assert on_the_map - rooms - {"pwa", "server", "tests", "deploy", "lighthouse"} == set()


def test_every_file_of_the_glossary_exists() -> None:
    """The words lead to the file to open first, and so do the pages for those who work here."""
    pages = [ROOT / "docs" / "GLOSSARY.md", *(ROOT / "docs" / "dev").glob("*.md")]
    named = {
        path for page in pages for path in re.findall(r"`((?:pwa|server|tests)/[\w./-]+)`", page.read_text("utf-8"))
    }
    assert len(named) > 50
    assert sorted(path for path in named if not (ROOT / path).exists() and "node_modules" not in path) == []
