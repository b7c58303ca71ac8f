"""Photos and documents: taken piece by piece, looked at, drawn anew, and handed out to who reads their record."""

import io
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import delete, func, select, update

from server.attachments import keeping, pictures, uploads
from server.attachments.tables import AttachmentFile, AttachmentPiece
from server.config import LIMITS
from server.core import timestamps
from server.core.database import writing
from server.core.models import CaseFile, Organisation, db
from server.sync import scope
from server.worker.worker import Worker
from tests.attaching import (
    PDF,
    PLACE,
    RECORD,
    append,
    ask,
    begin,
    code_of,
    declare,
    facts,
    how_far,
    photo,
    send,
)
from tests.cast import ON_SQLITE, Cast, Phone, SignIn
from tests.reminding import CASE, Entries, Now, open_case
from tests.server.test_limits_in_time import change, notes, sync
from tests.server.test_sync import all_of

WHOLE = f"/api/cases/{CASE}/attachments/{RECORD}"
SMALL = f"{WHOLE}/small"
#: what looks like a photo by its name and is none
NO_PHOTOS = {
    "a film": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 500,
    "HEIC": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 500,
    "a drawing with a script": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a broken picture": b"\xff\xd8\xff\xe0" + b"nothing that can be drawn" * 20,
    "half a document": b"%PDF-1.7\nand nothing more",
    "a program": b"MZ\x90\0" + b"\0" * 500,
}


@pytest.fixture
def enter(app: Flask, cast: Cast) -> Entries:
    open_case(app, cast.aino, cast.liisa)
    return Entries(app, Now())


@pytest.fixture
def aino(enter: Entries, sign_in: SignIn) -> Phone:  # noqa: ARG001 - the case file is there first
    return sign_in("aino")


def stored(app: Flask, model: Any = AttachmentFile) -> int:
    with app.app_context():
        count: int = db.session.scalar(select(func.count()).select_from(model)) or 0
        db.session.rollback()
        return count


def metadata_of(content: bytes) -> tuple[Any, ...]:
    with Image.open(io.BytesIO(content)) as picture:
        return (
            picture.format,
            dict(picture.getexif()),
            picture.info.keys() & {"exif", "icc_profile", "comment", "xmp"},
        )


def test_x2_it_works(enter: Entries, cast: Cast, aino: Phone, sign_in: SignIn) -> None:
    """[X2] [X4] A photo in three pieces; a colleague gets it whole, and a small one first."""
    content = photo()
    declare(enter, cast.aino, content)
    last = send(aino, content, piece_bytes=len(content) // 3 + 1)
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(content)))
    liisa = sign_in("liisa")
    small, whole = liisa.get(SMALL), liisa.get(WHOLE)
    assert [reply.status_code for reply in (small, whole)] == [200, 200]
    assert Image.open(io.BytesIO(whole.data)).size == (640, 480)
    assert max(Image.open(io.BytesIO(small.data)).size) == LIMITS.attachment_small_side_px
    assert len(small.data) < len(whole.data) / 4


def test_x1_what_it_is_travels_with_the_entries(enter: Entries, cast: Cast, aino: Phone, sign_in: SignIn) -> None:
    """[X1] Before any of its bytes has come a colleague's phone knows of it, and on which record it hangs."""
    content = photo(64, 64)
    declare(enter, cast.aino, content)
    (record,) = [one for one in all_of(sign_in("liisa")) if one["id"] == RECORD]
    said = {path: versions[0][1] for path, versions in record["fields"].items()}
    assert said == {"about": f"on-{RECORD}", "name": "Allas", "file": facts(content)}
    assert "class" not in record
    assert aino.get(WHOLE).status_code == 404


def test_x2_the_same_again_is_the_same(app: Flask, enter: Entries, cast: Cast, aino: Phone) -> None:
    """[X2] An answer that was lost: begun twice, a piece twice, the last one twice; it is there once."""
    content = photo()
    declare(enter, cast.aino, content)
    assert begin(aino, len(content)).headers["Upload-Offset"] == "0"
    append(aino, 0, content[:1000])
    assert begin(aino, len(content)).headers["Upload-Offset"] == "1000"
    assert code_of(append(aino, 0, content[:1000])) == "upload_offset"
    assert how_far(aino).headers["Upload-Offset"] == "1000"
    kept = append(aino, 1000, content[1000:]).headers["Upload-Kept"]
    assert code_of(append(aino, 1000, content[1000:])) == "upload_offset"
    assert how_far(aino).headers["Upload-Kept"] == kept
    assert begin(aino, len(content)).headers["Upload-Kept"] == kept
    assert stored(app) == 1


