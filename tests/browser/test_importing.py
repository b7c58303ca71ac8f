"""Hallinta: Satu brings in a county's clients, and people, of a table; what was left out she mends."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import FilePayload, expect

from tests.browser.authenticator import Authenticator
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import go
from tests.browser.test_administration import LONG_AGO
from tests.browser.words import fi
from tests.cast import PASSWORD
from tests.importing import HEADS, KERTTU, PAAVO, csv_of, xlsx_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: a head that nobody knows, a worker whom nobody knows, and a day that is none
STRANGE = [*HEADS[:3], "Kuka", *HEADS[4:]]
LOST = ["OV-0103", "Lehto", "Eino", "eikukaan", "31.2.2026", "", "suomi", ""]


def laptop_of(phone_of: PhoneOf) -> tuple[Phone, Authenticator]:
    laptop, app = phone_of("mikko", fresh=True), Authenticator()
    laptop.sign_in("satu", PASSWORD, app)
    expect(laptop.chip).to_have_attribute("data-sync", "sent")
    return laptop, app


def choose(laptop: Phone, content: bytes, name: str, mime: str) -> None:
    payload: FilePayload = {"name": name, "mimeType": mime, "buffer": content}
    laptop.page.get_by_label(fi("importing.file")).set_input_files(payload)


def saved(laptop: Phone, folder: Path) -> str:
    with laptop.page.expect_download() as downloading:
        laptop.tap(laptop.button(fi("importing.saveReport")))
    path = folder / "report.csv"
    downloading.value.save_as(path)
    assert re.fullmatch(r"tuonti-\d{4}-\d\d-\d\d\.csv", downloading.value.suggested_filename)
    return path.read_text(encoding="utf-8-sig")


def test_a17_clients_come_in_from_a_table(phone_of: PhoneOf, office: Office, tmp_path: Path) -> None:
    """[A15] [A16] [A17] From the file to the worker's phone; what was left out is mended and brought again."""
    laptop, app = laptop_of(phone_of)
    laptop.go("shell.more")
    laptop.tap(laptop.page.get_by_role("link", name=fi("admin.title")).locator("visible=true"))
    laptop.tap(laptop.page.get_by_role("link", name=fi("importing.title")))
    choose(laptop, b"\x89PNG\r\n\x1a\n\0\0", "kuva.xlsx", XLSX)
    expect(laptop.page.get_by_text(re.compile("^Tiedostoa ei voi lukea taulukkona"))).to_be_visible()

    office.execute(LONG_AGO)
    choose(laptop, xlsx_of(STRANGE, PAAVO, KERTTU, LOST), "asiakkaat.xlsx", XLSX)
    asked = laptop.page.get_by_role("dialog", name=fi("admin.confirmTitle"))
    asked.get_by_label(fi("session.password"), exact=True).fill(PASSWORD)
    laptop.tap(asked.get_by_role("button", name=fi("admin.goOn")))
    asked.get_by_label(fi("secondFactor.code"), exact=True).fill(app.code())
    laptop.tap(asked.get_by_role("button", name=fi("admin.goOn")))

    expect(laptop.page.get_by_role("heading", name=fi("importing.columnsTitle"))).to_be_focused()
    expect(laptop.page.get_by_label("Sukunimi")).to_have_value("family_name")
    laptop.tap(laptop.button(fi("importing.look")))
    expect(laptop.page.get_by_text(fi("importing.lacking", "Vastuutyöntekijä"))).to_be_visible()
    laptop.page.get_by_label("Kuka").select_option(value="own_worker")
    laptop.tap(laptop.button(fi("importing.look")))
    expect(laptop.page.get_by_text(fi("importing.fresh", 2))).to_be_visible()
    row = laptop.page.get_by_role("listitem").filter(has_text="Rivi 4 · OV-0103 · Lehto · Eino")
    expect(row).to_contain_text("Kuka: Tunnuksella tai nimellä ”eikukaan” ei ole ketään.")
    expect(row).to_contain_text("Palvelu alkaa: ”31.2.2026” ei ole kalenterissa.")
    laptop.page.get_by_role("radio", name=fi("importing.refuseAll")).check()
    expect(laptop.button(fi("importing.bringClients", 2))).to_have_count(0)
    laptop.page.get_by_role("radio", name=fi("importing.leaveOut")).check()
    laptop.tap(laptop.button(fi("importing.bringClients", 2)))
    expect(laptop.page.get_by_text(fi("importing.madeClients", 2))).to_be_visible()
    expect(laptop.page.get_by_role("heading", name=fi("importing.reportTitle"))).to_be_focused()
    report = saved(laptop, tmp_path)
    assert "2;tuotiin;;OV-0101;Koski;Paavo;aino" in report
    assert "4;jätettiin pois;Kuka: Tunnuksella" in report

    aino = phone_of("aino")
    aino.fetch()
    aino.go("shell.clients")
    expect(aino.page.get_by_text("Paavo Koski")).to_be_visible()

    go(laptop.page, "/clients")
    expect(laptop.page.get_by_text("Paavo Koski")).to_have_count(0)
    go(laptop.page, "/admin/import")
    mended = report.replace("eikukaan", "aino").replace("31.2.2026", "28.2.2026").replace(";Kuka;", ";Ohjaaja;")
    choose(laptop, mended.encode("cp1252"), "tuonti.csv", "text/csv")
    laptop.tap(laptop.button(fi("importing.look")))
    expect(laptop.page.get_by_text(fi("importing.fresh", 1))).to_be_visible()
    expect(laptop.page.get_by_text(fi("importing.there", 2))).to_be_visible()
    laptop.tap(laptop.button(fi("importing.bringClients", 1)))
    expect(laptop.page.get_by_text(fi("importing.madeClients", 1))).to_be_visible()


def test_a18_people_come_in_from_a_table(phone_of: PhoneOf, tmp_path: Path) -> None:
    """[A18] With one-time passwords, on the screen and in the report; a broken connection goes on where it stopped."""
    laptop, _ = laptop_of(phone_of)
    go(laptop.page, "/admin/import")
    laptop.page.get_by_role("radio", name=fi("importing.people")).check()
    table = csv_of(["Nimi", "Tunnus", "Rooli", "Tiimi"], ["Veera Uusi", "veera", "Asumisohjaaja", "North"])
    choose(laptop, table, "henkilot.csv", "text/csv")
    laptop.tap(laptop.button(fi("importing.look")))
    expect(laptop.page.get_by_text(fi("importing.fresh", 1))).to_be_visible()
    laptop.offline()
    laptop.tap(laptop.button(fi("importing.bringPeople", 1)))
    expect(laptop.page.get_by_text(fi("importing.stopped"))).to_be_visible()
    laptop.offline(False)
    laptop.tap(laptop.button(fi("importing.goOn")))
    expect(laptop.page.get_by_text(fi("importing.madePeople", 1))).to_be_visible()
    once = laptop.page.locator(".password").inner_text()
    assert f";{once};Veera Uusi;veera;" in saved(laptop, tmp_path)
    phone = phone_of("aino", fresh=True)
    phone.sign_in("veera", once)
    expect(phone.page.get_by_role("heading", name=fi("admin.chooseTitle"))).to_be_visible()
