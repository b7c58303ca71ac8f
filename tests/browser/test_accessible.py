"""axe finds nothing: every screen, sheet, error and state, in three languages, light and dark, at four widths.

Looked at are so few combinations that any two values still meet once; `make axe-all` looks at all of them. One sign-in
for each language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, cycle, product
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from server.config import LIMITS
from tests.browser.authenticator import Authenticator
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import (
    BAR,
    CURRENT,
    OFFICE,
    addresses,
    arrive,
    differ,
    go,
    leave_sheet,
    press_save,
    settle,
    sights,
)
from tests.browser.screens import knowing_no_limits
from tests.cast import PASSWORD
from tests.whole import IS_WHOLE

AXE = Path(__file__).resolve().parents[2] / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => (await axe.run(document)).violations.flatMap((violation) =>
  violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')}: ${node.failureSummary}`))"""
LANGUAGES = ("fi", "sv", "en")
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HEIGHTS = {320: 640, 390: 844, 1280: 800, 1920: 1080}
WIDTHS = tuple(HEIGHTS) if IS_WHOLE else (320, 390, 1280)
OFFICE_WIDTHS = (1280, 1920)

Combination = tuple[str, ...]


def covering(*axes: Sequence[str]) -> list[Combination]:
    """Combinations in which any two values of different axes meet: each takes the most pairs still missing."""

    def pairs(one: Combination) -> set[tuple[int, str, int, str]]:
        return {(i, one[i], j, one[j]) for i, j in combinations(range(len(axes)), 2)}

    left = {pair for one in product(*axes) for pair in pairs(one)}
    chosen: list[Combination] = []
    while left:
        # Each starts from a pair that is missing, or thousands would have to be weighed for each.
        i, a, j, b = min(left)
        fitting = product(*([a] if at == i else [b] if at == j else axis for at, axis in enumerate(axes)))
        best = max(fitting, key=lambda one: len(pairs(one) & left))
        chosen.append(best)
        left -= pairs(best)
    return chosen


def test_any_two_values_meet() -> None:
    """Screens, targets: what the axe tests look at, checked against every pair there is."""
    axes = (("a", "b", "c", "d", "e"), LANGUAGES, THEMES, tuple(map(str, WIDTHS)))
    chosen = covering(*axes)
    for i, j in combinations(range(len(axes)), 2):
        assert {(one[i], one[j]) for one in chosen} == set(product(axes[i], axes[j]))
    assert len(chosen) < len(list(product(*axes))) / 3


@pytest.mark.timeout(1800 if IS_WHOLE else 240)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(phone_of: PhoneOf, office: Office, language: str) -> None:
    """[U16] Screens, targets: 0 violations, contrast included."""
    logged = differ(office)
    phone = phone_of("aino", unlocked=False)
    page = phone.page
    page.emulate_media(reduced_motion="reduce")
    page.locator(f"button[lang={language}]").click()
    before = gates()
    after = {name: at(address) for name, address in addresses(office, logged).items()}
    after |= sights(office, logged) | states(phone, addresses(office, logged))
    looks = looks_at([*before, *after], language)
    found = look_round(page, before, looks)
    unlock(page)
    found += look_round(page, after, looks)
    assert page.locator("html").get_attribute("lang") == language
    assert found == []


@pytest.mark.timeout(1800 if IS_WHOLE else 240)
@pytest.mark.parametrize("name", OFFICE)
def test_axe_finds_nothing_in_the_office(phone_of: PhoneOf, office: Office, name: str) -> None:
    """[U16] What only a leader and an administrator see, as wide as their screens are."""
    differ(office)
    laptop = phone_of("mikko", fresh=True)
    laptop.sign_in(name, PASSWORD, Authenticator() if name == "satu" else None)
    expect(laptop.chip).to_have_attribute("data-sync", "sent")
    page = laptop.page
    page.emulate_media(reduced_motion="reduce")
    scenes = {address: at(address.format(person=office.cast.aino.id)) for address in OFFICE[name]}
    every: list[Look] = [(theme, str(width)) for theme, width in product(THEMES, OFFICE_WIDTHS)]
    turns = zip(scenes, cycle([every[0], every[3], every[1], every[2]]))
    assert look_round(page, scenes, {scene: every if IS_WHOLE else [look] for scene, look in turns}) == []


