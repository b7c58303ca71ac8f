"""What a team keeps together: groups and people met outside. Entered offline, read by a colleague and on the client."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.rows.entry import Entry
from tests.browser.rows.form import fill
from tests.browser.screens import open_client, save_form, saved, wait_until_sent
from tests.browser.words import fi, kind_word


def test_a_group_and_who_took_part(phone_of: PhoneOf, office: Office) -> None:
    """For row 60, row 69: a session with a client and three unnamed; the form asks when; the client's page says it."""
    aino, liisa = phone_of("aino"), phone_of("liisa")
    paavo = office.clients.paavo
    aino.offline()
    entry = Entry(
        rows=(60, 69),
        kind="session",
        typed={
            "title": "Ruokaryhmä",
            "topic": "food",
            "at.start": "2026-11-20",
            "at.start.clock": "13:00",
            "at.end": "2026-11-20",
            "at.end.clock": "15:00",
            "present": (paavo.name,),
            "guests": "3",
        },
        row="Ruokaryhmä",
        rule="at",
    )
    begin(aino, entry)
    fill(aino, entry, "title", "Ruokaryhmä")
    aino.tap(aino.button(fi("shell.save")))
    expect(aino.page.get_by_text(kind_word("session", "!at")).first).to_be_visible()
    write(aino, entry)
    send(aino, liisa)
    open_team_list(liisa, "session")
    liisa.page.get_by_role("link", name=re.compile("Ruokaryhmä")).first.click()
    for said in (paavo.name, "3"):
        expect(here(liisa).get_by_text(said).first).to_be_visible()
    open_client(liisa, paavo)
    expect(here(liisa).get_by_role("link", name=re.compile("Ruokaryhmä"))).to_be_visible()


def test_somebody_met_outside_is_referred_and_joined(phone_of: PhoneOf) -> None:
    """For row 73, row 77, row 79: a nickname, three questions; a referral begins with what is known and is joined."""
    aino, liisa = phone_of("aino"), phone_of("liisa")
    aino.offline()
    entry = Entry(
        rows=(73, 77, 79),
        kind="outreach",
        typed={
            "alias": "Jokke",
            "place_words": "Aseman odotusaula",
            "done": "Juotiin kahvit.",
            "answers/has_home": "Ei",
            "answers/wants_help": "Kyllä",
        },
        row="Jokke",
        rule="at",
    )
    begin(aino, entry)
    for part in ("at.day", "at.clock"):
        fill(aino, entry, part, "")
    aino.tap(aino.button(fi("shell.save")))
    expect(aino.page.get_by_text(kind_word("outreach", "!at")).first).to_be_visible()
    fill(aino, entry, "at.day", "2026-11-20")
    fill(aino, entry, "at.clock", "13:00")
    write(aino, entry)
    aino.page.get_by_role("link", name=re.compile("Jokke")).first.click()
    expect(here(aino).get_by_text(kind_word("outreach", "!concern")).first).to_be_visible()
    aino.tap(aino.link(fi("intake.refer")))
    expect(aino.field_beginning(fi("clientForm.givenNames"))).to_have_value("Jokke")
    fill(aino, Entry((79,), "referral", {}, "", ""), "eligibility_reason", "Ei kotia, johon jäädä.")
    saved(aino, "shell.save")
    send(aino, liisa)
    liisa.go("shell.more")
    liisa.page.get_by_role("link", name=re.compile(fi("intake.title"))).click()
    liisa.page.get_by_role("link", name=re.compile("Jokke")).first.click()
    expect(here(liisa).get_by_text("Juotiin kahvit.").first).to_be_attached()
    open_team_list(liisa, "outreach")
    liisa.page.locator("main summary").first.click()
    liisa.page.get_by_role("link", name=re.compile("Jokke")).first.click()
    expect(here(liisa).get_by_text(kind_word("outreach", "joined"))).to_be_visible()


def open_team_list(phone: Phone, kind: str) -> None:
    many = kind_word(kind, "@many")
    phone.go("shell.more")
    phone.page.get_by_role("link", name=many, exact=True).click()
    expect(phone.page.get_by_role("heading", level=1, name=many)).to_be_visible()


def begin(phone: Phone, entry: Entry) -> None:
    open_team_list(phone, entry.kind)
    phone.tap(phone.page.get_by_role("link", name=kind_word(entry.kind, "@new"), exact=True))


def write(phone: Phone, entry: Entry) -> None:
    for name, value in entry.typed.items():
        fill(phone, entry, name, value)
    save_form(phone)


def send(phone: Phone, reader: Phone) -> None:
    phone.offline(False)
    phone.fetch()
    wait_until_sent(phone)
    reader.fetch()


def here(phone: Phone) -> Locator:
    return phone.page.locator('[data-pane="current"]')
