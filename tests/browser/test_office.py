"""What a leader sees in the office: the team board and the table of clients."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from playwright.sync_api import Locator, Page, expect
from uuid6 import uuid7

from server import directory
from server.auth import passwords
from server.core import timestamps
from server.core.database import writing
from server.reports.wording import word_for
from server.rules.dates import FINLAND
from server.sync import scope
from tests.browser.conftest import Phones
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.words import fi, label
from tests.cast import PASSWORD

#: reports, and a figure of each
FIGURES = {"moved_on_savings": "saving", "advancing_contacts": "tied", "delivered_vs_contracted": "share"}


def leader(phones: Phones, office: Office) -> Phone:
    """Mikko at a laptop, signed in."""
    desk = phones(None, "laptop", office.address)
    desk.open()
    desk.sign_in("mikko", PASSWORD)
    expect(desk.today).to_be_visible()
    desk.fetch()
    expect(desk.page.locator('[data-sync="sent"]').first).to_be_attached()
    return desk


def exception(page: Page, what: str) -> Locator:
    return page.locator(f'[data-exception="{what}"]')


def test_q3_the_leaders_home_counts_what_stands_out(phones: Phones, office: Office) -> None:
    """[Q3, Q4, F5] Each number opens its list in one click; without a network the device counts on."""
    office.execute(
        "INSERT INTO unmet_rule (record, org, \"case\", kind, rules) SELECT id, org, id, 'case', '[\"client_name\"]'"
        " FROM case_file WHERE id = :case",
        case=office.clients.paavo.case,
    )
    desk = leader(phones, office)
    page = desk.page
    expect(page.get_by_role("heading", name=fi("board.exceptions"))).to_be_visible()
    expect(exception(page, "unmet")).to_contain_text("1")
    hours = exception(page, "under_hours")
    count = hours.locator("strong").inner_text()
    hours.click()
    table = page.get_by_role("table")
    expect(table.locator("tbody tr")).to_have_count(int(count))
    page.go_back()
    exception(page, "unmet").click()
    expect(page.get_by_role("heading", level=1, name=fi("board.unmet"))).to_be_visible()
    expect(page.get_by_role("link", name=office.clients.paavo.name)).to_be_visible()
    desk.offline()
    page.go_back()
    expect(page.get_by_role("heading", name=fi("board.exceptions"))).to_be_visible()
    expect(exception(page, "under_hours").locator("strong")).to_have_text(count)
    expect(exception(page, "unmet")).to_be_visible()


def test_f5_the_clients_are_a_table_that_keys_walk_through(phones: Phones, office: Office) -> None:
    """[F5] Ordered by a column both ways, narrowed by chips that can be kept under a name; j, k, Enter and ?."""
    desk = leader(phones, office)
    page = desk.page
    desk.go("shell.clients")
    rows = page.get_by_role("table").locator("tbody tr")
    expect(rows.first).to_be_visible()
    names = rows.locator(".who").all_inner_texts()
    heading = page.get_by_role("columnheader", name=fi("clients.name"))
    expect(heading).to_have_attribute("aria-sort", "ascending")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert rows.locator(".who").all_inner_texts() == names[::-1]
    page.get_by_label(fi("clients.worker")).select_option(office.cast.liisa.id)
    expect(rows).to_have_count(1)
    page.get_by_role("button", name=fi("desk.save")).click()
    page.get_by_label(fi("desk.name")).fill("Liisan")
    page.get_by_role("button", name=fi("shell.save"), exact=True).click()
    page.get_by_role("button", name=fi("clients.clearFilters")).first.click()
    expect(rows).to_have_count(len(names))
    page.get_by_role("button", name="Liisan", exact=True).click()
    expect(rows).to_have_count(1)
    page.get_by_role("button", name=fi("clients.clearFilters")).first.click()
    page.locator("h1").first.focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name=fi("desk.shortcuts"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    expect(rows.first.get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=names[-1])).to_be_visible()
    desk.go("shell.clients")
    search = page.get_by_label(fi("clients.search"))
    search.press("Enter")
    expect(page.get_by_role("heading", level=1, name=fi("shell.clients"))).to_be_visible()
    search.fill("OV-")
    expect(rows.locator(".who")).to_have_text(names[::-1])
    search.press("Enter")
    expect(page.get_by_role("heading", level=1, name=names[-1])).to_be_visible()


def test_q5_a_report_and_what_stands_behind_it(phones: Phones, office: Office) -> None:
    """[Q5] [row 32, row 50, row 57, row 87] Figures, formula and tables of the own team; a figure's clients unfold."""
    desk = leader(phones, office)
    page = desk.page
    for report, figure in FIGURES.items():
        desk.go("shell.reports")
        desk.tap(page.get_by_role("link", name=label("report", report)))
        expect(page.get_by_role("heading", name=fi("reports.formula"))).to_be_visible()
        expect(page.get_by_role("region", name=word_for(report, figure, "fi"), exact=True)).to_be_visible()
    today = datetime.now(FINLAND).date()
    page.get_by_label(fi("reports.period")).select_option("own")
    page.get_by_label(fi("reports.from"), exact=True).fill(str(today - timedelta(days=62)))
    page.get_by_label(fi("reports.to"), exact=True).fill(str(today))
    page.get_by_label(fi("reports.filters.worker")).select_option(label="Liisa")
    expect(page.get_by_label(fi("reports.filters.worker"))).to_have_value(office.cast.liisa.id)
    page.get_by_label(fi("reports.filters.worker")).select_option("")
    page.get_by_label(fi("reports.split")).select_option("year")
    expect(page.get_by_role("table").last).to_contain_text(str(today.year))
    behind = page.get_by_role("group").filter(has_text="asiakas").first
    behind.locator("summary").click()
    client = behind.get_by_role("link").first
    name = client.inner_text()
    client.click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def test_q5_a_report_leaves_the_app_as_a_file(phones: Phones, office: Office) -> None:
    """[Q5, Z8, A2] After the password, asked for once; the file says what the screen says, and the log who took it."""
    desk = leader(phones, office)
    page = desk.page
    office.execute("UPDATE session SET confirmed_at = :long_ago", long_ago=timestamps.ago(minutes=11))
    desk.go("shell.reports")
    desk.tap(page.get_by_role("link", name=label("report", "delivered_vs_contracted")))
    desk.tap(page.get_by_role("button", name=fi("reports.export")))
    sheet = page.get_by_role("dialog", name=fi("reports.export"))
    sheet.get_by_role("radio", name=fi("reports.csv"), exact=True).check()
    save = sheet.get_by_role("button", name=fi("reports.saveFile"))
    save.click()
    confirming = page.get_by_role("dialog", name=fi("admin.confirmTitle"))
    confirming.get_by_label(fi("session.password"), exact=True).fill(PASSWORD)
    with page.expect_download() as downloading:
        confirming.get_by_role("button", name=fi("admin.goOn")).click()
    assert downloading.value.suggested_filename.startswith("delivered_vs_contracted-")
    text = downloading.value.path().read_text(encoding="utf-8-sig")
    assert word_for("delivered_vs_contracted", "share", "fi") in text
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.get_by_role("button", name=fi("reports.export")).click()
    with page.expect_download() as again:
        save.click()
    assert again.value.suggested_filename.endswith(".csv")
    noted = office.rows("SELECT actor FROM audit_event WHERE event = 'report_exported'")
    assert noted == [(office.cast.mikko.id,)] * 2


