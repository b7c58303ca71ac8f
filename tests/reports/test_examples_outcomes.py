"""The worked examples of the reports on how cases end and what comes of them."""

import pytest

from tests.reports.office import Office, at, day_ago, plus_days

YEAR = ("2025-01-01", "2025-12-31")


@pytest.fixture(scope="module")
def moved_on(office: Office) -> str:
    town = "moved-on"
    reasons = ["own_rental_home"] * 2 + ["returned_previous_home"] + ["own_home_retained"] * 4
    for case, reason in zip(office.cases(town, len(reasons)), reasons, strict=True):
        office.write(case, "exit", on="2025-05-04", reason=reason)
    office.send()
    return town


def test_z1_saving_of_those_who_moved_on(office: Office, moved_on: str) -> None:
    """[Z1] Report 3: three of seven count, 45 000 €; a commissioner sees neither, since three are few."""
    read = office.read("mikko", "moved_on_savings", moved_on, *YEAR)
    assert (read["moved_on"], read["saving"], read.body["n"]) == (3, 45_000, 7)
    assert read.table("reasons")["own_home_retained"] == [4]
    assert len(read.figure("moved_on")["cases"]) == 3
    few = office.read("kaisa", "moved_on_savings", moved_on, *YEAR)
    assert (few["moved_on"], few["saving"]) == ("<5", "hidden")
    hidden = {code: ["<5"] for code in ("own_rental_home", "own_home_retained", "returned_previous_home")}
    assert few.table("reasons") == hidden | {"total": [7]}


def test_z1_each_client_once_and_what_was_removed_not(office: Office) -> None:
    """[Z1] 227 clients are 3 405 000 €: two exits of one count once, by the later; a removed one never."""
    town = "many"
    cases = office.cases(town, 228)
    for case in cases:
        office.write(case, "exit", on="2025-03-02", reason="own_rental_home")
    office.write(cases[0], "exit", on="2025-04-02", reason="own_rental_home")
    office.write(cases[227], "exit", on="2025-09-01", reason="back_to_homelessness")
    mistake = office.write(cases[1], "exit", on="2025-10-01", reason="prison")
    office.send()
    office.write(cases[1], "exit", id_=mistake, removed={"saw": []})
    office.send()
    read = office.read("mikko", "moved_on_savings", town, *YEAR)
    assert (read["moved_on"], read["saving"]) == (227, 3_405_000)


def test_z1_returners(office: Office) -> None:
    """[Z1] Report 4: three of twenty came back within 24 months, 15 %; who died is out; two are new in the period."""
    town = "returners"
    cases = office.cases(town, 21)
    for case in cases:
        office.write(case, "exit", on="2023-06-15", reason="own_rental_home")
    elsewhere = office.case("another-town")
    for where, of, moment in (
        (office.case(town), cases[0], "2025-03-01T10:00:00Z"),
        (elsewhere, cases[1], "2023-06-15T05:00:00Z"),
        (office.case(town), cases[2], "2025-08-01T10:00:00Z"),
    ):
        office.write(where, "referral", need_notified_at=moment, returner_of=of)
    office.write(cases[3], "follow_up", on="2024-02-01", home="homeless")
    office.write(cases[4], "follow_up", on="2024-02-01", home="deceased")
    office.write(cases[5], "follow_up", on="2025-06-16", home="homeless")
    office.send()
    read = office.read("mikko", "returners", town, *YEAR)
    assert (read["returned"], read.body["n"], read["new_returners"], read.left_out("died")) == (15, 20, 2, 1)
    assert office.read("kaisa", "returners", town, *YEAR)["returned"] == "hidden"


def test_z1_returner_bands(office: Office) -> None:
    """[Z1] Report 18: days 12, 180, 181, 400 and 731 of forty: 5.0, 2.5, 2.5, 10.0 %."""
    town = "bands"
    cases = office.cases(town, 40)
    for case in cases:
        office.write(case, "exit", on="2023-01-10", reason="own_rental_home")
    for case, days in zip(cases, (12, 180, 181, 400, 731), strict=False):
        office.write(case, "follow_up", on=plus_days("2023-01-10", days), home="homeless")
    office.send()
    read = office.read("mikko", "returner_bands", town, "2025-01-01", "2025-01-31")
    keys = ("days_0_180", "days_181_365", "days_366_730", "returned")
    assert [read[key] for key in keys] == [5.0, 2.5, 2.5, 10.0]
    assert read.table("by_reason")["own_rental_home"] == [40, 2, 1, 1, 4]
    nobody = office.read("mikko", "returner_bands", town, "2025-02-01", "2025-02-28")
    assert (nobody["returned"], nobody.body["n"]) == (None, 0), "a share of nothing is no zero"


