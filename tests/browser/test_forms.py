"""Forms: what is typed is kept, told and written as it was meant, and nothing is claimed that nobody said."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from uuid6 import uuid7

from server.config import LIMITS
from server.rules.dates import FINLAND
from tests.browser.clients import Client
from tests.browser.conftest import PhoneOf
from tests.browser.edge import Edge
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import CURRENT, go
from tests.browser.screens import LogSheet, log_planned, log_unplanned, save_form, wait_until_sent
from tests.browser.words import fi, label

NOTE = "Avain palautettiin huoltoyhtiölle."
SEALED_WITHIN_MS = 900
#: the second three o'clock of the autumn night
SECOND_THREE = {"start": "2026-10-25T01:00:00Z", "end": "2026-10-25T02:00:00Z", "zone": "Europe/Helsinki"}
#: what Aino has sent since the test began
Sent = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def sent(aino: Phone, ainos_office: Office) -> Sent:
    before = len(changes(ainos_office))
    return lambda: sent_from(aino, ainos_office)[before:]


def sent_from(phone: Phone, office: Office) -> list[dict[str, Any]]:
    wait_until_sent(phone)
    phone.fetch()
    wait_until_sent(phone)
    return changes(office)


def changes(office: Office) -> list[dict[str, Any]]:
    """What Aino's browsers have sent, oldest first: `{kind, set}`."""
    aino = office.cast.aino
    wanted = "SELECT kind, content FROM change WHERE author = :author AND device <> :desk ORDER BY seq"
    rows = office.rows(wanted, author=aino.id, desk=aino.device)
    return [{"kind": kind, "set": json.loads(content)["set"]} for kind, content in rows]


