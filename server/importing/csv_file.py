"""A CSV file as rows of text: UTF-8 or Windows-1252, parted by semicolon, comma or tab, as spreadsheets write it."""

import csv
import io
import re
from collections.abc import Iterator

from server.core.problems import Problem

SEPARATORS = ";,\t"
#: what a text has never; a file that holds one is a picture, a program or UTF-16
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
#: by which Excel is told the separator
SAYS_SEPARATOR = re.compile("sep=([;,\t])(?:\r\n|\n|\r)")


def rows_of(content: bytes) -> Iterator[list[str]]:
    """One after the other: a file of line ends alone would be millions."""
    text = _decoded(content)
    said = SAYS_SEPARATOR.match(text)
    text = text[said.end() :] if said else text
    separator = said[1] if said else _separator(text)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error:
        raise Problem("import_unreadable") from None


def _decoded(content: bytes) -> str:
    """Whatever is no UTF-8 is taken for Windows-1252, unless it says that it is UTF-8 or is no text at all."""
    is_marked = content.startswith(b"\xef\xbb\xbf")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if is_marked:
            raise Problem("import_unreadable") from None
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            raise Problem("import_unreadable") from None
    if CONTROL.search(text):
        raise Problem("import_unreadable")
    return text


def _separator(text: str) -> str:
    """The one that parts the heads. A comma within quotes parts nothing."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = re.sub('"[^"]*"', "", first)
    return max(SEPARATORS, key=outside.count)
