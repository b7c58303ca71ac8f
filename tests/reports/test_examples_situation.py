"""The worked examples of the reports on how things stand: referrals, rents, disturbances, plans, homelessness."""

from typing import Any

import orjson
import pytest

from server.core.database import writing
from server.core.models import SurveyAnswer
from tests.reports.office import Office, ago, day_ago, plus, plus_days

JUNE = ("2025-06-01", "2025-06-30")
YEAR = ("2025-01-01", "2025-12-31")


def test_z1_response_within_24_hours(office: Office) -> None:
    """[Z1] Report 2: 3 ÷ 5 = 60 %, median 13.3 h, P90 26.0 h; to a dwelling 67 %; one runs, one was withdrawn."""
    cases = iter(office.cases("response", 8))
    need = ago(days=20)
    dwellings = {0.5: 4, 3: 24, 23.5: 31}
    for hours in (0.5, 3, 23.5, 26):
        answered = {"first_response": {"at": plus(need, hours=hours)}}
        more = {}
        if hours in dwellings:
            more = {"wanted": "temporary_housing", "dwelling_available_at": plus(need, hours=dwellings[hours])}
        late = {"late_reason": "no_staff"} if hours > 24 else {}
        office.write(next(cases), "referral", need_notified_at=need, **answered, **more, **late)
    office.write(next(cases), "referral", need_notified_at=ago(hours=30))
    office.write(next(cases), "referral", need_notified_at=ago(hours=5))
    office.write(next(cases), "referral", need_notified_at=need, withdrawn_at=plus(need, hours=2))
    office.send()
    read = office.read("mikko", "temporary_housing_response", "response", day_ago(30), day_ago(-1))
    keys = ("response_in_time", "response_median", "response_p90", "dwelling_in_time")
    assert [read[key] for key in keys] == [60, 13.3, 26.0, 67]
    assert (read.left_out("running"), read.left_out("withdrawn"), read.body["n"]) == (1, 1, 7)
    assert read.table("late_reasons")["no_staff"] == ["the provider's", 1]


def test_z1_rents(office: Office) -> None:
    """[Z1] Report 12: 7 of 10 by the day; 612 € are lacking; contact after 1, 3 and 6 days: 3."""
    cases = office.cases("rents", 12)
    for number, case in enumerate(cases[:10]):
        rent = {"due_on": "2025-06-02", "month": "2025-06-01", "amount_cents": 75_000, "tenant_share_cents": 70_000}
        if number < 7:
            paid = {"status": "paid", "paid_cents": 70_000, "paid_on": "2025-06-02"}
        elif number == 7:
            paid = {"status": "partly_paid", "paid_cents": 8_800, "paid_on": "2025-06-05"}
        else:
            paid = {"status": "paid_late", "paid_cents": 70_000, "paid_on": "2025-06-20"}
        late = {"first_contact_on": plus_days("2025-06-02", (1, 3, 6)[number - 7])} if number >= 7 else {}
        office.write(case, "rent", **rent, **paid, **late)
    office.write(cases[10], "rent", due_on="2025-06-02", status="unknown", amount_cents=50_000)
    office.write(cases[11], "rent", due_on="2025-06-30", status="not_due", amount_cents=50_000)
    office.send()
    read = office.read("aino", "rent_follow_up", "rents", *JUNE)
    assert [read[key] for key in ("on_time", "arrears", "days_to_contact", "owing_clients")] == [70, 612, 3, 1]
    assert (read.left_out("unknown_rent"), read.left_out("not_due")) == (1, 1)
    as_it_was = office.read("aino", "rent_follow_up", "rents", "2025-06-01", "2025-06-10")
    assert as_it_was["arrears"] == 612 + 2 * 700, "what was paid later was owed then"


