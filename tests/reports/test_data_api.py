"""Rows of the data API: those of the views, complete while others write, only what is new, and nobody who is hidden."""

from __future__ import annotations

import csv
import io
import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from server import directory
from server.auth import data_tokens
from server.auth.data_tokens import TokenScope
from server.config import LIMITS
from server.core.database import writing
from server.core.models import Organisation, User, db
from server.reports import data_csv, data_tables, views
from server.reports.data_tables import KINDS_OFFERED, TableRow
from server.rules.dates import FINLAND
from server.sync import erasing
from tests.reports.office import Office

PAGE = (Path(__file__).parents[2] / "docs" / "data_api.md").read_text(encoding="utf-8")
TABLES = data_tables.tables()
ALL = TokenScope(KINDS_OFFERED, None, with_codes=True)
Token = Callable[..., str]


@pytest.fixture
def token(office: Office) -> Token:
    def token(wanted: TokenScope = ALL, org: str = "") -> str:
        last_day = datetime.now(FINLAND).date() + timedelta(days=1)
        with office.app.app_context(), writing() as transaction:
            found = org or office.cast.aino.org
            return data_tokens.make(transaction, found, "Power BI", wanted, last_day, None).secret

    return token


@pytest.fixture(autouse=True)
def as_much_as_it_likes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a token may have done is asked by a test of its own."""
    monkeypatch.setattr("server.core.device_quota.LIMITS", replace(LIMITS, device_work_s=1000))


def send(office: Office) -> None:
    """What waits, also what was written beside what is there: the latest stands first (M3)."""
    verdicts = office.device.ask(*office.waiting, more_follow=True)["verdicts"]
    assert {each["verdict"] for each in verdicts} <= {"applied", "conflict"}
    office.waiting = []


def get(office: Office, secret: str, address: str, **headers: str) -> TestResponse:
    told = {"Authorization": f"Bearer {secret}", **headers}
    return office.app.test_client().get(f"/api/data{address}", headers=told, buffered=True)


def pages(office: Office, secret: str, table: str, **query: str) -> Iterator[dict[str, Any]]:
    after = ""
    while after is not None:
        reply = get(office, secret, f"/{table}?" + "&".join(f"{k}={v}" for k, v in (query | {"after": after}).items()))
        assert reply.status_code == 200, reply.json
        page: dict[str, Any] = reply.get_json()
        yield page
        after = page["next"]


def rows(office: Office, secret: str, table: str, **query: str) -> list[TableRow]:
    return [row for page in pages(office, secret, table, **query) for row in page["rows"]]


def of_case(office: Office, secret: str, table: str, case: str, **query: str) -> list[TableRow]:
    return [row for row in rows(office, secret, table, **query) if row["case_id"] == case]


def as_read(value: object, type_: str) -> object:
    """What a view says, in the words of JSON."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if value is not None and type_ == "yes_no":
        return value in {1, "1", "true"}
    if isinstance(value, str) and type_ == "whole":
        return int(value)
    return orjson.loads(value) if isinstance(value, str) and type_ in {"codes", "ids"} else value


def as_viewed(office: Office, table: str) -> list[dict[str, object]]:
    """Rows of a view, as the data API would say them."""
    described = {column.name: column.type for column in data_tables.columns_of(TABLES[table])}
    with office.app.app_context(), db.engine.connect() as connection:
        found = connection.execute(
            text(f"SELECT * FROM v_{table} WHERE organisation = :org"),  # noqa: S608 - a name of ours
            {"org": office.cast.aino.org},
        ).mappings()
        return [
            {name: as_read(value, described[name]) for name, value in row.items() if name != "organisation"}
            for row in found
        ]


def in_order(found: list[Any]) -> list[bytes]:
    return sorted(orjson.dumps(each, option=orjson.OPT_SORT_KEYS) for each in found)