def test_x2_a_server_that_died_after_the_last_piece(
    enter: Entries, cast: Cast, aino: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[X2] Whoever asks next how far it is finishes it: complete is never said of what is not kept."""
    content = photo()
    declare(enter, cast.aino, content)

    def dies(_content: bytes) -> Any:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(pictures, "redrawn", dies)
        assert send(aino, content).status_code == 500
    assert aino.get(WHOLE).status_code == 404
    asked = how_far(aino)
    assert (asked.headers["Upload-Offset"], asked.headers["Upload-Kept"].isdigit()) == (str(len(content)), True)
    assert aino.get(WHOLE).status_code == 200


def test_x2_what_never_came_whole_is_forgotten(app: Flask, enter: Entries, cast: Cast, aino: Phone) -> None:
    """[X2] After 30 days, by the worker; it begins anew then. What came whole stays, and so does what is on its way."""
    content, days = photo(), LIMITS.attachment_unfinished_days
    declare(enter, cast.aino, content)
    declare(enter, cast.aino, content, "photo-2")
    assert send(aino, content, "photo-2").status_code == 204
    begin(aino, len(content))
    append(aino, 0, content[:1000])
    for begun_at, left in ((timestamps.ago(days=days - 1), 2), (timestamps.ago(days=days + 1), 1)):
        with app.app_context(), writing() as transaction:
            transaction.execute(update(AttachmentFile).values(begun_at=begun_at))
        with app.app_context():
            Worker(app).tidy_up()
            assert db.session.scalar(select(func.count()).select_from(AttachmentFile)) == left
            pieces = select(func.count()).select_from(AttachmentPiece).where(AttachmentPiece.attachment == RECORD)
            assert db.session.scalar(pieces) == left - 1
    assert how_far(aino).status_code == 404
    assert send(aino, content).status_code == 204


@pytest.mark.parametrize("moment", ["before", "after"])
def test_x2_two_that_finish_at_once(
    app: Flask, enter: Entries, cast: Cast, aino: Phone, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """[X2] A retry while the first answer is still being made: whoever is slower hears that it is kept."""
    content, read = photo(64, 64), keeping.content_of
    declare(enter, cast.aino, content)
    begin(aino, len(content))

    def meanwhile(*asked: Any) -> bytes:
        with monkeypatch.context() as patch:
            patch.setattr(keeping, "content_of", read)
            if moment == "before":
                uploads.how_far(cast.aino.actor, RECORD)
            found = read(*asked)
            if moment == "after":
                uploads.how_far(cast.aino.actor, RECORD)
        monkeypatch.setattr(keeping, "content_of", read)
        return found

    monkeypatch.setattr(keeping, "content_of", meanwhile)
    reply = append(aino, 0, content)
    assert (reply.status_code, reply.headers.get("Upload-Kept", "").isdigit()) == (204, True)
    assert stored(app) == 1


def test_x2_only_who_wrote_the_record_sends_its_bytes(
    app: Flask, enter: Entries, cast: Cast, aino: Phone, sign_in: SignIn
) -> None:
    """[X2] [S3] A colleague, another team, another organisation and a record that is none hear the same. Who has lost
    access since may still hand it in."""
    content = photo(64, 64)
    declare(enter, cast.aino, content)
    for name in ("liisa", "mikko", "sanna", "olli", "satu"):
        phone = sign_in(name)
        for reply in (begin(phone, len(content)), how_far(phone), append(phone, 0, content)):
            assert reply.status_code == 404
    assert code_of(begin(aino, len(content), "on-photo-1")) == "not_found"
    assert code_of(begin(aino, len(content), "nothing")) == "not_found"
    with app.app_context(), writing() as transaction:
        scope.revoke(transaction, cast.aino.org, cast.aino.id, [CASE], "moved")
    assert send(aino, content).status_code == 204
    assert aino.get(WHOLE).status_code == 404


def test_x2_what_a_colleague_named_meanwhile_counts_for_nobody_else(
    app: Flask, enter: Entries, cast: Cast, aino: Phone, sign_in: SignIn
) -> None:
    """[X2] [X4] Their bytes are no proof of mine, mine do not go on theirs, and no picture is shown for another."""
    mine, theirs = photo(64, 64), photo(48, 48)
    declare(enter, cast.aino, mine)
    enter.seen.clear()
    liisa = sign_in("liisa")
    declare(enter, cast.liisa, theirs)
    assert send(liisa, theirs).status_code == 204
    assert code_of(begin(aino, len(mine))) == "upload_malformed"
    for reply in (how_far(aino), append(aino, 0, mine)):
        assert reply.status_code == 404
    assert stored(app) == 1


def test_x4_a_picture_is_shown_for_no_other_file(enter: Entries, cast: Cast, aino: Phone) -> None:
    """[X4] The record names another one by now: what is kept is not it."""
    mine = photo(64, 64)
    declare(enter, cast.aino, mine)
    assert send(aino, mine).status_code == 204
    assert aino.get(WHOLE).status_code == 200
    declare(enter, cast.liisa, photo(48, 48))
    assert aino.get(WHOLE).status_code == 404


def test_x2_a_revoked_device_hands_in_and_reads_nothing(
    enter: Entries, cast: Cast, aino: Phone, sign_in: SignIn
) -> None:
    """[X2] As with its entries."""
    content = photo(64, 64)
    declare(enter, cast.aino, content)
    assert sign_in("mikko").delete(f"/api/devices/{cast.aino.device}").status_code == 204
    assert send(aino, content).status_code == 204
    assert code_of(aino.get(WHOLE)) == "device_revoked"


@pytest.mark.parametrize("what", NO_PHOTOS)
def test_x3_what_is_no_picture_is_refused_and_gone(
    app: Flask, enter: Entries, cast: Cast, aino: Phone, what: str
) -> None:
    """[X3] Whatever its record says that it is."""
    content = NO_PHOTOS[what]
    declare(enter, cast.aino, content)
    reply = send(aino, content)
    assert (reply.status_code, code_of(reply)) == (415, "attachment_type")
    assert (stored(app), stored(app, AttachmentPiece)) == (0, 0)
    assert how_far(aino).status_code == 404
    assert aino.get(WHOLE).status_code == 404


@ON_SQLITE
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_x3_a_picture_is_drawn_anew(enter: Entries, cast: Cast, aino: Phone, form: str) -> None:
    """[X3] No place, camera or word of it stays, in neither size; it stands the right way up."""
    content = photo(300, 200, form=form, _0x0112=6)  # turned by a quarter
    assert PLACE.encode() in content
    declare(enter, cast.aino, content)
    send(aino, content)
    for reply in (aino.get(WHOLE), aino.get(SMALL)):
        assert PLACE.encode() not in reply.data
        assert metadata_of(reply.data) == ("JPEG", {}, set())
    assert Image.open(io.BytesIO(aino.get(WHOLE).data)).size == (200, 300)


@ON_SQLITE
def test_x3_a_bomb_is_not_drawn(enter: Entries, cast: Cast, aino: Phone) -> None:
    """[X3] A few kilobytes that would fill the memory."""
    target = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(target, "PNG")
    declare(enter, cast.aino, target.getvalue())
    assert code_of(send(aino, target.getvalue())) == "attachment_type"


@ON_SQLITE
def test_x3_a_large_picture_becomes_smaller(enter: Entries, cast: Cast, aino: Phone) -> None:
    content = photo(3000, 1000)
    declare(enter, cast.aino, content)
    send(aino, content)
    assert Image.open(io.BytesIO(aino.get(WHOLE).data)).width == LIMITS.attachment_side_px_max


@ON_SQLITE
def test_x3_a_document_stays_as_it_is(enter: Entries, cast: Cast, aino: Phone) -> None:
    """[X3] [X4] It is handed out as a file to be kept, never as a page."""
    declare(enter, cast.aino, PDF, file=facts(PDF, "pdf"))
    send(aino, PDF)
    reply = aino.get(WHOLE)
    assert (reply.data, reply.mimetype) == (PDF, "application/pdf")
    assert aino.get(SMALL).status_code == 404


@ON_SQLITE
def test_x3_bytes_that_are_not_those_of_the_record(app: Flask, enter: Entries, cast: Cast, aino: Phone) -> None:
    """[X3] Damaged on their way: none of them stays, and they may come again from the start."""
    content = photo(64, 64)
    declare(enter, cast.aino, content)
    damaged = content[:100] + bytes([content[100] ^ 1]) + content[101:]
    assert code_of(send(aino, damaged)) == "attachment_damaged"
    assert stored(app) == 0
    assert send(aino, content).status_code == 204


def test_x3_the_limit_of_a_file(enter: Entries, cast: Cast, aino: Phone) -> None:
    """[X3] One byte more than may be is refused before any of it comes; the record too."""
    most = LIMITS.attachment_bytes_max
    declare(enter, cast.aino, PDF, file=facts(PDF, "pdf") | {"bytes": most})
    assert code_of(begin(aino, most + 1)) == "attachment_too_large"
    assert begin(aino, most).status_code == 201
    said = change("c-1", "photo-9") | {"kind": "attachment", "set": {"file": facts(PDF) | {"bytes": most + 1}}}
    assert sync(aino, changes=[said])["verdicts"][0]["problem"]["code"] == "value_invalid"


def test_x3_a_persons_quota(enter: Entries, cast: Cast, aino: Phone, sign_in: SignIn) -> None:
    """[X3] At the limit and one past it; what was refused or is another's does not count."""
    content = photo(64, 64)
    before = LIMITS.attachment_person_bytes_max
    declare(enter, cast.aino, content)
    declare(enter, cast.aino, content, "photo-2")
    declare(enter, cast.liisa, content, "photo-3")
    object.__setattr__(LIMITS, "attachment_person_bytes_max", 2 * len(content) - 1)
    try:
        assert send(aino, content).status_code == 204
        assert code_of(begin(aino, len(content), "photo-2")) == "attachment_quota"
        assert send(sign_in("liisa"), content, "photo-3").status_code == 204
        object.__setattr__(LIMITS, "attachment_person_bytes_max", 2 * len(content))
        assert send(aino, content, "photo-2").status_code == 204
    finally:
        object.__setattr__(LIMITS, "attachment_person_bytes_max", before)


@ON_SQLITE
@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Tus_Resumable": "0.2.2"}, "upload_version"),
        ({"Upload_Length": "-1"}, "upload_malformed"),
        ({"Upload_Length": "1e3"}, "upload_malformed"),
        ({"Upload_Length": "²"}, "upload_malformed"),
        ({"Upload_Length": "5"}, "upload_malformed"),
        ({"Upload_Metadata": "record %%%"}, "upload_malformed"),
        ({"Upload_Metadata": "record /w=="}, "upload_malformed"),
        ({"Upload_Metadata": "record é"}, "upload_malformed"),
        ({"Upload_Metadata": ""}, "not_found"),
    ],
)
def test_x2_odd_headers_are_refused(
    enter: Entries, cast: Cast, aino: Phone, headers: dict[str, str], code: str
) -> None:
    content = photo(64, 64)
    declare(enter, cast.aino, content)
    given = {"Upload_Length": str(len(content)), "Upload_Metadata": "record cGhvdG8tMQ==", **headers}
    assert code_of(ask(aino, "POST", "/api/attachments", None, **given)) == code


