"""Rows of docs/TRACE.md whose forms were made by hand: entered offline in one go, read on a colleague's device."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import go
from tests.browser.screens import LogSheet, save_form, wait_until_sent
from tests.browser.test_forms import write_header
from tests.browser.words import fi, kind_word, label

SAID = "Sain oven auki itse."
BACK = "Käynnit auttoivat, soitot eivät."


def test_rows_of_goals_visits_clients_and_phases(phone_of: PhoneOf, office: Office) -> None:
    """[row 11, row 17, row 19, row 25, row 38, row 72, row 74, row 89] Offline; a rule is said at its field."""
    aino, case, visit = phone_of("aino"), office.clients.paavo.case, office.clients.paavo.visit
    aino.offline()
    begin_a_ready_goal(aino, case)
    log_what_was_said(aino, case, visit)
    say_where_somebody_came_from(aino, case)
    change_the_phase(aino, case)
    aino.offline(False)
    aino.fetch()
    wait_until_sent(aino)
    read_all(phone_of("liisa"), case, visit)


def test_the_preparation_ends_with_a_plan(phone_of: PhoneOf, office: Office) -> None:
    """[row 23] Without an agreed plan the form says what is missing, and leads to it."""
    eino = office.clients.eino
    write_header(office, eino, {"phases/1": {"phase": "preparation", "since": "2026-10-01"}})
    aino = phone_of("aino")
    aino.fetch()
    go(aino.page, f"/clients/{eino.case}/phase")
    choose(aino, "strong", "goals_reached")
    aino.tap(aino.button(fi("shell.save")))
    expect(aino.page.get_by_role("alert")).to_contain_text(fi("caseFile.phaseUnplanned"))
    aino.page.get_by_role("link", name=kind_word("plan", "@many"), exact=True).click()
    expect(aino.page.get_by_role("link", name=kind_word("plan", "@new"), exact=True)).to_be_visible()


def begin_a_ready_goal(phone: Phone, case: str) -> None:
    go(phone.page, f"/clients/{case}/goals/new")
    phone.tap(phone.button(fi("shell.save")))
    expect(phone.page.get_by_role("alert")).to_contain_text(fi("goal.titleMissing"))
    unfold(phone, fi("goal.template"))
    phone.tap(phone.button(label("goal_template", "group_support")))
    expect(field(phone, "goal-title")).not_to_have_value("")
    save_form(phone)


def log_what_was_said(phone: Phone, case: str, visit: str) -> None:
    go(phone.page, f"/clients/{case}/visits/{visit}")
    sheet = LogSheet(phone)
    unfold(phone, kind_word("visit", "@said"))
    field(phone, "visit-client_words").fill(SAID)
    field(phone, "visit-plan_service").select_option("debt_advice")
    sheet.save()


def say_where_somebody_came_from(phone: Phone, case: str) -> None:
    go(phone.page, f"/clients/{case}/edit")
    phone.field(fi("clientForm.area")).fill("Pohjoinen")
    unfold(phone, kind_word("case", "@home"))
    field(phone, "case-housing_situation").select_option("rough_or_emergency_shelter")
    expect(phone.page.get_by_text(kind_word("case", "!ethos"))).to_be_visible()
    field(phone, "case-ethos").select_option("living_rough")
    unfold(phone, kind_word("case", "@support"))
    field(phone, "case-funding_code").fill("ESIM-1")
    say_who_lives_there(phone)
    save_form(phone)


def say_who_lives_there(phone: Phone) -> None:
    """So many people live in no home: it is said at the field."""
    unfold(phone, fi("clientForm.home"))
    household(phone).select_option("one_parent_family")
    phone.field(fi("clientForm.children")).fill("2")
    adults = phone.field(fi("clientForm.adults"))
    adults.fill("400")
    phone.tap(phone.button(fi("shell.save")))
    expect(phone.page.get_by_text(fi("clientForm.householdWrong")).last).to_be_visible()
    adults.fill("1")


def household(phone: Phone) -> Locator:
    return phone.page.get_by_role("combobox", name=fi("clientForm.household"))


def change_the_phase(phone: Phone, case: str) -> None:
    go(phone.page, f"/clients/{case}/phase")
    choose(phone, "normal", "goals_reached")
    unfold(phone, fi("caseFile.phaseFeedback"))
    field(phone, "phase-feedback").fill(BACK)
    save_form(phone)


def choose(phone: Phone, phase: str, reason: str) -> None:
    phone.page.get_by_role("radio", name=label("support_phase", phase), exact=True).check()
    phone.page.get_by_role("radio", name=label("phase_change_reason", reason), exact=True).check()


def read_all(phone: Phone, case: str, visit: str) -> None:
    phone.fetch()
    go(phone.page, f"/clients/{case}")
    expect(phone.page.get_by_text(BACK)).to_be_visible()
    expect(phone.page.get_by_text(label("guidance_area", "activity_relations")).first).to_be_visible()
    go(phone.page, f"/clients/{case}/entries/{visit}")
    expect(phone.page.get_by_text(SAID)).to_be_visible()
    expect(phone.page.get_by_text(label("linked_service", "debt_advice"))).to_be_visible()
    go(phone.page, f"/clients/{case}/edit")
    expect(phone.field(fi("clientForm.area"))).to_have_value("Pohjoinen")
    unfold(phone, fi("clientForm.home"))
    expect(household(phone)).to_have_value("one_parent_family")
    expect(phone.field(fi("clientForm.children"))).to_have_value("2")
    unfold(phone, kind_word("case", "@support"))
    expect(field(phone, "case-funding_code")).to_have_value("ESIM-1")


def unfold(phone: Phone, title: str) -> None:
    phone.page.locator("details:not([open]) > summary").filter(has_text=title).first.click()


def field(phone: Phone, name: str) -> Locator:
    return phone.page.locator(f'[id="{name}"]')