def test_z1_disturbances(office: Office) -> None:
    """[Z1] Report 13: 6 for 12 client-months are 50.0 in a hundred; 2, 10 and 30 h: 10.0; 4 of 5 are 80 %."""
    cases = office.cases("disturbances", 12, phases_={"p": {"phase": "normal", "since": "2025-01-01"}})
    for case in cases:
        office.write(case, "decision", status="active", start="2025-01-01", end="2025-12-31")
    for number in range(6):
        at = f"2025-06-{(25 if number == 5 else 2 + number):02d}T10:00:00Z"
        more = {"interventions_": {"talk_client": {"at": plus(at, hours=(2, 10, 30)[number])}}} if number < 3 else {}
        settled = {"resolved_on": "2025-06-10"} if number < 4 else {}
        office.write(cases[number], "disturbance", at=at, disturbance_kind="noise", **more, **settled)
    office.send()
    read = office.read("mikko", "disturbance_follow_up", "disturbances", *JUNE)
    assert [read[key] for key in ("disturbances", "per_100", "hours_to_first", "settled")] == [6, 50.0, 10.0, 80]
    assert (read.left_out("no_intervention"), read.left_out("too_new")) == (3, 1)


def test_z1_plans_up_to_date(office: Office) -> None:
    """[Z1] Report 14: 34 of 40, 85 %; four are old, two have none."""
    for number, case in enumerate(office.cases("plans", 40)):
        office.write(case, "decision", status="active", start="2025-01-01", end="2025-12-31")
        if number < 38:
            office.write(case, "plan", agreed_on="2025-01-15")
        if number < 34:
            office.write(case, "plan", agreed_on="2025-04-01")
    office.send()
    read = office.read("mikko", "plan_coverage", "plans", *JUNE)
    assert [read[key] for key in ("covered", "old", "none")] == [85, 4, 2]


def test_z1_moves_between_phases(office: Office) -> None:
    """[Z1] Report 15: fourteen moves, two of them returns, 14 %; the first phase is none."""
    moves = {
        ("preparation", "strong"): 5,
        ("strong", "normal"): 4,
        ("normal", "light"): 3,
        ("light", "normal"): 1,
        ("normal", "strong"): 1,
    }
    for (earlier, later), count in moves.items():
        phases = {"p1": {"phase": earlier, "since": "2024-01-01"}, "p2": {"phase": later, "since": "2025-06-05"}}
        office.cases("phases", count, phases_=phases)
    office.cases("phases", 2, phases_={"p1": {"phase": "preparation", "since": "2025-06-05"}})
    office.send()
    read = office.read("mikko", "phase_flow", "phases", *JUNE)
    assert [read[key] for key in ("moves", "returns", "share_of_returns")] == [14, 2, 14]
    assert read.table("from_to")["normal"] == [0, 1, 0, 3]


def test_z1_reasons_of_homelessness(office: Office) -> None:
    """[Z1] Report 16: a commissioner sees 9, 5, <5 and <5, and 6 of 20 outside own control, 30 %."""
    reasons = ["lease_ended"] * 9 + ["rent_arrears"] * 5 + ["fire"] * 3 + ["intimate_partner_violence"] * 3
    for case, reason in zip(office.cases("reasons", 20), reasons, strict=True):
        moment = "2025-06-10T10:00:00Z"
        office.write(case, "referral", need_notified_at=moment, primary_reason=reason, withdrawn_at=moment)
    office.send()
    read = office.read("kaisa", "homelessness_reasons", "reasons", *JUNE)
    assert list(read.table("reasons").values()) == [[9], [5], ["<5"], ["<5"], [20]]
    assert read["outside_own_control"] == 30


@pytest.fixture(scope="module")
def homeless(office: Office) -> str:
    """Outside or in a shelter 6, hostel 9, institution 3, with others 12, and two where nobody ought to live."""
    town = "homeless"

    def active(how_many: int, **header: object) -> list[str]:
        cases = office.cases(town, how_many, **header)
        for case in cases:
            office.write(case, "decision", status="active", start="2025-01-01", end="2025-12-31")
        return cases

    active(4, housing_situation="rough_or_emergency_shelter", ethos="living_rough")
    active(2, housing_situation="rough_or_emergency_shelter", ethos="emergency_accommodation")
    family = {"household_kind": "one_parent_family", "children": 2}
    for case in active(9, household=family):
        office.write(case, "stay", stay_kind="hostel", start="2025-03-01")
    for case in active(3):
        office.write(case, "stay", stay_kind="hospital", start="2025-03-01")
    need: list[dict[str, Any]] = [{"prolonged_by_need": True, "homeless_since": "2024-11-14"}] * 7 + [
        {"prolonged_by_need": True}
    ] * 3
    duration: list[dict[str, Any]] = [{"homeless_again": True}, {"homeless_since": "2024-01-01"}]
    for more in (*need, *duration):
        active(1, housing_situation="staying_with_others", **more)
    active(2, ethos="non_conventional_dwelling")
    for case in active(1, housing_situation="staying_with_others"):
        office.write(case, "stay", stay_kind="own_rental", start="2025-03-01")
    active(1)
    office.send()
    return town


