"""Who reads which report, of which cases, and what is refused."""

from dataclasses import replace
from itertools import product

import pytest

from server.catalogue import codes_of
from server.core.database import writing
from server.reports.codes import label
from server.reports.formulas import REPORTS
from server.reports.wording import words_of
from server.sync import scope
from tests.reports.office import Office

YEAR = ("2026-01-01", "2026-12-31")


@pytest.fixture(scope="module")
def exits(office: Office) -> str:
    """Six clients who moved on; of one nobody may tell, one is Liisa's, and one was never shown to the commissioner."""
    cases = [
        office.case("readers", safety=["non_disclosure"]),
        office.case("readers", own_worker=office.cast.liisa.id),
        *office.cases("readers", 4),
    ]
    for case in cases:
        office.write(case, "exit", on="2026-05-04", reason="own_rental_home")
    office.send()
    with office.app.app_context(), writing() as transaction:
        scope.revoke(transaction, office.cast.aino.org, office.commissioner.id, [cases[5]], "office")
    return "readers"


def test_z2_each_role_reads_its_own(office: Office, exits: str) -> None:
    """[Z2] A leader the team's, an administrator all, a commissioner what was given; no other team or organisation."""
    assert office.read("mikko", "moved_on_savings", exits, *YEAR)["moved_on"] == 6
    assert office.read("satu", "moved_on_savings", exits, *YEAR)["moved_on"] == 6
    assert office.read("kaisa", "moved_on_savings", exits, *YEAR)["moved_on"] == 5
    listed = {name: office.phone(name).get("/api/reports").get_json() for name in ("aino", "mikko", "kaisa")}
    assert {name: each["reader"] for name, each in listed.items()} == {"aino": "W", "mikko": "L", "kaisa": "C"}
    assert "moved_on_savings" not in {each["key"] for each in listed["aino"]["reports"]}
    refused = office.phone("aino").get("/api/reports/moved_on_savings")
    assert (refused.status_code, refused.get_json()["problem"]["code"]) == (404, "not_found")
    assert office.phone("mikko").get("/api/reports/unheard_of").status_code == 404
    for name in ("sanna", "olli"):
        assert office.read(name, "delivered_vs_contracted", exits, *YEAR).body["n"] == 0


def test_z4_who_must_not_be_found_is_counted_and_not_listed(office: Office, exits: str) -> None:
    """[Z4] Counted for everybody, listed for nobody; a commissioner is given no case at all, nor a worker's name."""
    behind = office.read("mikko", "moved_on_savings", exits, *YEAR, behind="moved_on")
    figure = behind.figure("moved_on")
    assert (figure["value"], len(figure["cases"])) == (6, 5)
    text = str(office.read("kaisa", "moved_on_savings", exits, *YEAR, behind="moved_on").body)
    assert "readers-" not in text
    assert "'cases'" not in text
    refused = office.phone("kaisa").get("/api/reports/moved_on_savings?split=worker")
    assert (refused.status_code, refused.get_json()["problem"]["code"]) == (403, "not_allowed")


def test_z11_a_report_says_by_what_it_can_be_narrowed(office: Office, exits: str) -> None:
    """[Z11] What the reader's cases have, as it is called, and what is asked for; no worker's name for who pays."""
    read = office.read("mikko", "moved_on_savings", exits, *YEAR)
    offered = {each["name"]: {one["value"]: one["label"] for one in each["values"]} for each in read.body["filters"]}
    assert offered["worker"][office.cast.liisa.id] == "Liisa"
    assert offered["team"] == {office.cast.aino.team: "North"}
    assert offered["group"] == {"unknown": "Not known"}
    assert "readers" in offered["municipality"]
    assert "funding" not in offered
    nowhere = office.read("kaisa", "moved_on_savings", "Utopia", *YEAR, funding="x").body
    paid = {each["name"]: [one["value"] for one in each["values"]] for each in nowhere["filters"]}
    assert "worker" not in paid
    assert paid["funding"] == ["x"]
    assert "Utopia" in paid["municipality"]


def test_z5_narrowed_split_and_compared(office: Office, exits: str) -> None:
    """[Z5] By worker and by month; the year before has none."""
    read = office.read("mikko", "moved_on_savings", exits, *YEAR, split="worker")
    assert {tuple(cells) for cells in read.table("split").values()} == {(5, 5, 75_000), (1, 1, 15_000)}
    assert read.body["before"]["from"] == "2025-01-01"
    assert {each["value"] for each in read.body["before"]["figures"]} == {0}
    by_month = office.read("mikko", "moved_on_savings", exits, *YEAR, split="month").table("split")
    assert (len(by_month), by_month["2026-05"][0], by_month["2026-06"][0]) == (12, 6, 0)
    spring = office.read("mikko", "moved_on_savings", exits, "2026-04-01", "2026-06-30", worker=office.cast.liisa.id)
    assert (spring["moved_on"], spring.body["before"]["from"]) == (1, "2026-01-01")
    for odd in (
        "from=2026-02-01&to=2026-01-01",
        "from=1990-01-01&to=2026-01-01",
        "from=2026-02-30",
        "split=name",
        "group=young",
    ):
        assert office.phone("mikko").get(f"/api/reports/moved_on_savings?{odd}").status_code == 422, odd


def test_z6_what_nobody_can_record_yet_is_no_zero(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """[Z6] A report on what Ovikello does not record says so in words."""
    later = replace(REPORTS["moved_on_savings"], inputs=("exit", "of_later"))
    monkeypatch.setitem(REPORTS, "moved_on_savings", later)
    body = office.read("mikko", "moved_on_savings", "readers", *YEAR).body
    assert (body["figures"], body["missing"]) == ([], ["of_later"])
    assert body["note"] == "This cannot be computed yet: Ovikello does not record what it needs."


def test_z1_each_report_is_named_in_three_languages(office: Office) -> None:
    """[Z1] All 25 of the catalogue, with formula; every figure, column and row that is a word is one in each."""
    assert sorted(REPORTS) == sorted(codes_of("report"))
    for name in ("mikko", "kaisa", "aino"):
        keys = [each["key"] for each in office.phone(name).get("/api/reports").get_json()["reports"]]
        for key, language in product(keys, ("fi", "sv", "en")):
            body = office.read(name, key, "", *YEAR, language=language).body
            assert body["title"] == label("report", key, language)
            assert len(body["formula"]) > 60
    assert all(set(words) == {"fi", "sv", "en"} for key in [*REPORTS, "common"] for words in words_of(key).values())
