"""What a worker finds on the screens, by its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

from tests.browser.clients import Client
from tests.browser.phone import Phone
from tests.browser.words import fi, kind_word

#: an app that did not know the office's limits counts no characters
UNCOUNTED = """() => {
  window.counted = Array.from;
  Array.from = (items, ...more) => typeof items === 'string' ? [] : counted.call(Array, items, ...more);
}"""
COUNTED = "() => { Array.from = window.counted; }"


@contextmanager
def knowing_no_limits(page: Page) -> Iterator[None]:
    page.evaluate(UNCOUNTED)
    yield
    page.evaluate(COUNTED)


class LogSheet:
    """The sheet in which a visit is logged."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.note.wait_for()

    @property
    def note(self) -> Locator:
        return self.phone.field(fi("visit.note"))

    def move_goal(self, client: Client, move: str) -> None:
        goal = self.phone.page.get_by_role("group", name=client.goal_title, exact=True)
        self.phone.tap(goal.get_by_role("button", name=kind_word("visit", f"goal_moves={move}"), exact=True))

    def choose(self, outcome: str) -> None:
        self.phone.tap(self.phone.page.get_by_role("radio", name=outcome, exact=True))

    def take_suggested_time(self) -> None:
        begin = fi("visit.nextSuggestion", "")
        self.phone.tap(self.phone.page.get_by_role("button", name=re.compile(f"^{begin}")))

    def plan_another_time(self) -> None:
        """A next visit at the time that is offered for it."""
        other = self.phone.button(fi("visit.nextOther"))
        if other.get_attribute("aria-pressed") == "false":
            self.phone.tap(other)

    def tick(self, list_title: str, *items: str) -> None:
        """Unfolds a checklist and ticks items of it: the taps are those of the checklist, not of the sheet."""
        self.phone.page.locator("summary").filter(has_text=list_title).click()
        for item in items:
            self.phone.page.get_by_role("checkbox", name=item, exact=True).check()

    def save(self) -> None:
        saved(self.phone, "visit.save")


def log_planned(phone: Phone, client: Client) -> LogSheet:
    """From Tänään: the nearest visit stands opened there."""
    wanted = re.compile(f"^{fi('today.log')}.*{client.name}$")
    phone.tap(phone.page.get_by_role("link", name=wanted).first)
    return LogSheet(phone)


def log_unplanned(phone: Phone, client: Client) -> LogSheet:
    """By ＋ and the client's name; a visit just now is what it offers first."""
    phone.tap(phone.button(fi("shell.add")))
    sheet = phone.page.get_by_role("dialog", name=fi("adding.title"))
    phone.tap(sheet.get_by_role("link", name=re.compile(f"^{client.name}")))
    return LogSheet(phone)


def open_client(phone: Phone, client: Client) -> None:
    phone.go("shell.clients")
    everybody = phone.page.get_by_role("radio", name=fi("clients.all"), exact=True)
    phone.page.get_by_role("link", name=re.compile("OV-")).or_(everybody).first.wait_for()
    if everybody.is_visible():
        everybody.check()
    phone.page.get_by_role("link", name=re.compile(client.name)).first.click()
    expect(phone.page.get_by_role("heading", level=1, name=client.name)).to_be_visible()


def open_kind(phone: Phone, kind: str) -> None:
    """From a client's page to the list of one kind, in whichever part of the overview it is."""
    many = kind_word(kind, "@many")
    here = phone.page.locator('[data-pane="current"]')
    link = here.get_by_role("link", name=re.compile(f"^{re.escape(many)}"))
    folded = here.locator("details:not([open]) > summary")
    link.or_(folded).first.wait_for()
    while link.count() == 0:
        folded.first.click()
    link.first.click()
    expect(phone.page.get_by_role("heading", level=1, name=many)).to_be_visible()


def open_goal(phone: Phone, client: Client) -> None:
    open_client(phone, client)
    phone.page.get_by_role("link", name=re.compile(client.goal_title)).first.click()
    expect(phone.page.get_by_role("heading", level=1, name=client.goal_title)).to_be_visible()


def edit_goal(phone: Phone, client: Client) -> Locator:
    """The goal's form; returns the field of the client's own words."""
    open_goal(phone, client)
    phone.go("goal.update")
    words = phone.field_beginning(fi("goal.clientWords"))
    words.wait_for()
    return words


def save_form(phone: Phone) -> None:
    saved(phone, "shell.save")


def saved(phone: Phone, word: str) -> None:
    """It says so first, and leaves the form then."""
    save = phone.button(fi(word))
    phone.tap(save)
    expect(phone.page.get_by_text(fi("shell.savedHere"))).to_be_visible()
    expect(save).to_be_hidden()


def wait_until_sent(phone: Phone) -> None:
    expect(phone.chip).to_have_attribute("data-sync", "sent")