def test_z1_evictions_prevented(office: Office) -> None:
    """[Z1] Report 6: of twelve closed 6 ÷ 10 = 60 %, with one pending and one unknown apart, and one reminder only."""
    cases = office.cases("evictions", 14)
    closes = ["debt_settled"] * 8 + ["moved_by_agreement", "executed", "left_without_home", "unknown"]
    dated = {"written_warning": day_ago(300)}
    for number, (case, close) in enumerate(zip(cases, closes, strict=False)):
        closed_on = day_ago(10 if number == 7 else 150)
        asked = {} if number in (4, 5, 7) else {"home_kept": number != 6}
        office.write(case, "eviction", stage="prevented", close=close, closed_on=closed_on, dates_=dated, **asked)
    for case in cases[4:6]:
        office.write(case, "stay", stay_kind="own_rental", start=day_ago(900))
    office.write(cases[12], "eviction", close="debt_settled", closed_on=day_ago(150), dates_={"reminder": day_ago(200)})
    office.write(cases[13], "eviction", stage="court_claim", dates_=dated)
    office.send()
    read = office.read("mikko", "eviction_prevention", "evictions", day_ago(200), day_ago(0))
    assert (read["home_kept"], read.body["n"], read.figure("home_kept")["denominator"]) == (60, 12, 10)
    assert [read.left_out(key) for key in ("pending", "unknown", "not_asked", "reminder_only")] == [1, 1, 0, 1]
    assert read.table("open_threats") == {"court_claim": [1], "total": [1]}


def test_z1_days_to_a_permanent_home(office: Office) -> None:
    """[Z1] Report 7: 30, 45, 61 and 200 days: 53; two wait, 55 days; who had a home is out, a sublet is none."""
    town = "homes"
    for days in (30, 45, 61, 200):
        case = office.case(town)
        office.write(case, "decision", status="active", start="2025-01-01", end="2026-12-31")
        office.write(case, "stay", stay_kind="sublet", start="2025-01-11")
        office.write(case, "stay", stay_kind="own_rental", start=plus_days("2025-01-01", days))
    for start in ("2025-12-11", "2025-10-02"):
        office.write(office.case(town), "decision", status="active", start=start, end="2026-12-31")
    housed = office.case(town)
    office.write(housed, "decision", status="active", start="2025-01-01", end="2026-12-31")
    office.write(housed, "stay", stay_kind="own_rental", start="2020-01-01")
    office.write(housed, "stay", stay_kind="own_rental", start="2025-03-01")
    office.send()
    read = office.read("mikko", "days_to_permanent_home", town, *YEAR)
    keys = ("days_to_home", "homes_found", "waiting", "days_waited")
    assert [read[key] for key in keys] == [53, 4, 2, 55]
    assert read.left_out("home_at_start") == 1


def test_z1_homes_that_were_kept(office: Office) -> None:
    """[Z1] Report 8: kept 14 of 16, 88 %; unknown 3 of 19, 16 %; of twenty one died."""
    cases = office.cases("kept", 20)
    for number, case in enumerate(cases):
        office.write(case, "decision", status="active", start="2025-01-01", end="2025-12-31")
        ends = {0: "2025-06-30", 14: "2025-05-01", 15: "2025-05-01"}
        more = {"end": ends[number]} if number in ends else {}
        office.write(case, "stay", stay_kind="own_rental", start="2025-01-10", **more)
    office.write(cases[0], "stay", stay_kind="own_rental", start="2025-07-08")
    for case in (cases[1], *cases[16:19]):
        office.write(case, "exit", on="2025-04-01", reason="client_ended")
    office.write(cases[1], "follow_up", on="2025-06-20", home="other_own_home")
    office.write(cases[19], "exit", on="2025-03-01", reason="death")
    office.send()
    read = office.read("mikko", "housing_retention", "kept", "2025-07-01", "2025-07-31")
    assert (read["kept_182"], read["unknown_182"], read.body["n"], read.left_out("died_182")) == (88, 16, 20, 1)
    assert read.figure("kept_182")["denominator"] == 16


