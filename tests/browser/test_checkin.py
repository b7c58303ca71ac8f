"""The lone-worker check-in on the phone."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from server import moments
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.words import fi


def leave(phone: Phone, *, drill: bool = False) -> None:
    """From Tänään, for the nearest visit."""
    phone.tap(phone.link(fi("checkIn.startFor", "Paavo Lehto")))
    expect(phone.field_beginning(fi("checkIn.place"))).to_have_value("Esimerkkikatu 1 A 4")
    if drill:
        phone.page.get_by_role("checkbox", name=fi("checkIn.asDrill")).check()
    phone.tap(phone.button(fi("checkIn.arm")))


def test_k1_it_is_on_when_the_server_has_said_so(phone_of: PhoneOf, office: Office) -> None:
    """[K1] Without an answer it is NOT on, and a call is offered; with it the time runs and can be extended."""
    phone = phone_of("aino")
    phone.offline()
    leave(phone)
    expect(phone.page.get_by_text(fi("checkIn.notOn"))).to_be_visible()
    expect(phone.link(fi("checkIn.callEmergency"))).to_be_visible()
    assert office.rows("SELECT id FROM check_in") == []
    phone.offline(False)
    phone.tap(phone.button(fi("checkIn.arm")))
    expect(phone.page.get_by_role("heading", level=1, name=fi("checkIn.isOn"))).to_be_visible()
    ((before,),) = office.rows("SELECT deadline FROM check_in")
    phone.tap(phone.button(fi("checkIn.moreFor")))
    expect(phone.page.get_by_text(fi("checkIn.moreDone", "").strip(), exact=False)).to_be_visible()
    ((after,),) = office.rows("SELECT deadline FROM check_in")
    assert moments.moment(after) - moments.moment(before) == timedelta(minutes=30)
    phone.tap(phone.button(fi("checkIn.safe")))
    expect(phone.page.get_by_text(fi("checkIn.ended"))).to_be_visible()
    assert office.rows("SELECT place FROM check_in WHERE ended_at IS NOT NULL") == [(None,)]


def test_k7_a_threat_is_recorded_apart(phone_of: PhoneOf, office: Office) -> None:
    """[K7] It is kept on the phone until the server has it, and then stands apart from any case file."""
    phone = phone_of("aino")
    phone.go("shell.more", "checkIn.incident")
    phone.tap(phone.button(fi("shell.save")))
    expect(phone.page.get_by_role("alert")).to_be_visible()
    phone.page.get_by_label(fi("checkIn.incidentKind")).select_option("verbal_threat")
    phone.field(fi("checkIn.incidentText")).fill("Huusi rappukäytävässä.")
    phone.offline()
    phone.tap(phone.button(fi("shell.save")))
    expect(phone.page.get_by_text(fi("checkIn.incidentNotSavedWhy"))).to_be_visible()
    phone.offline(False)
    phone.tap(phone.button(fi("shell.save")))
    expect(phone.page.get_by_text(fi("checkIn.incidentSaved"))).to_be_visible()
    ((body,),) = office.rows("SELECT body FROM incident")
    assert "Huusi rappukäytävässä." in body
    assert "Paavo" not in body
