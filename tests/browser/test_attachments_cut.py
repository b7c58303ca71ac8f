"""A photo whose upload ends at any byte, since the browser or the server was killed: it arrives whole, once."""

from __future__ import annotations

import random
import re
import time

import pytest
from playwright.sync_api import expect

from tests.attaching import PLACE, photo
from tests.browser.conftest import HANGS_AFTER_S, PhoneOf
from tests.browser.cutting_line import CuttingLine
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.profile_files import files_with
from tests.browser.screens import open_client
from tests.browser.test_attachments import choose, here, on_a_visit, pictures, shown_jpeg
from tests.browser.words import fi
from tests.cast import PASSWORD
from tests.whole import sampled

NOTE = "Vuoto keittiössä"
CUTS = sampled(2, whole=50)
CONTENT = photo(1600, 1200)
STANDS_WITHIN_S = ARRIVES_WITHIN_S = 60
OFFSET = re.compile(rb"\nupload-offset: (\d+)\r", re.IGNORECASE)
MARKER_BYTES = 32
MARKERS = 12


def arrived(office: Office) -> list[tuple[str, int, int]]:
    """Of each upload that began: its record, and how much has come of how much."""
    return [(row.id, row.received, row.length) for row in office.rows("SELECT * FROM attachment_file ORDER BY id")]


def must_arrive(aino: Phone, office: Office, count: int) -> None:
    """So many files, each of its record, each whole, and no piece beside them."""
    last = time.monotonic() + ARRIVES_WITHIN_S
    waits = "SELECT 1 FROM attachment_file WHERE seq IS NULL"
    while (len(arrived(office)) < count or office.rows(waits)) and time.monotonic() < last:
        aino.page.evaluate("dispatchEvent(new Event('online'))")
        aino.page.wait_for_timeout(200)
    files = arrived(office)
    assert len(files) == len({record for record, _, _ in files}) == count
    assert all(received == length for _, received, length in files)
    assert not office.rows(waits)
    assert not office.rows("SELECT 1 FROM attachment_piece WHERE part = 'given'")


def markers_of(line: CuttingLine) -> list[str | bytes]:
    """Bytes of the picture as it was sent, from all of its length."""
    step = len(line.carried) // (MARKERS + 1)
    return [bytes(line.carried[step * at : step * at + MARKER_BYTES]) for at in range(1, MARKERS + 1)]


@pytest.mark.timeout(sampled(HANGS_AFTER_S, whole=3600))
def test_x6_cut_at_any_byte_by_a_kill(phone_of: PhoneOf, office: Office, line: CuttingLine) -> None:
    """[X6] [X2] [U2] −9 of the browser and of the server in turn, after any byte of any piece. What had come stays, it
    goes on from there, and no byte of the picture lies in the open in a file of the profile."""
    chance = random.Random(14)
    aino = phone_of("aino")
    on_a_visit(aino, office, NOTE)
    line.watch()
    choose(aino, ("keittio.jpg", CONTENT))
    must_arrive(aino, office, 1)
    length = len(line.carried)
    markers = [*markers_of(line), shown_jpeg(pictures(aino).first)[200:232], CONTENT[5000:5032], PLACE]

    for cut in range(1, CUTS + 1):
        line.watch(chance.randrange(1, length))
        choose(aino, ("keittio.jpg", CONTENT))
        expect(pictures(aino)).to_have_count(cut + 1)
        assert line.stands.wait(STANDS_WITHIN_S), f"cut {cut}"
        if cut % 2:
            aino.kill()
            line.let_go()
            assert files_with(aino.profile, *markers) == []
            aino.open()
            aino.unlock(PASSWORD)
            open_client(aino, office.clients.eino)
            here(aino).get_by_role("link", name=re.compile(NOTE)).first.click()
            expect(here(aino).get_by_role("heading", name=fi("attachment.many"))).to_be_visible()
        else:
            office.kill()
            line.let_go()
            office.start()
            office.wait()
        must_arrive(aino, office, cut + 1)
        offsets = [int(one) for one in OFFSET.findall(line.carried)]
        assert offsets == sorted(offsets), f"cut {cut}: what had come is not sent again"
    assert len(office.rows("SELECT DISTINCT kept_sha256 FROM attachment_file")) == 1
    aino.close()
    assert files_with(aino.profile, *markers) == []