def write_some_of_all(office: Office) -> str:
    case = office.case("all", client_id="A-7", client_name="Matti Meikäläinen", safety=["dog"], birth_year=1980)
    start, end = "2025-06-02T09:00:00Z", "2025-06-02T10:00:00Z"
    office.write(case, "exit", on="2025-05-04", reason="own_rental_home", daily_support=True, next_plan="Kirjasto")
    office.write(
        case,
        "visit",
        actual={"start": start, "end": end},
        outcome={"code": "done", "reason": "Sovittiin"},
        minutes_={"client_work_direct": 60, "travel": 15},
        areas=["home_care", "wellbeing"],
    )
    office.write(case, "rent", month="2025-06-01", due_on="2025-06-05", amount_cents=51_250)
    gone = office.write(case, "exit", on="2025-05-05", reason="prison")
    send(office)
    office.write(case, "exit", id_=gone, removed={"saw": []})
    send(office)
    return case


def test_z18_every_table_says_what_its_view_says(office: Office, token: Token) -> None:
    """[Z18] [Z10] The same columns and rows; and no word that somebody wrote, and no name."""
    write_some_of_all(office)
    with office.app.app_context(), writing() as transaction:
        names = views.create(transaction.connection())
    assert {name.removeprefix("v_") for name in names} >= TABLES.keys()
    secret, filled = token(), set()
    listed = {table["name"]: table for table in get(office, secret, "").get_json()["tables"]}
    assert listed.keys() == TABLES.keys()
    for table in TABLES:
        expected = as_viewed(office, table)
        found = rows(office, secret, table)
        assert in_order([{name: row[name] for name in row if name != "removed"} for row in found]) == in_order(expected)
        assert not any(row["removed"] for row in found)
        columns = [column["name"] for column in listed[table]["columns"]]
        assert all(list(row) == columns for row in found)
        filled |= {table} if found else set()
        assert not re.search("Matti|Kirjasto|Sovittiin|Aino", str(found))
    assert filled >= {"case", "exit", "visit", "visit_minutes", "rent", "person", "team"}
    minutes = {column["name"]: column for column in listed["visit_minutes"]["columns"]}
    assert (minutes["item"]["catalogue"], minutes["value"]["type"], minutes["value"]["unit"]) == (
        "time_entry_kind",
        "whole",
        "min",
    )
    types = {column["type"] for table in listed.values() for column in table["columns"]}
    assert types == {"text", "code", "codes", "choice", "date", "instant", "whole", "yes_no", "id", "ids"}


def test_z18_codes_of_clients_where_the_token_has_them(office: Office, token: Token) -> None:
    """[Z18] [A19] Without them a client is told from others by the id of the file."""
    case = office.case("codes", client_id="B-9")
    send(office)
    without = token(TokenScope(("case",), None, with_codes=False))
    assert [row["client_id"] for row in of_case(office, token(), "case", case)] == ["B-9"]
    assert [row["client_id"] for row in of_case(office, without, "case", case)] == [None]
    assert b"B-9" not in get(office, without, "/case?format=csv").data


@pytest.mark.parametrize("table", ["exit", "visit_minutes", "referral", "support_need", "shift", "nothing", "v_visit"])
def test_z18_another_table_is_none(office: Office, token: Token, table: str) -> None:
    """[Z18] [A19] One that the token does not name, that no token reads, or that there is not."""
    secret = token(TokenScope(("case",), None, with_codes=False))
    for address in (f"/{table}", f"/{table}?format=csv"):
        reply = get(office, secret, address)
        assert (reply.status_code, reply.json) == (404, {"problem": {"code": "not_found"}})
    assert [each["name"] for each in get(office, secret, "").get_json()["tables"]] == ["case", "case_phases"]


def test_z18_one_team_and_one_organisation(office: Office, token: Token) -> None:
    """[Z18] A team's token reads that team's files and what is everybody's; no other organisation's reads any."""
    case = office.case("team")
    send(office)
    sanna, aino = office.cast.sanna, office.cast.aino
    with office.app.app_context(), writing() as transaction:
        rantala = transaction.get_one(User, office.cast.olli.key)
        foreign = directory.open_case(transaction, rantala, "R-1", "Olli Oma")
        southern = directory.open_case(transaction, transaction.get_one(User, sanna.key), "S-1", "Sulo")
    whole, north, south, other = (
        token(),
        token(replace(ALL, team=aino.team)),
        token(replace(ALL, team=sanna.team)),
        token(org=office.cast.olli.org),
    )
    assert {case, southern} <= {row["case_id"] for row in rows(office, whole, "case")}
    assert case in {row["case_id"] for row in rows(office, north, "case")}
    assert [row["case_id"] for row in rows(office, south, "case")] == [southern]
    assert [row["case_id"] for row in rows(office, other, "case")] == [foreign]
    assert rows(office, north, "person") == rows(office, south, "person") == rows(office, whole, "person")
    assert foreign not in str(rows(office, whole, "case"))