def write(office: Office, client: Client, kind: str, record: str, fields: dict[str, Any]) -> None:
    """A colleague writes, having seen nothing."""
    with office.colleague(office.cast.liisa) as liisa:
        liisa.write(time.time_ns() // 1_000_000, kind, client.case, record, fields, {})


def write_header(office: Office, client: Client, fields: dict[str, Any]) -> None:
    with office.colleague(office.cast.liisa) as liisa:
        (found,) = [one for one in liisa.records.values() if one["kind"] == "case" and one["case"] == client.case]
        liisa.write(time.time_ns() // 1_000_000, "case", client.case, found["id"], fields)


def new_visit(phone: Phone, client: Client, kind: str = "") -> LogSheet:
    go(phone.page, f"/clients/{client.case}/visits/new{kind}")
    return LogSheet(phone)


def change_times(phone: Phone, **times: str) -> None:
    change = phone.button(fi("visit.whenChange"))
    if change.is_visible():
        change.click()
    for name, value in times.items():
        phone.field(fi(f"caseFile.{name}")).first.fill(value)


def summary(phone: Phone) -> Locator:
    return phone.page.get_by_role("alert")


def unfold(phone: Phone, title: str) -> None:
    phone.page.locator("summary", has_text=fi(title)).first.click()


def refusing(path: str, fault: str) -> Any:
    """The office's answer to changes, as if it had not taken any."""

    def altered(body: bytes) -> bytes:
        reply = json.loads(body)
        problem = {"code": "value_invalid", "fields": {path: [fault]}}
        reply["verdicts"] = [
            {"id": verdict["id"], "verdict": "refused", "problem": problem} for verdict in reply.get("verdicts", [])
        ]
        if reply["verdicts"]:
            reply["touched"] = []
        return json.dumps(reply).encode()

    return altered


def saved(phone: Phone, word: str) -> None:
    phone.tap(phone.button(fi(word)))
    expect(phone.page.get_by_text(fi("shell.savedHere"))).to_be_visible()
    wait_until_sent(phone)


def test_a_year_of_two_digits_is_told_and_mended(aino: Phone, ainos_office: Office, sent: Sent) -> None:
    """[E2, T1] A2: on the laptop the year is typed as 26; so for years beyond what anybody means."""
    sheet = new_visit(aino, ainos_office.clients.eino)
    sheet.note.fill(NOTE)
    for day in ("0026-11-20", "9999-12-31", "1899-12-31", "20226-11-20"):
        change_times(aino, day=day)
        aino.tap(aino.button(fi("visit.save")))
        expect(summary(aino)).to_contain_text(fi("caseFile.timesFaults.years"))
        expect(sheet.note).to_have_value(NOTE)
    aino.page.wait_for_timeout(SEALED_WITHIN_MS)
    go(aino.page, "/")
    sheet = new_visit(aino, ainos_office.clients.eino)
    expect(sheet.note).to_have_value(NOTE)
    change_times(aino, day="2026-11-20", start="10:00", end="11:00")
    sheet.save()
    (change,) = sent()
    assert change["set"]["actual"]["start"] == "2026-11-20T08:00:00Z"


def test_only_the_note_of_a_visit_is_changed(aino: Phone, ainos_office: Office, sent: Sent) -> None:
    """[E1, M10] A3: in the second three o'clock of the autumn night; the hour and its minutes stay."""
    eino, visit = ainos_office.clients.eino, str(uuid7())
    minutes = {"minutes/client_work_direct": 60, "outcome": {"code": "done"}}
    write(ainos_office, eino, "visit", visit, {"actual": SECOND_THREE, "note": "Yövuoro.", **minutes})
    aino.fetch()
    go(aino.page, f"/clients/{eino.case}/visits/{visit}")
    sheet = LogSheet(aino)
    sheet.note.fill(f"Yövuoro. {NOTE}")
    aino.button(fi("visit.whenChange")).click()
    asked = fi("caseFile.twice", "3.00")
    second = aino.page.get_by_role("group", name=re.compile(re.escape(asked))).get_by_role(
        "radio", name=fi("caseFile.twiceSecond")
    )
    expect(second).to_be_checked()
    saved(aino, "visit.saveCorrection")
    (change,) = sent()
    assert change["set"] == {"note": f"Yövuoro. {NOTE}"}


def test_each_hour_of_the_nights_on_which_clocks_move_is_named_or_told(
    aino: Phone, ainos_office: Office, sent: Sent
) -> None:
    """[T3] Which of the two is asked; what the spring night skips is told, and moves nothing."""
    sheet = new_visit(aino, ainos_office.clients.eino)
    change_times(aino, day="2026-03-29", start="03:30", end="04:30")
    aino.tap(aino.button(fi("visit.save")))
    expect(summary(aino)).to_contain_text(fi("caseFile.timesFaults.skipped"))
    change_times(aino, day="2026-10-25", start="02:30", end="03:30")
    aino.page.get_by_role("radio", name=fi("caseFile.twiceSecond")).check()
    sheet.save()
    (change,) = sent()
    assert (change["set"]["actual"]["end"], change["set"]["minutes/client_work_direct"]) == (
        "2026-10-25T01:30:00Z",
        120,
    )


def test_no_text_is_cut(aino: Phone, ainos_office: Office, sent: Sent) -> None:
    """[E3] A7: 24,600 characters stay, are counted and told; shortened, they are saved. So is a line."""
    long = "Siivottiin. " * 2050
    sheet = new_visit(aino, ainos_office.clients.eino)
    sheet.note.fill(long)
    told = "Teksti on liian pitkä: 24 600 merkkiä, enintään 20 000"
    expect(aino.page.get_by_text(told).first).to_be_visible()
    aino.tap(aino.button(fi("visit.save")))
    expect(summary(aino)).to_contain_text(told)
    assert sheet.note.input_value() == long
    sheet.choose(label("visit_outcome", "done_partly"))
    aino.field_beginning(fi("visit.reason")).fill("x" * (LIMITS.line_chars_max + 1))
    sheet.note.fill(long[: LIMITS.note_chars_max])
    expect(aino.page.get_by_text(fi("entries.chars", "20 000", "20 000"))).to_be_visible()
    aino.tap(aino.button(fi("visit.save")))
    expect(summary(aino)).to_contain_text("301 merkkiä, enintään 300")
    aino.field_beginning(fi("visit.reason")).fill("")
    sheet.save()
    (change,) = sent()
    assert len(change["set"]["note"]) == LIMITS.note_chars_max


def test_half_an_emoji_is_saved_as_a_mark(aino: Phone, ainos_office: Office, sent: Sent) -> None:
    """[E2] A8: no server takes the lone half, and the rest is not to suffer. In a note and in a goal's title."""
    broken = """(field) => {
      field.value = 'Hyvä \\ud83d päivä 🙂';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }"""
    sheet = new_visit(aino, ainos_office.clients.eino)
    sheet.note.evaluate(broken)
    sheet.save()
    go(aino.page, f"/clients/{ainos_office.clients.eino.case}/goals/new")
    aino.page.locator("#goal-title").evaluate(broken)
    save_form(aino)
    visit, goal = sent()
    assert visit["set"]["note"] == goal["set"]["title"] == "Hyvä \ufffd päivä 🙂"


def test_minutes_stand_as_they_are_typed(aino: Phone, ainos_office: Office, sent: Sent) -> None:
    """[E3] A11: nothing is made of "1,5", "-5" and a wheel; they are told, and a whole number is saved."""
    sheet = new_visit(aino, ainos_office.clients.eino)
    change_times(aino)
    unfold(aino, "visit.kindMore")
    direct = aino.field(fi("visit.direct"))
    for typed in ("1,5", "-5", "1e2", "puoli tuntia"):
        direct.fill(typed)
        aino.tap(aino.button(fi("visit.save")))
        expect(summary(aino)).to_contain_text(fi("visit.minutesWrong"))
        expect(direct).to_have_value(typed)
    direct.fill("45")
    direct.hover()
    aino.page.mouse.wheel(0, 300)
    sheet.save()
    (change,) = sent()
    assert change["set"]["minutes/client_work_direct"] == 45


def test_what_has_not_begun_is_not_filled_in_as_done(aino: Phone, ainos_office: Office, sent: Sent) -> None:
    """[E6] A14: three hours before a visit; also where a reminder leads, which is the same address."""
    kerttu = ainos_office.clients.kerttu
    go(aino.page, f"/clients/{kerttu.case}/visits/{kerttu.visit}")
    sheet = LogSheet(aino)
    expect(aino.page.get_by_role("radio", checked=True)).to_have_count(0)
    aino.tap(aino.button(fi("visit.save")))
    expect(summary(aino)).to_contain_text(fi("visit.outcomeMissing"))
    sheet.choose(label("visit_outcome", "done"))
    sheet.save()
    (change,) = sent()
    assert change["set"]["outcome"] == {"code": "done"}
    assert datetime.fromisoformat(change["set"]["actual"]["end"]) <= datetime.now(UTC)


def test_a_first_phase_has_no_reason(aino: Phone, ainos_office: Office, sent: Sent) -> None:
    """[E6] [row 68] A16: nothing changes, so nobody is asked why; a way back to an earlier phase has its reason."""
    eino = ainos_office.clients.eino
    write_header(ainos_office, eino, {"phases/1": None})
    aino.fetch()
    go(aino.page, f"/clients/{eino.case}/phase")
    aino.page.get_by_role("radio", name=label("support_phase", "strong")).check()
    expect(aino.page.get_by_text(fi("caseFile.phaseWhy"))).to_have_count(0)
    save_form(aino)
    (change,) = sent()
    ((path, period),) = change["set"].items()
    assert path.startswith("phases/")
    assert period.keys() == {"phase", "since"}
    go(aino.page, f"/clients/{eino.case}/phase")
    aino.page.get_by_role("radio", name=label("support_phase", "preparation")).check()
    expect(aino.page.get_by_text(fi("caseFile.phaseWhy"))).to_be_visible()
    aino.page.get_by_role("radio", name=label("phase_change_reason", "return_to_earlier")).check()
    save_form(aino)
    (back,) = sent()[-1]["set"].values()
    assert (back["phase"], back["reason"]) == ("preparation", "return_to_earlier")


def test_a_service_that_has_ended_is_told_and_stops_nobody(aino: Phone, ainos_office: Office, sent: Sent) -> None:
    """[E7] A18: a visit is planned after its end."""
    eino = ainos_office.clients.eino
    end = datetime.now(UTC) + timedelta(days=2)
    write_header(ainos_office, eino, {"service": {"start": "2025-12-01", "end": f"{end:%Y-%m-%d}"}})
    aino.fetch()
    go(aino.page, f"/clients/{eino.case}/planning")
    told = aino.page.get_by_text(re.compile("ennen tätä käyntiä"))
    aino.field(fi("caseFile.day")).fill(f"{end + timedelta(days=7):%Y-%m-%d}")
    expect(told).to_be_visible()
    aino.field(fi("caseFile.day")).fill(f"{end:%Y-%m-%d}")
    expect(told).to_have_count(0)
    aino.field(fi("caseFile.day")).fill(f"{end + timedelta(days=1):%Y-%m-%d}")
    expect(told).to_be_visible()
    save_form(aino)
    (change,) = sent()
    assert "plan" in change["set"]


def test_a_visit_for_two_asks_for_the_second(aino: Phone, ainos_office: Office, sent: Sent) -> None:
    """[E7] B7: beside the flag, before the door, with what to do about it: on Tänään, the client, where one leaves."""
    paavo = ainos_office.clients.paavo
    write_header(ainos_office, paavo, {"safety": ["pair_visit"]})
    aino.fetch()
    for path in (f"/clients/{paavo.case}", f"/check-in/{paavo.case}/{paavo.visit}", "/"):
        go(aino.page, path)
        expect(aino.page.locator(CURRENT).get_by_role("link", name=fi("today.addPartner"))).to_be_visible()
    aino.tap(aino.link(fi("today.addPartner")))
    partner = aino.field(fi("caseFile.planPartner"))
    expect(partner).to_be_focused()
    told = aino.page.locator(CURRENT).get_by_text(fi("today.noPartner"))
    expect(told).to_be_visible()
    partner.select_option(ainos_office.cast.liisa.id)
    expect(told).to_have_count(0)
    save_form(aino)
    (change,) = sent()
    assert change["set"] == {"partner": ainos_office.cast.liisa.id}
    go(aino.page, f"/clients/{paavo.case}/visits/{paavo.visit}")
    LogSheet(aino)
    expect(told).to_have_count(0)


def test_a_visit_in_9999_stops_nobody(phone_of: PhoneOf, office: Office) -> None:
    """[T2] A2: stored before it was refused; a new visit is arranged beside it, and the rest of its file is there."""
    eino = office.clients.eino
    far = {"start": "2100-12-31T08:00:00Z", "end": "2100-12-31T09:00:00Z", "zone": "Europe/Helsinki"}
    write(office, eino, "visit", str(uuid7()), {"plan": far, "worker": office.cast.aino.id})
    office.execute("UPDATE record SET body = replace(body, '2100-12-31', '9999-12-31')")
    phone = phone_of("aino")
    go(phone.page, f"/clients/{eino.case}")
    go(phone.page, f"/clients/{eino.case}/planning")
    day = phone.field(fi("caseFile.day"))
    assert "2026" <= day.input_value()[:4] <= "2100"
    save_form(phone)
    go(phone.page, "/week")
    (change,) = sent_from(phone, office)
    assert change["set"]["plan"]["start"] < "2100"


def test_a_visit_that_is_not_logged_is_told_where_another_is_begun(phone_of: PhoneOf, office: Office) -> None:
    """[E7] A15: ＋ for Paavo, whose visit of today is on; and for Eino, at the same time."""
    paavo = office.clients.paavo
    phone = phone_of("aino")
    log_unplanned(phone, office.clients.eino)
    expect(phone.page.get_by_text(fi("caseFile.clash", "", paavo.name).split(": ")[0])).to_be_visible()
    expect(phone.page.get_by_text(f"asiakas {paavo.name}")).to_be_visible()
    phone.tap(phone.button(fi("caseFile.logThat")))
    expect(phone.page.get_by_role("heading", level=1, name=fi("visit.title"))).to_be_visible()
    told = phone.page.get_by_text(re.compile("Tälle päivälle on sovittu käynti"))
    new_visit(phone, paavo, "?kind=call")
    expect(told).to_have_count(1)
    change_times(phone, day=f"{datetime.now(FINLAND) - timedelta(days=40):%Y-%m-%d}", start="10:00", end="10:10")
    expect(told).to_have_count(0)
    go(phone.page, "/")
    log_unplanned(phone, paavo)
    expect(told).to_be_visible()
    phone.tap(phone.button(fi("caseFile.logThat")).first)
    expect(phone.page.get_by_role("heading", level=1, name=fi("visit.title"))).to_be_visible()
    LogSheet(phone).save()
    (change,) = sent_from(phone, office)
    assert change["set"]["outcome"] == {"code": "done"}
    assert "visit_kind" not in change["set"]


def test_a_faulty_date_of_a_refused_entry_has_a_field(phone_of: PhoneOf, office: Office, edge: Edge) -> None:
    """[E5] A2: an entry of an older app, whose year the office does not take."""
    phone = phone_of("aino")
    edge.altered["/api/sync"] = refusing("plan", "out_of_years:1900:2100")
    go(phone.page, f"/clients/{office.clients.eino.case}/planning")
    phone.field(fi("caseFile.day")).fill("2027-03-28")
    phone.field(fi("caseFile.start")).fill("10:00")
    phone.field(fi("caseFile.end")).fill("11:00")
    save_form(phone)
    expect(phone.chip).to_have_text(fi("shell.fix", 1))
    del edge.altered["/api/sync"]
    phone.tap(phone.chip)
    phone.tap(phone.button(fi("outbox.fix")))
    dialog = phone.page.get_by_role("dialog")
    day = dialog.get_by_label(fi("caseFile.day"))
    expect(day).to_have_value("2027-03-28")
    day.fill("0027-03-29")
    phone.tap(phone.button(fi("outbox.fixSave")))
    expect(dialog.get_by_role("alert")).to_contain_text(fi("caseFile.timesFaults.years"))
    day.fill("2027-03-29")
    phone.tap(phone.button(fi("outbox.fixSave")))
    change = sent_from(phone, office)[-1]
    assert change["set"]["plan"]["start"] == "2027-03-29T07:00:00Z"


def test_nothing_changed_is_said_too(phone_of: PhoneOf, office: Office) -> None:
    """[E2] A save that has nothing to write ends in a word as well: of a visit, a note and a goal."""
    paavo, note = office.clients.paavo, str(uuid7())
    write(office, paavo, "note", note, {"text": "  Reunoilla on välejä. ", "at": "2026-11-20T10:00:31Z"})
    write(office, paavo, "visit", paavo.visit, {"outcome": {"code": "done"}, "actual": SECOND_THREE})
    phone = phone_of("aino")
    for address in (f"visits/{paavo.visit}", f"notes/{note}", f"goals/{paavo.goal}/edit"):
        go(phone.page, f"/clients/{paavo.case}/{address}")
        phone.tap(phone.button(fi("visit.saveCorrection" if "visits" in address else "shell.save")))
        said = phone.page.get_by_text(fi("entries.nothingChanged")).and_(phone.page.locator(":not([data-seen])"))
        expect(said).to_be_visible()
        said.evaluate("(word) => word.setAttribute('data-seen', '')")  # each time it is another element
    assert sent_from(phone, office) == []


def test_a_planned_visit_is_logged_as_before(phone_of: PhoneOf, office: Office) -> None:
    """[E1] Logging writes what is filled in, and nothing that stands in the plan already."""
    phone = phone_of("aino")
    log_planned(phone, office.clients.paavo).save()
    (change,) = sent_from(phone, office)
    assert change["set"].keys() == {"outcome", "actual", "minutes/client_work_direct"}