Show = Callable[[Page], None]
#: theme and width
Look = tuple[str, str]


def looks_at(scenes: Sequence[str], language: str) -> dict[str, list[Look]]:
    """How each scene is looked at in this language."""
    axes = (scenes, LANGUAGES, THEMES, [str(width) for width in WIDTHS])
    chosen = product(*axes) if IS_WHOLE else covering(*axes)
    looks: dict[str, list[Look]] = {scene: [] for scene in scenes}
    for scene, spoken, theme, width in chosen:
        if spoken == language:
            looks[scene].append((theme, width))
    return looks


def look_round(page: Page, scenes: dict[str, Show], looks: dict[str, list[Look]]) -> list[str]:
    found: list[str] = []
    for name, show in scenes.items():
        for number, look in enumerate(looks[name]):
            lay_out(page, look)
            if number == 0:
                show(page)
            settle(page)
            found += [f"{name}, {', '.join(look)}: {one}" for one in violations(page)]
        leave_sheet(page)
    return found


def lay_out(page: Page, look: Look) -> None:
    theme, width = look
    page.set_viewport_size({"width": int(width), "height": HEIGHTS[int(width)]})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")


def violations(page: Page) -> list[str]:
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(RUN)
    return found


def at(address: str) -> Show:
    return lambda page: go(page, address)


def gates() -> dict[str, Show]:
    """Before anybody has opened anything; each goes on from the one before."""

    def signing_in(page: Page) -> None:
        page.locator(".others button").click()
        expect(page.locator("#name")).to_be_visible()

    return {
        "the lock": lambda page: expect(page.locator("form [type=submit]")).to_be_visible(),
        "the lock with an error": lambda page: page.locator("form [type=submit]").click(),
        "signing in": signing_in,
        "signing in with errors": lambda page: page.locator("form [type=submit]").click(),
    }


def unlock(page: Page) -> None:
    """From the form of signing in, which another person may have opened."""
    page.locator("form button.quiet").last.click()
    page.locator("#password").fill(PASSWORD)
    page.locator("form [type=submit]").click()
    arrive(page)


def states(phone: Phone, places: dict[str, str]) -> dict[str, Show]:
    """What the phone itself may be in; each goes on from the one before."""

    def without_network(page: Page) -> None:
        phone.offline()
        go(page, places["/"])
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(phone.chip).to_have_attribute("data-sync", "offline")

    def waiting(page: Page) -> None:
        go(page, places["/clients/:caseId/notes/:record"])
        text = page.locator(f"{CURRENT} textarea").first
        with knowing_no_limits(page):
            text.fill("Siivottiin. " * (LIMITS.note_chars_max // 12 + 1))
            press_save(page)
            expect(phone.chip).to_have_attribute("data-sync", "waiting")
        go(page, places["/outbox"])

    def to_be_mended(page: Page) -> None:
        phone.offline(False)
        expect(phone.chip).to_have_attribute("data-sync", "fix")
        go(page, places["/outbox"])

    def mending(page: Page) -> None:
        page.locator(f"{CURRENT} .button.main").first.click()
        expect(page.locator("dialog[open]")).to_be_visible()

    def watched(page: Page) -> None:
        go(page, places["/check-in/:caseId?/:record?"])
        page.locator(f"{CURRENT} .actions .button.main").click()
        expect(page.locator(f"{CURRENT} [role=timer]")).to_be_visible()

    def beside_it(page: Page) -> None:
        go(page, places["/clients/:caseId"])
        expect(page.locator(BAR)).to_be_visible()

    return {
        "no network": without_network,
        "something waits": waiting,
        "something needs fixing": to_be_mended,
        "mending it": mending,
        "a check-in that is on": watched,
        "a client beside a check-in": beside_it,
    }
