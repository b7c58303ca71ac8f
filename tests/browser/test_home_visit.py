"""A home visit, end to end: logged in a stairwell without a network, sent once, read at the office."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from server.catalogue import entries_of
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import log_planned, log_unplanned, open_client
from tests.browser.words import fi, label
from tests.cast import PASSWORD

NOTE = "Täytettiin hakemus kaupungin asuntoihin. Palkkatodistus puuttuu."
TICKS = entries_of("support_phase")[1]["checklist"][:2]


def test_it_works(new_office: Office, phones: Callable[[Path | None, str, str], Phone]) -> None:
    """[R1, R2, R5, M8] Logged offline in few taps, there after kill -9, sent once, shown on the laptop."""
    paavo, eino = new_office.clients.paavo, new_office.clients.eino
    phone = phones(None, "phone", new_office.address)
    phone.open()
    phone.sign_in("aino", PASSWORD)
    phone.today.wait_for()
    expect(phone.chip).to_have_attribute("data-sync", "sent")

    phone.close()
    phone.open(offline=True)
    phone.unlock(PASSWORD)

    phone.taps = 0
    sheet = log_planned(phone, paavo)
    sheet.move_goal(paavo, "forward")
    sheet.tick(label("support_phase", "strong"), *(tick["fi"] for tick in TICKS))
    sheet.note.fill(NOTE)
    sheet.take_suggested_time()
    sheet.save()
    assert phone.taps <= 5
    expect(phone.chip).to_have_text(fi("shell.waiting", 1))

    phone.taps = 0
    log_unplanned(phone, eino).save()
    assert phone.taps <= 6
    expect(phone.chip).to_have_text(fi("shell.waiting", 2))

    phone.kill()
    phone.open(offline=True)
    phone.unlock(PASSWORD)
    expect(phone.chip).to_have_text(fi("shell.waiting", 2))
    phone.offline(False)
    expect(phone.chip).to_have_attribute("data-sync", "sent")
    logged = new_office.log_of(new_office.cast.aino)
    assert logged == {"visit": 3, "checklist": 1}

    laptop = phones(None, "laptop", new_office.address)
    laptop.open()
    laptop.sign_in("mikko", PASSWORD)
    laptop.today.wait_for()
    open_client(laptop, paavo)
    expect(laptop.page.get_by_text(NOTE)).to_be_visible()
