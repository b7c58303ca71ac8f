"""Hallinta → Säilytys ja poisto: what is due is erased, and a phone that was away is told."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import expect
from uuid6 import uuid7

from server.retention.due import years_after
from server.rules.dates import FINLAND
from tests.browser.authenticator import Authenticator
from tests.browser.clients import Client
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.places import CURRENT, go
from tests.browser.screens import knowing_no_limits
from tests.browser.words import fi
from tests.cast import PASSWORD

LATE = "Soitin vielä kerran."


def close(office: Office, client: Client, on: str) -> None:
    """The service ended on that day, said its own worker."""
    with office.colleague(office.cast.aino) as aino:
        (header,) = [one for one in aino.records.values() if one["kind"] == "case" and one["case"] == client.case]
        said: list[tuple[str, str, dict[str, Any]]] = [
            ("exit", str(uuid7()), {"on": on, "reason": "own_rental_home"}),
            ("case", header["id"], {"status": "ended"}),
        ]
        for kind, record, values in said:
            aino.write(time.time_ns() // 1_000_000, kind, client.case, record, values)


def test_a13_what_is_due_is_erased_and_a_phone_that_was_away_is_told(phone_of: PhoneOf, office: Office) -> None:
    """[A12] [A13] [A14] [W2] Barred and allowed again, then erased by a typed number and the password; a note that was
    written without a network is refused in words, its text is kept, and the client is no longer there."""
    eino, kerttu = office.clients.eino, office.clients.kerttu
    aino = phone_of("aino")
    aino.fetch()
    aino.offline()
    go(aino.page, f"/clients/{eino.case}/notes/new")
    with knowing_no_limits(aino.page):
        aino.page.locator(f"{CURRENT} textarea").first.fill(LATE)
        aino.tap(aino.button(fi("shell.save")))
    expect(aino.chip).to_have_text(fi("shell.waiting", 1))
    today = datetime.now(FINLAND).date()
    close(office, eino, str(years_after(today, -10) - timedelta(days=1)))
    close(office, kerttu, str(today - timedelta(days=1)))

    laptop = phone_of("mikko", fresh=True)
    app = Authenticator()
    laptop.sign_in("satu", PASSWORD, app)
    expect(laptop.chip).to_have_attribute("data-sync", "sent")
    go(laptop.page, "/admin/retention")
    page = laptop.page
    eino_code, kerttu_code = "OV-0003", "OV-0002"
    expect(page.get_by_role("checkbox", name=eino_code)).to_be_visible()
    expect(page.get_by_role("list", name=fi("admin.retention.kept", 1))).to_contain_text(kerttu_code)
    laptop.tap(laptop.button(fi("admin.retention.hold")))
    sheet = page.get_by_role("dialog", name=fi("admin.retention.hold"))
    sheet.get_by_label(fi("admin.retention.client")).fill("OV-9999")
    sheet.get_by_label(fi("admin.retention.reason")).fill("Kantelu vireillä")
    hold = sheet.get_by_role("button", name=fi("admin.retention.holdNow"))
    laptop.tap(hold)
    expect(sheet.get_by_text(fi("admin.faults.client_unknown"))).to_be_visible()
    sheet.get_by_label(fi("admin.retention.client")).fill(eino_code)
    laptop.tap(hold)
    expect(page.get_by_role("list", name=fi("admin.retention.held"))).to_contain_text("Kantelu vireillä")
    laptop.tap(laptop.button(fi("admin.retention.liftOf", eino_code)))
    page.get_by_role("checkbox", name=eino_code).check()
    laptop.tap(laptop.button(fi("admin.retention.eraseChosen", 1)))
    sheet = page.get_by_role("dialog", name=fi("admin.retention.eraseTitle", 1))
    sheet.get_by_label(fi("admin.retention.typeNumber", 1)).fill("2")
    erase = sheet.get_by_role("button", name=fi("admin.retention.erase"))
    laptop.tap(erase)
    expect(sheet.get_by_role("status").or_(sheet.get_by_role("alert")).first).to_be_visible()
    sheet.get_by_label(fi("admin.retention.typeNumber", 1)).fill("1")
    laptop.tap(erase)
    expect(page.get_by_text(fi("admin.retention.erased", 1))).to_be_visible()
    expect(page.get_by_role("checkbox", name=eino_code)).to_have_count(0)

    aino.offline(False)
    expect(aino.chip).to_have_text(fi("shell.fix", 1))
    aino.tap(aino.chip)
    expect(aino.page.get_by_text("säilytysaika päättyi")).to_be_visible()
    expect(aino.page.get_by_text(LATE)).to_be_visible()
    expect(aino.button(fi("outbox.copy"))).to_be_visible()
    expect(aino.button(fi("outbox.escalate"))).to_have_count(0)
    aino.tap(aino.button(fi("outbox.putAway")))
    expect(aino.chip).to_have_attribute("data-sync", "sent")
    go(aino.page, "/clients")
    expect(aino.page.get_by_text("Paavo Lehto").first).to_be_visible()
    expect(aino.page.get_by_text(eino.name)).to_have_count(0)
