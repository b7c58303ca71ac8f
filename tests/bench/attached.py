"""The cold start of a phone that holds 500 photos, against the same caseload without: part of `make figures`, or

    python -m tests.bench.attached [--rounds 12] [--pictures 500]

Four copies of one profile: without photos; with photos that were sent, of which a small one and, until the next
backup, the whole one lie on the device; with photos that all wait to be sent; with as many notes that wait, no photo,
since whatever is unsent is opened at the start. Each round starts each of them.
"""

from __future__ import annotations

import argparse
import base64
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright, sync_playwright
from uuid6 import uuid7

from server.demo.rng import instant
from tests.attaching import photo
from tests.bench import caseload
from tests.bench.browser import SLOWED
from tests.bench.browser_phone import Phone, phone
from tests.bench.caseload import PASSWORD, RECORDS, Caseload
from tests.bench.compare import spread
from tests.bench.figures import machine, table
from tests.bench.front import Front
from tests.bench.serving import serving

PICTURES = 500
ROUNDS = 12
#: as many bytes as of a photo that a phone has drawn at 1920 and 240 px: noise has four times as many a pixel
WHOLE, SMALL = photo(960, 720), photo(120, 90)
#: gives each picture to the engine as the screen does
ATTACH = """async ({ edits, whole, small }) => {
  const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  for (const edit of edits) await bench.ask('attach', edit, bytes(whole), bytes(small));
}"""
WAIT_UNTIL_SENT = """async () => {
  while ((await bench.ask('uploads')).length > 0) {
    await bench.ask('syncNow');
    await new Promise((later) => setTimeout(later, 500));
  }
}"""
WITHOUT, SENT, WAITING, NOTES = PROFILES = ("without", "sent", "waiting", "notes waiting")


def attach(own: Phone, made: Caseload, pictures: int) -> None:
    edits = [
        _edit("attachment", case, {"about": visit, "file": {"sort": "photo"}, "taken_at": _now()})
        for case, visit in _some_visits(made, pictures)
    ]
    whole, small = (base64.b64encode(one).decode() for one in (WHOLE, SMALL))
    own.page.evaluate(ATTACH, {"edits": edits, "whole": whole, "small": small})


def write_notes(own: Phone, made: Caseload, notes: int) -> None:
    for case, _ in _some_visits(made, notes):
        own.ask("save", [_edit("note", case, {"text": "Kävin ovella, ei avattu.", "at": _now()})])


def _some_visits(made: Caseload, count: int) -> list[tuple[str, str]]:
    return [made.visits[number * len(made.visits) // count] for number in range(count)]


def _edit(kind: str, case: str, values: dict[str, Any]) -> dict[str, Any]:
    return {"record": str(uuid7()), "kind": kind, "case": case, "set": values, "seen": {}}


def _now() -> str:
    return instant(time.time_ns() // 1_000_000)


@contextmanager
def opened(playwright: Playwright, profile: Path, address: str) -> Iterator[Phone]:
    with phone(playwright, profile, address) as own:
        own.open()
        own.page.locator("input[type=password]").wait_for()
        if own.page.locator("input[autocomplete=username]:visible").count():
            own.sign_in("aino", PASSWORD)
            own.wait_complete()
        else:
            own.unlock(PASSWORD)
        own.wait_painted()
        yield own


def make_profiles(playwright: Playwright, folder: Path, made: Caseload, front: Front, pictures: int) -> None:
    with opened(playwright, folder / WITHOUT, front.address) as own:
        own.wait_installed()
        own.ask("syncNow")
        own.ask("lock")
    for name in PROFILES[1:]:
        shutil.copytree(folder / WITHOUT, folder / name, symlinks=True)
    with opened(playwright, folder / SENT, front.address) as own:
        attach(own, made, pictures)
        own.page.evaluate(WAIT_UNTIL_SENT)
        own.ask("lock")
    front.cut()
    with opened(playwright, folder / WAITING, front.address) as own:
        attach(own, made, pictures)
        assert len(own.ask("uploads")) == pictures
        own.ask("lock")
    with opened(playwright, folder / NOTES, front.address) as own:
        write_notes(own, made, pictures)
        own.ask("lock")


def started_ms(playwright: Playwright, profile: Path, address: str, slower: float) -> float:
    """From the data key in hand to painted Tänään."""
    with phone(playwright, profile, address) as own:
        if slower > 1:
            own.slow_down(slower)
        own.open()
        own.page.locator("input[type=password]").wait_for()
        own.unlock(PASSWORD)
        own.wait_painted()
        at = own.moments()
    return at["painted"] - at["key"]


def measure(playwright: Playwright, folder: Path, address: str, rounds: int) -> None:
    for title, slower in (("as it is", 1.0), (f"page at {SLOWED}× throttle", float(SLOWED))):
        told: dict[str, list[float]] = {name: [] for name in PROFILES}
        for number in range(rounds + 1):
            begins = number % len(PROFILES)
            for name in PROFILES[begins:] + PROFILES[:begins]:
                ms = started_ms(playwright, folder / name, address, slower)
                if number:
                    told[name].append(ms)
        rows = [(f"{name}, ms", spread(told[name])) for name in PROFILES]
        for name, against in ((SENT, WITHOUT), (WAITING, WITHOUT), (WAITING, NOTES)):
            ratios = [more / less for more, less in zip(told[name], told[against], strict=True)]
            higher = sum(ratio > 1 for ratio in ratios)
            rows.append((f"{name} ÷ {against}", f"{spread(ratios)}, higher in {higher} of {rounds}"))
        table(f"cold start, {title}: median (quartiles) of {rounds} rounds", rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--pictures", type=int, default=PICTURES)
    given = parser.parse_args()
    print(f"Machine: {machine()}")
    print(f"{given.pictures} photos of {len(WHOLE) / 1e3:.0f} and {len(SMALL) / 1e3:.0f} kB, {RECORDS:,} other records")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        (folder / "data").mkdir()
        made = caseload.make(folder / "data")
        with serving(folder / "data") as server:
            front = Front(server.port)
            make_profiles(playwright, folder, made, front, given.pictures)
            measure(playwright, folder, front.address, given.rounds)
            front.stop()


if __name__ == "__main__":
    main()
