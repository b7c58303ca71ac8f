"""What is tapped while something is still under way: it counts once, and for what stood under the finger."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, expect
from uuid6 import uuid7

from server.core import timestamps
from server.core.database import writing
from server.safety import check_ins
from tests.browser.conftest import PhoneOf
from tests.browser.edge import Edge, late
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import CURRENT, go, settle, value_of
from tests.browser.screens import wait_until_sent
from tests.browser.words import fi

#: two taps of which the second finds nothing saved yet
TWICE = "(one) => { one.click(); one.click(); }"
#: one tap, and another on what takes its place after the answer
AND_AGAIN = """(one, next) => {
  const card = one.closest('[aria-labelledby]');
  const watch = new MutationObserver(() => {
    const other = [...card.querySelectorAll('button')].find((it) => it.innerText.trim() === next);
    if (!other) return;
    watch.disconnect();
    setTimeout(() => { other.click(); window.tappedAgain = true; }, 300);
  });
  watch.observe(card, { subtree: true, childList: true });
  one.click();
}"""


def test_k5_safe_waits_for_no_other_answer(phone_of: PhoneOf, office: Office, edge: Edge) -> None:
    """[K5] Said while more time is being asked for, it is heard; and the late answer brings nothing back."""
    phone = phone_of("aino")
    paavo = office.clients.paavo
    go(phone.page, f"/check-in/{paavo.case}/{paavo.visit}")
    phone.tap(phone.button(fi("checkIn.arm")))
    expect(phone.page.get_by_role("heading", level=1, name=fi("checkIn.isOn"))).to_be_visible()
    ((id_,),) = office.rows("SELECT id FROM check_in")
    edge.altered[f"/api/checkins/{id_}/extend"] = late
    with phone.page.expect_response(re.compile("/extend$")):
        phone.tap(phone.button(fi("checkIn.more")))
        phone.tap(phone.button(fi("checkIn.safe")))
        expect(phone.page.get_by_text(fi("checkIn.ended"))).to_be_visible()
    settle(phone.page)
    expect(phone.page.get_by_role("heading", level=1, name=fi("checkIn.over"))).to_be_visible()


def test_k3_the_second_tap_has_reached_nobody(phone_of: PhoneOf, office: Office) -> None:
    """[K3] Who says twice in a hurry that they see to it has not reached the person; a tap after that has."""
    now = datetime.now(UTC)
    armed: check_ins.Arming = {
        "visit": None,
        "colleague": None,
        "place": None,
        "at": timestamps.text(now),
        "minutes": 30,
        "drill": True,
    }
    with office.inside(), writing() as transaction:
        check_ins.arm(transaction, office.cast.aino.actor, str(uuid7()), armed, now - timedelta(minutes=60))
    mikko = phone_of("mikko")
    mikko.go("shell.out")
    mikko.button(fi("checkIn.confirm")).evaluate(AND_AGAIN, fi("checkIn.reached"))
    reached = mikko.button(fi("checkIn.reached"))
    value_of(mikko.page, "window.tappedAgain")
    settle(mikko.page)
    assert office.rows("SELECT confirmed_by, ended_at FROM check_in") == [(office.cast.mikko.id, None)]
    expect(reached).not_to_have_attribute("aria-busy", "true")
    reached.click()
    expect(mikko.page.get_by_role("heading", name=re.compile(fi("checkIn.cameBack")))).to_be_visible()


def test_a_tick_that_is_taken_back_at_once(phone_of: PhoneOf, office: Office) -> None:
    """[M8] Two taps on one item are a tick and its end, though the second finds nothing saved yet."""
    phone = phone_of("aino")
    go(phone.page, f"/clients/{office.clients.paavo.case}/checklists")
    item = first_item(phone.page.locator(CURRENT))
    item.evaluate(TWICE)
    expect(phone.page.get_by_text(fi("goal.unticked"))).to_be_visible()
    wait_until_sent(phone)
    settle(phone.page)
    expect(item).not_to_be_checked()
    assert office.log_of(office.cast.aino) == {"checklist": 2}


def test_a_sheet_is_closed_once(aino: Phone) -> None:
    """Two taps on its cross close it, and do not leave the screen beneath it too; the next step back works as ever."""
    aino.go("shell.more", "shell.settings")
    aino.tap(aino.button(fi("settings.changePassword")))
    sheet = aino.page.get_by_role("dialog", name=fi("settings.changePassword"))
    sheet.get_by_role("button", name=fi("shell.close")).evaluate(TWICE)
    expect(sheet).to_be_hidden()
    settle(aino.page)
    expect(aino.page).to_have_url(re.compile("/settings$"))
    aino.button(fi("shell.back")).evaluate(TWICE)
    expect(aino.page).to_have_url(re.compile("/more$"))
    settle(aino.page)
    expect(aino.page).to_have_url(re.compile("/more$"))


def first_item(screen: Locator) -> Locator:
    return screen.get_by_role("checkbox").first