def test_z1_the_homeless_on_a_day(office: Office, homeless: str) -> None:
    """[Z1] Report 19: 30 by the national forms, 32 by ETHOS; a commissioner sees no institution, nor what tells it."""
    read = office.read("mikko", "homelessness_situation", homeless, "2025-11-01", "2025-11-15")
    assert (read["homeless"], read["by_ethos"], read["children"]) == (30, 32, 18)
    forms = read.table("forms")
    assert [cells[0] for cells in forms.values()] == [6, 9, 3, 12, 30]
    assert [cells[0] for cells in read.table("ethos").values()] == [4, 2, 9, 3, 2, 12, 32]
    assert (read.left_out("unknown"), read.left_out("unconventional")) == (1, 2)
    few = office.read("kaisa", "homelessness_situation", homeless, "2025-11-01", "2025-11-15").table("forms")
    assert [cells[0] for cells in few.values()] == ["hidden", 9, "<5", 12, 30]


def test_z1_the_long_term_homeless(office: Office, homeless: str) -> None:
    """[Z1] Report 20: a 7, b 3, c 2 of 30: 10, 33 %. Exactly 365 days are not over."""
    read = office.read("mikko", "long_term_homelessness", homeless, "2025-11-01", "2025-11-15")
    assert (read["long_term"], read["share_of_homeless"]) == (10, 33)
    assert [cells[0] for cells in read.table("parts").values()] == [7, 3, 2, 18, 30]
    a_day_before = office.read("mikko", "long_term_homelessness", homeless, "2025-11-01", "2025-11-14")
    assert [cells[0] for cells in a_day_before.table("parts").values()] == [0, 10, 2, 18, 30]


def test_z1_unmet_needs(office: Office) -> None:
    """[Z1] Report 25: fourteen records, twelve needs; how many records there are is not the commissioner's."""
    for number, case in enumerate(office.cases("unmet", 12)):
        kind = "supported_place" if number < 6 else "outreach"
        for _ in range(2 if number in (0, 7) else 1):
            office.write(case, "unmet_need", unmet_need_kind=kind, on="2025-06-10", words="Ei paikkaa")
    office.send()
    read = office.read("mikko", "unmet_needs", "unmet", *JUNE)
    assert (read["needs"], read["records"]) == (12, 14)
    paid_for = office.read("kaisa", "unmet_needs", "unmet", *JUNE)
    assert paid_for.table("by_kind") == {"supported_place": [6], "outreach": [6], "total": [12]}
    assert [figure["key"] for figure in paid_for.body["figures"]] == ["needs"]


def test_z1_satisfaction(office: Office) -> None:
    """[Z1] Report 5: forty were asked, 28 answered, 70 %; 114 ÷ 28 = 4.07, over 4.0. A team with few is hidden."""
    scores = [5] * 10 + [4] * 12 + [3] * 4 + [2] * 2
    given = [{"overall": score} for score in scores] + [{}] * 12
    with office.app.app_context(), writing() as transaction:
        for number, each in enumerate(given):
            answer = {"day": "2025-06-10", "language": "fi", "scores": orjson.dumps(each).decode(), "text": ""}
            transaction.add(
                SurveyAnswer(id=f"answer-{number}", org=office.cast.aino.org, team=office.cast.aino.team, **answer)
            )
        answer["scores"] = '{"overall":1}'
        transaction.add(SurveyAnswer(id="south", org=office.cast.aino.org, team=office.cast.sanna.team, **answer))
    read = office.read("mikko", "satisfaction", "", *JUNE)
    assert (read["overall"], read["over_line"], read["answered"]) == (4.07, 1, 70)
    of_all = office.read("satu", "satisfaction", "", *JUNE)
    assert of_all.table("teams")[str(office.cast.sanna.team)] == ["<5", "hidden"], "hidden for everybody"