def test_z18_whom_nobody_must_be_told_of(office: Office, token: Token) -> None:
    """[Z18] [Z4] [M1] In no table, by no entry; not by whoever met them in a group; counted, few of them hidden."""
    secret = token()
    before = get(office, secret, "").get_json()["clients_left_out"]
    hidden = office.cases("hidden", 5, client_id="H-1", safety=["non_disclosure"])
    differing = office.case("differing", client_id="H-2", safety=["dog"])
    plain = office.case("plain")
    for case in (*hidden, differing):
        office.write(case, "exit", on="2025-05-04", reason="prison")
    team = office.cast.aino.team
    office.write(str(team), "session", at={"start": "2025-06-02T09:00:00Z"}, present_={hidden[0]: True, plain: True})
    office.write(str(team), "outreach", at="2025-06-02T09:00:00Z", joined=hidden[0])
    send(office)
    assert of_case(office, secret, "exit", differing) != []
    # One of them was entered twice, under another code and without the flag.
    again = office.case("again", client_id="H-3", duplicate_of=hidden[0])
    pointing = office.case("pointing", client_id="H-4")
    office.write(hidden[1], "case", id_=hidden[1], duplicate_of=pointing)
    office.write(again, "exit", on="2025-05-04", reason="prison")
    # Two colleagues wrote it at once, and the one who said it is not the one who wrote last.
    office.write(differing, "case", id_=differing, safety=["non_disclosure"], stamp="1000000000000-0000-0123456789ab")
    send(office)
    everything = str([rows(office, secret, table) for table in TABLES])
    for case in (*hidden, differing, again, pointing):
        assert case not in everything
    assert plain in everything
    assert [row["item"] for row in rows(office, secret, "session_present")] == [plain]
    assert before in {0, None}
    assert get(office, secret, "").get_json()["clients_left_out"] >= 8
    few = token(replace(ALL, team=office.cast.sanna.team))
    with office.app.app_context(), writing() as transaction:
        transaction.execute(
            text("UPDATE case_file SET team = :team WHERE id = :id"), {"team": office.cast.sanna.team, "id": hidden[0]}
        )
    assert get(office, few, "").get_json()["clients_left_out"] is None


def test_z18_what_was_erased_is_gone(office: Office, token: Token) -> None:
    """[Z18] [A13] From every table, and from what is new."""
    case, secret = office.case("erased"), token()
    office.write(case, "exit", on="2025-05-04", reason="prison")
    send(office)
    (page,) = pages(office, secret, "exit")
    assert case in str(page)
    with office.app.app_context(), writing() as transaction:
        erasing.erase(transaction, office.cast.aino.org, [case], None)
    assert case not in str([rows(office, secret, table) for table in TABLES])
    assert case not in str(rows(office, secret, "exit", changed_since=page["as_of"]))