@ON_SQLITE
def test_x2_odd_pieces_are_refused(app: Flask, enter: Entries, cast: Cast, aino: Phone) -> None:
    """[X2] From elsewhere, beyond the end, too large, and none that says it is one; nothing of them stays."""
    content = photo(64, 64)
    declare(enter, cast.aino, content)
    begin(aino, len(content))
    assert code_of(append(aino, 5, content[5:])) == "upload_offset"
    assert code_of(append(aino, 0, content + b"\0")) == "upload_malformed"
    assert code_of(append(aino, 0, b"\0" * (LIMITS.form_bytes_max + 1))) == "body_too_large"
    assert aino.client.patch(f"/api/attachments/{RECORD}", data=content, headers=aino.headers).status_code == 412
    plain = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", **aino.headers}
    assert aino.client.patch(f"/api/attachments/{RECORD}", data=content, headers=plain).status_code == 400
    assert append(aino, 0, b"").headers["Upload-Offset"] == "0"
    assert stored(app, AttachmentPiece) == 0


@ON_SQLITE
def test_x2_what_this_server_knows_of_tus(sign_in: SignIn) -> None:
    said = sign_in("aino").client.options("/api/attachments").headers
    told = {name: said[name] for name in ("Tus-Resumable", "Tus-Version", "Tus-Extension", "Tus-Max-Size")}
    assert list(told.values()) == ["1.0.0", "1.0.0", "creation", str(LIMITS.attachment_bytes_max)]


