"""Lighthouse on every screen of a phone: `make lighthouse`. Prints a table, and fails below the targets.

Sign-in and lock are loaded as Lighthouse loads them (mobile, slow 4G, 4× processor), the other screens looked at as
they stand, since a load would lock them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright, expect, sync_playwright

from tests import node
from tests.browser.office import Office, copy_of, found
from tests.browser.phone import PROFILE_SWITCHES, WAIT_MAX_MS, Phone, phone_shape
from tests.browser.places import addresses, differ, go
from tests.cast import PASSWORD
from tests.ports import free_port

FOLDER = Path(__file__).resolve().parent
RUNS = 3
TARGETS = {"performance": 95, "accessibility": 100, "best-practices": 100}


class Auditor:
    """Lighthouse, attached to a phone's browser."""

    def __init__(self, node: subprocess.Popen[str], address: str) -> None:
        self._node = node
        self._address = address

    def load(self, *, keep: bool) -> dict[str, Any]:
        """The median of some loads by performance."""
        runs = [self._ask("navigation", keep) for _ in range(RUNS)]
        return sorted(runs, key=lambda run: int(run["scores"]["performance"]))[RUNS // 2]

    def look(self) -> dict[str, Any]:
        return self._ask("snapshot", keep=True)

    def _ask(self, mode: str, keep: bool) -> dict[str, Any]:
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(json.dumps({"mode": mode, "url": f"{self._address}/", "keep": keep}) + "\n")
        self._node.stdin.flush()
        answered: dict[str, Any] = json.loads(self._node.stdout.readline())
        return answered


def main() -> None:
    node.install(FOLDER)  # 185 MB that only this measurement needs
    expect.set_options(timeout=WAIT_MAX_MS)
    told: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder) / "founded"
        home.mkdir()
        founded = found(home)
        with copy_of(founded, Path(folder) / "office", free_port()).open() as office:
            for name, report in audits(playwright, office, Path(folder)):
                told[name] = report
                print(line(name, report), flush=True)
    short = [name for name, report in told.items() if misses(report)]
    sys.exit(f"below the targets: {', '.join(short)}" if short else 0)


def audits(playwright: Playwright, office: Office, folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    logged = differ(office)
    phone = Phone(playwright, phone_shape(playwright), folder / "profile", office.address)
    with listening(phone) as port, lighthouse(port, office.address) as auditor:
        yield "sign-in", auditor.load(keep=False)
        phone.sign_in("aino", PASSWORD)
        expect(phone.today).to_be_visible()
        expect(phone.chip).to_have_attribute("data-sync", "sent")
        phone.wait_for_the_shell()
        yield "lock", auditor.load(keep=True)
        phone.unlock(PASSWORD)
        for name, address in addresses(office, logged).items():
            go(phone.page, address)
            yield name, auditor.look()


@contextmanager
def listening(phone: Phone) -> Iterator[int]:
    """The phone, open, with a door for Lighthouse."""
    port = free_port()
    PROFILE_SWITCHES.append(f"--remote-debugging-port={port}")
    try:
        phone.open()
        yield port
    finally:
        phone.close()
        PROFILE_SWITCHES.pop()


@contextmanager
def lighthouse(port: int, address: str) -> Iterator[Auditor]:
    command: list[str | Path] = [node.PROGRAM, FOLDER / "audit.mjs", str(port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as auditing:
        yield Auditor(auditing, address)
        assert auditing.stdin
        auditing.stdin.close()


def misses(report: dict[str, Any]) -> bool:
    return any(report["scores"].get(name, 100) < least for name, least in TARGETS.items())


def line(name: str, report: dict[str, Any]) -> str:
    scores = "  ".join(f"{kind} {score}" for kind, score in report["scores"].items() if kind in TARGETS)
    figures = "  ".join(f"{kind} {value:.3g}" for kind, value in report["figures"].items())
    found = "".join(f"\n    {one['id']}: {one['title']}  {' '.join(one['where'])}" for one in report["found"])
    return f"{name}\n  {scores}  {figures}{found if misses(report) else ''}"


if __name__ == "__main__":
    main()