def test_z19_complete_while_others_write(office: Office, token: Token, monkeypatch: pytest.MonkeyPatch) -> None:
    """[Z19] Between any two pages records change, come and go: what is there all the while is read, new or old."""
    monkeypatch.setattr("server.reports.data_pages.LIMITS", replace(LIMITS, data_page_records_max=3))
    cases = office.cases("pages", 4)
    there = {office.write(case, "exit", on=f"2025-01-0{day}", reason="prison") for case in cases for day in range(1, 6)}
    send(office)
    secret, found, asked = token(), [], 0
    for page in pages(office, secret, "exit"):
        assert len(page["rows"]) <= 3
        found += [row for row in page["rows"] if row["case_id"] in cases]
        changed = sorted(there)[asked % len(there)]
        case = next((row["case_id"] for row in found if row["record_id"] == changed), None)
        if case is not None:
            office.write(str(case), "exit", id_=changed, on="2025-02-02")
        office.write(cases[asked % 4], "exit", on="2025-03-03", reason="prison")
        send(office)
        asked += 1
        assert asked < 100
    assert there <= {row["record_id"] for row in found}
    assert asked > 6
    news = {row["record_id"]: row for row in rows(office, secret, "exit", changed_since=page["as_of"])}
    kept = {row["record_id"]: row for row in found} | {id_: row for id_, row in news.items() if row["case_id"] in cases}
    now = {row["record_id"]: row for row in rows(office, secret, "exit") if row["case_id"] in cases}
    assert kept == now


def test_z19_only_what_is_new(office: Office, token: Token) -> None:
    """[Z19] Changed, new and removed ones; of a map all that a record says now, or that it says nothing more."""
    case, secret = office.case("news"), token()
    same, changed, gone = (office.write(case, "exit", on=f"2025-01-0{day}", reason="prison") for day in (1, 2, 3))
    visit = office.write(case, "visit", minutes_={"travel": 15, "client_work_direct": 60})
    send(office)
    as_of = next(pages(office, secret, "exit"))["as_of"]
    assert rows(office, secret, "exit", changed_since=as_of) == []
    office.write(case, "exit", id_=changed, on="2025-02-02")
    office.write(case, "exit", id_=gone, removed={"saw": []})
    new = office.write(case, "exit", on="2025-03-03", reason="prison")
    office.write(case, "visit", id_=visit, minutes_={"travel": 20})
    send(office)
    news = {row["record_id"]: row for row in rows(office, secret, "exit", changed_since=as_of)}
    assert news.keys() == {changed, gone, new}
    assert (news[changed]["on_day"], news[changed]["removed"]) == ("2025-02-02", False)
    assert {name for name, value in news[gone].items() if value} == {"case_id", "record_id", "removed"}
    assert same not in news
    items = {row["item"]: row["value"] for row in rows(office, secret, "visit_minutes", changed_since=as_of)}
    assert items == {"travel": 20, "client_work_direct": 60}
    as_of = next(pages(office, secret, "visit_minutes"))["as_of"]
    office.write(case, "visit", id_=visit, removed={"saw": []})
    send(office)
    (last,) = rows(office, secret, "visit_minutes", changed_since=as_of)
    assert (last["record_id"], last["item"], last["removed"]) == (visit, None, True)
    assert of_case(office, secret, "visit_minutes", case) == []
    csv_rows = list(
        csv.reader(io.StringIO(get(office, secret, f"/exit?format=csv&changed_since={as_of}").text), delimiter=";")
    )
    assert len(csv_rows) == 1


@pytest.mark.parametrize(
    "query",
    [
        "after=x",
        "after=1/2/3/4/5",
        "after={epoch}/1/1/case/x",
        "after={epoch}/-1/1/case/1",
        "after={epoch}/1/1/%00/1",
        "after={epoch}/" + "9" * 40 + "/1/case/1",
        "after={epoch}/%C2%B2/1/case/1",
        "changed_since=x",
        "changed_since=0123456789abcdef.1",
        "changed_since={epoch}.",
        "changed_since={epoch}.x",
        "changed_since={epoch}.999999999999",
        "changed_since={epoch}.%C2%B2",
        "changed_since=" + "x" * 400,
        "format=xlsx",
    ],
)
def test_z19_a_place_that_was_never_given_is_refused(office: Office, token: Token, query: str) -> None:
    """[Z19] Of another life of the database, of the future, or invented: whoever reads begins anew."""
    with office.app.app_context():
        epoch = db.session.get_one(Organisation, office.cast.aino.org).epoch
        db.session.remove()
    reply = get(office, token(), f"/visit?{query.replace('{epoch}', epoch)}")
    assert (reply.status_code, reply.get_json()["problem"]["code"]) == (422, "fields_invalid")


