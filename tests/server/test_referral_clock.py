"""A referral's two clocks of 24 hours: told to the whole team, at night too, until it is answered (N1, N4, H4)."""

from typing import Any

import pytest
from flask import Flask

from tests.cast import Cast
from tests.reminding import Clock, Entries, reminders, utc

INTAKE, REFERRAL = "0199b1c0-0000-7000-8000-00000000a001", "0199b1c0-0000-7000-8000-00000000a002"
AT = "2099-11-27T13:10"
PLUS_20, PLUS_24 = utc("2099-11-28T09:10"), utc("2099-11-28T13:10")


@pytest.fixture
def enter(app: Flask) -> Entries:
    return Entries(app, Clock("2099-11-27T13:20"))


def refer(enter: Entries, cast: Cast, **values: Any) -> None:
    enter(cast.aino, INTAKE, {"client_name": "Uusi", "home": "intake"}, kind="case", case=INTAKE)
    enter(cast.aino, REFERRAL, {"need_notified_at": utc(AT), **values}, kind="referral", case=INTAKE)


def told(app: Flask, cast: Cast) -> dict[str, set[tuple[str, str]]]:
    """By cause: whom, and when."""
    names = {person.id: name for name, person in vars(cast).items()}
    found: dict[str, set[tuple[str, str]]] = {}
    for row in reminders(app, record=REFERRAL, state="waiting"):
        found.setdefault(row.cause, set()).add((names[row.user], row.due))
    return found


TEAM = {(name, at) for name in ("aino", "liisa", "mikko") for at in (PLUS_20, PLUS_24)}


def test_n4_a_whole_team_hears_of_a_referral(app: Flask, enter: Entries, cast: Cast) -> None:
    """[N4] [H4] [row 37] After 20 and 24 hours, to the minute; who wants no dwelling has one clock."""
    refer(enter, cast, wanted="housing_guidance")
    assert told(app, cast) == {"referral_response": TEAM}
    enter(cast.liisa, REFERRAL, {"first_response": {"at": utc("2099-11-27T15:00")}}, kind="referral", case=INTAKE)
    assert told(app, cast) == {}


@pytest.mark.parametrize("wants", [{"wanted": "temporary_housing"}, {"no_roof_tonight": True}])
def test_n4_without_a_roof_a_second_clock_runs(app: Flask, enter: Entries, cast: Cast, wants: dict[str, Any]) -> None:
    """[N4] [row 37] Until there is a dwelling, whether it has been answered or not; withdrawn, both end."""
    refer(enter, cast, **wants)
    assert told(app, cast) == {"referral_response": TEAM, "referral_dwelling": TEAM}
    enter(cast.liisa, REFERRAL, {"first_response": {"at": utc("2099-11-27T15:00")}}, kind="referral", case=INTAKE)
    assert told(app, cast).keys() == {"referral_dwelling"}
    enter(cast.liisa, REFERRAL, {"withdrawn_at": utc("2099-11-27T16:00")}, kind="referral", case=INTAKE)
    assert told(app, cast) == {}


def test_n4_whoever_takes_it_in_hears_alone(app: Flask, enter: Entries, cast: Cast) -> None:
    """[N4] [H4] With an own worker the clock that still runs is theirs."""
    refer(enter, cast, no_roof_tonight=True)
    enter(cast.liisa, INTAKE, {"home": "case", "own_worker": cast.liisa.id}, kind="case", case=INTAKE)
    assert {who for who, _ in told(app, cast)["referral_dwelling"]} == {"liisa"}
