"""What falls due of homes and rents, from the entry to the rows of reminders."""

import pytest
from flask import Flask

from tests.cast import Cast
from tests.reminding import Clock, Entries, open_case, reminders, told


@pytest.fixture
def clock() -> Clock:
    return Clock("2099-10-01T10:00")


def steps(app: Flask, cause: str) -> list[str]:
    return sorted(row.step for row in reminders(app, cause=cause))


def test_n1_an_unpaid_rent_is_asked_about_by_the_rhythm_of_the_phase(app: Flask, cast: Cast, clock: Clock) -> None:
    """[N1] Weekly in the strong phase, monthly in any other; a phase that changes changes it, and a payment ends it."""
    open_case(app, cast.aino)
    enter = Entries(app, clock)
    enter(cast.aino, "rent-1", {"month": "2099-10-01", "due_on": "2099-10-05", "status": "unpaid"}, kind="rent")
    assert steps(app, "rent_unpaid") == ["1d", "31d", "61d"]
    enter(cast.aino, "header-case-1", {"phases/1": {"phase": "strong", "since": "2099-09-01"}}, kind="case")
    assert steps(app, "rent_unpaid") == ["15d", "1d", "22d", "29d", "8d"]
    enter(cast.aino, "rent-1", {"status": "paid_late"}, kind="rent")
    assert steps(app, "rent_unpaid") == []


def test_n1_a_day_to_move_out_is_told_three_times(app: Flask, cast: Cast, clock: Clock) -> None:
    """[N1] 14, 7 and 2 days ahead; none once the threat is over, and whether the home was kept after 90 days."""
    open_case(app, cast.aino)
    enter = Entries(app, clock)
    enter(cast.aino, "threat", {"stage": "move_notice", "move_by": "2099-11-02"}, kind="eviction")
    assert [when for _, _, when in told(reminders(app))] == ["19.10. 08.00", "26.10. 08.00", "30.10. 08.00"]
    enter(cast.aino, "threat", {"stage": "prevented", "closed_on": "2099-10-20"}, kind="eviction")
    assert {row.cause for row in reminders(app)} == {"eviction_home_kept"}


def test_b3_a_later_rating_of_the_sheet_settles_the_one_before(app: Flask, cast: Cast, clock: Clock) -> None:
    """[B3] Both sides rate on one day: one of them is due again; another sheet has its own time."""
    open_case(app, cast.aino)
    enter = Entries(app, clock)

    def rate(record: str, by: str, on: str, sheet: str = "areas") -> None:
        enter(cast.aino, record, {"sheet": sheet, "by": by, "on": on}, kind="rating")

    rate("mine", "worker", "2099-09-01")
    rate("hers", "client", "2099-09-01")
    rate("skills", "client", "2099-08-15", "skills")
    assert {row.record for row in reminders(app)} == {"mine", "skills"}
    rate("later", "client", "2099-09-20")
    assert {row.record for row in reminders(app)} == {"later", "skills"}
    enter(cast.aino, "later", {"removed": {"saw": []}}, kind="rating")
    assert {row.record for row in reminders(app)} == {"mine", "skills"}
