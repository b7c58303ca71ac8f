"""A walk through all that follows from a kind's declaration, for a kind of ours and for one that is added."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.browser.clients import Client
from tests.browser.phone import Phone
from tests.browser.screens import open_client, save_form, wait_until_sent
from tests.browser.words import fi


@dataclass(frozen=True)
class Walked:
    """A kind as a person meets it, and what they write. `words` are those of its Finnish file."""

    kind: str
    words: Mapping[str, Mapping[str, str]]
    #: by the field's name, in the order of the form; a text that is searched among them
    typed: dict[str, str]
    #: the field that two people write differently, and what each writes
    clashing: str
    clash: tuple[str, str]
    #: the form asks for it
    asked: str
    #: what a row says of it
    row: str
    searched: str

    def said(self, key: str) -> str:
        return self.words[key]["fi"]


def field(phone: Phone, walked: Walked, name: str) -> Locator:
    return phone.page.locator(f'[id="{walked.kind}-{name}"]')


def open_list(phone: Phone, client: Client, walked: Walked) -> None:
    open_client(phone, client)
    areas = phone.page.locator("section[aria-labelledby=situation] summary")
    areas.first.wait_for()
    for area in areas.all():
        area.click()
    phone.page.get_by_role("link", name=re.compile(f"^{re.escape(walked.said('@many'))}")).click()
    expect(phone.page.get_by_role("heading", level=1, name=walked.said("@many"))).to_be_visible()


def fill(phone: Phone, walked: Walked, name: str, value: str) -> None:
    target = field(phone, walked, name)
    more = phone.page.locator('[data-pane="current"] summary')
    target.or_(more).first.wait_for()
    if target.count() == 0:
        more.click()
    if target.evaluate("(one) => one.tagName") == "SELECT":
        target.select_option(label=value)
    else:
        target.fill(value)


def begin(phone: Phone, client: Client, walked: Walked) -> None:
    """An empty form stops in the person's words; what is typed is kept as a draft, and gone on with from Kesken."""
    open_list(phone, client, walked)
    phone.tap(phone.page.get_by_role("link", name=walked.said("@new")))
    first, *_ = walked.typed
    fill(phone, walked, first, walked.typed[first])
    if walked.asked == first:
        field(phone, walked, first).fill("")
    phone.tap(phone.button(fi("shell.save")))
    expect(phone.page.get_by_role("alert")).to_contain_text(walked.said(f"!{walked.asked}"))
    phone.tap(phone.button(fi("kind.draft")))
    expect(phone.page.get_by_text(fi("kind.draftKept"))).to_be_visible()
    phone.go("shell.today")
    phone.page.get_by_role("link", name=re.compile(walked.said("@name"))).first.click()


def enter(phone: Phone, client: Client, walked: Walked) -> None:
    for name, value in walked.typed.items():
        fill(phone, walked, name, value)
    save_form(phone)
    open_list(phone, client, walked)
    expect(row_of(phone, walked)).to_be_visible()


def row_of(phone: Phone, walked: Walked) -> Locator:
    return phone.page.locator('[data-pane="current"]').get_by_role("link", name=re.compile(re.escape(walked.row)))


def see_outbox(phone: Phone, walked: Walked, client: Client) -> None:
    phone.chip.click()
    expect(phone.page.get_by_role("link", name=f"{walked.said('@name')} · {client.name}")).to_be_visible()


def see_list_of_all(phone: Phone, walked: Walked, client: Client) -> None:
    """Across clients, and the page that a row leads to."""
    phone.page.get_by_role("link", name=fi("shell.more"), exact=True).locator("visible=true").first.click()
    phone.page.get_by_role("link", name=walked.said("@many"), exact=True).click()
    phone.page.get_by_role("link", name=re.compile(f"{client.name}.*{re.escape(walked.row)}")).click()
    expect(phone.page.get_by_text(walked.said(walked.clashing), exact=True)).to_be_visible()


def find(phone: Phone, walked: Walked) -> None:
    phone.go("shell.clients")
    phone.field(fi("clients.search")).fill(walked.searched)
    phone.button(fi("search.fromNotes"), exact=False).click()
    phone.page.get_by_role("link", name=re.compile(walked.said("@name"))).click()
    here = phone.page.locator('[data-pane="current"]')
    expect(here.get_by_text(walked.searched, exact=True)).to_be_visible()
    phone.go("shell.clients")
    phone.field(fi("clients.search")).fill("")


def change(phone: Phone, client: Client, walked: Walked, value: str) -> None:
    open_list(phone, client, walked)
    row_of(phone, walked).click()
    phone.go("kind.change")
    fill(phone, walked, walked.clashing, value)
    save_form(phone)


def settle(phone: Phone, client: Client, walked: Walked) -> None:
    """Both values stand side by side under the field's own label; one is chosen, and the history tells of both."""
    open_client(phone, client)
    phone.go("entries.differingLook")
    expect(phone.page.get_by_role("heading", level=2, name=walked.said(walked.clashing))).to_be_visible()
    phone.tap(phone.page.get_by_role("button", name=re.compile(f"^{fi('entries.mine')}")))
    expect(phone.page.get_by_text(fi("entries.settled"))).to_be_visible()


def see_history(phone: Phone, client: Client, walked: Walked) -> None:
    open_list(phone, client, walked)
    row_of(phone, walked).click()
    phone.go("entries.history")
    moments = phone.page.get_by_role("listitem").filter(has=phone.page.locator("time"))
    expect(moments.last).to_contain_text(walked.said(walked.asked))
    expect(moments.first).to_contain_text(walked.said(walked.clashing))


def walk(aino: Phone, liisa: Phone, client: Client, walked: Walked) -> None:
    """Draft, outbox, list across clients, search, a colleague's phone, a conflict and its history."""
    aino.offline()
    begin(aino, client, walked)
    enter(aino, client, walked)
    see_outbox(aino, walked, client)
    see_list_of_all(aino, walked, client)
    find(aino, walked)
    aino.offline(False)
    wait_until_sent(aino)
    liisa.fetch()
    for phone, value in ((aino, walked.clash[0]), (liisa, walked.clash[1])):
        phone.offline()
        change(phone, client, walked, value)
    for phone in (aino, liisa, aino):
        phone.offline(False)
        phone.fetch()
        wait_until_sent(phone)
    settle(aino, client, walked)
    wait_until_sent(aino)
    see_history(aino, client, walked)
