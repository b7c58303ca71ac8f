"""Two phones write about the same goal without having seen each other. No value goes that nobody has seen."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime

from playwright.sync_api import Locator, Page, expect
from uuid6 import uuid7

from server.core import timestamps
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import differ
from tests.browser.screens import edit_goal, open_client, open_goal, save_form, wait_until_sent
from tests.browser.words import fi, kind_word

HERS = "Haluan oman kodin ennen kesää."
LIISAS = "Haluan kodin läheltä siskoa."
#: what has been looked at for so long is old
SEEN_MS = 5_000
CLOCK = re.compile(r"\d{1,2}\.\d{2}")


def test_different_fields_merge_by_themselves(phone_of: PhoneOf, office: Office) -> None:
    """[M1, M6] Aino wrote the client's words and Liisa the day of the review: both stand, nobody is asked."""
    paavo = office.clients.paavo
    aino, liisa = phone_of("aino"), phone_of("liisa")
    aino.offline()
    liisa.offline()
    edit_goal(aino, paavo).fill(HERS)
    save_form(aino)
    edit_goal(liisa, paavo)
    liisa.field_beginning(fi("goal.review")).fill("2027-03-01")
    save_form(liisa)
    meet(aino, liisa)
    for phone in (aino, liisa):
        expect(phone.page.get_by_text(HERS)).to_be_visible()
        expect(phone.page.get_by_text(fi("goal.reviewOn", "1.3."))).to_be_visible()
        expect(phone.page.get_by_text(fi("entries.differingLook"))).to_be_hidden()


def test_u44_what_differs_is_said_where_it_is_listed(phone_of: PhoneOf, office: Office) -> None:
    """[U44] On Tänään and on the client's page: the field, who wrote what, before anything is opened."""
    differ(office)
    phone = phone_of("aino")
    row = phone.page.get_by_role("link").filter(has_text="Oma koti ennen kesää.")
    for place in (row, phone.page.locator("[data-pane=current] .notice.fix")):
        expect(place).to_contain_text(kind_word("goal", "client_words"))
        expect(place).to_contain_text(f"{fi('entries.me')}: Oma koti ennen kesää.")
        expect(place).to_contain_text("Liisa: Koti läheltä siskoa.")
        open_client(phone, office.clients.paavo)


def test_q9_what_colleagues_wrote_since_one_looked(phone_of: PhoneOf, office: Office) -> None:
    """[Q9] Nothing at the first look; then what Liisa wrote since, until it has been looked at."""
    paavo = office.clients.paavo
    phone = phone_of("aino")
    news = phone.page.locator("section").filter(has=phone.page.get_by_role("heading", name=fi("caseFile.news")))
    open_client(phone, paavo)
    phone.page.wait_for_timeout(SEEN_MS)
    expect(news).to_have_count(0)
    phone.go("shell.clients")
    with office.colleague(office.cast.liisa) as liisa:
        at = timestamps.text(datetime.now(UTC))
        note = {"text": "Paavo kävi toimistolla.", "at": at, "visibility": "normal"}
        liisa.write(time.time_ns() // 1_000_000, "note", paavo.case, str(uuid7()), note)
    phone.fetch()
    open_client(phone, paavo)
    expect(news).to_contain_text("Paavo kävi toimistolla.")
    phone.page.wait_for_timeout(SEEN_MS)
    expect(news).to_contain_text("Paavo kävi toimistolla.")
    phone.go("shell.clients")
    open_client(phone, paavo)
    expect(phone.page.get_by_text("Paavo kävi toimistolla.").first).to_be_visible()
    expect(news).to_have_count(0)


def test_the_same_field_is_asked_about_and_both_are_kept(phone_of: PhoneOf, office: Office) -> None:
    """[M1, M3, M5, M10, L4] Both people see both values with name and time; kept together; the history shows all."""
    paavo = office.clients.paavo
    aino, liisa = phone_of("aino"), phone_of("liisa")
    for phone, words in ((aino, HERS), (liisa, LIISAS)):
        phone.offline()
        edit_goal(phone, paavo).fill(words)
        save_form(phone)
    meet(aino, liisa)
    for phone, colleague in ((aino, "Liisa"), (liisa, "Aino")):
        phone.go("entries.differingLook")
        expect(phone.page.get_by_role("heading", level=1, name=fi("entries.differing"))).to_be_visible()
        expect(card(phone.page, fi("entries.youWrote", ""))).to_have_text(CLOCK)
        expect(card(phone.page, fi("entries.theyWrote", colleague, ""))).to_have_text(CLOCK)
        expect(phone.page.get_by_text(HERS)).to_be_visible()
        expect(phone.page.get_by_text(LIISAS)).to_be_visible()

    aino.tap(aino.button(fi("entries.both")))
    joined = aino.field(fi("entries.bothText")).input_value()
    assert HERS in joined
    assert LIISAS in joined
    aino.tap(aino.button(fi("entries.bothSave")))
    expect(aino.page.get_by_text(fi("entries.settled"))).to_be_visible()
    wait_until_sent(aino)
    liisa.page.bring_to_front()
    fetch(liisa)
    open_goal(liisa, paavo)
    quote = liisa.page.locator("blockquote")
    expect(quote).to_contain_text(HERS)
    expect(quote).to_contain_text(LIISAS)
    expect(liisa.page.get_by_text(fi("entries.differingLook"))).to_be_hidden()

    liisa.go("entries.history")
    moments = liisa.page.get_by_role("listitem").filter(has=liisa.page.locator("time"))
    expect(moments).to_have_count(4)
    expect(moments.filter(has_text="Aino")).to_have_count(3)
    expect(moments.filter(has_text=LIISAS).filter(has_text=fi("entries.me")).first).to_be_visible()


def test_an_open_form_overwrites_nothing_unseen(phone_of: PhoneOf, office: Office) -> None:
    """[M10, R9] Row 44: Liisa's value arrives while Aino's form is open. Aino is told; she saves; both stand."""
    paavo = office.clients.paavo
    aino, liisa = phone_of("aino"), phone_of("liisa")
    words = edit_goal(aino, paavo)
    words.fill(HERS)
    edit_goal(liisa, paavo).fill(LIISAS)
    save_form(liisa)
    wait_until_sent(liisa)
    aino.page.evaluate("dispatchEvent(new Event('online'))")
    expect(aino.page.get_by_text(fi("entries.newerTitle"))).to_be_visible()
    expect(aino.page.get_by_text(LIISAS)).to_be_visible()
    expect(words).to_have_value(HERS)
    save_form(aino)
    wait_until_sent(aino)
    expect(aino.link(fi("entries.differingLook"))).to_be_visible()
    aino.go("entries.differingLook")
    expect(aino.page.get_by_text(HERS)).to_be_visible()
    expect(aino.page.get_by_text(LIISAS)).to_be_visible()


def meet(*phones: Phone) -> None:
    """Each sends what it has, then each fetches what the others had."""
    for phone in phones:
        phone.offline(False)
        wait_until_sent(phone)
    for phone in phones:
        fetch(phone)


def fetch(phone: Phone) -> None:
    """As when somebody looks at the phone again."""
    phone.fetch()
    wait_until_sent(phone)


def card(page: Page, begin: str) -> Locator:
    return page.get_by_text(re.compile(f"^{re.escape(begin.strip())}"))
