"""The client's own hand: a plan read, answered and signed on the locked phone (SPEC Y5–Y7)."""

from __future__ import annotations

import re
import time
from typing import Any
from uuid import uuid4

import orjson
from playwright.sync_api import Locator, Page, expect

from server.config import LIMITS
from tests.browser.clients import Client
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import CURRENT, go, value_of
from tests.browser.profile_files import files_with
from tests.browser.screens import log_planned, log_unplanned, open_client, wait_until_sent
from tests.browser.test_accessible import violations
from tests.browser.test_handing_over import heap_without
from tests.browser.words import fi, kind_word
from tests.cast import PASSWORD

CLIENTS_PART = "Maksan vuokran viidenteen päivään mennessä."
WORDS = "Tiistait eivät käy minulle."
AT_EXIT = "Sain oven auki itse."
KEPT = "localStorage.getItem('own_hand')"
MARKERS = (WORDS, "Eino R. itse")


def write(office: Office, client: Client, kind: str, **values: Any) -> str:
    """A record of Aino's that lies in the office already."""
    record = str(uuid4())
    with office.colleague(office.cast.aino) as phone:
        phone.write(time.time_ns() // 1_000_000, kind, client.case, record, values)
    return record


def here(phone: Phone) -> Locator:
    return phone.page.locator(CURRENT)


def open_record(phone: Phone, client: Client, kind: str, record: str) -> None:
    go(phone.page, f"/clients/{client.case}/{kind}/{record}")
    expect(here(phone).get_by_role("link", name=fi("handOver.show"))).to_be_visible()


def hand_over(phone: Phone, language: str = "Suomi") -> Page:
    phone.tap(here(phone).get_by_role("link", name=fi("handOver.show")))
    phone.tap(here(phone).get_by_role("radio", name=language, exact=True))
    phone.tap(phone.button(fi("handOver.give")))
    return phone.page


def press(page: Page, word: str) -> None:
    page.get_by_role("button", name=word, exact=True).click()


def draw(page: Page) -> None:
    """Two strokes with the pointer."""
    field = page.locator("canvas")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box
    for top in (0.3, 0.6):
        page.mouse.move(box["x"] + 20, box["y"] + box["height"] * top)
        page.mouse.down()
        for step in range(1, 12):
            page.mouse.move(box["x"] + 20 + step * 18, box["y"] + box["height"] * top + step % 3 * 9)
        page.mouse.up()


def answer_of(office: Office, record: str) -> list[Any]:
    """All that stands in `own_hand`."""
    rows = office.rows("SELECT body FROM record WHERE id = :id", id=record)
    fields = [orjson.loads(body)["fields"] for (body,) in rows]
    return [value for one in fields for _, value in one.get("own_hand", [])]


def test_y5_y6_y7_a_plan_is_signed_in_a_cellar(phone_of: PhoneOf, office: Office) -> None:
    """[Y5] [Y6] [Y7] [row 45] Offline, with a reload in the middle; a colleague reads it; nothing lies open."""
    eino = office.clients.eino
    plan = write(office, eino, "plan", client_part=CLIENTS_PART, worker_part="Käyn torstaisin.", situation="Salattua.")
    aino = phone_of("aino")
    open_record(aino, eino, "plan", plan)
    aino.offline()
    page = hand_over(aino, "Selkosuomi")
    expect(page.get_by_role("heading", level=1, name="Sinun suunnitelmasi")).to_be_visible()
    expect(page.get_by_text(CLIENTS_PART)).to_be_visible()
    content = page.content()
    assert [text for text in ("Salattua.", eino.name, office.clients.paavo.name) if text in content] == []
    assert heap_without(aino, [office.clients.paavo.name, office.clients.kerttu.name]) == []
    press(page, "Haluan vastata")
    page.get_by_role("radio", name="Osa on hyvä. Osa ei ole.").check()
    page.get_by_role("textbox").fill(WORDS)
    press(page, "Seuraava")
    draw(page)
    press(page, "Poista viimeinen viiva")
    press(page, "Takaisin")
    press(page, "Seuraava")
    page.get_by_role("textbox").fill(MARKERS[1])
    value_of(page, f"{KEPT} !== null && JSON.parse({KEPT}).length === 1")
    page.wait_for_timeout(500)

    page.reload()
    expect(page.get_by_text(fi("handOver.back"))).to_be_visible()
    assert CLIENTS_PART not in page.content()
    kept = page.evaluate(KEPT)
    assert [mark for mark in (*MARKERS, plan, eino.case) if mark in kept] == []
    aino.unlock_anywhere(PASSWORD)
    expect(page.get_by_text(fi("handOver.collected"))).to_be_visible()
    value_of(page, f"{KEPT} === null")
    assert answer_of(office, plan) == []
    open_record(aino, eino, "plan", plan)
    expect(here(aino).get_by_text(f"”{WORDS}”")).to_be_visible()
    aino.offline(False)
    wait_until_sent(aino)
    (said,) = answer_of(office, plan)
    assert (said["agrees"], said["words"], said["name"]) == ("partly", WORDS, MARKERS[1])
    assert said["strokes"].startswith("M")
    assert said["strokes"].count("M") == 1

    liisa = phone_of("liisa")
    open_record(liisa, eino, "plan", plan)
    expect(here(liisa).get_by_text(kind_word("plan", "!disputed"))).to_be_visible()
    expect(here(liisa).get_by_text(f"”{WORDS}”")).to_be_visible()
    expect(here(liisa).get_by_role("img", name=fi("handOver.signatureOf", MARKERS[1]))).to_be_visible()
    expect(here(liisa).get_by_text(fi("handOver.changedSince"))).to_have_count(0)
    change(liisa, office, eino, plan)
    aino.close()
    assert files_with(aino.profile, *MARKERS) == []


def change(liisa: Phone, office: Office, client: Client, plan: str) -> None:
    """Somebody changes what was signed: it says so."""
    with office.colleague(office.cast.aino) as phone:
        phone.write(time.time_ns() // 1_000_000, "plan", client.case, plan, {"client_part": "Jotain muuta."})
    liisa.fetch()
    expect(here(liisa).get_by_text(fi("handOver.changedSince"))).to_be_visible()


def test_y6_an_agreement_is_signed_by_the_keyboard_alone(phone_of: PhoneOf, office: Office) -> None:
    """[Y6] A name in place of a drawing; a signed yes gives the agreement its day. Not touched for long it ends."""
    eino = office.clients.eino
    agreed = write(office, eino, "agreement", agreement_kind="support_agreement", answer="yes", on="2026-11-20")
    aino = phone_of("aino")
    open_record(aino, eino, "agreement", agreed)
    page = hand_over(aino, "Svenska")
    expect(page.get_by_role("heading", level=1, name="Avtal om stödet")).to_be_visible()
    page.get_by_role("button", name="Svara", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Jag är av samma åsikt").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Nästa").focus()
    page.keyboard.press("Enter")
    page.get_by_role("textbox").focus()
    page.keyboard.type("Eino Ranta")
    page.get_by_role("button", name="Klar").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ge tillbaka telefonen till arbetstagaren.")).to_be_visible()
    page.get_by_role("button", name="Jag är arbetstagaren").focus()
    page.keyboard.press("Enter")
    aino.unlock_anywhere(PASSWORD)
    expect(page.get_by_text(fi("handOver.collected"))).to_be_visible()
    wait_until_sent(aino)
    (said,) = answer_of(office, agreed)
    assert (said["agrees"], said["name"], "strokes" in said) == ("yes", "Eino Ranta", False)
    (body,) = (body for (body,) in office.rows("SELECT body FROM record WHERE id = :id", id=agreed))
    assert orjson.loads(body)["fields"]["signed_on"][0][1] == said["on"]


def test_e3_no_word_of_a_client_is_cut(phone_of: PhoneOf, office: Office) -> None:
    """[E3] [Y6] [Y7] Pasted words and names stay whole; what the office would not take is told in their language."""
    eino = office.clients.eino
    plan = write(office, eino, "plan", client_part=CLIENTS_PART)
    aino = phone_of("aino")
    open_record(aino, eino, "plan", plan)
    page = hand_over(aino, "English")
    press(page, "Answer")
    page.get_by_role("radio", name="Partly").check()
    words, field = "Tuesdays. " * 2001, page.get_by_role("textbox")
    assert len(words) > LIMITS.note_chars_max
    field.fill(words)
    told = page.get_by_role("alert")
    expect(told).to_have_text("The text is too long: 20,010 characters, at most 20,000. Please shorten it.")
    press(page, "Next")
    expect(field).to_be_focused()
    expect(field).to_have_value(words)
    expect(page.get_by_role("heading", level=1, name="Do you agree?")).to_be_visible()
    field.fill(words[:2001])
    expect(told).to_have_count(0)
    press(page, "Next")
    name = page.get_by_role("textbox")
    name.fill("N" * (LIMITS.line_chars_max + 1))
    expect(told).to_have_text("The text is too long: 301 characters, at most 300. Please shorten it.")
    press(page, "Done")
    expect(name).to_be_focused()
    name.fill("N" * 101)
    press(page, "Done")
    expect(page.get_by_text("Your answer is kept.")).to_be_visible()
    press(page, "I am the worker")
    aino.unlock_anywhere(PASSWORD)
    expect(page.get_by_text(fi("handOver.collected"))).to_be_visible()
    wait_until_sent(aino)
    (said,) = answer_of(office, plan)
    assert (said["agrees"], said["words"], said["name"]) == ("partly", words[:2001].strip(), "N" * 101)


def test_e3_what_was_said_before_a_text_became_too_long_is_kept(phone_of: PhoneOf, office: Office) -> None:
    """[E3] [Y7] A reload while the text is too long: the choice and the words that fitted are there."""
    eino = office.clients.eino
    plan = write(office, eino, "plan", client_part=CLIENTS_PART)
    aino = phone_of("aino")
    open_record(aino, eino, "plan", plan)
    page = hand_over(aino)
    press(page, "Vastaa")
    field = page.get_by_role("textbox")
    field.fill("ä" * (LIMITS.note_chars_max + 1))
    expect(page.get_by_role("alert")).to_contain_text("20 001 merkkiä")
    assert page.evaluate(KEPT) is None
    field.fill(WORDS)
    field.fill(WORDS * 1000)
    page.get_by_role("radio", name="Olen eri mieltä").check()
    expect(page.get_by_role("alert")).to_contain_text("Teksti on liian pitkä")
    page.wait_for_timeout(500)
    page.reload()
    aino.unlock_anywhere(PASSWORD)
    expect(page.get_by_text(fi("handOver.collected"))).to_be_visible()
    wait_until_sent(aino)
    (said,) = answer_of(office, plan)
    assert (said["agrees"], said["words"]) == ("no", WORDS)


def test_y4_y7_left_half_way_nothing_is_lost(phone_of: PhoneOf, office: Office) -> None:
    """[Y4] [Y7] Five minutes without a touch end it; another person's store takes nothing of it."""
    eino = office.clients.eino
    plan = write(office, eino, "plan", client_part=CLIENTS_PART)
    aino = phone_of("aino")
    open_record(aino, eino, "plan", plan)
    page = aino.page
    page.clock.install()
    hand_over(aino)
    press(page, "Vastaa")
    page.get_by_role("radio", name="Olen eri mieltä").check()
    value_of(page, f"{KEPT} !== null")
    page.clock.fast_forward(6 * 60_000)
    expect(page.get_by_text(fi("handOver.back"))).to_be_visible()
    aino.tap(aino.button(fi("lock.someoneElse")))
    aino.sign_in("liisa", PASSWORD)
    wait_until_sent(aino)
    value_of(page, f"{KEPT} !== null")
    assert answer_of(office, plan) == []


def test_y5_an_entry_is_read_together(phone_of: PhoneOf, office: Office) -> None:
    """[Y5] In easy Finnish, without a network: the entry and nothing else of the file; nothing is saved by it."""
    eino = office.clients.eino
    aino = phone_of("aino")
    aino.offline()
    sheet = log_unplanned(aino, eino)
    sheet.note.fill("Siivottiin keittiö.")
    sheet.save()
    open_client(aino, eino)
    aino.tap(here(aino).get_by_role("link", name=re.compile("Siivottiin keittiö")).first)
    aino.tap(here(aino).get_by_role("link", name=fi("handOver.read")))
    aino.tap(here(aino).get_by_role("radio", name="Selkosuomi", exact=True))
    expect(here(aino).get_by_role("article")).to_contain_text("Mitä me teimme")
    expect(here(aino).get_by_role("article")).to_contain_text("Siivottiin keittiö.")
    waiting = aino.chip.inner_text()
    aino.tap(aino.button(fi("handOver.give")))
    page = aino.page
    press_later = page.get_by_role("button", name="Olen lukenut tämän")
    expect(press_later).to_be_visible()
    expect(page.get_by_text("Siivottiin keittiö.")).to_be_visible()
    content = page.content()
    assert [text for text in (eino.name, eino.goal_title, office.clients.paavo.name) if text in content] == []
    press_later.click()
    press(page, "Olen työntekijä")
    assert "Siivottiin" not in page.content()
    aino.unlock_anywhere(PASSWORD)
    expect(aino.chip).to_have_text(waiting)
    value_of(page, f"{KEPT} === null")


def test_y8_a_rating_is_seen_once_the_visit_is_logged(phone_of: PhoneOf, office: Office) -> None:
    """[Y8] [row 15] Offline; neither list, search nor outbox has it before, and it is in no file in the open."""
    paavo = office.clients.paavo
    aino = phone_of("aino")
    aino.offline()
    go(aino.page, f"/clients/{paavo.case}/rating")
    aino.tap(here(aino).get_by_role("link", name=fi("handOver.rate")))
    expect(here(aino).get_by_text("Asunnosta huolehtiminen")).to_be_visible()
    aino.tap(aino.button(fi("handOver.give")))
    page = aino.page
    press(page, "Aloita")
    for word in ("Onnistuu itse", "Ei onnistu vielä"):
        page.locator("label.face", has_text=word).click()
        press(page, "Seuraava")
    value_of(page, f"{KEPT} !== null")
    page.reload()
    expect(page.get_by_text(fi("handOver.back"))).to_be_visible()
    aino.unlock_anywhere(PASSWORD)
    expect(aino.chip).to_have_attribute("data-sync", "offline")
    go(page, f"/clients/{paavo.case}/hand-over")
    expect(here(aino).get_by_text(fi("handOver.ratingsWait", 1))).to_be_visible()
    go(page, f"/clients/{paavo.case}/rating")
    expect(here(aino).get_by_text("Onnistuu itse")).to_have_count(0)
    expect(here(aino).get_by_text(kind_word("rating", "@empty"))).to_be_visible()
    aino.go("shell.today")
    sheet = log_planned(aino, paavo)
    sheet.note.fill("Käytiin läpi arki.")
    sheet.save()
    expect(page.get_by_text(fi("handOver.collected"))).to_have_count(0)
    go(page, f"/clients/{paavo.case}/rating")
    expect(here(aino).get_by_role("link", name=re.compile(kind_word("rating", "by=client")))).to_be_visible()
    aino.offline(False)
    wait_until_sent(aino)
    (body,) = (body for (body,) in office.rows("SELECT body FROM record WHERE kind = 'rating'"))
    fields = {path: values[0][1] for path, values in orjson.loads(body)["fields"].items()}
    assert (fields["by"], fields["handed_over"], fields["sheet"]) == ("client", True, "areas")
    assert [fields[f"values/{area}"] for area in ("apartment_search", "home_care")] == ["alone", "cannot"]


def fields_of(body: str | bytes) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = orjson.loads(body)["fields"]
    return found


def alone(phone: Phone, what: str, language: str = "Selkosuomi") -> Page:
    """The phone in the client's hand, with what they answer alone."""
    phone.tap(here(phone).get_by_role("radio", name=fi(f"handOver.asked.{what}"), exact=True))
    phone.tap(here(phone).get_by_role("radio", name=language, exact=True))
    phone.tap(phone.button(fi("handOver.give")))
    return phone.page


def given_back(phone: Phone, answers: int) -> None:
    press(phone.page, "Olen työntekijä")
    phone.unlock_anywhere(PASSWORD)
    expect(phone.chip).to_have_attribute("data-sync", "offline")
    value_of(phone.page, f"JSON.parse({KEPT}).length === {answers}")


def test_y9_participation_and_feedback_by_own_hand(phone_of: PhoneOf, office: Office) -> None:
    """[Y9] [Y8] Offline, in easy words: neither is seen before the visit is logged, what the worker wrote of the phase
    does not go into the client's hand, and the step of the phase keeps all that was in it."""
    paavo = office.clients.paavo
    ((header,),) = office.rows("SELECT id FROM record WHERE kind = 'case' AND \"case\" = :case", case=paavo.case)
    step = {"phase": "normal", "since": "2026-06-01", "note": "Työntekijän oma huomio"}
    with office.colleague(office.cast.aino) as colleague:
        colleague.write(time.time_ns() // 1_000_000, "case", paavo.case, header, {"phases/2": step})
    aino = phone_of("aino")
    aino.fetch()
    aino.offline()
    go(aino.page, f"/clients/{paavo.case}/hand-over")
    page = alone(aino, "participation")
    expect(page.get_by_role("heading", level=1, name="Missä sinä olet mukana?")).to_be_visible()
    press(page, "Aloita")
    expect(page.locator("label.face svg")).to_have_count(0)
    page.locator("label.face", has_text="En nyt, mutta haluaisin").click()
    assert violations(page) == []
    press(page, "Seuraava")
    for _ in range(7):
        press(page, "En vastaa tähän")
    press(page, "Olen valmis")
    given_back(aino, 1)

    open_client(aino, paavo)
    aino.tap(here(aino).get_by_role("link", name=fi("caseFile.feedbackByHand")))
    page = alone(aino, "feedback")
    press(page, "Aloita")
    assert "huomio" not in page.content()
    assert heap_without(aino, ["Työntekijän oma huomio"]) == []
    page.get_by_role("textbox", name="Mikä oli hyvää? Mikä ei ollut hyvää?").fill(WORDS)
    value_of(page, f"JSON.parse({KEPT}).length === 2")
    assert violations(page) == []
    press(page, "Olen valmis")
    given_back(aino, 2)
    open_client(aino, paavo)
    expect(here(aino).get_by_role("link", name=fi("caseFile.feedbackByHand"))).to_be_visible()
    assert WORDS not in page.content()

    with office.colleague(office.cast.aino) as colleague:
        colleague.write(time.time_ns() // 1_000_000, "exit", paavo.case, "exit-1", {"reason": "own_rental_home"})
    aino.offline(False)
    aino.fetch()
    aino.offline()
    aino.tap(here(aino).get_by_role("link", name=fi("caseFile.feedbackAtExit")))
    page = alone(aino, "feedbackAtExit")
    press(page, "Aloita")
    page.get_by_role("textbox", name="Mikä oli hyvää? Mikä ei ollut hyvää?").fill(AT_EXIT)
    value_of(page, f"JSON.parse({KEPT}).length === 3")
    press(page, "Olen valmis")
    given_back(aino, 3)

    aino.go("shell.today")
    log_planned(aino, paavo).save()
    open_client(aino, paavo)
    expect(here(aino).get_by_text(re.compile(WORDS))).to_be_visible()
    aino.offline(False)
    wait_until_sent(aino)
    bodies = office.rows("SELECT kind, body FROM record WHERE kind IN ('rating', 'exit') OR id = :id", id=header)
    said = {kind: {path: [one[1] for one in held] for path, held in fields_of(body).items()} for kind, body in bodies}
    assert said["case"]["phases/2"] == [step | {"feedback_from_client": WORDS}]
    assert said["exit"] == {"reason": ["own_rental_home"], "feedback_from_client": [AT_EXIT]}
    rating = said["rating"]
    assert [rating[path] for path in ("sheet", "by", "handed_over")] == [["participation"], ["client"], [True]]
    assert rating["values/close_people"] == ["would_like"]
    assert [path for path in rating if path.startswith("values/")] == ["values/close_people"]
