"""The worked examples of the reports on hours and visits, written through the exchange."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from server.reports.days import Period
from server.reports.facts import CaseFacts, Fact
from server.reports.formulas import workload
from server.reports.shape import ReportContext, StandIn, shown
from server.reports.statement import contracted_in, statement_of, sums_by_month
from tests.reports.office import Office, at

JUNE = ("2025-06-01", "2025-06-30")


def visit(office: Office, case: str, start: str, outcome: str = "done", **more: object) -> str:
    return office.write(case, "visit", actual={"start": start, "end": start}, outcome={"code": outcome}, **more)


@pytest.fixture(scope="module")
def hours(office: Office) -> str:
    """Strong 1–10, normal 11–30; six visits of 70 minutes, 45 of indirect work, 60 of travel."""
    town = "hours"
    phases = {"p1": {"phase": "strong", "since": "2025-06-01"}, "p2": {"phase": "normal", "since": "2025-06-11"}}
    case = office.case(town, phases_=phases)
    office.write(
        case, "decision", status="active", service_type="housing_guidance", start="2025-06-01", end="2025-12-31"
    )
    for number in range(6):
        more = {"client_work_indirect": 45, "travel": 60} if number == 0 else {}
        day = f"2025-06-{3 + 4 * number:02d}"
        visit(office, case, f"{day}T09:00:00Z", minutes_={"client_work_direct": 70} | more)
    visit(office, case, "2025-06-28T09:00:00Z", "door_not_opened")
    visit(office, case, "2025-05-31T22:30:00Z", "client_absent", minutes_={"client_work_direct": 30})
    office.send()
    return town


def test_z1_delivered_against_contracted(office: Office, hours: str) -> None:
    """[Z1] Report 1: 11·10/30 + 7·20/30 = 8.33 h; 7.75 h delivered; 93 %."""
    read = office.read("mikko", "delivered_vs_contracted", hours, *JUNE)
    assert (read["contracted"], read["delivered"], read["share"]) == (8.3, 7.8, 93)
    assert read.left_out("not_delivered") == 2, "also the one just after midnight in Finland, still May by UTC"
    assert read.body["n"] == 1
    assert office.read("aino", "delivered_vs_contracted", hours, *JUNE)["share"] == 93
    of_commissioner = office.read("kaisa", "delivered_vs_contracted", hours, *JUNE)
    assert {of_commissioner[key] for key in ("contracted", "delivered", "share")} == {"hidden"}
    assert "cases" not in of_commissioner.figure("share")


def test_z1_overlapping_decisions_and_days_without_a_phase(office: Office) -> None:
    """[Z1] A day of two decisions counts once; without a phase it counts 0 and is shown; an exit ends it."""
    case = office.case("overlap", phases_={"p1": {"phase": "light", "since": "2025-06-11", "hours_per_month": 6}})
    office.write(case, "decision", status="active", start="2025-06-01", end="2025-06-25", hours_per_month=30)
    office.write(case, "decision", status="active", start="2025-06-15", end="2025-07-31")
    office.write(case, "decision", status="refused", start="2025-06-01", end="2025-07-31")
    office.write(case, "exit", on="2025-06-30", reason="own_rental_home")
    office.send()
    read = office.read("mikko", "delivered_vs_contracted", "overlap", "2025-06-01", "2025-07-31")
    assert read["contracted"] == 4.0, "20 days of 6 hours in 30"
    assert read.left_out("days_without_phase") == 10


def test_z1_recording_delay(office: Office) -> None:
    """[Z1] Report 11: 1, 5, 20 and 30 hours by the phone's clock: 12.5 h, 75 %, two drafts apart."""
    case = office.case("delay")
    for number, finished in enumerate(("10T11", "10T15", "11T06", "11T16")):
        visit(office, case, "2025-06-10T10:00:00Z", id_=f"delay-{number}", stamp=at(f"2025-06-{finished}:00:00+00:00"))
    for _ in range(2):
        office.write(case, "visit", actual={"start": "2025-06-12T10:00:00Z"})
    office.send()
    read = office.read("mikko", "recording_delay", "delay", *JUNE)
    assert (read["delay"], read["in_time"], read.left_out("drafts")) == (12.5, 75, 2)


def test_z7_hours_statement(office: Office) -> None:
    """[Z7] Report 21: 220 direct and 45 indirect minutes are 4.42 h of 7.00; 2.58 remain; nothing hidden."""
    case = office.case("statement", client_id="A-117", phases_={"p": {"phase": "normal", "since": "2025-01-01"}})
    office.write(case, "decision", status="active", start="2025-01-01", end="2025-12-31")
    for day, minutes in enumerate((70, 70, 65, 15), 2):
        more = {"client_work_indirect": 45} if minutes == 65 else {}
        visit(office, case, f"2025-06-{day:02d}T09:00:00Z", minutes_={"client_work_direct": minutes} | more)
    visit(office, case, "2025-06-20T09:00:00Z", "client_absent", minutes_={"client_work_direct": 60})
    office.send()
    for name in ("mikko", "kaisa"):
        read = office.read(name, "hours_statement", "statement", *JUNE)
        assert [read[key] for key in ("contracted", "direct", "indirect", "remaining")] == [7.0, 3.67, 0.75, 2.58]
        (row,) = read.body["tables"][0]["rows"]
        assert (row["cells"][0], row["cells"][3:]) == ("A-117", [7.0, 3.67, 0.75, 2.58, 5, 1])


