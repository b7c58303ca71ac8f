"""What a file has to be to be a table, and how its columns and cells are read (SPEC A15, A16). Pure."""

import io
import zipfile
from datetime import date, datetime, time

import pytest
import xlsxwriter

from server.config import LIMITS
from server.core.problems import Problem
from server.importing.guessing import guessed
from server.importing.table import table_of, text_in
from server.importing.targets import targets_of
from server.importing.values import CellFault, Colleague, Named, value_of
from server.kinds import KINDS
from server.sync import visibility
from tests.importing import COLUMNS, HEADS, KERTTU, PAAVO, csv_of, xlsx_of

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512
AINO = Colleague("id-aino", "aino", "Aino Aalto", "team", is_able=True)
#: as a spreadsheet has a moment: of no zone
AT = datetime.fromisoformat("2026-12-03T12:30:00")
NAMED = Named(
    {"aino": AINO, "satu": Colleague("id-satu", "satu", "Satu", None, is_able=False)},
    {"aino aalto": [AINO], "sama nimi": [AINO, AINO._replace(id="id-toinen")]},
    {"north": "id-north"},
)


def sheet(cells: str, *, member: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A sheet of an XLSX file, its cells as they are written here."""
    held = io.BytesIO()
    whole = xlsx_of(HEADS, PAAVO)
    with zipfile.ZipFile(io.BytesIO(whole)) as known, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in known.namelist():
            if name != member:
                packed.writestr(name, known.read(name))
        packed.writestr(member, f"<worksheet><sheetData>{cells}</sheetData></worksheet>")
    return held.getvalue()


def bomb() -> bytes:
    """A few kilobytes that inflate to more than is read."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (LIMITS.import_unpacked_bytes_max + 1))
    return held.getvalue()


def lying() -> bytes:
    """The same, whose head says that it is small."""
    content = bytearray(bomb())
    length = (LIMITS.import_unpacked_bytes_max + 1).to_bytes(4, "little")
    for _ in range(2):
        at = content.index(length)
        content[at : at + 4] = (100).to_bytes(4, "little")
    return bytes(content)


def without_a_shown_sheet() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_of(HEADS, PAAVO))) as known, zipfile.ZipFile(held, "w") as packed:
        for name in known.namelist():
            packed.writestr(name, known.read(name).replace(b'<sheet name="Sheet1"', b'<sheet state="hidden" name="x"'))
    return held.getvalue()


FAR_CELLS = (
    "<row r='1'><c r='A1'><v>1</v></c></row><row r='2'><c r='XFD1048576'><v>1</v></c></row>",
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="900000"><c><v>1</v></c></row>',
    '<row r="1"><c r="zzz1"><v>1</v></c></row>',
    '<row><c a=">" r = "ZZZ900000"><v>1</v></c></row>',
    """<row r="1"><c a='<row x="' r='ZZZ900000' y='"/>'><v>1</v></c></row>""",
    """<row r="1"><c a='<row' r="ZZZ900000" b='/>'><v>1</v></c></row>""",
)
BAD = {
    "nothing": (b"", "import_empty"),
    "blanks": (b"\r\n ; ; \r\n", "import_empty"),
    "heads alone": (csv_of(HEADS), "import_empty"),
    "heads alone in a sheet": (xlsx_of(HEADS), "import_empty"),
    "a picture called xlsx": (PNG, "import_unreadable"),
    "an old Excel file": (OLD_EXCEL, "import_unreadable"),
    "a zip file of something else": (b"PK\x03\x04" + b"x" * 200, "import_unreadable"),
    "half an XLSX file": (xlsx_of(HEADS, PAAVO)[:3000], "import_unreadable"),
    "UTF-16": (csv_of(HEADS, PAAVO, encoding="utf-16"), "import_unreadable"),
    "UTF-8 that is none": (b"\xef\xbb\xbf" + csv_of(HEADS, PAAVO) + b"\xff", "import_unreadable"),
    "no Windows-1252 either": (csv_of(HEADS, PAAVO) + b"\xff\x81", "import_unreadable"),
    "a quote without an end": (csv_of(HEADS, PAAVO) + b'\n"' + b"x" * 200_000, "import_unreadable"),
    "two columns of one name": (csv_of(["Nimi", "NIMI "], ["a", "b"]), "import_columns_named_twice"),
    "too large": (b"a" * (LIMITS.import_bytes_max + 1), "import_too_large"),
    "too many rows": (b"a\n" * (LIMITS.import_rows_max + 2), "import_too_many_rows"),
    "too many columns": (
        csv_of([f"a{n}" for n in range(LIMITS.import_columns_max + 1)], ["b"]),
        "import_too_many_columns",
    ),
    "a zip bomb": (bomb(), "import_too_large"),
    "a zip bomb that says that it is small": (lying(), "import_unreadable"),
    "no sheet that is shown": (without_a_shown_sheet(), "import_unreadable"),
    "a sheet of UTF-16": (sheet("\0"), "import_unreadable"),
    "a cell far to the right": (sheet('<row r="1"><c r="ZZ1"><v>1</v></c></row>'), "import_too_many_columns"),
}


