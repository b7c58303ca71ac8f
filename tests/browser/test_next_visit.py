"""The opened visit: what was agreed, how one gets in, and a word to the client that one is late."""

from __future__ import annotations

import time
from urllib.parse import unquote

from playwright.sync_api import Locator, expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import open_client
from tests.browser.words import fi


def test_u43_late_is_a_neutral_message(phone_of: PhoneOf, office: Office) -> None:
    """[U43] On the opened visit and at the client; its words name nobody, and the door code stands at the address."""
    paavo = office.clients.paavo
    write_of(office, {"phone": "040 123 4567", "door_code": "1234 B"})
    phone = phone_of("aino")
    card = phone.page.locator("[aria-labelledby=next-visit]")
    link = late(phone)
    expect(link).to_be_visible()
    href = link.get_attribute("href") or ""
    assert href.startswith("sms:0401234567?&body=")
    assert unquote(href.partition("body=")[2]) == fi("caseFile.lateText", 15)
    expect(card).to_contain_text(fi("caseFile.doorCode", "1234 B"))
    expect(card.get_by_role("link", name=fi("today.call"))).to_have_attribute("href", "tel:0401234567")
    open_client(phone, paavo)
    expect(link).to_have_attribute("href", href)
    expect(phone.page.locator("[data-pane=current]")).to_contain_text(fi("caseFile.doorCode", "1234 B"))


def test_u43_no_message_to_a_phone_that_is_not_safe(phone_of: PhoneOf, office: Office) -> None:
    """[U43] Somebody else may read it: a call is offered, a message is not; a hidden address hides the door code."""
    write_of(office, {"phone": "040 123 4567", "door_code": "1234 B", "safety": ["unsafe_phone", "non_disclosure"]})
    phone = phone_of("aino")
    card = phone.page.locator("[aria-labelledby=next-visit]")
    expect(card.get_by_role("link", name=fi("today.call"))).to_be_visible()
    expect(card.get_by_text(office.clients.paavo.goal_title)).to_be_visible()
    assert late(phone).count() == 0
    assert "1234" not in card.inner_text()


def test_the_opened_visit_says_what_was_agreed_last(phone_of: PhoneOf, office: Office) -> None:
    """Of the last visit that says something: who stands at the door need not look it up."""
    paavo = office.clients.paavo
    with office.colleague(office.cast.liisa) as liisa:
        visits = [one for one in liisa.records.values() if one["case"] == paavo.case and "outcome" in one["fields"]]
        agreed = {"agreed": "Paavo soittaa isännöitsijälle."}
        liisa.write(time.time_ns() // 1_000_000, "visit", paavo.case, visits[0]["id"], agreed, {})
    phone = phone_of("aino")
    card = phone.page.locator("[aria-labelledby=next-visit]")
    expect(card).to_contain_text(fi("caseFile.agreedLast"))
    expect(card).to_contain_text(agreed["agreed"])


def late(phone: Phone) -> Locator:
    return phone.page.locator("[data-pane=current]").get_by_role("link", name=fi("caseFile.late"), exact=True)


def write_of(office: Office, values: dict[str, object]) -> None:
    """Liisa writes it into Paavo's own record."""
    paavo = office.clients.paavo
    with office.colleague(office.cast.liisa) as liisa:
        (client,) = [one for one in liisa.records.values() if one["kind"] == "case" and one["case"] == paavo.case]
        seen = {path: [client["by"][at][0] for at, _ in client["fields"].get(path, [])] for path in values}
        liisa.write(time.time_ns() // 1_000_000, "case", paavo.case, client["id"], values, seen)
