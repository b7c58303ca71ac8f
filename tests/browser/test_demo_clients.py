"""Every client of the demo opens: whatever a case file may hold stands on its page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from server.demo.people import PEOPLE
from tests.browser.camera import served
from tests.browser.phone import Phone
from tests.browser.places import CURRENT, go, inside
from tests.browser.screens import wait_until_sent
from tests.whole import sampled

CLIENTS = 'tbody [href^="/clients/"]:has(.who)'
LINKS = "(links) => links.map((link) => [link.getAttribute('href'), link.querySelector('.who').textContent])"


@pytest.mark.timeout(600)
def test_every_client_of_the_demo_opens(phones: Callable[[Path | None, str, str], Phone], tmp_path: Path) -> None:
    """[Q1] No page breaks, whatever its records are: the phone hears of each error that nobody caught."""
    who, size = sampled(("mittaus", ("--size", "2000")), whole=("mikko", ()))
    with served(tmp_path / "demo", *size) as port:
        laptop = phones(None, "laptop", f"http://localhost:{port}")
        laptop.open()
        laptop.sign_in(who, PEOPLE["password"])
        expect(laptop.today).to_be_visible()
        wait_until_sent(laptop)
        go(laptop.page, "/clients")
        clients = laptop.page.locator(CLIENTS).evaluate_all(LINKS)
        assert len(clients) > 5
        for address, name in clients:
            go(laptop.page, address)
            expect(inside(laptop.page, "h1")).to_contain_text(name)
            expect(laptop.page.locator(f"{CURRENT} .areas > :nth-child(7)")).to_be_attached()
        laptop.close()
