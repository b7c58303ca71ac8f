"""Photos and documents: taken on a phone without a network, sealed there, sent in pieces, seen by a colleague."""

from __future__ import annotations

import base64
import io
import re
import time
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Locator, expect

from tests.attaching import PDF, PLACE, photo
from tests.browser.conftest import PhoneOf
from tests.browser.edge import Edge
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.profile_files import files_with
from tests.browser.screens import log_unplanned, open_client, wait_until_sent
from tests.browser.words import fi
from tests.cast import PASSWORD

NOT_TAKEN: dict[str, tuple[str, bytes, str]] = {
    "a video that was renamed": ("keittio.jpg", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 900, "film"),
    "HEIC": ("IMG_0001.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 900, "heic"),
    "a drawing with a script": ("kuva.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "drawing"),
    "40 MB": ("iso.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 40_000_000, "photoTooLarge"),
    "a document of 11 MB": ("iso.pdf", b"%PDF-1.7" + b"\0" * 11_000_000, "pdfTooLarge"),
    "half a picture": ("rikki.jpg", b"\xff\xd8\xff\xe0nothing to draw", "broken"),
    "half a document": ("rikki.pdf", b"%PDF-1.7 and no end", "broken"),
    "a text": ("muistio.txt", b"Muistio", "unknown"),
    "nothing": ("tyhja.jpg", b"", "empty"),
}


def here(phone: Phone) -> Locator:
    return phone.page.locator("[data-pane='current']")


def on_a_visit(phone: Phone, office: Office, note: str = "Vuoto keittiössä") -> None:
    """The page of a visit that was just logged."""
    sheet = log_unplanned(phone, office.clients.eino)
    sheet.note.fill(note)
    sheet.save()
    open_client(phone, office.clients.eino)
    here(phone).get_by_role("link", name=re.compile(note)).first.click()
    expect(here(phone).get_by_role("heading", name=fi("attachment.many"))).to_be_visible()


def choose(phone: Phone, *files: tuple[str, bytes]) -> None:
    given: list[Any] = [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
    here(phone).locator("input[multiple]").set_input_files(given)


def pictures(phone: Phone) -> Locator:
    return here(phone).locator(".pictures img")


def waits(phone: Phone) -> Locator:
    return here(phone).locator(".pictures").get_by_text(fi("attachment.waits"))


def kept(office: Office) -> list[Any]:
    return office.rows("SELECT id, type, received, length FROM attachment_file WHERE seq IS NOT NULL")


def test_x6_taken_in_a_cellar_it_arrives_whole_once(phone_of: PhoneOf, office: Office) -> None:
    """[X6] [X7] [U2] Offline it is saved, counted, shown, and survives a kill; back online a colleague sees it. No byte
    of it lies in the open in any file of the profile, and nothing of where it was taken leaves the phone."""
    aino = phone_of("aino")
    content = photo(2400, 1600)
    aino.offline()
    on_a_visit(aino, office)
    choose(aino, ("keittio.jpg", content))
    expect(aino.page.get_by_text(fi("shell.savedHere")).first).to_be_visible()
    expect(pictures(aino)).to_have_count(1)
    expect(waits(aino)).to_be_visible()
    shown = shown_jpeg(pictures(aino).first)
    markers: list[str | bytes] = [content[5000:5032], content[-200:-168], shown[200:232], shown[-100:-68], PLACE]
    aino.page.wait_for_timeout(3000)
    assert files_with(aino.profile, *markers) == []
    aino.kill()
    assert files_with(aino.profile, *markers) == []

    aino.open(offline=True)
    aino.unlock(PASSWORD)
    open_client(aino, office.clients.eino)
    here(aino).get_by_role("link", name=re.compile("Vuoto keittiössä")).first.click()
    expect(pictures(aino)).to_have_count(1)
    aino.offline(False)
    wait_until_sent(aino)
    expect(waits(aino)).to_have_count(0)
    ((_, type_, received, length),) = kept(office)
    assert (type_, received) == ("image/jpeg", length)

    liisa = phone_of("liisa")
    open_client(liisa, office.clients.eino)
    here(liisa).get_by_role("link", name=re.compile("Vuoto keittiössä")).first.click()
    expect(pictures(liisa)).to_have_count(1)
    pictures(liisa).first.click()
    whole = here(liisa).locator("img.whole")
    expect(whole).to_be_visible()
    jpeg = shown_jpeg(whole)
    assert Image.open(io.BytesIO(jpeg)).size == (1920, 1280)
    assert PLACE.encode() not in jpeg
    (noted,) = {row.actor for row in office.rows("SELECT actor FROM audit_event WHERE event = 'attachment_read'")}
    assert noted == office.cast.liisa.id
    liisa.close()
    assert files_with(liisa.profile, jpeg[5000:5032], jpeg[-200:-168]) == []


def shown_jpeg(picture: Locator) -> bytes:
    source = picture.get_attribute("src") or ""
    assert source.startswith("data:image/jpeg;base64,")
    return base64.b64decode(source.partition(",")[2])


def test_x6_a_cut_upload_goes_on(phone_of: PhoneOf, office: Office, edge: Edge) -> None:
    """[X6] Every second answer is lost on the way; the file is there once, whole, and the phone says when."""
    aino = phone_of("aino")
    on_a_visit(aino, office)
    edge.losses["POST /api/attachments"] = 1
    choose(aino, ("keittio.jpg", photo(2400, 1600)))
    expect(waits(aino)).to_be_visible()
    expect(waits(aino)).to_have_count(0, timeout=60_000)
    assert len(kept(office)) == 1


def deadline_of(office: Office) -> None:
    last = time.monotonic() + 60
    while not kept(office) and time.monotonic() < last:
        time.sleep(0.2)


def test_x7_what_is_not_taken_is_told_in_words(phone_of: PhoneOf, office: Office) -> None:
    """[X7] Each by its own sentence, with the file's name; what was fine beside it is attached, and nothing is lost."""
    aino = phone_of("aino")
    aino.offline()
    on_a_visit(aino, office)
    for name, content, fault in NOT_TAKEN.values():
        choose(aino, (name, content), ("hyva.png", photo(40, 30, form="PNG")))
        expect(here(aino).get_by_text(fi(f"attachment.faults.{fault}"))).to_be_visible()
        expect(here(aino).get_by_text(fi("attachment.notTaken", name))).to_be_visible()
    expect(pictures(aino)).to_have_count(len(NOT_TAKEN))


def test_x7_a_document_is_kept_as_it_is(phone_of: PhoneOf, office: Office, tmp_path: Path) -> None:
    """[X7] And leaves as a file whose name says nothing."""
    aino = phone_of("aino")
    on_a_visit(aino, office)
    choose(aino, ("Häätöilmoitus Pertti.pdf", PDF))
    here(aino).locator(".pictures a").click()
    with aino.page.expect_download() as downloading:
        aino.tap(aino.button(fi("attachment.keep")))
    kept_file = tmp_path / "kept.pdf"
    downloading.value.save_as(kept_file)
    assert kept_file.read_bytes() == PDF
    assert "Pertti" not in downloading.value.suggested_filename


def test_x6_a_full_quota_waits_and_says_so(phone_of: PhoneOf, office: Office) -> None:
    """[X6] [X3] The photo stays on the phone and is readable there; once there is room it goes."""
    aino = phone_of("aino")
    on_a_visit(aino, office)
    office.execute(
        "INSERT INTO attachment_file (id, org, \"case\", \"user\", length, sha256, received, begun_at) "
        "VALUES ('full', :org, :case, :user, :length, '', 0, '')",
        org=office.cast.aino.org, case=office.clients.eino.case, user=office.cast.aino.id, length=2 * 2**30,
    )  # fmt: skip
    choose(aino, ("keittio.jpg", photo()))
    expect(here(aino).get_by_text(re.compile("varattu tilasi on täynnä"))).to_be_visible()
    expect(pictures(aino)).to_have_count(1)
    office.execute("DELETE FROM attachment_file WHERE id = 'full'")
    aino.fetch()
    deadline_of(office)
    assert len(kept(office)) == 1


def test_x6_voided_it_is_gone_and_comes_back(phone_of: PhoneOf, office: Office) -> None:
    """[X1] [M7] As any record: removed, brought back, with its history."""
    aino = phone_of("aino")
    on_a_visit(aino, office)
    choose(aino, ("keittio.jpg", photo()))
    pictures(aino).first.click()
    expect(here(aino).locator("img.whole")).to_be_visible()
    aino.tap(aino.button(fi("entries.remove")))
    expect(here(aino).get_by_role("heading", name=fi("attachment.many"))).to_be_visible()
    expect(pictures(aino)).to_have_count(0)
    aino.tap(aino.page.get_by_role("button", name=fi("shell.undo")))
    expect(pictures(aino)).to_have_count(1)


def test_x6_signing_out_says_that_a_photo_is_unsent(phone_of: PhoneOf, office: Office) -> None:
    """[X6] [V8] And leaves nothing of it in the profile."""
    aino = phone_of("aino")
    on_a_visit(aino, office)
    aino.offline()
    choose(aino, ("keittio.jpg", photo()))
    expect(pictures(aino)).to_have_count(1)
    jpeg = shown_jpeg(pictures(aino).first)
    aino.go("shell.more", "shell.settings")
    aino.tap(aino.button(fi("settings.signOut")).first)
    expect(aino.page.get_by_text(fi("settings.signOutUnsent", 1))).to_be_visible()
    aino.tap(aino.button(fi("settings.signOutLose", 1)))
    expect(aino.page.get_by_role("heading", name=fi("session.signIn"))).to_be_visible()
    aino.close()
    assert files_with(aino.profile, jpeg[200:232]) == []