def test_z7_the_report_adds_up_what_each_statement_says() -> None:
    """[Z7] Month by month, also where two decisions overlap, the hours change, and a period is of part of a month."""
    phases = {
        "p1": {"phase": "normal", "since": "2025-01-01", "hours_per_month": 7},
        "p2": {"phase": "strong", "since": "2025-03-11"},
    }
    case = CaseFacts("c", "north", Fact("c", "c", "case", {"phases": phases}))
    for id_, start, end in (("d1", "2025-01-05", "2025-04-20"), ("d2", "2025-03-01", "2025-12-31")):
        case.of_kind["decision"].append(Fact(id_, "c", "decision", {"status": "active", "start": start, "end": end}))
    rng = random.Random(7)
    for number in range(400):
        day = date(2025, 1, 1) + timedelta(days=rng.randrange(200))
        minutes = {"client_work_direct": rng.randrange(90), "client_work_indirect": rng.randrange(30), "travel": 15}
        values = {"actual": {"start": f"{day}T09:00:00Z"}, "minutes": minutes}
        outcome = rng.choice(("done", "done_partly", "client_absent", None))
        logged = {"outcome": {"code": outcome}} if outcome else {}
        case.of_kind["visit"].append(Fact(f"v{number:03d}", "c", "visit", values | logged))
    period = Period(date(2025, 1, 10), date(2025, 6, 30))
    found = list(sums_by_month(case, period))
    assert [(one.month.start.month, one.decision.id) for one in found][:5] == [
        (1, "d1"), (2, "d1"), (3, "d1"), (3, "d2"), (4, "d1"),
    ]  # fmt: skip
    assert len(found) == 8
    for one in found:
        alone = statement_of(case, one.decision, one.month)
        added = (one.contracted, one.direct, one.indirect, one.remaining, one.entries, one.not_delivered)
        own = (alone.contracted, alone.direct, alone.indirect, alone.remaining, len(alone.lines), alone.not_delivered)
        assert added == own, (one.month, one.decision.id)
    assert contracted_in(found) == sum(one.contracted for one in found)


def test_z1_advancing_contacts(office: Office) -> None:
    """[Z1] Report 24: of 84 contacts 4 are apart; of 80, 60 are tied (75 %), 32 advanced (40 %)."""
    case, other = office.cases("advancing", 2)
    goal = office.write(case, "goal", status="in_progress", title="Arki", stamp=at("2025-01-01T00:00:00+00:00"))
    office.write(case, "goal", id_="of-later", status="in_progress", stamp=at("2025-09-01T00:00:00+00:00"))
    for number in range(80):
        moves = {goal: "forward"} if number < 32 else {goal: "same"} if number < 60 else {}
        more = {"of-later": "back"} if number < 10 else {}
        visit(office, case, f"2025-06-{1 + number % 30:02d}T09:00:00Z", goal_moves_=moves | more)
    for number in range(4):
        visit(office, other, f"2025-06-{1 + number:02d}T09:00:00Z")
    visit(office, case, "2025-06-30T09:00:00Z", "client_absent", goal_moves_={goal: "forward"})
    office.send()
    read = office.read("mikko", "advancing_contacts", "advancing", *JUNE)
    assert (read["contacts"], read["tied"], read["advanced"], read.left_out("without_goal")) == (80, 75, 40, 4)


def test_z1_workload_and_stand_ins() -> None:
    """[Z1] Report 17: 113 contracted of 120 available hours are 94 %; days of a stand-in are the stand-in's."""
    phases = {"p": {"phase": "normal", "since": "2025-01-01", "hours_per_month": 113}}
    header = Fact("c", "c", "case", {"own_worker": "aino", "phases": phases, "service": {"start": "2025-01-01"}})
    june = Period(date(2025, 6, 1), date(2025, 6, 30))
    colleagues = [Fact(name, "org", "person", {"hours_available_per_month": 120}) for name in ("aino", "liisa")]
    about = ReportContext([CaseFacts("c", "north", header)], june, datetime.now(UTC), {"person": colleagues})
    figures = {figure.key: shown(figure.value, figure.unit) for figure in workload.compute(about).figures}
    assert figures == {"contracted": 113.0, "load": 94}
    lent = StandIn("liisa", "c", date(2025, 6, 16), date(2025, 8, 1))
    (table,) = workload.compute(ReportContext(about.cases, june, about.now, about.beside, stand_ins=[lent])).tables
    assert [(row.cells[0], row.cells[2]) for row in table.rows] == [("aino", 56.5), ("liisa", 56.5)]