def test_z20_as_excel_in_finland_reads_it(office: Office, token: Token, monkeypatch: pytest.MonkeyPatch) -> None:
    """[Z20] [Z8] Whole, however many pages that is; days and moments as here, and no formula."""
    monkeypatch.setattr("server.reports.data_pages.LIMITS", replace(LIMITS, data_page_records_max=2))
    case, secret = office.case("csv", client_id="=1+1", area="@SUM(A1)", safety=["dog", "pair_visit"]), token()
    start, end = "2025-06-02T09:00:00Z", "2025-12-02T10:00:00Z"
    for day in range(1, 8):
        office.write(case, "exit", on=f"2025-01-0{day}", reason="prison", daily_support=day == 1)
    office.write(case, "visit", actual={"start": start, "end": end})
    send(office)

    def read(table: str, **headers: str) -> list[dict[str, str]]:
        reply = get(office, secret, f"/{table}" if headers else f"/{table}?format=csv", **headers)
        assert reply.status_code == 200
        assert reply.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert reply.headers["Ovikello-As-Of"] == next(pages(office, secret, table))["as_of"]
        assert reply.data.startswith(b"\xef\xbb\xbfcase_id;record_id;")
        assert reply.data.count(b"\r\n") == reply.data.count(b"\n")
        found = csv.DictReader(io.StringIO(reply.data.decode("utf-8-sig")), delimiter=";")
        return [row for row in found if row["case_id"] == case]

    exits = read("exit")
    assert [row["on_day"] for row in exits] == [f"{day}.1.2025" for day in range(1, 8)]
    assert [row["daily_support"] for row in exits] == ["1", *["0"] * 6]
    assert exits[0]["removed"] == "0"
    assert read("exit", Accept="text/csv") == exits
    (header,) = read("case")
    assert (header["client_id"], header["area"], header["safety"]) == ("'=1+1", "'@SUM(A1)", "dog, pair_visit")
    (visit,) = read("visit")
    assert (visit["actual_start"], visit["actual_end"]) == ("2.6.2025 12:00:00", "2.12.2025 12:00:00")


def test_z20_several_values_are_no_formula_either() -> None:
    """[Z20] [Z8] Whatever a newer app may write there."""
    nothing: TableRow = dict.fromkeys(column.name for column in data_tables.columns_of(TABLES["case"]))
    odd: TableRow = {"safety": ["=1+1", "dog"], "safety_until": ["=2"], "homeless_since": "=3", "birth_year": True}
    line = data_csv.written(TABLES["case"], [nothing | odd]).decode()
    assert {"'=1+1, dog", "'=2", "'=3", "1"} <= set(line.split(";"))


def test_the_page_for_whoever_connects_a_tool_tells_the_truth(office: Office, token: Token) -> None:
    """[Z18] [Z19] [Z20] Its curl commands are run as they stand; its query asks for an address and columns of ours."""
    secret = token()
    as_of = next(pages(office, secret, "visit"))["as_of"]
    known = {"TOKEN": secret, "OVIKELLO": "http://localhost", "AS_OF": as_of}
    commands = re.findall(r"^curl .+$", PAGE, re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        words = shlex.split(re.sub(r"\$(\w+)", lambda match: known[match[1]], command))
        name, _, value = words[words.index("-H") + 1].partition(": ")
        (address,) = [word for word in words if word.startswith("http:")]
        asked = urlsplit(address)
        reply = office.app.test_client().get(f"{asked.path}?{asked.query}", headers={name: value}, buffered=True)
        assert reply.status_code == 200, command
    described = {column.name: column.type for column in data_tables.columns_of(TABLES["visit"])}
    assert 'RelativePath = "api/data/visit"' in PAGE
    typed = dict(re.findall(r'{"(\w+)", type (\w+)}', PAGE))
    assert typed == {"plan_start": "datetimezone", "actual_start": "datetimezone", "removed": "logical"}
    assert [described[name] for name in typed] == ["instant", "instant", "yes_no"]
    page = next(pages(office, secret, "visit"))
    assert set(re.findall(r"\[(next|rows)\]", PAGE)) <= page.keys()
