"""A referral: entered without a network, read by the team, taken in as a client by somebody else."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Locator, expect
from uuid6 import uuid7

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.rows.entry import Entry
from tests.browser.rows.form import fill
from tests.browser.rows.test_rows import texts_of
from tests.browser.screens import open_kind, save_form, wait_until_sent
from tests.browser.words import fi, kind_word, label

NAME = "Topi Hallikas"
#: what a referral says beside what is asked for, as `rows/form.py` fills it
SAID = Entry(
    rows=(2, 6, 21, 22, 39, 40),
    kind="referral",
    typed={
        "crisis": "no_roof_tonight",
        "reasons": ("lease_ended", "eviction"),
        "primary_reason": "lease_ended",
        "outside_own_control": True,
        "source": "social_services_assessment",
        "referrer": "Katri Esimerkki",
        "assessed_on": "2026-11-20",
        "background": "On asunut ystävän luona.",
    },
    row=NAME,
    rule="primary_reason",
)


def open_queue(phone: Phone) -> None:
    phone.page.get_by_role("link", name=fi("shell.more"), exact=True).locator("visible=true").first.click()
    phone.page.get_by_role("link", name=re.compile(f"^{fi('intake.title')}")).locator("visible=true").first.click()
    expect(phone.page.get_by_role("heading", level=1, name=fi("intake.title"))).to_be_visible()


def begin(phone: Phone) -> None:
    open_queue(phone)
    phone.tap(phone.page.get_by_role("link", name=fi("intake.add")))
    phone.field(fi("clientForm.givenNames")).fill("Topi")
    phone.field(fi("clientForm.familyName")).fill("Hallikas")


def fill_referral(phone: Phone) -> None:
    phone.page.get_by_label(kind_word("referral", "no_roof_tonight")).check()
    phone.page.get_by_label(kind_word("referral", "wanted")).select_option("temporary_housing")
    phone.field_beginning(kind_word("referral", "eligibility_reason")).fill("Häädetty eilen.")


def row(phone: Phone) -> Locator:
    return phone.page.locator('[data-pane="current"]').get_by_role("link", name=re.compile(NAME))


def test_a_referral_goes_from_a_cellar_to_a_colleague_who_takes_the_client_in(phone_of: PhoneOf) -> None:
    """[H4, G4] [row 1, row 2, row 6, row 21, row 22, row 39, row 40, row 56] From its rules to a client of the team."""
    aino, liisa = phone_of("aino"), phone_of("liisa")
    aino.wait_for_the_shell()
    aino.offline()
    begin(aino)
    aino.tap(aino.button(fi("shell.save")))
    expect(aino.page.get_by_role("alert")).to_contain_text(kind_word("referral", "!eligibility_reason"))
    fill_referral(aino)
    for name, value in SAID.typed.items():
        fill(aino, SAID, name, value)
    save_form(aino)
    expect(aino.page.get_by_text("Häädetty eilen.")).to_be_visible()
    open_queue(aino)
    # Nobody else of the demo's intakes has no roof: who has none tonight stands first.
    expect(row(aino)).to_contain_text(kind_word("referral", "!no_roof"))
    aino.offline(False)
    wait_until_sent(aino)
    liisa.fetch()
    open_queue(liisa)
    row(liisa).click()
    expect(liisa.page.get_by_text("Häädetty eilen.")).to_be_visible()
    for text in texts_of(SAID):
        expect(liisa.page.locator('[data-pane="current"]').get_by_text(text).first).to_be_visible()
    liisa.tap(liisa.page.get_by_role("link", name=fi("intake.takeIn")))
    expect(liisa.field(fi("clientForm.familyName"))).to_have_value("Hallikas")
    save_form(liisa)
    expect(liisa.page.get_by_role("heading", level=1, name=NAME)).to_be_visible()
    wait_until_sent(liisa)
    open_kind(liisa, "referral")
    liisa.page.get_by_role("link", name=re.compile(label("service_type", "temporary_housing"))).last.click()
    expect(liisa.page.get_by_text("Häädetty eilen.")).to_be_visible()
    aino.fetch()
    open_queue(aino)
    expect(row(aino)).to_have_count(0)


def test_a_likely_returner_is_named_with_a_tap(phone_of: PhoneOf, office: Office) -> None:
    """[row 53] The device compares what its person may read; the earlier case is chosen, daily support asked."""
    aino, paavo = phone_of("aino"), office.clients.paavo
    open_queue(aino)
    aino.tap(aino.page.get_by_role("link", name=fi("intake.add")))
    given, family = paavo.name.split(" ", 1)
    aino.field(fi("clientForm.givenNames")).fill(given)
    aino.field(fi("clientForm.familyName")).fill(f"{family}n")
    aino.page.get_by_role("checkbox", name=fi("intake.same")).check()
    fill_referral(aino)
    aino.tap(aino.button(fi("shell.save")))
    expect(aino.page.get_by_role("alert")).to_contain_text(kind_word("referral", "!daily_support"))
    fill(aino, SAID, "daily_support", "yes")
    save_form(aino)
    facts = aino.page.locator("dl div").filter(has_text=kind_word("referral", "returner_of"))
    expect(facts).to_contain_text(paavo.name)
    expect(aino.page.get_by_role("link", name=fi("intake.earlierPlan"))).to_be_visible()


def test_s10_the_old_plan_of_a_returner_is_opened(phone_of: PhoneOf, office: Office) -> None:
    """[S10] [row 54] Mikko names a client of another team; Aino, who answers, opens the old plan and says why."""
    sulo, case, referral = office.clients.sulo, str(uuid7()), str(uuid7())
    now = time.time_ns() // 1_000_000
    with office.colleague(office.cast.sanna) as sanna:
        sanna.write(
            now, "plan", sulo.case, str(uuid7()), {"client_part": "Hoidan vuokran itse.", "agreed_on": "2025-03-01"}
        )
        (header,) = [one for one in sanna.records.values() if one["kind"] == "case" and one["case"] == sulo.case]
        sanna.write(now, "case", sulo.case, header["id"], {"status": "ended"})
    with office.colleague(office.cast.mikko) as mikko:
        mikko.write(now, "case", case, case, {"home": "intake", "client_name": sulo.name})
        asked = {"need_notified_at": "2026-11-20T09:00:00Z", "returner_of": sulo.case, "daily_support": "not_known"}
        mikko.write(now, "referral", case, referral, asked)
    aino = phone_of("aino")
    open_queue(aino)
    aino.page.get_by_role("link", name=re.compile(sulo.name)).first.click()
    opening = aino.button(fi("intake.openEarlier"))
    aino.tap(opening)
    expect(aino.page.get_by_text(fi("intake.openWhyMissing"))).to_be_visible()
    aino.page.get_by_role("radio", name=fi("intake.openReasons.old_plan")).check()
    aino.tap(opening)
    expect(aino.page.get_by_text("Aiemman asiakkuuden avaa se, joka on vastannut lähetteeseen")).to_be_visible()
    aino.tap(aino.button(fi("intake.answerNow")))
    wait_until_sent(aino)
    aino.tap(opening)
    aino.page.get_by_role("link", name=fi("intake.earlierPlan")).click()
    aino.page.locator('[data-pane="current"]').get_by_role("link", name=re.compile("1.3.2025")).click()
    expect(aino.page.get_by_text("Hoidan vuokran itse.")).to_be_visible()
    ((why,),) = office.rows("SELECT detail FROM audit_event WHERE event = 'returner_opened'")
    assert '"why":"old_plan"' in why


def test_a_referral_that_is_not_saved_waits_among_the_unfinished(phone_of: PhoneOf) -> None:
    """[R9] [G4] What was typed is a draft, told on Tänään, and goes on where it was left."""
    aino = phone_of("aino")
    begin(aino)
    aino.tap(aino.button(fi("shell.save")))
    aino.tap(aino.button(fi("kind.draft")))
    aino.go("shell.today")
    aino.page.get_by_role("link", name=re.compile(kind_word("referral", "@name"))).first.click()
    expect(aino.field(fi("clientForm.familyName"))).to_have_value("Hallikas")
