"""Screens with fields: drafts, errors, what is filled in already, another language, room that runs out."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime

from playwright.sync_api import Error, Locator, Page, expect

from server.rules.dates import FINLAND
from tests.browser.clients import Client
from tests.browser.conftest import PhoneOf
from tests.browser.edge import Edge
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import CURRENT, addresses, go, inside, save_empty, save_with_errors, value_of
from tests.browser.screens import log_planned
from tests.browser.words import fi
from tests.cast import PASSWORD

TYPED = "Avain jäi naapurille."
#: the rule's 500 ms, and what two busy cores need to write it
SEALED_WITHIN_MS = 900
#: every form that is filled in by hand, by its route or by what is special on it
FORMS = (
    "a new visit",
    "/clients/:caseId/visits/:record",
    "/clients/:caseId/goals/new",
    "/clients/:caseId/goals/:record/edit",
    "/clients/:caseId/notes/:record",
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"
#: what Safari says of an app on the home screen
INSTALLED = "Object.defineProperty(navigator, 'standalone', { value: true })"
#: what the browser tells of its room, so that nobody has to fill a disk
ROOM = """
StorageManager.prototype.persisted = async () => false;
StorageManager.prototype.persist = async () => { window.kept = true; return true; };
StorageManager.prototype.estimate = async () => { window.told = true; return { usage: %d, quota: 100 }; };
"""


def test_every_form_is_there_after_the_tab_is_killed(phone_of: PhoneOf, office: Office) -> None:
    """[U1] Each form in a tab of its own, which crashes half a second after the last key."""
    phone = phone_of("aino")
    at = addresses(office, "")
    for form in FORMS:
        tab = phone.another_tab(at[form])
        field = longest(tab)
        field.fill(TYPED)
        tab.wait_for_timeout(SEALED_WITHIN_MS)
        crash(tab)
        again = phone.another_tab(at[form])
        expect(longest(again), form).to_have_value(TYPED)
        again.close()


def longest(page: Page) -> Locator:
    """The last of a form's text areas: its note, or the client's own words."""
    field = page.locator(f"{CURRENT} textarea").last
    field.wait_for()
    return field


def crash(tab: Page) -> None:
    """The process of the page ends at once; nothing in it hears of that."""
    with tab.expect_event("crash"), suppress(Error):
        tab.goto("chrome://crash")
    tab.close()


def test_errors_are_listed_and_lead_to_their_fields(phone_of: PhoneOf, office: Office) -> None:
    """[U18] The list has the focus, says what stands at the field, and its link leads there."""
    phone = phone_of("aino")
    page = phone.page
    at = addresses(office, "")
    tries = {"a new visit": save_with_errors, "a new plan": save_with_errors, "/clients/:caseId/goals/new": save_empty}
    for form, save in tries.items():
        save(page, at[form])
        summary = inside(page, "[role=alert]")
        expect(summary).to_be_focused()
        for link in summary.get_by_role("link").all():
            said = link.inner_text()
            phone.tap(link)
            field = page.locator(":focus")
            assert field.evaluate("(one) => one.matches('input, textarea, select')"), form
            assert page.locator(f"{CURRENT} .error").filter(has_text=said).count() == 1, form


def test_signing_in_with_nothing_lists_both_fields(phone_of: PhoneOf) -> None:
    """[U18] Before anybody has signed in, too."""
    phone = phone_of("aino", fresh=True)
    phone.tap(phone.button(fi("session.signIn")))
    summary = phone.page.get_by_role("alert")
    expect(summary).to_be_focused()
    said = [link.inner_text() for link in summary.get_by_role("link").all()]
    assert said == [fi("session.nameMissing"), fi("session.passwordMissing")]
    phone.tap(summary.get_by_role("link", name=said[1]))
    expect(phone.field(fi("session.password"))).to_be_focused()


def test_a_visit_is_one_sheet_that_knows_the_plan(phone_of: PhoneOf, office: Office) -> None:
    """[U19, U20] Outcome, time, goals, note and next visit stand on one sheet, filled in as it was planned."""
    paavo = office.clients.paavo
    plan = plan_of(office, paavo)
    phone = phone_of("aino")
    sheet = log_planned(phone, paavo)
    address = phone.page.url
    expect(phone.page.get_by_role("radio").first).to_be_checked()
    # It is logged before it was to end: of the plan stands what has passed.
    expect(phone.page.locator("#visit-times")).to_contain_text(f"{clock(plan['start'])}–")
    expect(phone.page.get_by_role("group", name=paavo.goal_title, exact=True)).to_be_visible()
    sheet.move_goal(paavo, "forward")
    sheet.note.fill(TYPED)
    sheet.take_suggested_time()
    assert phone.page.url == address
    sheet.save()


def plan_of(office: Office, client: Client) -> dict[str, str]:
    with office.colleague(office.cast.aino) as desk:
        ((_, plan),) = desk.records[client.visit]["fields"]["plan"]
    assert isinstance(plan, dict)
    return plan


def clock(moment: str) -> str:
    local = datetime.fromisoformat(moment).astimezone(FINLAND)
    return f"{local.hour}.{local.minute:02}"


def test_the_client_on_the_screen_is_offered_first(aino: Phone, ainos_office: Office) -> None:
    """[U20] ＋ on somebody's page does not ask whom it is about."""
    go(aino.page, f"/clients/{ainos_office.clients.eino.case}")
    aino.tap(aino.button(fi("shell.add")))
    sheet = aino.page.get_by_role("dialog")
    expect(sheet.get_by_role("link").first).to_contain_text(ainos_office.clients.eino.name)


