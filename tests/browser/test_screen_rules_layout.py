"""Screens, as they are laid out: what a thumb hits and reaches, on a phone, a small one with large text, a laptop.

Every screen is looked at once for each size, by look.js; the tests then ask for one rule each. That walk takes longest
of all: conftest.py keeps them together in one worker, so that nobody walks twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from server.rules.dates import FINLAND
from tests.browser.conftest import PhoneOf
from tests.browser.office import Founded, Office, copy_of
from tests.browser.phone import Phone, phone_shape
from tests.browser.places import (
    ADDRESSES,
    CURRENT,
    DEVELOPMENT_ONLY,
    addresses,
    differ,
    everywhere,
    go,
    leave_sheet,
    open_add,
    routes,
)
from tests.browser.screens import open_client, save_form, wait_until_sent
from tests.browser.words import fi
from tests.cast import PASSWORD
from tests.ports import free_port

HERE = Path(__file__).resolve().parent
LOOK = (HERE / "look.js").read_text()
TARGET = {"large": 44, "gap": 8}
PHONE, SMALL, LAPTOP = (390, 844), (320, 640), (1280, 800)
#: what a browser calls 16 px until somebody asks for larger text
PLAIN_TEXT_PX, DOUBLE_TEXT_PX = 16, 32
#: a keyboard takes about so much of a phone
KEYBOARD_PX = 340
#: gives each control the focus and looks what is there to be seen
COVERED = """() => {
  const scope = document.querySelector('dialog[open]') ?? document.body;
  const found = [];
  for (const one of scope.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.disabled) continue;
    one.focus();
    if (document.activeElement !== one) continue;
    const seen = one.closest('label') ?? one;
    const { left, right, top, bottom } = seen.getBoundingClientRect();
    const isSeen = ([x, y]) => {
      const there = document.elementFromPoint(x, y);
      const own = seen.closest('.password') ?? seen.parentElement;
      return there !== null && (there.contains(seen) || own.contains(there));
    };
    const middle = (left + right) / 2;
    // What is larger than the room between the bars cannot be seen at once: some of it has to be. Of a text it is the
    // line that is being written.
    const isTall = one.localName === 'textarea' || bottom - top > innerHeight / 4;
    const along = [0.1, 0.3, 0.5, 0.7, 0.9].map((part) => [middle, top + (bottom - top) * part]);
    const height = (top + bottom) / 2;
    const ends = [[left + 4, height], [right - 4, height], [middle, top + 4], [middle, bottom - 4]];
    const spots = isTall ? along : ends;
    if (isTall ? spots.some(isSeen) : spots.every(isSeen)) continue;
    const words = one.ariaLabel ?? one.labels?.[0]?.innerText ?? one.innerText;
    const over = spots.map(([x, y]) => document.elementFromPoint(x, y)?.localName ?? 'the edge');
    found.push(`${one.localName} “${words.slice(0, 40)}” at ${top.toFixed()}–${bottom.toFixed()} under ${over}`);
  }
  return found;
}"""
#: a phone with its camera in the display, and its own bar at the foot (px)
EDGES = {"top": 47, "bottom": 34}
#: controls of the bars that reach under an edge, and what shows through at the foot
UNDER_AN_EDGE = """({ top, bottom }) => {
  const sheet = document.querySelector('dialog[open]');
  const bars = sheet ? [] : document.querySelectorAll('.screen > header, .actions, nav');
  const controls = [...bars].flatMap((bar) => [...bar.querySelectorAll('a[href], button')]);
  const found = controls.filter((one) => {
    const box = one.getBoundingClientRect();
    return one.checkVisibility() && (box.top < top || box.bottom > innerHeight - bottom);
  });
  const lowest = document.elementFromPoint(innerWidth / 2, innerHeight - bottom / 2);
  if (!lowest.closest('nav, .actions, dialog') || lowest.closest('a, button, p')) found.push(lowest);
  return found.map((one) => one.ariaLabel ?? one.innerText.slice(0, 40));
}"""
#: notes what is asked of the person, and what turns while something is read on the device
WATCH = """() => {
  window.asked = 0;
  Notification.requestPermission = () => { window.asked += 1; return Promise.resolve('default'); };
  PushManager.prototype.subscribe = () => { window.asked += 1; return Promise.reject(new Error('asked')); };
  window.turning = [];
  const look = () => {
    for (const one of document.querySelectorAll('progress:not([value]), [aria-busy=true], .spinner, .skeleton')) {
      if (one.checkVisibility()) window.turning.push(`${location.pathname}: ${one.localName}.${one.classList[0]}`);
    }
    requestAnimationFrame(look);
  };
  look();
}"""

#: by screen, what look.js found there: rule's word and culprits
Seen = dict[str, dict[str, list[str]]]


class Walker:
    """Aino's unlocked browser, which goes everywhere in a size, once."""

    def __init__(self, phone: Phone, office: Office, logged: str) -> None:
        self.page = phone.page
        self.phone = phone
        self.office = office
        self.logged = logged
        self._seen: dict[tuple[tuple[int, int], int], Seen] = {}

    def lay_out(self, size: tuple[int, int], text_px: int = PLAIN_TEXT_PX) -> None:
        width, height = size
        self.page.set_viewport_size({"width": width, "height": height})
        assert self.phone.context
        # Playwright has no word for the browser's own setting of text size.
        protocol = self.phone.context.new_cdp_session(self.page)
        protocol.send("Page.setFontSizes", {"fontSizes": {"standard": text_px, "fixed": text_px - 3}})

    def seen(self, size: tuple[int, int], text_px: int = PLAIN_TEXT_PX) -> Seen:
        if (size, text_px) not in self._seen:
            self.lay_out(size, text_px)
            self._seen[size, text_px] = dict(self._look_everywhere())
            self.lay_out(PHONE)
        return self._seen[size, text_px]

    def _look_everywhere(self) -> Iterator[tuple[str, dict[str, list[str]]]]:
        for name in everywhere(self.page, self.office, self.logged):
            yield name, self.page.evaluate(LOOK, TARGET) | {"covered": self.page.evaluate(COVERED)}

    def complaints(self, rule: str, size: tuple[int, int], text_px: int = PLAIN_TEXT_PX) -> list[str]:
        seen = self.seen(size, text_px)
        return [f"{screen}: {culprit}" for screen, found in seen.items() for culprit in found[rule]]


