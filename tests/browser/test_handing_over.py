"""The phone in the client's hand: one view, no way out of it, and an answer that nobody else sees (SPEC Y)."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from server.config import LIMITS
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import value_of
from tests.browser.profile_files import files_with
from tests.browser.screens import wait_until_sent
from tests.browser.words import fi, label
from tests.cast import PASSWORD

WORDS = "Olohuoneessa oli kylmä."
KEPT = "localStorage.getItem('survey')"
#: the phone is in the client's hand: the lock asks for it back
OUT = "localStorage.getItem('survey.out')"


def hand_over(phone: Phone, language: str) -> Page:
    """From the menu, once there are tickets."""
    phone.go("shell.more", "handOver.title")
    give = phone.button(fi("handOver.give"))
    expect(give).to_be_enabled()
    phone.tap(phone.page.get_by_role("radio", name=language, exact=True))
    phone.tap(give)
    expect(phone.page.locator(".page h1")).to_be_visible()
    return phone.page


def kept_answers(office: Office) -> list[tuple[dict[str, int], str, str]]:
    rows = office.rows("SELECT scores, text, language FROM survey_answer")
    return [(json.loads(scores), text, language) for scores, text, language in rows]


def test_y2_y4_answered_without_a_network(phone_of: PhoneOf, office: Office) -> None:
    """[Y2, Y4] [row 51, row 52] One to five by faces with words; no phone can read it."""
    phone = phone_of("aino")
    wait_until_sent(phone)
    phone.go("shell.more", "handOver.title")
    expect(phone.button(fi("handOver.give"))).to_be_enabled()
    phone.go("shell.today")
    phone.offline()
    page = hand_over(phone, "Selkosuomi")
    page.get_by_role("button", name="Aloita").click()
    for code in ("s4", "s5", "s3"):
        page.locator("label.face", has_text=PLAIN[code]).click()
        page.get_by_role("button", name="Seuraava").click()
    page.get_by_role("button", name="En vastaa tähän").click()
    page.get_by_role("textbox").fill(WORDS)
    page.get_by_role("button", name="Olen valmis").click()
    expect(page.get_by_text("Anna puhelin takaisin työntekijälle.")).to_be_visible()
    assert WORDS not in page.evaluate(KEPT)
    page.get_by_role("button", name="Olen työntekijä").click()
    phone.unlock_anywhere(PASSWORD)
    expect(phone.chip).to_have_attribute("data-sync", "offline")
    value_of(page, f"{OUT} === null")
    assert kept_answers(office) == []
    phone.offline(False)
    wait_until_sent(phone)
    expect(page.locator("body")).to_be_visible()
    value_of(page, f"JSON.parse({KEPT}).waiting.length === 0")
    assert kept_answers(office) == [({"overall": 4, "met": 5, "understood": 3}, WORDS, "fi_easy")]
    phone.close()
    assert files_with(phone.profile, WORDS) == []


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("Suomi", "Teksti on liian pitkä: 501 merkkiä, enintään 500. Lyhennä sitä."),
        (
            "Selkosuomi",
            "Tekstisi on liian pitkä. Siinä on 501 merkkiä. Siinä voi olla 500 merkkiä. Poista osa tekstistä.",
        ),
        ("Svenska", "Texten är för lång: 501 tecken, högst 500. Korta den."),
    ],
)
def test_e3_no_answer_is_cut(phone_of: PhoneOf, office: Office, language: str, told: str) -> None:
    """[E3] [Y3] 501 characters stay and are told in the client's language, and nobody goes on; 500 emoji are taken."""
    phone = phone_of("aino")
    wait_until_sent(phone)
    page = hand_over(phone, language)
    page.locator(".ways button").first.click()
    page.locator("label.face").first.click()
    field = page.get_by_role("textbox")
    while not field.is_visible():
        page.locator(".ways button").last.click()
    most = LIMITS.survey_text_chars_max
    field.fill("🙂" * (most + 1))
    expect(page.get_by_role("alert")).to_have_text(told)
    page.locator(".ways button").last.click()
    expect(field).to_be_focused()
    expect(field).to_have_value("🙂" * (most + 1))
    field.fill("🙂" * most)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.locator(".ways button").last.click()
    expect(page.locator("main > .page textarea")).to_have_count(0)
    page.locator("main button").last.click()
    phone.unlock_anywhere(PASSWORD)
    value_of(page, f"JSON.parse({KEPT}).waiting.length === 0")
    ((scores, text, _language),) = kept_answers(office)
    assert (len(scores), text) == (1, "🙂" * most)


def test_y4_every_way_out_ends_at_the_lock(phone_of: PhoneOf, office: Office) -> None:
    """[Y4] Back, an address, a second tab, the keyboard, a reload: the survey or the lock, and never a client."""
    phone = phone_of("aino")
    wait_until_sent(phone)
    phone.go("shell.clients")
    expect(phone.page.get_by_text(office.clients.paavo.name).first).to_be_visible()
    page = hand_over(phone, "Suomi")
    page.get_by_role("button", name="Aloita").click()
    page.locator("label.face", has_text=label("satisfaction_scale", "s1")).click()
    value_of(page, f"JSON.parse({KEPT}).waiting.length === 1")
    names = [office.clients.paavo.name, office.clients.eino.name]

    def shows_no_client(shown: Page) -> None:
        content = shown.content()
        assert [name for name in names if name in content] == []
        assert shown.locator("a[href]:visible").count() == 0

    for way in ("history.back()", "history.go(-2)", "history.forward()"):
        page.evaluate(way)
        page.wait_for_timeout(200)
        expect(page.locator("label.face").first).to_be_visible()
        shows_no_client(page)
    for keys in ("Control+k", "Escape", "Alt+ArrowLeft", "Tab"):
        page.keyboard.press(keys)
        expect(page.locator("label.face").first).to_be_visible()
    assert heap_without(phone, names) == []
    tab = phone.another_tab("/clients")
    expect(tab.get_by_label(fi("session.password"), exact=True)).to_be_visible()
    shows_no_client(tab)
    tab.close()
    page.goto(f"{phone.address}/clients/{office.clients.paavo.case}")
    expect(page.get_by_text(fi("handOver.back"))).to_be_visible()
    shows_no_client(page)
    phone.unlock_anywhere(PASSWORD)
    value_of(page, f"JSON.parse({KEPT}).waiting.length === 0")
    assert kept_answers(office) == [({"overall": 1}, "", "fi")]


def heap_without(phone: Phone, names: list[str]) -> list[str]:
    """The names that the page's memory still holds after its rubbish was collected."""
    assert phone.context
    session = phone.context.new_cdp_session(phone.page)
    chunks: list[str] = []
    session.on("HeapProfiler.addHeapSnapshotChunk", lambda event: chunks.append(event["chunk"]))
    session.send("HeapProfiler.collectGarbage")
    session.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    heap = "".join(chunks)
    assert "Aloita" in heap
    return [name for name in names if name in heap]


PLAIN = {
    "s3": "Siltä väliltä.",
    "s4": "Olen tyytyväinen.",
    "s5": "Olen hyvin tyytyväinen.",
}
