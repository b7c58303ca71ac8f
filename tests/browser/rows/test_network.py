"""The people around a client: when they were last met together, and whether the client lets them be told."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from playwright.sync_api import expect

from server.rules.dates import FINLAND
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import go
from tests.browser.rows.entry import Entry
from tests.browser.rows.form import fill
from tests.browser.rows.test_forms_by_hand import field, unfold
from tests.browser.rows.test_team import here, send
from tests.browser.screens import LogSheet, open_client, open_kind, save_form
from tests.browser.words import fi, kind_word

NURSE = "Esa Esimerkki"


def test_the_last_contact_and_the_consent(phone_of: PhoneOf, office: Office) -> None:
    """[row 36] Met at a visit without a consent, which the sheet says; with it the list and the page tell both."""
    aino, liisa, paavo = phone_of("aino"), phone_of("liisa"), office.clients.paavo
    aino.offline()
    open_client(aino, paavo)
    open_kind(aino, "member")
    aino.tap(aino.page.get_by_role("link", name=kind_word("member", "@new"), exact=True))
    add_member(aino)
    row = here(aino).get_by_role("link", name=re.compile(NURSE))
    expect(row).to_contain_text(fi("kind.neverMet"))
    expect(row).to_contain_text(fi("kind.noConsent"))
    meet(aino, paavo.case, paavo.visit)
    consent(aino, paavo.case)
    send(aino, liisa)
    open_client(liisa, paavo)
    open_kind(liisa, "member")
    row = here(liisa).get_by_role("link", name=re.compile(NURSE))
    expect(row).to_contain_text(fi("kind.lastMet", day_now()))
    expect(row).to_contain_text(fi("kind.consentStands"))
    row.click()
    for kind in ("visit", "agreement"):
        expect(here(liisa).get_by_role("heading", name=re.compile(kind_word(kind, "@many")))).to_be_visible()


def add_member(phone: Phone) -> None:
    entry = Entry(rows=(36,), kind="member", typed={}, row="", rule="name")
    for name, value in {"member_kind": "health_centre", "name": NURSE}.items():
        fill(phone, entry, name, value)
    save_form(phone)


def meet(phone: Phone, case: str, visit: str) -> None:
    """At the visit that is on: the form warns, and lets."""
    go(phone.page, f"/clients/{case}/visits/{visit}")
    sheet = LogSheet(phone)
    unfold(phone, kind_word("visit", "@said"))
    field(phone, "visit-participants").get_by_role("checkbox", name=NURSE).check()
    expect(phone.page.get_by_text(kind_word("visit", "!no_consent"))).to_be_visible()
    sheet.save()


def consent(phone: Phone, case: str) -> None:
    go(phone.page, f"/clients/{case}/agreement/new/edit")
    entry = Entry(rows=(36,), kind="agreement", typed={}, row="", rule="on")
    for name, value in {"agreement_kind": "consent_to_share", "answer": "yes", "member": NURSE}.items():
        fill(phone, entry, name, value)
    save_form(phone)


def day_now() -> str:
    now = datetime.now(UTC).astimezone(FINLAND)
    return f"{now.day}.{now.month}.{now.year}"