@pytest.fixture(scope="module")
def walker(founded: Founded, playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walker]:
    """One office and one signed-in browser for all that only looks."""
    folder = tmp_path_factory.mktemp("walk")
    with copy_of(founded, folder / "office", free_port()).open() as office:
        logged = differ(office)
        phone = Phone(playwright, phone_shape(playwright), folder / "aino", office.address)
        phone.open()
        phone.page.evaluate(WATCH)
        phone.sign_in("aino", PASSWORD)
        expect(phone.today).to_be_visible()
        wait_until_sent(phone)
        phone.wait_for_the_shell()
        expect(phone.page.get_by_text(fi("help.device.offlineReady"))).to_have_count(0)
        phone.page.evaluate("window.turning.length = 0")
        yield Walker(phone, office, logged)
        phone.close()
        assert phone.errors == []


def test_every_route_is_walked_to() -> None:
    """Screens: a new route needs an address in places.py, or nothing here would look at it."""
    assert routes() - DEVELOPMENT_ONLY - set(ADDRESSES) == set()


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
def test_controls_are_as_large_as_a_thumb(walker: Walker, size: tuple[int, int]) -> None:
    """[U10] 44 × 44 px at least, everywhere."""
    assert walker.complaints("small", size) == []


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
def test_controls_keep_their_distance(walker: Walker, size: tuple[int, int]) -> None:
    """[U10] 8 px between two targets; a row that is taller than 44 px brings its own."""
    assert walker.complaints("close", size) == []


