"""Every screen, in light and dark, on a phone and on a laptop: axe finds nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from server.demo.phone import held
from tests.browser.clients import Client
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.words import fi

AXE = Path(__file__).resolve().parents[2] / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async (only) => (await axe.run(document, only)).violations.flatMap((violation) =>
  violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')}: ${node.failureSummary}`))"""
#: the app's own links work the same way; a reload would ask for the password
GO = """(path) => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')); }"""
WIDTHS = {390: 844, 1280: 800}
#: a theme changes nothing but colours
THEMES: dict[Literal["light", "dark"], dict[str, object]] = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}


@pytest.mark.parametrize("width", WIDTHS)
def test_sign_in_and_lock(phone_of: PhoneOf, width: int) -> None:
    """Screens, targets: 0 violations before anybody has opened anything, with an error shown too."""
    phone = phone_of("aino", unlocked=False)
    lay_out(phone, width)
    found: list[str] = []
    found += look_at(phone, "lock")
    phone.tap(phone.button(fi("session.open")))
    found += look_at(phone, "lock with an error")
    phone.tap(phone.button(fi("session.someoneElse")))
    found += look_at(phone, "sign-in")
    phone.tap(phone.button(fi("session.signIn")))
    found += look_at(phone, "sign-in with errors")
    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_every_screen(phone_of: PhoneOf, office: Office, width: int) -> None:
    """Screens, targets: 0 violations on each screen and open sheet."""
    paavo = office.clients.paavo
    visit = differ(office, paavo)
    phone = phone_of("aino")
    lay_out(phone, width)
    file = f"/clients/{paavo.case}"
    places = ["/", "/clients", "/week", "/outbox", "/more", "/settings", "/help", "/accessibility", "/nowhere", file]
    places += [
        f"{file}/{end}" for end in ("visits/new", "plan", "phase", "entries", "goals/new", "notes/new", "checklists")
    ]
    places += [f"{file}/visits/{paavo.visit}", f"{file}/plan/{paavo.visit}", f"{file}/entries/{visit}"]
    places += [f"{file}/{screen}/{paavo.goal}" for screen in ("goals", "differing", "history")]
    places += [f"{file}/goals/{paavo.goal}/edit"]
    found: list[str] = []
    for place in places:
        phone.page.evaluate(GO, place)
        expect(phone.page.locator('[data-pane="current"] h1')).to_be_visible()
        phone.page.wait_for_load_state("networkidle")
        found += look_at(phone, place)
    phone.page.evaluate(GO, "/")
    phone.tap(phone.button(fi("shell.add")).locator("visible=true"))
    found += look_at(phone, "add")
    assert found == []


def lay_out(phone: Phone, width: int) -> None:
    phone.page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    phone.page.emulate_media(reduced_motion="reduce")


def look_at(phone: Phone, what: str) -> list[str]:
    """What axe finds on this screen."""
    found: list[str] = []
    for theme, only in THEMES.items():
        phone.page.emulate_media(color_scheme=theme)
        found += [f"{what}, {theme}: {one}" for one in violations(phone.page, only)]
    return found


def violations(page: Page, only: dict[str, object]) -> list[str]:
    page.evaluate("Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => null)")
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(RUN, only)
    return found


def differ(office: Office, client: Client) -> str:
    """Aino and Liisa have written the goal differently; the id of a logged visit."""
    cast = office.cast
    with office.colleague(cast.aino) as aino, office.colleague(cast.liisa) as liisa:
        for desk, words in ((aino, "Oma koti ennen kesää."), (liisa, "Koti läheltä siskoa.")):
            seen = {"client_words": held(desk.records[client.goal], "client_words")}
            desk.write(1_790_000_000_000, "goal", client.case, client.goal, {"client_words": words}, seen)
        visits = [r for r in aino.records.values() if r["case"] == client.case and "outcome" in r["fields"]]
    visit: str = visits[0]["id"]
    return visit
