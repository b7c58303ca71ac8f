"""The laptop without a mouse: every step by Tab, arrows, Enter and Space, from sign-in to a saved visit."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import wait_until_sent
from tests.browser.words import fi, kind_word
from tests.cast import PASSWORD

#: nobody tabs further than this
TABS_MAX = 80


def test_a_planned_visit_is_logged_by_keys_alone(
    new_office: Office, phones: Callable[[Path | None, str, str], Phone]
) -> None:
    """Screens, 1: sign-in, Tänään, Kirjaa, the goal, the note, Tallenna; the focus is seen at every step."""
    laptop = phones(None, "laptop", new_office.address)
    laptop.open()
    keys = laptop.page.keyboard
    walk_to(laptop, laptop.field(fi("session.name")))
    keys.type("aino")
    walk_to(laptop, laptop.field(fi("session.password")))
    keys.type(PASSWORD)
    keys.press("Enter")
    wait_until_sent(laptop)

    paavo = new_office.clients.paavo
    walk_to(laptop, laptop.page.get_by_role("link", name=re.compile(f"^{fi('today.log')}.*{paavo.name}$")))
    keys.press("Enter")
    goal = laptop.page.get_by_role("group", name=paavo.goal_title, exact=True)
    walk_to(laptop, goal.get_by_role("button", name=kind_word("visit", "goal_moves=forward"), exact=True))
    keys.press("Space")
    walk_to(laptop, laptop.field(fi("visit.note")))
    keys.type("Ilman hiirtä.")
    walk_to(laptop, laptop.button(fi("visit.save")))
    keys.press("Enter")
    expect(laptop.page.get_by_text(fi("shell.savedHere"))).to_be_visible()
    wait_until_sent(laptop)
    assert new_office.log_of(new_office.cast.aino) == {"visit": 1}


def test_a_client_is_found_from_anywhere(new_office: Office, phones: Callable[[Path | None, str, str], Phone]) -> None:
    """Screens, 1: Ctrl+K, some letters, arrows, Enter, wherever one is; from a form too, whose draft stays."""
    laptop = phones(None, "laptop", new_office.address)
    laptop.open()
    laptop.sign_in("aino", PASSWORD)
    wait_until_sent(laptop)
    keys = laptop.page.keyboard
    clients = new_office.clients
    for place in (fi("shell.week"), fi("shell.outbox"), fi("shell.settings")):
        laptop.link(place).locator("visible=true").first.click()
        expect(laptop.page.locator('[data-pane="current"]').get_by_role("heading", level=1)).to_have_text(place)
        open_by_keys(laptop, clients.kerttu.name)

    walk_to(laptop, laptop.page.get_by_role("link", name=re.compile(f"^{fi('caseFile.log')}$")))
    keys.press("Enter")
    note = laptop.field(fi("visit.note"))
    note.wait_for()
    walk_to(laptop, note)
    keys.type("Kesken jäänyt ajatus")
    open_by_keys(laptop, clients.eino.name)
    laptop.page.go_back()
    expect(note).to_have_value("Kesken jäänyt ajatus")


def open_by_keys(laptop: Phone, name: str) -> None:
    keys = laptop.page.keyboard
    keys.press("Control+k")
    found = laptop.page.get_by_role("dialog", name=fi("shell.find"))
    expect(found.get_by_label(fi("desk.findWhat"))).to_be_focused()
    # The first letter finds several; the arrows walk to the one.
    keys.type(name[0].lower())
    row = found.get_by_role("link").filter(has_text=name).first
    expect(row).to_be_visible()
    for _ in range(TABS_MAX):
        keys.press("ArrowDown")
        if is_focused(row):
            break
    expect(row).to_be_focused()
    keys.press("Enter")
    expect(laptop.page.get_by_role("heading", level=1, name=name)).to_be_visible()


def test_u49_keys_find_commands_and_are_told_on_every_screen(
    new_office: Office, phones: Callable[[Path | None, str, str], Phone]
) -> None:
    """[U49] The side bar names Ctrl+K, which knows what one's role may do; ? lists all keys; Ctrl+Enter saves."""
    laptop = phones(None, "laptop", new_office.address)
    page = laptop.open()
    laptop.sign_in("mikko", PASSWORD)
    wait_until_sent(laptop)
    keys = page.keyboard
    heading = page.locator('[data-pane="current"]').get_by_role("heading", level=1)
    laptop.tap(page.get_by_role("complementary").get_by_role("button", name=fi("shell.find")))
    found = page.get_by_role("dialog", name=fi("shell.find"))
    field = found.get_by_label(fi("desk.findWhat"))
    expect(field).to_be_focused()
    first = found.locator("li").first
    for typed, title in (("rapo", fi("shell.reports")), ("HALL", fi("admin.title")), ("tiimin vii", fi("shell.week"))):
        field.fill(typed)
        expect(found.locator("li")).not_to_have_count(0)
        keys.press("Enter")
        expect(heading).to_have_text(title)
        keys.press("?")
        listed = page.get_by_role("dialog", name=fi("desk.shortcuts"))
        for key in ("Ctrl+K", "Ctrl+Enter", "Esc", "?"):
            expect(listed.locator("kbd").get_by_text(key, exact=True).first).to_be_visible()
        keys.press("Escape")
        expect(listed).to_be_hidden()
        keys.press("Control+k")
    expect(page.get_by_role("radio", name=fi("week.teamWeek"), exact=True)).to_be_checked()

    # A client comes before commands; a second Ctrl+K takes what was typed, to be typed over.
    paavo = new_office.clients.paavo
    keys.type(paavo.name)
    expect(first).to_contain_text(paavo.name)
    keys.press("Control+k")
    keys.type("viikko")
    expect(field).to_have_value("viikko")
    keys.press("Escape")
    expect(found).to_be_hidden()
    keys.press("Control+k")
    keys.type(paavo.name)
    keys.press("Enter")
    expect(heading).to_have_text(paavo.name)
    keys.press("Control+k")
    keys.type(fi("adding.note"))
    expect(first).to_contain_text(paavo.name)
    keys.press("Enter")
    note = page.get_by_role("textbox").first
    note.fill("Näppäimillä.")
    keys.press("Control+Enter")
    expect(page.get_by_text(fi("shell.savedHere"))).to_be_visible()
    expect(heading).to_have_text(paavo.name)
    # The lock leaves nothing of it, and keys find nothing there.
    keys.press("Control+k")
    keys.type("luki")
    keys.press("Enter")
    expect(laptop.field(fi("session.password"))).to_be_visible()
    keys.press("Control+k")
    keys.press("?")
    expect(page.locator("dialog[open]")).to_have_count(0)


def walk_to(laptop: Phone, target: Locator) -> None:
    """By Tab alone. Wherever the focus stands on the way, it is seen: ringed, and on the screen."""
    target.first.wait_for()
    for _ in range(TABS_MAX):
        if is_focused(target):
            return
        laptop.page.keyboard.press("Tab")
        laptop.page.wait_for_function(SEEN)
    raise AssertionError(f"no way to {target}")


def is_focused(target: Locator) -> bool:
    return target.evaluate_all("(found) => found.some((one) => one === document.activeElement)") is True


#: the focused thing, or its label, has a ring and stands inside the window
SEEN = """() => {
  const at = document.activeElement;
  if (at === document.body || at === null) return true;
  const ringed = [at, at.nextElementSibling, at.parentElement]
    .some((one) => one && getComputedStyle(one).outlineStyle !== 'none');
  const { top, bottom } = at.getBoundingClientRect();
  return ringed && bottom > 0 && top < innerHeight;
}"""