@pytest.mark.parametrize("name", BAD)
def test_a15_what_is_no_table_is_refused_in_words(name: str) -> None:
    """[A15] Each by a problem of the catalogue."""
    content, code = BAD[name]
    with pytest.raises(Problem) as refused:
        table_of(content)
    assert refused.value.code == code


@pytest.mark.parametrize("cells", FAR_CELLS)
def test_a15_a_cell_at_the_end_of_the_world_takes_no_memory(cells: str) -> None:
    """[A15] However its place is written: the reader itself would make room for all cells before it."""
    with pytest.raises(Problem) as refused:
        table_of(sheet(cells))
    assert refused.value.code in {"import_too_many_rows", "import_too_many_columns"}


def test_a15_rows_that_are_formatted_to_the_very_end_are_none() -> None:
    """[A15] As spreadsheets write them."""
    text = '<c r="{}" t="inlineStr"><is><t>x</t></is></c>'
    cells = f'<row r="1">{text.format("A1")}</row><row r="2">{text.format("A2")}<c r="XFD2" s="3"/></row>'
    table = table_of(
        sheet(cells + '<row r="1048575" ht="12.8"/><row r="1048576" customFormat="false" ht="12.8"></row>')
    )
    assert [row.number for row in table.rows] == [2]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a15_csv_as_spreadsheets_write_it(separator: str, encoding: str) -> None:
    """[A15] Heads, letters with dots, and rows as the spreadsheet numbers them."""
    table = table_of(csv_of(HEADS, PAAVO, [], KERTTU, separator=separator, encoding=encoding))
    assert table.heads == HEADS
    assert [(row.number, row.cells[1]) for row in table.rows] == [(2, "Koski"), (4, "Åberg")]


def test_a15_what_stands_in_quotes_parts_nothing() -> None:
    """[A15] Separators and ends of lines in a cell; and the line by which Excel is told the separator."""
    content = b'sep=;\r\n"Nimi, koko";Osoite\r\n"Koski; Paavo";"Katu 1\nHarjula"\r\n'
    table = table_of(content)
    assert table.heads == ["Nimi, koko", "Osoite"]
    assert list(table.rows[0].cells) == ["Koski; Paavo", "Katu 1\nHarjula"]


