"""A home visit, end to end: logged in a stairwell without a network, sent once, read at the office."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from server.catalogue import entries_of
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import CURRENT
from tests.browser.screens import log_planned, log_unplanned, open_client, wait_until_sent
from tests.browser.words import fi, label
from tests.cast import PASSWORD

NOTE = "Täytettiin hakemus kaupungin asuntoihin. Palkkatodistus puuttuu."
#: rule 1 gives the seal 500 ms; the rest is what two busy cores need to write it
SEALED_WITHIN_MS = 900
#: after so long without an answer it asks at its longest step
LONG_ENOUGH_TO_TIRE_MS = 8_000
#: rule 7, and what two busy cores need for the exchange itself
CHIP_CLEARS_WITHIN_S = 5 + 2
TICKS = entries_of("support_phase")[1]["checklist"][:2]


def test_it_works(new_office: Office, phones: Callable[[Path | None, str, str], Phone]) -> None:
    """[R1, R2, R5, M8, U19] [row 34, row 62] Logged offline in few taps, there after a kill, sent once, and shown."""
    paavo, eino = new_office.clients.paavo, new_office.clients.eino
    phone = phones(None, "phone", new_office.address)
    phone.open()
    phone.sign_in("aino", PASSWORD)
    expect(phone.today).to_be_visible()
    wait_until_sent(phone)
    phone.wait_for_the_shell()

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
    expect(laptop.today).to_be_visible()
    open_client(laptop, paavo)
    expect(laptop.page.get_by_text(NOTE)).to_be_visible()


def test_nobody_at_home_takes_three_taps(phone_of: PhoneOf, office: Office) -> None:
    """[R1] Kirjaa, Ovi ei auennut, Tallenna."""
    phone = phone_of("aino")
    sheet = log_planned(phone, office.clients.paavo)
    sheet.choose(label("visit_outcome", "door_not_opened"))
    sheet.save()
    assert phone.taps == 3
    wait_until_sent(phone)
    (content,) = logged_contents(office)
    assert '"outcome":{"code":"door_not_opened"}' in content


def test_what_to_beware_of_stands_where_a_visit_is_begun(phone_of: PhoneOf, office: Office) -> None:
    """Whom nobody is to visit at home is told of beside the name, and a meeting elsewhere is proposed."""
    eino = office.clients.eino
    with office.colleague(office.cast.liisa) as liisa:
        (client,) = [one for one in liisa.records.values() if one["kind"] == "case" and one["case"] == eino.case]
        liisa.write(time.time_ns() // 1_000_000, "case", eino.case, client["id"], {"safety": ["no_home_visit"]}, {})
    phone = phone_of("aino")
    phone.tap(phone.button(fi("shell.add")))
    row = phone.page.get_by_role("dialog", name=fi("adding.title")).get_by_role(
        "link", name=re.compile(f"^{eino.name}")
    )
    expect(row).to_contain_text(label("safety_flag", "no_home_visit"))
    phone.page.get_by_role("radio", name=fi("today.arrange"), exact=True).check()
    row.tap()
    more = phone.page.locator("summary", has_text=fi("caseFile.planMore"))
    expect(more).to_contain_text(label("place", "agreed_place"))
    above, below = more.bounding_box(), phone.button(fi("shell.save")).bounding_box()
    assert above
    assert below
    # Nothing to press lies beneath Tallenna, wholly or in part.
    assert above["y"] + above["height"] <= below["y"]
    phone.tap(more)
    expect(phone.page.get_by_label(fi("caseFile.planWhere"))).to_have_value("agreed_place")
    expect(phone.page.locator(CURRENT)).to_contain_text(label("safety_flag", "no_home_visit"))


def test_what_was_typed_is_there_after_a_kill(phone_of: PhoneOf, office: Office) -> None:
    """[R9, U1] Killed half a second after the last key, the text is in the sheet when it is opened again."""
    phone = phone_of("aino")
    phone.offline()
    sheet = log_planned(phone, office.clients.paavo)
    sheet.move_goal(office.clients.paavo, "back")
    sheet.note.press_sequentially(NOTE)
    phone.page.wait_for_timeout(SEALED_WITHIN_MS)
    phone.kill()
    phone.open(offline=True)
    phone.unlock(PASSWORD)
    sheet = log_planned(phone, office.clients.paavo)
    assert sheet.note.input_value() == NOTE
    expect(phone.page.get_by_text(fi("entries.draftFound", "").rstrip(" ."))).to_be_visible()
    sheet.save()
    expect(phone.chip).to_have_text(fi("shell.waiting", 1))


def test_the_chip_clears_soon_after_the_server_is_back(phone_of: PhoneOf, office: Office) -> None:
    """[R2, U7] Within 5 s, though the browser says it was online all the time."""
    phone = phone_of("aino")
    office.kill()
    log_unplanned(phone, office.clients.eino).save()
    expect(phone.chip).to_have_text(fi("shell.waiting", 1))
    assert phone.page.evaluate("navigator.onLine")
    phone.page.wait_for_timeout(LONG_ENOUGH_TO_TIRE_MS)
    office.start()
    office.wait()
    back = time.monotonic()
    wait_until_sent(phone)
    assert time.monotonic() - back < CHIP_CLEARS_WITHIN_S


def logged_contents(office: Office) -> list[str]:
    aino = office.cast.aino
    wanted = "SELECT content FROM change WHERE author = :author AND device <> :desk"
    return [content for (content,) in office.rows(wanted, author=aino.id, desk=aino.device)]