def test_the_primary_action_is_in_the_lowest_third(walker: Walker) -> None:
    """[U11] Where a screen has a primary action, it is under the thumb of the hand that holds the phone."""
    assert walker.complaints("low", PHONE) == []


def test_what_is_pressed_keeps_clear_of_the_phones_own_edges(walker: Walker) -> None:
    """[U11] Beside a camera at the head and a bar at the foot: no control under them, and no text beneath an action."""
    at = addresses(walker.office, walker.logged)
    walker.lay_out(PHONE)
    found = []
    with edges(walker, EDGES):
        for name in ("/", "/clients", "/clients/:caseId/visits/:record"):
            go(walker.page, at[name])
            found += [f"{name}: {one}" for one in walker.page.evaluate(UNDER_AN_EDGE, EDGES)]
        open_add(walker.page, "/")
        found += [f"the sheet: {one}" for one in walker.page.evaluate(UNDER_AN_EDGE, EDGES)]
        leave_sheet(walker.page)
    assert found == []


@contextmanager
def edges(walker: Walker, insets: dict[str, int]) -> Iterator[None]:
    assert walker.phone.context
    protocol = walker.phone.context.new_cdp_session(walker.page)
    protocol.send("Emulation.setSafeAreaInsetsOverride", {"insets": insets})
    yield
    protocol.send("Emulation.setSafeAreaInsetsOverride", {"insets": {}})


def test_the_top_corners_hold_nothing_of_their_own(walker: Walker) -> None:
    """[U11] Only the way back, which Back has too, and the chip, whose list also stands under Lisää."""
    assert walker.complaints("corners", PHONE) == []


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
def test_the_chip_is_on_every_screen(walker: Walker, size: tuple[int, int]) -> None:
    """[U5] One of it, with a drawing and words."""
    assert walker.complaints("chip", size) == []


def test_no_screen_is_amber_or_red_without_a_reason(walker: Walker) -> None:
    """[U6] Red where lone work is watched; amber where two entries differ and where a form has errors."""
    reasons = ("errors", "/differing/", "/goals/:record", "/clients/:caseId", "a case file unfolded")
    dangers = ("/check-in/", "/out:")
    found = [one for one in walker.complaints("coloured", PHONE) if not one.startswith(dangers)]
    assert [one for one in found if "safety" in one] == []
    assert [one for one in found if not any(reason in one for reason in reasons)] == []


@pytest.mark.parametrize("size", [(320, 844), SMALL])
def test_nothing_is_scrolled_sideways_or_cut_off(walker: Walker, size: tuple[int, int]) -> None:
    """[U14] 320 px wide, with plain text and with text twice as large."""
    text_px = DOUBLE_TEXT_PX if size == SMALL else PLAIN_TEXT_PX
    assert walker.complaints("wide", size, text_px) + walker.complaints("clipped", size, text_px) == []


def test_the_bars_of_a_report_are_named_in_full(walker: Walker) -> None:
    """[U14, U27] Twice as large at 320 px, whatever day of the month it is: their period is chosen here."""
    go(walker.page, addresses(walker.office, walker.logged)["/reports/:kind"])
    today = datetime.now(FINLAND).date()
    walker.page.get_by_label(fi("reports.period")).select_option("own")
    walker.page.get_by_label(fi("reports.from"), exact=True).fill(str(today - timedelta(days=62)))
    walker.page.get_by_label(fi("reports.to"), exact=True).fill(str(today))
    expect(walker.page.locator("figure li").first).to_be_visible()
    walker.lay_out(SMALL, DOUBLE_TEXT_PX)
    found = walker.page.evaluate(LOOK, TARGET)
    walker.lay_out(PHONE)
    assert found["wide"] + found["clipped"] == []


