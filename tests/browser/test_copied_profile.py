"""[J7] What a copied profile is worth while Ovikello is locked, signed out or wiped: nothing of any client."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect

from server.auth import sessions
from server.core.database import writing
from server.core.models import Device, User
from tests.browser.conftest import PhoneOf
from tests.browser.copied_profile import addresses, asked_of, values_in, visited
from tests.browser.office import Office
from tests.browser.phone import SYNC, Phone
from tests.browser.profile_files import files_with
from tests.browser.words import fi
from tests.cast import PASSWORD
from tests.whole import sampled

#: what answers a device that is locked, by its own credential, and what answers everybody
NEUTRAL = {"GET /api/health", "GET /api/device", "POST /api/device/wiped", "GET /api/session/providers"}
READS = {"POST /api/sync", "GET /api/devices"}


def header_of(phone: Phone) -> str:
    """The value that opens the API while the store is open."""
    with phone.page.expect_response(SYNC) as answer:
        phone.page.evaluate("dispatchEvent(new Event('online'))")
    return answer.value.request.all_headers()["x-csrf-token"]


def lock(phone: Phone) -> None:
    phone.go("shell.more", "shell.settings")
    phone.tap(phone.button(fi("settings.lockNow")))
    expect(phone.button(fi("session.open"))).to_be_visible()


def sign_out(phone: Phone) -> None:
    phone.go("shell.more", "shell.settings")
    phone.tap(phone.button(fi("settings.signOut")).first)
    phone.tap(phone.page.get_by_role("dialog").get_by_role("button", name=fi("settings.signOut")))
    expect(phone.page.get_by_role("heading", name=fi("session.signIn"))).to_be_visible()


def locked(phone: Phone, _office: Office) -> None:
    with phone.page.expect_response("**/api/session/lock"):
        lock(phone)
    phone.close()


def killed(phone: Phone, _office: Office) -> None:
    """In a pocket, with everything open: nothing is given up, and the access token lives."""
    phone.kill()


def signed_out(phone: Phone, _office: Office) -> None:
    with phone.page.expect_response("**/api/session/end"):
        sign_out(phone)
    phone.close()


def signed_out_offline(phone: Phone, office: Office) -> None:
    """The server has not heard of it yet."""
    phone.offline()
    sign_out(phone)
    phone.close()
    assert office.rows("SELECT id FROM session WHERE end_reason = 'sign_out'") == []


def wiped(phone: Phone, office: Office) -> None:
    """[J6] Locked, after its person has changed the password first: what people do."""
    lock(phone)
    with office.inside(), writing() as transaction:
        aino = transaction.get_one(User, office.cast.aino.key)
        sessions.end_all(transaction, aino, "password_reset", actor=None)
        for device in transaction.query(Device).filter(Device.user == aino.id):
            sessions.wipe_device(transaction, device, None)
    phone.page.reload()
    expect(phone.page.get_by_role("heading", name=fi("session.signIn"))).to_be_visible()
    while not office.rows("SELECT id FROM device WHERE wiped_at IS NOT NULL"):
        phone.page.wait_for_timeout(100)
    phone.close()


#: method and path
Address = tuple[str, str]
LEAVING = (locked, killed, signed_out, signed_out_offline, wiped)


def tried_with_all_values(where: list[Address], leave: Callable[[Phone, Office], None]) -> list[Address]:
    """What gives most, and a fifth of all addresses: the five ways to leave try each address between them."""
    share = set(where[LEAVING.index(leave) :: len(LEAVING)])
    return sampled([one for one in where if one in share or " ".join(one) in READS], whole=where)


@pytest.mark.parametrize("leave", LEAVING)
def test_j7_a_copied_profile_opens_nothing(
    phone_of: PhoneOf,
    phones: Callable[[Path | None, str, str], Phone],
    office: Office,
    leave: Callable[[Phone, Office], None],
) -> None:
    """[J7] With all cookies and all that lies in the open; but for the sealed value the same walk opens everything."""
    clients = office.clients
    secret = [clients.paavo.name, clients.kerttu.name, "Esimerkkikatu", clients.paavo.visit]
    phone = phone_of("aino")
    header = header_of(phone)
    ((device,),) = office.rows('SELECT device FROM session WHERE "user" = :user', user=office.cast.aino.id)
    where = sorted(set(addresses(office, device)))
    assert len(where) > 40
    reading = [one for one in where if one[0] == "GET" or " ".join(one) in READS]
    opened = asked_of(phone, reading, [{"X-CSRF-TOKEN": header}], device)
    assert opened.keys() >= READS
    assert [marker for marker in secret if marker not in "".join(opened.values())] == [], "it would be found"
    assert asked_of(phone, reading, [{}], device).keys() <= NEUTRAL, "open, and by cookies alone"

    leave(phone, office)
    assert files_with(phone.profile, header) == []

    thief = phones(phone.profile, "phone", phone.address)
    thief.open("/icons/ovikello-192.png")
    values = values_in(thief)
    headers: list[dict[str, str]] = []
    for value in values:
        headers += [{"X-CSRF-TOKEN": value}, {"Authorization": f"Bearer {value}"}]
    opened = asked_of(thief, where, [{}], device)
    for address, body in asked_of(thief, tried_with_all_values(where, leave), headers, device).items():
        opened[address] = opened.get(address, "") + body
    assert opened.keys() <= NEUTRAL, opened.keys()
    assert visited(thief, where).keys() <= NEUTRAL
    if leave in {locked, signed_out, wiped}:
        # The server knows: not even with the value that lay in memory while it was open.
        assert asked_of(thief, where, [{"X-CSRF-TOKEN": header}], device).keys() <= NEUTRAL
    assert not any(marker in "".join(opened.values()) for marker in [*secret, clients.paavo.case, PASSWORD])


def test_the_calendar_address_is_the_servers_in_the_browser_that_has_the_app(phone_of: PhoneOf, office: Office) -> None:
    """[I1] The service worker answers for nothing of the server's own; and an address with a lone % is no page."""
    phone = phone_of("aino")
    phone.go("shell.more", "shell.settings")
    phone.tap(phone.button(fi("reminders.calendarShow")))
    phone.tap(phone.button(fi("reminders.calendarMake")))
    address = phone.page.get_by_text(f"{phone.address}/calendar/").text_content() or ""
    tab = phone.another_tab()
    with tab.expect_download() as came, suppress(Error):
        tab.goto(address)
    assert Path(came.value.path()).read_bytes().startswith(b"BEGIN:VCALENDAR")
    for own in ("/calendar/x.ics", "/api", "/api/nothing"):
        answer = tab.goto(phone.address + own)
        assert answer
        assert (answer.status, answer.headers["content-type"]) == (404, "application/json")
    for odd in ("/clients/%", "/clients/%E0%A4%A", "/clients/x/entries/%ff", "/%"):
        tab.goto(phone.address + odd)
        expect(tab.get_by_role("heading", level=1, name=fi("help.notFound"))).to_be_visible()
    assert office.process
