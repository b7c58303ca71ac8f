"""ARCHITECTURE.md tells the truth: every file and folder that it names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_every_named_file_exists() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    walk = text.split("## Who may know whom")[0].split("## One visit note")[1]
    named = set(re.findall(r"`((?:pwa|server|tests)/[\w./-]+)`", walk))
    assert len(named) > 20
    missing = sorted(path for path in named if not (ROOT / path).exists())
    assert missing == []
