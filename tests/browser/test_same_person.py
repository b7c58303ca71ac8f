"""A client who was entered twice: joined without a network, one on every screen, taken apart again (H7, H8)."""

from __future__ import annotations

import re
import time

from playwright.sync_api import expect
from uuid6 import uuid7

from server.core.database import writing
from server.likeness import comparing
from server.sync import scope
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import CURRENT, go
from tests.browser.screens import save_form, wait_until_sent
from tests.browser.words import fi

NAME, TWIN = "Kerttu Kivelä", "Kertu Kivela"
FIRST, SECOND, LATE = "Tavattiin asemalla.", "Soitti kirjastosta.", "Kirjattu kellarissa."


def enter(phone: Phone, name: str, text: str) -> str:
    """A new client with a note; returns the file's id."""
    given, family = name.split()
    phone.go("shell.clients", "clientForm.add")
    phone.field(fi("clientForm.givenNames")).fill(given)
    phone.field(fi("clientForm.familyName")).fill(family)
    save_form(phone)
    expect(phone.page.get_by_role("heading", level=1, name=name)).to_be_visible()
    case = phone.page.url.rsplit("/", 1)[-1]
    phone.tap(phone.button(fi("caseFile.more")))
    phone.tap(phone.link(fi("caseFile.addNoteWhat"), exact=False))
    phone.field_beginning(fi("caseFile.noteText")).fill(text)
    save_form(phone)
    return case


def same(phone: Phone, case: str) -> None:
    go(phone.page, f"/clients/{case}/same")
    expect(phone.page.get_by_role("heading", level=1, name=fi("samePerson.title"))).to_be_visible()


def join(phone: Phone, kept: str) -> None:
    same(phone, kept)
    phone.tap(phone.page.locator(f"{CURRENT} button").filter(has_text=TWIN))
    phone.tap(phone.button(fi("samePerson.join")))
    expect(phone.page.get_by_role("heading", level=1, name=NAME)).to_be_visible()


def clients_shown(phone: Phone) -> list[str]:
    phone.go("shell.clients")
    phone.field(fi("clients.search")).fill("")
    rows = phone.page.get_by_role("link", name=re.compile("Kivel"))
    expect(rows.first).to_be_visible()
    return rows.all_inner_texts()


def test_h7_two_clients_become_one_and_two_again(phone_of: PhoneOf, office: Office) -> None:
    """[H7] Joined offline; both notes on one page; a note of the other file is changed and stays in its file; what a
    colleague wrote into it meanwhile comes along; one hit for one client; apart again each has its own."""
    aino = phone_of("aino")
    aino.wait_for_the_shell()
    kept, twin = enter(aino, NAME, FIRST), enter(aino, TWIN, SECOND)
    wait_until_sent(aino)
    ((note,),) = office.rows("""SELECT id FROM record WHERE kind = 'note' AND "case" = :twin""", twin=twin)
    aino.offline()
    join(aino, kept)
    for text in (FIRST, SECOND):
        expect(aino.page.locator(CURRENT).get_by_text(text).first).to_be_visible()
    assert len(clients_shown(aino)) == 1
    for text in (f"{SECOND} Palaa.", f"{SECOND} Palaa asiaan."):  # the second while the first waits
        go(aino.page, f"/clients/{kept}/notes/{note}")
        aino.field_beginning(fi("caseFile.noteText")).fill(text)
        save_form(aino)
    with office.colleague(office.cast.aino) as colleague:
        colleague.write(time.time_ns() // 1_000_000, "note", twin, str(uuid7()), {"text": LATE})
    aino.offline(False)
    wait_until_sent(aino)
    aino.fetch()
    go(aino.page, f"/clients/{twin}")
    expect(aino.page.locator(CURRENT).get_by_text(LATE).first).to_be_visible()
    expect(aino.page.get_by_role("heading", level=1, name=NAME)).to_be_visible()
    by_case = {row.id: row.case for row in office.rows("""SELECT id, "case" FROM record WHERE kind = 'note'""")}
    assert sorted(by_case.values()).count(twin) == 2
    aino.go("shell.clients")
    aino.field(fi("clients.search")).fill("palaa")
    aino.tap(aino.button(fi("search.fromNotes"), exact=False))
    hits = aino.page.locator(CURRENT).get_by_role("link").filter(has=aino.page.locator("mark"))
    expect(hits).to_have_count(1)
    expect(aino.page.locator(CURRENT).get_by_text(NAME).first).to_be_visible()

    mikko = phone_of("mikko")
    assert len(clients_shown(mikko)) == 1

    same(aino, kept)
    aino.tap(aino.button(fi("samePerson.apart")))
    expect(aino.button(fi("samePerson.apart"))).to_have_count(0)
    assert len(clients_shown(aino)) == 2
    go(aino.page, f"/clients/{kept}")
    expect(aino.page.locator(CURRENT).get_by_text(FIRST).first).to_be_visible()
    expect(aino.page.locator(CURRENT).get_by_text(LATE)).to_have_count(0)


def test_h8_the_leader_decides_who_sees_both(phone_of: PhoneOf, office: Office) -> None:
    """[H8] [H9] The board finds the two alike, and the leader opens them as a pair and tells them apart. Joined all the
    same, and Liisa has one of the two files: the board says so, the leader confirms, and she reads the whole."""
    aino = phone_of("aino")
    kept, twin = enter(aino, NAME, FIRST), enter(aino, TWIN, SECOND)
    wait_until_sent(aino)
    with office.inside():
        comparing.compare_waiting()
    mikko = phone_of("mikko")
    mikko.go("shell.today")
    mikko.tap(mikko.page.locator('[data-exception="alike"]'))
    pair = mikko.page.locator(CURRENT).get_by_role("link").filter(has_text=NAME).filter(has_text=TWIN)
    mikko.tap(pair)
    expect(mikko.button(fi("samePerson.join"))).to_be_visible()
    mikko.page.go_back()
    mikko.tap(mikko.button(fi("board.list.apart")))
    expect(mikko.page.get_by_text(fi("board.list.empty"))).to_be_visible()
    join(aino, kept)
    wait_until_sent(aino)
    liisa = office.cast.liisa
    with office.inside(), writing() as transaction:
        scope.grant(transaction, liisa.org, liisa.id, [twin], "own_client")
    phone = phone_of("liisa")
    go(phone.page, f"/clients/{twin}")
    expect(phone.page.get_by_role("heading", level=1, name=TWIN)).to_be_visible()

    mikko.fetch()
    mikko.go("shell.today")
    mikko.page.get_by_role("link", name=fi("board.readersDiffer")).click()
    mikko.page.locator(CURRENT).get_by_role("link", name=NAME).click()
    expect(mikko.page.locator(CURRENT).get_by_role("checkbox")).to_have_count(3)
    hers = mikko.page.locator(CURRENT).get_by_role("checkbox", name=re.compile("Liisa"))
    expect(hers).not_to_be_checked()  # who reads a part reads the whole only once somebody says so
    hers.check()
    mikko.tap(mikko.button(fi("samePerson.decide")))
    expect(mikko.page.get_by_text(fi("samePerson.decided"))).to_be_visible()
    phone.fetch()
    expect(phone.page.get_by_role("heading", level=1, name=NAME)).to_be_visible()
    expect(phone.page.locator(CURRENT).get_by_text(FIRST).first).to_be_visible()
