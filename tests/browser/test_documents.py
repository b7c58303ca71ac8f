"""Documents of the national structure on a phone: what is missing first, a preview, a file, without a network too."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import expect
from uuid6 import uuid7

from server.core.database import writing
from server.core.models import User
from server.directory import people
from server.documents import codes
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import CURRENT
from tests.browser.screens import open_client
from tests.browser.words import fi
from tests.cast import PASSWORD
from tests.documents import invented
from tests.documents.structure import faults

DECISION = {
    "status": "active",
    "start": "2026-01-01",
    "end": "2026-12-31",
    "task": "working_age_services",
    "service_type": "supported_housing",
}


def prepare(office: Office) -> None:
    """Invented tables, Aino's whole name, a decision in Paavo's file."""
    path = office.data_dir / "tables.json"
    path.write_text(json.dumps(invented.tables()), encoding="utf-8")
    codes.load(path, office.data_dir, production=False)
    with office.inside(), writing() as transaction:
        transaction.get_one(User, office.cast.aino.key).display_name = "Aino Laine"
        people.publish(transaction, office.cast.aino.org)
    decide(office)


def decide(office: Office) -> None:
    with office.colleague(office.cast.aino) as desk:
        desk.write(time.time_ns() // 1_000_000, "decision", office.clients.paavo.case, str(uuid7()), DECISION)


def open_documents(phone: Phone, office: Office) -> None:
    open_client(phone, office.clients.paavo)
    phone.tap(phone.page.locator(CURRENT).get_by_role("link", name=fi("documents.title")))
    expect(phone.page.get_by_role("heading", level=1, name=fi("documents.title"))).to_be_visible()


def saved_as(phone: Phone, form: str, password: str = PASSWORD) -> Path:
    page = phone.page
    phone.tap(page.locator(CURRENT).get_by_role("button", name=fi("documents.save")))
    page.get_by_role("radio", name=fi(f"documents.{form}")).check()
    page.get_by_label(fi("session.password"), exact=True).fill(password)
    with page.expect_download() as downloading:
        page.get_by_role("button", name=fi("documents.saveFile"), exact=True).click()
    expect(page.get_by_text(fi("documents.saved"))).to_be_visible()
    return Path(downloading.value.path())


def test_z14_z16_z17_a_document_is_made_on_a_phone(phone_of: PhoneOf, office: Office) -> None:
    """[Z12, Z14, Z16, Z17] Preview and JSON without a network, by the store's password; noted once it is back."""
    prepare(office)
    aino = phone_of("aino")
    aino.fetch()
    open_documents(aino, office)
    here = aino.page.locator(CURRENT)
    expect(here.get_by_text(fi("documents.invented"))).to_be_visible()
    row = here.get_by_role("link", name=re.compile("Palvelun alkaminen"))
    expect(row).to_contain_text(fi("documents.ready"))
    aino.offline()
    row.click()
    expect(here.get_by_text(fi("documents.identity"))).to_be_visible()
    expect(here.get_by_text("KEKSITTY 1221")).to_be_visible()
    aino.tap(here.get_by_role("button", name=fi("documents.save")))
    aino.page.get_by_label(fi("session.password"), exact=True).fill("wrong")
    aino.page.get_by_role("button", name=fi("documents.saveFile"), exact=True).click()
    expect(aino.page.get_by_text(fi("session.wrong"))).to_be_visible()
    aino.page.keyboard.press("Escape")
    content: Any = json.loads(saved_as(aino, "json").read_text(encoding="utf-8"))
    (wrong,) = faults("19002.2022.1.10", content, invented.names())
    assert wrong.endswith("henkilotunnus: required")
    assert content["merkinta_sosiaalipalvelun_alkamisesta"]["asiakas"][0]["sukunimi"] == "Lehto"
    aino.offline(False)
    aino.fetch()
    page = saved_as(aino, "xhtml").read_text(encoding="utf-8")
    assert page.startswith("<?xml")
    assert saved_as(aino, "pdf").read_bytes().startswith(b"%PDF-")
    made = office.rows("SELECT detail FROM audit_event WHERE event = 'document_made' ORDER BY at, id")
    assert [json.loads(row.detail)["format"] for row in made] == ["json", "xhtml", "pdf"]


def test_z14_what_is_missing_is_told_before(phone_of: PhoneOf, office: Office) -> None:
    """[Z14, Z15] Without tables no document is ready, each says which code has no partner, and nothing can be saved."""
    decide(office)
    aino = phone_of("aino")
    aino.fetch()
    open_documents(aino, office)
    here = aino.page.locator(CURRENT)
    expect(here.get_by_text(fi("documents.noCodes"))).to_be_visible()
    row = here.get_by_role("link", name=re.compile("Palvelun alkaminen"))
    expect(row).to_contain_text("Työikäisten palvelut")
    row.click()
    expect(here.get_by_text(fi("documents.cannot"))).to_be_visible()
    expect(here.get_by_role("button", name=fi("documents.save"))).to_have_count(0)