def test_another_language_keeps_what_was_typed(phone_of: PhoneOf, office: Office) -> None:
    """[U23] In the middle of a visit somebody chooses Swedish: sheet and buttons change, the note does not."""
    phone = phone_of("aino")
    sheet = log_planned(phone, office.clients.paavo)
    address = re.sub(r"^https?://[^/]+", "", phone.page.url)
    sheet.note.fill(TYPED)
    go(phone.page, "/settings")
    phone.page.get_by_role("radio", name="Svenska", exact=True).check()
    expect(phone.page.locator("html")).to_have_attribute("lang", "sv")
    go(phone.page, address)
    expect(longest(phone.page)).to_have_value(TYPED)
    expect(phone.page.locator(CURRENT)).to_contain_text(office.clients.paavo.name)
    assert phone.page.get_by_role("button", name=fi("visit.save"), exact=True).count() == 0
    phone.page.get_by_role("button", name="Spara", exact=True).wait_for()


def test_room_that_runs_out_is_said_in_time(phone_of: PhoneOf) -> None:
    """[U26] At 80 % of what the browser gives, and not before; and the browser is asked to keep what is there."""
    phone = phone_of("aino", unlocked=False)
    assert phone.context
    for percent, is_warned in ((79, False), (80, True)):
        phone.context.add_init_script(ROOM % percent)
        phone.page.reload()
        phone.unlock(PASSWORD)
        value_of(phone.page, "window.kept && window.told")
        expect(phone.page.get_by_text(fi("settings.storageAlmostFull"))).to_have_count(1 if is_warned else 0)


def test_a_tab_of_safari_is_told_what_it_may_lose(phone_of: PhoneOf, edge: Edge) -> None:
    """[U26] Safari drops what a tab keeps: said before the first fetch and with the guidance, not once installed."""
    phone = phone_of("aino", fresh=True)
    assert phone.context
    phone.context.new_cdp_session(phone.page).send("Emulation.setUserAgentOverride", {"userAgent": IPHONE})
    phone.page.reload()
    edge.lossy["POST /api/sync"] = 1
    phone.sign_in("aino", PASSWORD)
    expect(phone.page.get_by_text(fi("help.device.iosTab"))).to_be_visible()
    edge.lossy.clear()
    expect(phone.today).to_be_visible()
    phone.go("shell.more", "help.install.title")
    expect(phone.page.get_by_text(fi("help.install.iosRisk"))).to_be_visible()
    phone.context.add_init_script(INSTALLED)
    phone.page.reload()
    phone.unlock_anywhere(PASSWORD)
    expect(phone.page.get_by_text(fi("help.install.installed"))).to_be_visible()
    expect(phone.page.get_by_text(fi("help.install.iosRisk"))).to_have_count(0)
