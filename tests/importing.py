"""Tables as people have them, for the tests of importing (A15–A18)."""

import base64
import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from tests.cast import Phone

HEADS = ["Asiakasnumero", "Sukunimi", "Etunimi", "Ohjaaja", "Palvelu alkaa", "Puh.", "Kieli", "Kunta"]
COLUMNS = [
    "client_id",
    "family_name",
    "given_names",
    "own_worker",
    "service.start",
    "phone",
    "language",
    "municipality",
]
PAAVO = ["OV-0101", "Koski", "Paavo", "aino", "3.12.2026", "040 123 4567", "suomi", "Harjula"]
KERTTU = ["OV-0102", "Åberg", "Kerttu", "Liisa", "2026-11-30", "", "Ruotsi", "Harjula"]


def csv_of(*rows: Sequence[str], separator: str = ";", encoding: str = "utf-8") -> bytes:
    return "\r\n".join(separator.join(row) for row in rows).encode(encoding)


def xlsx_of(*rows: Sequence[object]) -> bytes:
    """Days as days, numbers as numbers; a text that begins with `=` is a formula."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "d.m.yyyy"})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell, *([day] if isinstance(cell, date | datetime) else []))
    return held.getvalue()


def asked(content: bytes, columns: Sequence[str] | None = None, **more: object) -> dict[str, Any]:
    chosen = [{"column": place, "target": key} for place, key in enumerate(columns or ()) if key]
    return {"file": base64.b64encode(content).decode()} | ({"columns": chosen} if chosen else {}) | more


def bring(phone: Phone, what: str, content: bytes, columns: Sequence[str], **more: object) -> dict[str, Any]:
    """To the end, however many requests that takes: all rows and all who were made."""
    found: dict[str, Any] = {"made": 0, "rows": [], "invited": [], "requests": 0}
    after: int | None = 0
    while after is not None:
        reply = phone.post(f"/api/admin/import/{what}", asked(content, columns, after=after, **more))
        assert reply.status_code == 200, reply.json
        told = reply.json or {}
        found = {
            "made": found["made"] + told["made"],
            "rows": found["rows"] + told["rows"],
            "invited": found["invited"] + told["invited"],
            "requests": found["requests"] + 1,
        }
        after = told["after"]
    return found
