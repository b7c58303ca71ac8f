"""A report as a file: what it holds is what the API says; no text becomes a formula; and it is noted."""

import csv
import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import orjson
import pytest
from sqlalchemy import select

from server.core.database import writing
from server.core.models import AuditEvent, db
from server.core.sign_in_tables import AuthSession
from tests.cast import PASSWORD
from tests.reports.office import Office, ago

YEAR = ("2025-01-01", "2025-12-31")
QUERY = "from=2025-01-01&to=2025-12-31&municipality=exported&language=fi"
NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def exported(office: Office) -> str:
    for number in range(6):
        phases = {"p": {"phase": "normal", "since": "2025-01-01"}}
        case = office.case("exported", client_id=["=1+1", "@SUM", "-2", "+3", "\tx", "A-6"][number], phases_=phases)
        office.write(case, "decision", status="active", start="2025-01-01", end="2025-12-31")
        office.write(
            case,
            "visit",
            actual={"start": "2025-03-03T09:00:00Z"},
            outcome={"code": "done"},
            minutes_={"client_work_direct": 605 + number},
        )
    office.send()
    return "exported"


def cells_of_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    assert b"\n" not in content.replace(b"\r\n", b"")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def cells_of_xlsx(content: bytes) -> list[list[Any]]:
    """The cells of every sheet: numbers as numbers. None of them is a formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
        roots = [ET.fromstring(book.read(name)) for name in sheets]  # noqa: S314 - written by us
    assert not [cell for root in roots for cell in root.iter(f"{NS}f")]
    return [[_value(cell) for cell in row.iter(f"{NS}c")] for root in roots for row in root.iter(f"{NS}row")]


def _value(cell: ET.Element) -> Any:
    text = "".join(each.text or "" for each in cell.iter(f"{NS}t"))
    number = cell.find(f"{NS}v")
    return float(number.text or 0) if number is not None else text


def numbers_of(report: dict[str, Any]) -> list[float]:
    """Every number of the figures and tables, in order."""
    found = [each["value"] for each in report["figures"]]
    found += [cell for table in report["tables"] for row in table["rows"] for cell in row["cells"]]
    return [float(each) for each in found if isinstance(each, int | float)]


@pytest.mark.parametrize("key", ["delivered_vs_contracted", "hours_statement"])
def test_z8_api_xlsx_and_csv_say_the_same(office: Office, exported: str, key: str) -> None:
    """[Z8] Number by number, also negative ones; numbers are numbers, with a decimal comma in CSV."""
    mikko = office.phone("mikko")
    report = office.read("mikko", key, exported, *YEAR, language="fi").body
    wanted = numbers_of(report)
    assert len(wanted) > 20
    as_csv = cells_of_csv(mikko.get(f"/api/reports/{key}/export?{QUERY}&format=csv").data)
    as_xlsx = cells_of_xlsx(mikko.get(f"/api/reports/{key}/export?{QUERY}").data)
    plain = [float(cell.replace(",", ".")) for row in as_csv for cell in row if re.fullmatch(r"-?\d+(,\d+)?", cell)]
    numbers = [cell for row in as_xlsx for cell in row if isinstance(cell, float)]
    for found in (plain, numbers):
        left = list(found)
        for number in wanted:
            left.remove(number)
    assert ["Ajanjakso", "1.1.2025", "31.12.2025"] in as_csv
    assert any(row[:1] == ["Ajanjakso"] and row[1:] == [45658.0, 46022.0] for row in as_xlsx), "days of a spreadsheet"


@pytest.mark.usefixtures("exported")
def test_z8_no_text_is_a_formula(office: Office) -> None:
    """[Z8] Clients whose numbers begin as formulas do."""
    report = "/api/reports/hours_statement/export"
    mikko = office.phone("mikko")
    for row in cells_of_csv(mikko.get(f"{report}?{QUERY}&format=csv").data):
        assert not [cell for cell in row if re.match(r"[=+@\t\r]|-(?!\d)", cell)]
    texts = [
        cell for row in cells_of_xlsx(mikko.get(f"{report}?{QUERY}").data) for cell in row if isinstance(cell, str)
    ]
    assert {"'=1+1", "'@SUM", "'-2", "'+3"} <= set(texts)
    assert not [text for text in texts if text[:1] in {"=", "+", "-", "@", "\t"}]


@pytest.mark.usefixtures("exported")
def test_z8_an_export_for_outside_hides_small_cells(office: Office) -> None:
    """[Z8] [Z3] Whoever asks; and a commissioner's always does."""
    own = "/api/reports/delivered_vs_contracted/export"
    query = QUERY.replace("language=fi", "language=en").replace("2025-01-01", "2025-03-01", 1)
    for name, more in (("mikko", "&outside=true"), ("kaisa", "")):
        rows = cells_of_csv(office.phone(name).get(f"{own}?{query}&format=csv{more}&split=service_type").data)
        text = orjson.dumps(rows).decode()
        assert "exported-" not in text
        assert ["Clients outside 80–110 %", "6", "6"] in rows


@pytest.mark.usefixtures("exported")
def test_z8_it_is_noted_and_asks_for_the_password(office: Office) -> None:
    """[Z8] [A2] Who took which report for which days; after ten minutes the password is asked for again."""
    address = f"/api/reports/hours_statement/export?{QUERY}&format=csv"
    with office.app.app_context():
        noted = select(AuditEvent.detail).where(AuditEvent.event == "report_exported").order_by(AuditEvent.at.desc())
        before = len(db.session.scalars(noted).all())
        db.session.rollback()
    assert office.phone("mikko").get(address).status_code == 200
    with office.app.app_context(), writing() as transaction:
        details = [orjson.loads(each) for each in transaction.scalars(noted)]
        assert len(details) == before + 1
        said = {"report": "hours_statement", "from": YEAR[0], "to": YEAR[1], "format": "csv"}
        assert any(each.items() >= said.items() for each in details)
        session = transaction.get_one(AuthSession, (office.phone("mikko").session["session"], office.cast.mikko.org))
        session.confirmed_at = ago(minutes=11)
    refused = office.phone("mikko").get(address)
    assert (refused.status_code, refused.get_json()["problem"]["code"]) == (403, "confirm_password")
    assert office.phone("mikko").post("/api/session/confirm", {"password": PASSWORD}).status_code == 204
    assert office.phone("mikko").get(address).status_code == 200
