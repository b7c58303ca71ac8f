"""Who is signed in, and who may open what: tokens that end, a shared phone, the lock, a new password (rows 34-36)."""

from __future__ import annotations

from playwright.sync_api import expect

from server import directory as server_office
from server.core.database import writing
from tests.browser.conftest import PhoneOf
from tests.browser.edge import Edge
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import LogSheet, log_planned, log_unplanned, wait_until_sent
from tests.browser.words import fi
from tests.cast import PASSWORD

NEW_PASSWORD = "talvi-ilta ja takka"
REFRESH = "POST /api/session/refresh"


def test_a_token_that_ended_offline_is_renewed_once(phone_of: PhoneOf, office: Office, edge: Edge) -> None:
    """[R2] Row 34: the access token ran out in the pocket; the outbox is kept, one refresh, and it goes on."""
    phone = phone_of("aino")
    log_without_network(phone, office, edge)
    forget_access(phone)
    edge.asked[REFRESH] = 0  # the unlock has asked for one
    edge.portal = False
    wait_until_sent(phone)
    assert edge.asked[REFRESH] == 1
    assert office.log_of(office.cast.aino) == {"visit": 1}


def test_a_lost_refresh_reply_signs_nobody_out(phone_of: PhoneOf, office: Office, edge: Edge) -> None:
    """[R2] Row 35: the office renewed the session, the phone never heard; the next try gets the successor."""
    phone = phone_of("aino")
    log_without_network(phone, office, edge)
    forget_access(phone)
    edge.asked[REFRESH] = 0  # the unlock has asked for one
    edge.losses[REFRESH] = 2
    edge.portal = False
    wait_until_sent(phone)
    assert edge.asked[REFRESH] == 3
    assert office.log_of(office.cast.aino) == {"visit": 1}


def test_an_ended_session_keeps_the_outbox_until_its_person_signs_in(phone_of: PhoneOf, office: Office) -> None:
    """[R6, S5] Nothing goes, nothing is lost; it is said in words, and signing in sends it."""
    phone = phone_of("aino")
    phone.offline()
    log_unplanned(phone, office.clients.eino).save()
    office.execute(
        "UPDATE session SET ended_at = '2026-01-01T00:00:00Z' WHERE \"user\" = :user", user=office.cast.aino.id
    )
    phone.offline(False)
    expect(phone.chip).to_have_text(fi("shell.signInNeeded"))
    phone.tap(phone.chip)
    phone.tap(phone.button(fi("outbox.signIn")))
    phone.sign_in("aino", PASSWORD)
    wait_until_sent(phone)
    assert office.log_of(office.cast.aino) == {"visit": 1}


def test_another_person_on_the_same_phone(phone_of: PhoneOf, office: Office, edge: Edge) -> None:
    """[V7] Row 36: Sanna neither reads nor sends Aino's entries; she sees that somebody has unsent ones, not who."""
    phone = phone_of("aino")
    log_without_network(phone, office, edge)
    phone.close()
    edge.portal = False
    phone.open()
    phone.tap(phone.button(fi("lock.someoneElse")))
    phone.sign_in("sanna", PASSWORD)
    expect(phone.today).to_be_visible()
    wait_until_sent(phone)
    expect(phone.page.get_by_text(office.clients.sulo.name).first).to_be_visible()
    expect(phone.page.get_by_text(office.clients.paavo.name)).to_have_count(0)
    assert office.log_of(office.cast.aino) == {}
    phone.go("shell.more", "shell.settings")
    phone.tap(phone.button(fi("settings.lockNow")))
    body = phone.page.locator("body")
    expect(body).to_contain_text(fi("lock.whoOpens"))
    expect(body).not_to_contain_text("Aino")
    expect(body).not_to_contain_text("Sanna")

    for radio in phone.page.get_by_role("radio").all():
        radio.check()
        if phone.page.get_by_text(fi("lock.unsentHere", 1)).is_visible():
            break
    phone.unlock_anywhere(PASSWORD)
    phone.go("shell.today")
    expect(phone.page.get_by_text(office.clients.paavo.name).first).to_be_visible()
    expect(phone.chip).to_have_text(fi("shell.signInNeeded"))
    phone.tap(phone.chip)
    phone.tap(phone.button(fi("outbox.signIn")))
    phone.sign_in("aino", PASSWORD)
    wait_until_sent(phone)
    assert office.log_of(office.cast.aino) == {"visit": 1}
    assert office.log_of(office.cast.sanna) == {}