def test_x4_who_reads_the_record_reads_what_hangs_on_it(
    app: Flask, enter: Entries, cast: Cast, aino: Phone, sign_in: SignIn
) -> None:
    """[X4] Others hear the same as of one that is not there. Each reading is noted before it leaves."""
    content = photo(64, 64)
    declare(enter, cast.aino, content)
    send(aino, content)
    for name in ("mikko", "sanna", "olli"):
        phone = sign_in(name)
        for path in (WHOLE, SMALL, f"/api/cases/{CASE}/attachments/nothing"):
            assert code_of(phone.get(path)) == "not_found"
    assert code_of(aino.get(f"/api/cases/{cast.aino.org}/attachments/{RECORD}")) == "not_found"
    assert notes(app, "attachment_read") == []
    liisa = sign_in("liisa")
    liisa.get(SMALL)
    noted = {"case": CASE, "record": RECORD, "actor": cast.liisa.id, "device": cast.liisa.device}
    assert notes(app, "attachment_read") == [noted]


def test_x4_nobody_reads_it_by_hanging_it_elsewhere(
    app: Flask, enter: Entries, cast: Cast, aino: Phone, sign_in: SignIn
) -> None:
    """[X4] [D4] A photo of a need of support, which an administrator who is let in does not read, hung on a note that
    they do read, or on nothing; also where they name the same file themselves."""
    content = photo(64, 64)
    enter(cast.aino, "need-1", {"client_words": "Kirje perintätoimistolta"}, kind="support_need")
    declare(enter, cast.aino, content, about="need-1")
    assert send(aino, content).status_code == 204
    with app.app_context(), writing() as transaction:
        scope.grant(transaction, cast.satu.org, cast.satu.id, [CASE], "office")
    satu = sign_in("satu")
    assert (aino.get(WHOLE).status_code, satu.get(WHOLE).status_code) == (200, 404)
    enter(cast.satu, "note-2", {"text": "Muualla"}, kind="note")
    for said in ({"about": "note-2"}, {"about": None}, {"about": "note-2", "file": facts(content)}):
        enter(cast.satu, RECORD, said, kind="attachment")
        assert satu.get(WHOLE).status_code == 404


