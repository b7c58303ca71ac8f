"""A client is entered on the phone without a network, and changes hands between two phones."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import PhoneOf
from tests.browser.phone import Phone
from tests.browser.screens import save_form, wait_until_sent
from tests.browser.words import fi

NAME = "Kerttu Kivelä"


def enter_client(phone: Phone) -> None:
    phone.go("shell.clients", "clientForm.add")
    phone.field(fi("clientForm.givenNames")).fill("Kerttu")
    phone.field(fi("clientForm.familyName")).fill("Kivelä")
    phone.field(fi("clientForm.phone")).fill("040 555 0001")


def heading(phone: Phone, name: str) -> None:
    expect(phone.page.get_by_role("heading", level=1, name=name)).to_be_visible()


def write_note(phone: Phone, text: str) -> None:
    phone.tap(phone.button(fi("caseFile.more")))
    phone.tap(phone.link(fi("caseFile.addNoteWhat"), exact=False))
    phone.field_beginning(fi("caseFile.noteText")).fill(text)
    save_form(phone)


def test_a_client_is_entered_offline_and_the_leader_reads_it(phone_of: PhoneOf) -> None:
    """[S8] [R1] Entered in a cellar with a note, after a kill still there, sent once, and on the leader's laptop."""
    aino = phone_of("aino")
    aino.wait_for_the_shell()
    aino.offline()
    enter_client(aino)
    save_form(aino)
    heading(aino, NAME)
    write_note(aino, "Tavattiin asemalla.")
    aino.kill()
    aino.open(offline=True)
    aino.unlock("kesäilta ja sauna")
    aino.go("shell.clients")
    expect(aino.page.get_by_text(NAME)).to_be_visible()
    aino.offline(False)
    wait_until_sent(aino)
    mikko = phone_of("mikko")
    mikko.go("shell.clients")
    mikko.page.get_by_role("link", name=NAME).click()
    heading(mikko, NAME)
    expect(mikko.page.get_by_text("Tavattiin asemalla.")).to_be_visible()


def test_a_likely_duplicate_is_said_and_stops_nobody(phone_of: PhoneOf) -> None:
    """The same name, spelled a little differently, leads to the client who is here; saving goes on."""
    aino = phone_of("aino")
    enter_client(aino)
    save_form(aino)
    aino.go("shell.clients", "clientForm.add")
    aino.field(fi("clientForm.givenNames")).fill("Kertu")
    aino.field(fi("clientForm.familyName")).fill("Kivela")
    expect(aino.page.get_by_role("status").get_by_role("link", name=NAME)).to_be_visible()
    save_form(aino)
    heading(aino, "Kertu Kivela")


def test_a_client_who_is_not_saved_waits_among_the_unfinished(phone_of: PhoneOf) -> None:
    """[R9] What was typed of a new client is a draft, told on Tänään, and goes on where it was left."""
    aino = phone_of("aino")
    enter_client(aino)
    aino.tap(aino.button(fi("shell.back")))
    aino.go("shell.today")
    aino.page.get_by_role("link", name=fi("adding.unfinishedNames.client")).click()
    expect(aino.field(fi("clientForm.familyName"))).to_have_value("Kivelä")


def test_what_is_wrong_is_said_at_its_field(phone_of: PhoneOf) -> None:
    """[U18] No name, a year of two digits, an end before the start in a part that was folded."""
    aino = phone_of("aino")
    aino.go("shell.clients", "clientForm.add")
    aino.field(fi("clientForm.birthYear")).fill("87")
    aino.page.get_by_text(fi("clientForm.service")).click()
    aino.field(fi("clientForm.serviceStart")).fill("2026-02-01")
    aino.field(fi("clientForm.serviceEnd")).fill("2026-01-31")
    aino.page.get_by_text(fi("clientForm.service")).click()
    aino.tap(aino.button(fi("shell.save")))
    for said in ("nameMissing", "serviceWrong"):
        expect(aino.page.get_by_text(fi(f"clientForm.{said}"))).to_have_count(2)
        expect(aino.page.get_by_text(fi(f"clientForm.{said}")).last).to_be_visible()


def test_a_client_under_18_needs_a_reason(phone_of: PhoneOf) -> None:
    """[row 20, row 41] Asked at its field, and entered with it; the page names the responsible social worker."""
    aino = phone_of("aino")
    aino.offline()
    enter_client(aino)
    aino.field(fi("clientForm.birthYear")).fill("2012")
    aino.tap(aino.button(fi("shell.save")))
    expect(aino.page.get_by_role("alert")).to_contain_text(fi("clientForm.ageOverrideMissing"))
    aino.field_beginning(fi("clientForm.ageOverride")).fill("Muuttaa omaan kotiin.")
    aino.page.get_by_text(fi("clientForm.service"), exact=True).click()
    aino.field_beginning(fi("clientForm.socialWorker")).first.fill("Katri Esimerkki")
    save_form(aino)
    heading(aino, NAME)
    expect(aino.page.get_by_text("Katri Esimerkki")).to_be_visible()


def test_a_client_changes_hands(phone_of: PhoneOf) -> None:
    """[S9] [P7] Aino hands her client to Liisa: told before it is saved, on Liisa's phone, and gone from Aino's."""
    aino, liisa = phone_of("aino"), phone_of("liisa")
    enter_client(aino)
    save_form(aino)
    heading(aino, NAME)
    wait_until_sent(aino)
    aino.go("clientForm.edit")
    aino.page.get_by_text(fi("clientForm.service")).click()
    aino.field(fi("clientForm.ownWorker")).select_option(label="Liisa")
    expect(aino.page.get_by_text(fi("clientForm.movesAway", "Liisa"))).to_be_visible()
    save_form(aino)
    wait_until_sent(aino)
    aino.go("shell.clients")
    expect(aino.page.get_by_role("link", name=NAME)).to_have_count(0)
    liisa.fetch()
    liisa.go("shell.clients")
    liisa.page.get_by_role("link", name=NAME).click()
    heading(liisa, NAME)