def test_a15_a_sheet_is_read_as_it_is_shown() -> None:
    """[A15] The first that is shown; what stands above and left of the table is empty."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        book.add_worksheet("hidden").hide()
        shown = book.add_worksheet("shown")
        shown.activate()
        shown.set_first_sheet()
        shown.write_row(2, 1, ["Nimi", "Puhelin"])
        shown.write_row(4, 1, ["Koski Paavo", "040 123 4567"])
        shown.write_formula(5, 1, "=B5", None, "Koski Paavo")
    table = table_of(held.getvalue())
    assert table.heads == ["", "Nimi", "Puhelin"]
    assert [(row.number, text_in(row.cells[1])) for row in table.rows] == [(5, "Koski Paavo"), (6, "Koski Paavo")]


@pytest.mark.parametrize(
    ("heads", "found"),
    [
        (HEADS, COLUMNS),
        (
            ["Asiakkaan nimi", "Synt.vuosi", "Omatyöntekijä", "Palvelu päättyy", "Muuta"],
            ["client_name", "birth_year", "own_worker", "service.end", None],
        ),
        (
            ["Efternamn", "Förnamn", "Ansvarig medarbetare", "Hemkommun"],
            ["family_name", "given_names", "own_worker", "municipality"],
        ),
        (
            ["Last name", "First name", "Key worker", "Start date"],
            ["family_name", "given_names", "own_worker", "service.start"],
        ),
        (["Nimi (sukunimi etunimi)", "PUHELIN*", "client_id"], ["client_name", "phone", "client_id"]),
        (["Asiakas", "Nimi", ""], ["client_name", None, None]),
    ],
)
def test_a16_heads_are_known_in_three_languages(heads: list[str], found: list[str | None]) -> None:
    """[A16] One field for one column; what is not known stays open."""
    assert guessed("clients", heads) == found


def test_a16_people_have_heads_of_their_own() -> None:
    """[A16] The same head means something else there."""
    heads = ["Nimi", "Tunnus", "Rooli", "Tiimi", "Matkapuhelin", "Kieli"]
    assert guessed("people", heads) == ["display_name", "name", "role", "team", "phone", "language"]


def test_a16_every_field_of_a_client_that_fits_into_a_cell_can_be_brought() -> None:
    """[A16] Read from the declaration; what an administrator does not read is of other kinds, and none of them is."""
    assert visibility.role_reads("admin", "case")
    fields = {key.partition(".")[0] for key in targets_of("clients")}
    assert KINDS["case"].declared().keys() - fields == {"duplicate_of", "home", "phases", "removed"}
    assert all(len(set(one.label)) == 3 for one in targets_of("clients").values())
    heads = [(head, key) for key, one in targets_of("clients").items() for head in one.heads]
    assert sorted(heads) == sorted(dict(heads).items()), "a head that stands for two fields"


@pytest.mark.parametrize(
    ("key", "cell", "value"),
    [
        ("service.start", "3.12.2026", "2026-12-03"),
        ("service.start", "03.12.2026", "2026-12-03"),
        ("service.start", "2026-12-03", "2026-12-03"),
        ("service.start", "2026-12-03 00:00:00", "2026-12-03"),
        ("service.start", date(2026, 12, 3), "2026-12-03"),
        ("service.start", AT.replace(hour=0, minute=0), "2026-12-03"),
        ("service.start", 46359.0, "2026-12-03"),
        ("birth_year", "1 980", 1980),
        ("birth_year", 1980.0, 1980),
        ("visit_rhythm_days", "7,0", 7),
        ("language", "SUOMI", "fi"),
        ("language", "svenska", "sv"),
        ("interpreter.needed", "Kyllä", True),
        ("interpreter.needed", "nej", False),
        ("safety", "", None),
        ("own_worker", "AINO", "id-aino"),
        ("own_worker", "aino aalto", "id-aino"),
        ("team", "north", "id-north"),
        ("phone", "'+358 40 123 4567", "+358 40 123 4567"),
        ("phone", 401234567.0, "0401234567"),
        ("phone", "401234567", "0401234567"),
        ("phone", 358401234567.0, "+358401234567"),
        ("client_id", 1017.0, "1017"),
        ("family_name", "  Koski \n Niemi ", "Koski Niemi"),
        ("eligibility_reason", "Ensin.\nSitten.", "Ensin.\nSitten."),
    ],
)
def test_a16_cells_as_people_write_them(key: str, cell: object, value: object) -> None:
    """[A16] Finnish days and numbers, codes by their names in any language."""
    found = value_of(cell, targets_of("clients")[key], NAMED)  # type: ignore[arg-type]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("key", "cell", "code"),
    [
        ("service.start", "31.2.2026", "not_in_calendar"),
        ("service.start", "3.12.26", "day_odd"),
        ("service.start", "12/3/2026", "day_odd"),
        ("service.start", "3.12.1826", "out_of_years"),
        ("service.start", "46359", "day_odd"),
        ("service.start", AT, "day_odd"),
        ("service.start", time(12, 0), "day_odd"),
        ("service.start", 12.5, "day_odd"),
        ("birth_year", "1 980,5", "number_odd"),
        ("birth_year", "noin 1980", "number_odd"),
        ("birth_year", "NaN", "number_odd"),
        ("birth_year", "Infinity", "number_odd"),
        ("birth_year", "80", "out_of_range"),
        ("language", "klingon", "not_offered"),
        ("interpreter.needed", "ehkä", "yes_no_odd"),
        ("own_worker", "kukaan", "worker_unknown"),
        ("own_worker", "satu", "worker_cannot"),
        ("own_worker", "Sama Nimi", "worker_several"),
        ("team", "Länsi", "team_unknown"),
        ("phone", "040 123 4567 / 050 1", "phone_odd"),
        ("client_id", "x" * 17, "too_long"),
        ("family_name", "131052-308T", "identity_code"),
        ("safety_note", "Hetu 010203A123B", "identity_code"),
        ("family_name", '=HYPERLINK("x")', "formula"),
    ],
)
def test_a16_a_cell_that_is_none_says_why(key: str, cell: object, code: str) -> None:
    """[A16] By a code that has a sentence in three languages."""
    with pytest.raises(CellFault) as fault:
        value_of(cell, targets_of("clients")[key], NAMED)  # type: ignore[arg-type]
    assert fault.value.code == code
