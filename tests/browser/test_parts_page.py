"""The page of parts at /osat: complete, and nowhere in what a phone fetches."""

from __future__ import annotations

import re
from pathlib import Path

PWA = Path(__file__).resolve().parents[2] / "pwa" / "src"
PAGE = PWA / "features" / "gallery"
STATIC = PWA.parents[1] / "server" / "static"
#: what stands around every screen, is drawn by another part, or is not seen itself
FRAME = {
    "AuthLayout",
    "BottomBar",
    "Calls",  # of a client
    "CharsLeft",
    "ClockWrong",  # of the device
    "DeferRender",
    "FieldFrame",
    "HelpHere",
    "NotFetched",  # of the server's answer
    "OfflineNotice",
    "Options",
    "SafetyFlags",  # of a client
    "SideBar",
    "Toast",
    "UpdateNotice",
    "VisitMarks",  # of a visit
}


def test_every_part_stands_on_the_page() -> None:
    """A new part is seen by the next newcomer."""
    source = "".join(path.read_text() for path in PAGE.glob("*.svelte"))
    shown = set(re.findall(r"components/(\w+)\.svelte'", source))
    parts = {path.stem for path in (PWA / "components").glob("*.svelte")}
    assert parts - shown - FRAME == set()


def test_no_production_bundle_has_the_page() -> None:
    """Its title stands in its source and in no script that is served."""
    found = re.search(r"title: '([^']+)'", (PAGE / "samples.ts").read_text())
    assert found
    served = [path for path in STATIC.rglob("*.js") if path.is_file()]
    assert len(served) > 20
    assert [path.name for path in served if found[1] in path.read_text()] == []