def test_zooming_is_never_disabled(walker: Walker) -> None:
    """[U14] The page may be pinched to any size."""
    meta = walker.page.locator("meta[name=viewport]").get_attribute("content") or ""
    assert "width=device-width" in meta
    assert "user-scalable" not in meta
    assert "maximum-scale" not in meta


def test_longer_text_is_typed_into_plain_fields(walker: Walker) -> None:
    """[U15] Dictation is the keyboard's own: a textarea it can fill, and nothing that pretends to be one."""
    assert walker.complaints("fields", PHONE) == []
    go(walker.page, addresses(walker.office, walker.logged)["a new visit"])
    expect(walker.page.locator(f"{CURRENT} textarea")).to_be_editable()


def test_figures_are_drawn_and_written(walker: Walker) -> None:
    """[U27] Each bar has a sentence with its numbers for listeners, and the numbers beside it."""
    assert walker.complaints("unnamed", PHONE) == []
    go(walker.page, addresses(walker.office, walker.logged)["/clients/:caseId"])
    assert walker.page.locator(f"{CURRENT} meter").count() > 0


@pytest.mark.parametrize("size", [PHONE, SMALL, LAPTOP])
def test_what_has_the_focus_is_seen(walker: Walker, size: tuple[int, int]) -> None:
    """[U12] Whatever gets the focus stands clear of the bars and of the screen's edge, also with large text."""
    assert walker.complaints("covered", size, DOUBLE_TEXT_PX if size == SMALL else PLAIN_TEXT_PX) == []


def test_what_has_the_focus_is_seen_beside_a_message(phone_of: PhoneOf, office: Office) -> None:
    """[U12] Also while Kumoa stands above the screen's own action."""
    phone = phone_of("aino")
    open_client(phone, office.clients.paavo)
    at = phone.page.evaluate("location.pathname")
    go(phone.page, f"{at}/notes/new")
    phone.page.locator(f"{CURRENT} textarea").first.fill("Soitto")
    save_form(phone)
    go(phone.page, at)
    expect(phone.button(fi("shell.undo"))).to_be_visible()
    assert phone.page.evaluate(COVERED) == []


def test_the_keyboard_hides_no_field(walker: Walker) -> None:
    """[U12] With the keyboard up, what is typed into stands above it and above Tallenna."""
    width, height = PHONE
    found = []
    for name, address in addresses(walker.office, walker.logged).items():
        if any(form in address for form in ("visits", "plan", "phase", "goals/new", "edit", "notes")):
            walker.lay_out(PHONE)
            go(walker.page, address)
            walker.lay_out((width, height - KEYBOARD_PX))
            found += [f"{name}: {one}" for one in walker.page.evaluate(COVERED)]
    walker.lay_out(PHONE)
    assert found == []


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
def test_help_stands_in_the_same_place(walker: Walker, size: tuple[int, int]) -> None:
    """[U28] Lisää in the bottom bar or Ohje in the side bar; the team's number ends both screens that help."""
    seen = walker.seen(size)
    places = {place for found in seen.values() for place in found["help"]}
    assert len(places) == 1
    number = []
    for address in ("/more", "/help"):
        walker.lay_out(size)
        go(walker.page, address)
        number.append(walker.page.locator(f"{CURRENT} h2").last.inner_text())
    walker.lay_out(PHONE)
    assert number == [fi("settings.helpPhone")] * 2


def test_nothing_turns_while_the_device_is_read(walker: Walker) -> None:
    """[U4] On the whole walk no spinner was painted, not for one frame."""
    walker.seen(PHONE)
    assert walker.page.evaluate("[...new Set(window.turning)]") == []


def test_nothing_asks_for_notifications_by_itself(walker: Walker) -> None:
    """[U22] Neither signing in nor any screen does; only a tap may."""
    walker.seen(PHONE)
    assert walker.page.evaluate("window.asked") == 0