def test_wrong_passwords_wait_longer(phone_of: PhoneOf) -> None:
    """[V4] From the third wrong try there is a delay, also after a restart; then the right one opens."""
    phone = phone_of("aino", unlocked=False)
    for _ in range(3):
        phone.field(fi("session.password")).fill("väärä salasana")
        phone.tap(phone.button(fi("session.open")))
        expect(phone.page.get_by_text(fi("session.wrong"))).to_be_visible()
    expect(phone.page.get_by_role("status").filter(has_text="Odota")).to_be_visible()
    expect(phone.button(fi("session.open"))).to_be_disabled()
    phone.kill()
    phone.open(offline=True)
    phone.field(fi("session.password")).fill(PASSWORD)
    phone.tap(phone.button(fi("session.open")))
    expect(phone.page.get_by_role("status").filter(has_text="Odota").or_(phone.today)).to_be_visible()
    expect(phone.button(fi("session.open")).or_(phone.today)).to_be_enabled()
    if not phone.today.is_visible():
        phone.unlock(PASSWORD)


def test_the_open_form_is_sealed_before_the_lock(phone_of: PhoneOf, office: Office) -> None:
    """[V5] Hidden or idle too long: the draft is sealed first, and the page holds nothing any more."""
    phone = phone_of("aino")
    sheet = log_planned(phone, office.clients.paavo)
    sheet.note.fill("Kesken jäi")
    phone.page.evaluate("Date.now = ((now) => () => now() + 6 * 60_000)(Date.now)")
    expect(phone.button(fi("session.open"))).to_be_visible()
    assert office.clients.paavo.name not in phone.page.content()
    phone.unlock_anywhere(PASSWORD)
    assert LogSheet(phone).note.input_value() == "Kesken jäi"


def test_a_password_changed_elsewhere(phone_of: PhoneOf, office: Office) -> None:
    """[V8] The old one opens what lies here until the next contact, which wraps anew; the unsent entry is sent."""
    phone = phone_of("aino")
    phone.offline()
    log_unplanned(phone, office.clients.eino).save()
    phone.close()
    reset_password(office)
    phone.open()
    phone.unlock(PASSWORD)
    expect(phone.chip).to_have_text(fi("shell.signInNeeded"))
    phone.tap(phone.chip)
    phone.tap(phone.button(fi("outbox.signIn")))
    phone.sign_in("aino", NEW_PASSWORD)
    wait_until_sent(phone)
    assert office.log_of(office.cast.aino) == {"visit": 1}
    phone.close()
    phone.open(offline=True)
    phone.unlock(NEW_PASSWORD)


def test_the_new_password_asks_for_the_old_one_where_the_slot_is_old(phone_of: PhoneOf, office: Office) -> None:
    """[V8] Signing in with the new password on a locked phone: the old one is asked for once, and nothing is lost."""
    phone = phone_of("aino")
    phone.offline()
    log_unplanned(phone, office.clients.eino).save()
    phone.close()
    reset_password(office)
    phone.open()
    phone.tap(phone.button(fi("lock.someoneElse")))
    phone.sign_in("aino", NEW_PASSWORD)
    phone.field(fi("lock.oldPassword")).fill(PASSWORD)
    phone.tap(phone.button(fi("session.open")))
    expect(phone.today).to_be_visible()
    wait_until_sent(phone)
    assert office.log_of(office.cast.aino) == {"visit": 1}


def log_without_network(phone: Phone, office: Office, edge: Edge) -> None:
    edge.portal = True
    log_unplanned(phone, office.clients.eino).save()
    expect(phone.chip).to_have_text(fi("shell.waiting", 1))


def forget_access(phone: Phone) -> None:
    """What the browser does with the access cookie after a quarter of an hour."""
    assert phone.context
    phone.context.clear_cookies(name="__Host-access")


def reset_password(office: Office) -> None:
    with office.inside(), writing() as transaction:
        aino = server_office.user_named(transaction, "aino")
        server_office.reset_password(transaction, aino, NEW_PASSWORD)