def test_z1_nights_in_institutions(office: Office) -> None:
    """[Z1] Report 9: 40→10, 0→0 and 20→35 nights, each of two clients: 20.0 → 15.0, −5.0. Prison stands apart."""
    nights: tuple[list[tuple[str, int]], ...] = (
        [("2024-09-01", 40), ("2025-02-01", 10)],
        [],
        [("2024-11-01", 20), ("2025-03-01", 35)],
    )
    for stays in nights * 2:
        case = office.case("nights")
        office.write(case, "decision", status="active", start="2025-01-01", end="2025-12-31")
        for start, days in stays:
            office.write(case, "stay", stay_kind="hospital", start=start, end=plus_days(start, days))
            office.write(case, "stay", stay_kind="treatment_unit", start=start, end=plus_days(start, days - 3))
        office.write(case, "stay", stay_kind="prison", start="2024-12-20", end="2025-01-04")
    office.send()
    read = office.read("kaisa", "institution_days", "nights", "2025-07-01", "2025-07-31")
    assert [read[key] for key in ("before_service", "after", "change")] == [20.0, 15.0, -5.0]
    assert read.table("by_sort")["prison"] == [6, 12.0, 3.0, -9.0]


def goals(office: Office, case: str, numbers: tuple[int, int, int], **more: object) -> None:
    for status, count in zip(("reached", "partly_reached", "dropped"), numbers, strict=True):
        for _ in range(count):
            office.write(case, "goal", status=status, closed_on="2025-05-05", **more)


def test_z1_goals_reached_and_everyday_ratings(office: Office) -> None:
    """[Z1] Report 10: 6, 4 and 2 goals: 8 ÷ 12 = 67 %; 2→4, 3→3, 1→2 by the clients: +1.0."""
    cases = office.cases("goals", 3)
    goals(office, cases[0], (6, 4, 2))
    office.write(cases[0], "goal", status="paused")
    office.write(cases[0], "goal", status="reached", closed_on="2024-12-31")
    pairs = (("much_help", "mostly_self"), ("some_help", "some_help"), ("cannot", "much_help"))
    for case, pair in zip(cases, pairs, strict=True):
        for on, value in zip(("2025-01-05", "2025-06-05"), pair, strict=True):
            office.write(case, "rating", sheet="areas", by="client", on=on, values_={"wellbeing": value})
        office.write(case, "rating", sheet="areas", by="worker", on="2025-06-05", values_={"wellbeing": "alone"})
    office.send()
    read = office.read("aino", "goal_attainment", "goals", *YEAR)
    assert read["attained"] == 67
    assert (read.table("by_client"), read.table("by_worker")) == ({"wellbeing": [3, 1.0]}, {})


def test_z1_goals_by_method(office: Office) -> None:
    """[Z1] Report 22: home visits 67 %, finances that hinder 30 %; of network work a commissioner sees "<5"."""
    case = office.case("methods")
    goals(office, case, (3, 2, 1), methods=["home_visits"])
    goals(office, case, (1, 1, 3), circumstances_={"finances": "hinders"})
    goals(office, case, (1, 1, 0), methods=["network_work"])
    office.send()
    read = office.read("mikko", "goals_by_method", "methods", *YEAR)
    assert read.table("by_method")["home_visits"][:2] == [6, 67]
    assert read.table("by_method")["none_given"][:2] == [5, 30]
    assert read.table("by_circumstance")["finances"][:3] == ["hinders", 5, 30]
    few = office.read("kaisa", "goals_by_method", "methods", *YEAR).table("by_method")
    assert few["network_work"] == ["<5", "hidden", "<5", "<5", 0]


def sheet(office: Office, case: str, on: str, taking_part: int, wishes: int = 0, by: str = "client") -> None:
    items = ("close_people", "group", "hobby", "culture", "association")
    values = dict.fromkeys(items[:taking_part], "monthly") | dict.fromkeys(items[4 : 4 + wishes], "would_like")
    values |= {"work_study": "sometimes"}
    office.write(case, "rating", sheet="participation", by=by, on=on, values_=values)


def test_z1_participation(office: Office) -> None:
    """[Z1] Report 23: 15 of 25, 60 %; 1→3, 0→1, 2→2, 3→2: +0.5; twelve wishes, five with a goal."""
    cases = office.cases("taking-part", 25)
    for case, before in zip(cases, (1, 0, 2, 3), strict=False):
        sheet(office, case, "2024-12-01", before)
    for number, case in enumerate(cases):
        now = (3, 1, 2, 2)[number] if number < 4 else int(number < 15)
        sheet(office, case, "2025-06-01", now, wishes=int(number >= 13))
        if number >= 20:
            office.write(case, "goal", status="agreed", template="group_support", stamp=at("2025-06-01T00:00:00+00:00"))
    sheet(office, cases[24], "2025-07-01", 3, by="worker")
    office.send()
    read = office.read("mikko", "participation", "taking-part", *YEAR)
    keys = ("takes_part", "change", "wishes", "wishes_with_goal")
    assert [read[key] for key in keys] == [60, 0.5, 12, 5]
    assert read.table("by_worker") == {"worker": [1, 100]}
