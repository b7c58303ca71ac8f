"""The first sheet of an XLSX file that is shown, as rows of values: numbers, days and text as Excel keeps them.

The reader makes room for every cell up to the farthest one, and what it inflates is not bounded: a file of a few
hundred bytes could take all memory. So a file is inflated here first, within bounds, and its farthest cell looked for.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
    WorksheetNotFound,
    XmlError,
    ZipError,
)

from server.config import LIMITS
from server.core.problems import Problem

Value = str | int | float | bool | date | datetime | time | timedelta | None
PIECE_BYTES = 2**16
#: what is formatted and holds nothing: spreadsheets write such rows to the very end of a sheet
_NOTHING = re.compile(
    rb"""<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?/>|<row(?: [A-Za-z0-9:]+="[^"'<>]*")*\s*(?:/>|>\s*</row>)"""
)
#: where something stands; `r` of a cell or of a row
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
LETTERS = 26
#: more than any spreadsheet has: what comes after is not counted
DIGITS_MAX = 9


def is_one(content: bytes) -> bool:
    """By how it begins, whatever it is called."""
    return content.startswith(b"PK\x03\x04")


def rows_of(content: bytes) -> Sequence[Sequence[Value]]:
    _must_be_small(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = [each for each in workbook.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
        if not shown:
            raise Problem("import_unreadable")
        return workbook.get_sheet_by_name(shown[0].name).to_python(skip_empty_area=False)
    except (CalamineError, PasswordError, WorksheetNotFound, XmlError, ZipError):
        raise Problem("import_unreadable") from None


def _must_be_small(content: bytes) -> None:
    left = LIMITS.import_unpacked_bytes_max
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for member in packed.infolist():
                inflated = _inflated(packed, member, left)
                left -= len(inflated)
                if member.filename.lower().endswith((".xml", ".rels")):
                    _must_be_near(inflated)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise Problem("import_unreadable") from None


def _inflated(packed: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    """Piece by piece, whatever the file says of its sizes."""
    found = bytearray()
    with packed.open(member) as source:
        while piece := source.read(PIECE_BYTES):
            found += piece
            if len(found) > left:
                raise Problem("import_too_large")
    return bytes(found)


def _must_be_near(xml: bytes) -> None:
    if b"\0" in xml:  # UTF-16: what a reader finds in it this look would not
        raise Problem("import_unreadable")
    for column, row in _places(xml) if b"sheetData" in xml else ():
        if row > LIMITS.import_sheet_rows_max:
            raise Problem("import_too_many_rows")
        if column > LIMITS.import_sheet_columns_max:
            raise Problem("import_too_many_columns")


def _places(xml: bytes) -> Iterator[tuple[int, int]]:
    for letters, digits in _PLACE.findall(_NOTHING.sub(b"", xml)):
        column = 0
        for letter in letters.upper()[:DIGITS_MAX]:
            column = column * LETTERS + letter - ord("A") + 1
        yield column, int(digits[:DIGITS_MAX])
