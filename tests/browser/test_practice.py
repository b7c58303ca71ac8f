"""A newcomer's three exercises, in the app itself: a visit offline, two entries that differ, a check-in."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import log_unplanned, open_client, wait_until_sent
from tests.browser.test_accessible import AXE, RUN
from tests.browser.words import fi
from tests.cast import PASSWORD


def title(exercise: str) -> str:
    return fi(f"help.practice.exercises.{exercise}.title")


def guide(phone: Phone, exercise: str) -> Locator:
    return phone.page.get_by_role("complementary", name=title(exercise), exact=True)


def says(phone: Phone, exercise: str, step: int) -> None:
    words = fi(f"help.practice.exercises.{exercise}.steps.{step}")
    expect(guide(phone, exercise).get_by_text(words, exact=True)).to_be_visible()


def begin(phone: Phone, exercise: str) -> None:
    phone.tap(phone.page.get_by_role("button", name=title(exercise)))


def finish(phone: Phone, exercise: str) -> None:
    """What was learnt is said; then it is among the exercises as done."""
    bar = guide(phone, exercise)
    expect(bar.get_by_text(fi(f"help.practice.exercises.{exercise}.learnt"))).to_be_visible()
    phone.tap(bar.get_by_role("button", name=fi("help.practice.ready")))
    expect(phone.page.get_by_role("button", name=f"{title(exercise)} {fi('help.practice.done')}")).to_be_visible()


def test_u48_k11_three_exercises_on_the_fictional_clients(phone_of: PhoneOf, office: Office) -> None:
    """[U48] [K11] Each step is seen to be done; one is left and taken up again; the server hears of no check-in."""
    phone = phone_of("aino")
    for _ in range(2):
        phone.tap(phone.button(fi("help.intro.next")))
    phone.tap(phone.button(fi("help.practice.open")))

    begin(phone, "offline")
    says(phone, "offline", 0)
    phone.offline()
    says(phone, "offline", 1)
    phone.page.evaluate(AXE.read_text())
    assert phone.page.evaluate(RUN) == []
    log_unplanned(phone, office.clients.eino).save()
    says(phone, "offline", 2)
    phone.offline(False)
    finish(phone, "offline")

    begin(phone, "differing")
    says(phone, "differing", 0)
    phone.tap(guide(phone, "differing").get_by_role("button", name=fi("help.practice.leave")))
    expect(guide(phone, "differing")).to_have_count(0)
    phone.page.reload()
    phone.unlock_anywhere(PASSWORD)
    begin(phone, "differing")
    differing = phone.page.locator("section").filter(has_text=fi("entries.differingToday"))
    expect(differing.get_by_role("link")).to_have_count(1)
    phone.tap(differing.get_by_role("link"))
    says(phone, "differing", 1)
    phone.tap(phone.button(fi("entries.thisOne"), exact=False).first)
    finish(phone, "differing")
    wait_until_sent(phone)

    begin(phone, "checkIn")
    open_client(phone, office.clients.paavo)
    phone.tap(phone.button(fi("caseFile.more")))
    phone.tap(phone.page.get_by_role("dialog").get_by_role("link", name=fi("checkIn.start")))
    says(phone, "checkIn", 1)
    expect(phone.page.get_by_text(fi("checkIn.practised")).first).to_be_visible()
    phone.tap(phone.button(fi("checkIn.arm")))
    says(phone, "checkIn", 2)
    phone.tap(phone.button(fi("checkIn.help")))
    phone.tap(phone.button(fi("checkIn.helpAgain")))
    phone.page.reload()
    phone.unlock_anywhere(PASSWORD)
    says(phone, "checkIn", 2)
    phone.tap(phone.button(fi("checkIn.safe")))
    finish(phone, "checkIn")
    assert office.rows("SELECT * FROM check_in") == []
    assert office.rows("SELECT * FROM reminder WHERE cause LIKE 'checkin%'") == []
