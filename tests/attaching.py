"""What tests of attachments share: pictures with what nobody shall see, and a phone that sends them as tus does."""

import base64
import io
from hashlib import sha256
from typing import Any

from PIL import Image
from werkzeug.test import TestResponse

from tests.cast import Person, Phone
from tests.reminding import CASE, Entries

RECORD, NOTE = "photo-1", "note-1"
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
#: a marker where a camera writes the place
PLACE = "Piilopaikka 60.1699N 24.9384E"


def photo(width: int = 640, height: int = 480, *, form: str = "JPEG", **exif: Any) -> bytes:
    """A picture with a place in it, whose content does not compress to nothing."""
    picture = Image.effect_noise((width, height), 60).convert("RGB")
    target, said = io.BytesIO(), Image.Exif()
    said[0x010E] = PLACE  # ImageDescription
    said.get_ifd(0x8825)[2] = (60.0, 10.0, 11.64)  # GPSLatitude
    for tag, value in exif.items():
        said[int(tag.strip("_"), 16)] = value
    picture.save(target, form, exif=said, quality=90)
    return target.getvalue()


def facts(content: bytes, sort: str = "photo") -> dict[str, Any]:
    return {"sort": sort, "bytes": len(content), "sha256": sha256(content).hexdigest()}


def declare(
    enter: Entries, person: Person, content: bytes, record: str = RECORD, *, case: str = CASE, **more: Any
) -> None:
    """The record of an attachment, as it comes before its bytes; it hangs on a note."""
    enter(person, f"on-{record}", {"text": "Vesivahinko keittiössä"}, kind="note", case=case)
    said = {"about": f"on-{record}", "name": "Allas", "file": facts(content)}
    enter(person, record, said | more, kind="attachment", case=case)


def ask(phone: Phone, method: str, path: str, content: bytes | None = None, **headers: str | int) -> TestResponse:
    named = {name.replace("_", "-"): str(value) for name, value in headers.items()}
    given = {"Tus-Resumable": "1.0.0", **phone.headers, **named}
    kind = "application/offset+octet-stream" if method == "PATCH" else None
    return phone.client.open(path, method=method, data=content, content_type=kind, headers=given)


def begin(phone: Phone, length: int, record: str = RECORD) -> TestResponse:
    named = f"record {base64.b64encode(record.encode()).decode()}"
    return ask(phone, "POST", "/api/attachments", Upload_Length=length, Upload_Metadata=named)


def how_far(phone: Phone, record: str = RECORD) -> TestResponse:
    return ask(phone, "HEAD", f"/api/attachments/{record}")


def append(phone: Phone, offset: int, content: bytes, record: str = RECORD) -> TestResponse:
    return ask(phone, "PATCH", f"/api/attachments/{record}", content, Upload_Offset=offset)


def send(phone: Phone, content: bytes, record: str = RECORD, piece_bytes: int = 100_000) -> TestResponse:
    """All of it; the answer to the last piece."""
    reply = begin(phone, len(content), record)
    assert reply.status_code == 201, reply.json
    for offset in range(0, len(content), piece_bytes):
        reply = append(phone, offset, content[offset : offset + piece_bytes], record)
    return reply


def code_of(reply: TestResponse) -> str | None:
    return reply.json["problem"]["code"] if reply.is_json and reply.json else None