def test_q6_whoever_pays_finds_reports_and_nothing_else(phones: Phones, office: Office) -> None:
    """[Q6, Q11] [row 55] Reports on Tänään, and their own part of the plans; no clients, no week, nothing to write."""
    cast, paavo = office.cast, office.clients.paavo
    with office.inside(), writing() as transaction:
        org = directory.find_or_add_organisation(transaction, "Harjula")
        account = directory.Account(org, "maija", "Maija", "commissioner_viewer", None)
        maija = directory.enter(transaction, account, passwords.hash_of(PASSWORD)).id
        scope.grant(transaction, cast.aino.org, maija, [paavo.case], "office")
    plan = {"worker_part": "Soitan Paavolle.", "commissioner_part": "Maksusitoumus.", "agreed_on": "2026-09-01"}
    with office.colleague(cast.aino) as aino:
        aino.write(time.time_ns() // 1_000_000, "plan", paavo.case, str(uuid7()), plan)
    desk = phones(None, "laptop", office.address)
    desk.open()
    desk.sign_in("maija", PASSWORD)
    expect(desk.today).to_be_visible()
    page = desk.page
    expect(page.get_by_role("link", name=label("report", "moved_on_savings"))).to_be_visible()
    part = page.get_by_role("listitem").filter(has_text="Maksusitoumus.")
    expect(part).to_contain_text("OV-0001")
    for secret in (paavo.name, "Soitan"):
        assert secret not in page.content()
    places = page.get_by_role("navigation", name=fi("shell.places")).locator("visible=true").first
    expect(places.get_by_role("link")).to_have_text(
        [fi("shell.today"), fi("shell.reports"), fi("shell.settings"), fi("shell.help")]
    )
    expect(page.get_by_role("button", name=fi("shell.add"))).to_have_count(0)