def test_x4_the_other_organisations_ids_tell_nothing(enter: Entries, app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[X4] [O1] Two organisations have an attachment of the same id: each has its own."""
    open_case(app, cast.olli)
    mine, theirs = photo(64, 64), photo(80, 80)
    declare(enter, cast.aino, mine)
    declare(Entries(app, Now()), cast.olli, theirs)
    aino, olli = sign_in("aino"), sign_in("olli")
    assert [send(aino, mine).status_code, send(olli, theirs).status_code] == [204, 204]
    sizes = [Image.open(io.BytesIO(phone.get(WHOLE).data)).size for phone in (aino, olli)]
    assert sizes == [(64, 64), (80, 80)]


@ON_SQLITE
def test_x4_nothing_of_it_is_served_as_a_page(enter: Entries, cast: Cast, aino: Phone) -> None:
    """Security 33: a file to be kept, under a name that says nothing, of the type that was found, and never stored."""
    content = photo(64, 64)
    declare(enter, cast.aino, content, name="Pertti, keittiö")
    send(aino, content)
    headers = aino.get(WHOLE).headers
    assert headers["Content-Disposition"] == f'attachment; filename="{RECORD}.jpg"'
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_x5_it_goes_with_its_case_file(app: Flask, enter: Entries, cast: Cast, aino: Phone) -> None:
    """[X5] Erasing a case file leaves no byte of what hung on its records."""
    content = photo(64, 64)
    declare(enter, cast.aino, content)
    send(aino, content)
    assert stored(app, AttachmentPiece) == 2
    with app.app_context(), writing() as transaction:
        transaction.execute(delete(CaseFile).where(CaseFile.id == CASE, CaseFile.org == cast.aino.org))
    assert (stored(app), stored(app, AttachmentPiece)) == (0, 0)


def test_x5_a_kept_file_has_a_seq_of_its_own(app: Flask, enter: Entries, cast: Cast, aino: Phone) -> None:
    """[X5] [P10] So a backup up to it is known to hold it."""
    content = photo(64, 64)
    declare(enter, cast.aino, content)
    with app.app_context():
        before = db.session.get_one(Organisation, cast.aino.org).seq
        db.session.rollback()
    kept = int(send(aino, content).headers["Upload-Kept"])
    assert kept == before + 1
    with app.app_context():
        assert db.session.get_one(Organisation, cast.aino.org).seq == kept
