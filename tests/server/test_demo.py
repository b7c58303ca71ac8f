"""The fictional caseload: what section 7 of the domain promises, and that it never grows old."""

import re
import statistics
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask import Flask

from server import create_app, directory, serve
from server.config import DEMO_ORGANISATION, Settings
from server.core.database import writing
from server.core.models import Access, SurveyAnswer, User, db
from server.demo import command, setup
from server.demo.caseload import stories_of, top_up, visit_of_now
from server.demo.people import CASELOAD, HOURS, Member, clients_of, staff
from server.demo.phone import Phone, shown
from server.demo.rng import MINUTE_MS, at_clock, from_instant, helsinki, to_ms
from server.demo.writing import SENTENCES
from server.rules import clock
from server.rules.dates import FINLAND

MORNING_MS = to_ms(datetime(2026, 3, 10, 10, 3, tzinfo=FINLAND))
WEEK_MS = 7 * 24 * 60 * MINUTE_MS
pytestmark = pytest.mark.usefixtures("founded")

SECRET = "only for tests: 0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A caseload of two workers, made on a Tuesday morning."""
    folder = tmp_path_factory.mktemp("demo")
    url = f"sqlite:///{folder / 'ovikello.sqlite'}"
    app = create_app(Settings(data_dir=folder, database_url=url, secret_key=SECRET))
    serve.bring_up_to_date(app)
    with command.using(app):
        setup.found(command.exchange_locally, MORNING_MS, 1500, lambda _: None)
        yield app


def fetched(name: str) -> Phone:
    """What this person's phone has after its first sync."""
    phone = setup.phone_of(_member(name), command.exchange_locally)
    phone.receive()
    return phone


def _member(name: str) -> Member:
    user = db.session.query(User).filter_by(name=name).one()
    return Member(user.id, user.name, user.display_name, user.role, user.phone, 0)


def visits(phone: Phone) -> list[dict[str, object]]:
    return [shown(record) for record in phone.records.values() if record["kind"] == "visit"]


def in_the_service(name: str) -> list[dict[str, object]]:
    """Whoever is in the service, or was: intakes wait for a decision."""
    headers = [shown(record) for record in fetched(name).records.values() if record["kind"] == "case"]
    return [header for header in headers if header.get("home") != "intake"]


def own_visits(phone: Phone, name: str) -> list[dict[str, object]]:
    return [visit for visit in visits(phone) if visit["worker"] == _member(name).id]


def test_everybody_has_a_caseload() -> None:
    assert len(in_the_service("aino")) == len(CASELOAD)
    assert len(in_the_service("liisa")) == 14 + 3
    assert len(in_the_service("mikko")) == 28
    assert len(fetched("mittaus").records) >= 1500


def test_hours_visits_and_shares_are_those_of_the_domain() -> None:
    assert sum(HOURS[phase] for phase in CASELOAD) == 113
    planned = [visit for visit in own_visits(fetched("aino"), "aino") if visit.get("plan")]
    minutes = [_minutes(visit["plan"]) for visit in planned]
    assert 13 <= len(planned) / 68 <= 18, "visits a week"
    assert statistics.median(minutes) == 70
    logged = Counter(visit["outcome"]["code"] for visit in planned if "outcome" in visit)  # type: ignore[index]  # JSON
    assert 0.08 <= 1 - logged["done"] / logged.total() <= 0.16, "missed"


def test_what_happens_to_few_clients_happens_to_somebody() -> None:
    """A protected address, visits for two, rents of half a year, somebody who comes back, and answers of the survey."""
    phone = fetched("aino")
    found = [shown(record) | {"kind": record["kind"]} for record in phone.records.values()]
    flags = Counter(flag for one in found if one["kind"] == "case" for flag in one.get("safety") or [])  # type: ignore[attr-defined]  # JSON
    assert flags["non_disclosure"] == 1
    assert any(one.get("partner") == _member("liisa").id for one in found if one["kind"] == "visit")
    months = {str(one["month"]) for one in found if one["kind"] == "rent"}
    assert len(months) == 6
    late = [one for one in found if one["kind"] == "rent" and one["status"] in ("unpaid", "arrears_two_months")]
    assert all(one["month"] == max(months) for one in late), "an earlier month is settled"
    cases = {record["case"] for record in phone.records.values()}
    assert [one["returner_of"] in cases for one in found if one.get("returner_of")] == [True]
    scores = [score for row in db.session.query(SurveyAnswer) for score in orjson.loads(row.scores).values()]
    assert 4.0 < statistics.mean(scores) < 4.4


def _minutes(span: object) -> int:
    assert isinstance(span, dict)
    return (from_instant(span["end"]) - from_instant(span["start"])) // MINUTE_MS


def test_plans_reach_eight_weeks_ahead_and_none_lies_unlogged_behind() -> None:
    planned = [visit for visit in own_visits(fetched("aino"), "aino") if visit.get("plan")]
    starts = {_start(visit): "outcome" in visit for visit in planned}
    assert 7 * WEEK_MS < max(starts) - MORNING_MS < 9 * WEEK_MS
    assert all(is_logged == (start < MORNING_MS) for start, is_logged in starts.items() if _is_far(start))


def _start(visit: dict[str, object]) -> int:
    plan = visit["plan"]
    assert isinstance(plan, dict)
    return from_instant(plan["start"])


def _is_far(start_ms: int) -> bool:
    return abs(start_ms - MORNING_MS) > 6 * 60 * MINUTE_MS


@pytest.mark.parametrize("name", ["aino", "liisa"])
def test_somebody_is_to_be_visited_about_now(name: str) -> None:
    starts = [_start(v) for v in own_visits(fetched(name), name) if v.get("plan") and "outcome" not in v]
    assert any(-30 * MINUTE_MS <= start - MORNING_MS <= 60 * MINUTE_MS for start in starts)


@pytest.mark.parametrize("time", ["0.20", "5.59", "12.00", "20.00", "23.50"])
def test_the_fictional_day_follows_the_clock(time: str) -> None:
    """At any hour somebody is visited today, now or within minutes."""
    today = helsinki(MORNING_MS).date()
    now_ms, aino = at_clock(today, time), _member("aino")
    near = visit_of_now(aino, [story.client for story in stories_of(fetched("aino"), aino).values()], now_ms)
    end_ms = near.start_ms + near.minutes * MINUTE_MS
    assert now_ms < end_ms
    assert near.start_ms <= now_ms + 10 * MINUTE_MS
    assert helsinki(near.start_ms).date() == helsinki(end_ms).date() == today


def test_a_stand_in_has_an_end_and_three_entries_differ() -> None:
    terms = db.session.query(Access).filter(Access.reason == "stand_in").all()
    assert len(terms) == 3
    assert all(access.expires_at for access in terms)
    differing = [
        (path, helsinki(clock.parse(record["by"][index][1]).time_ms).hour)
        for record in fetched("aino").records.values()
        for path, versions in record["fields"].items()
        for index, _value in versions
        if len(versions) > 1
    ]
    # written at an hour when people work, whenever the demo was founded
    assert sorted(differing) == [(path, hour) for path in ("phone", "review_on", "title") for hour in (11, 15)]


def test_a_later_start_tops_up_and_the_next_one_finds_nothing_to_do() -> None:
    aino = _member("aino")
    later_ms = MORNING_MS + 3 * WEEK_MS + 5 * 60 * MINUTE_MS
    phone = fetched("aino")
    top_up(phone, aino, later_ms)
    assert phone.send() > 100
    starts = [_start(visit) for visit in own_visits(fetched("aino"), "aino") if visit.get("plan")]
    assert len(starts) == len(set(starts)), "two visits at once"
    assert 7 * WEEK_MS < max(starts) - later_ms < 9 * WEEK_MS
    again = fetched("aino")
    top_up(again, aino, later_ms + MINUTE_MS)
    assert again.send() == 0


def test_a_start_in_the_middle_of_a_visit_plans_no_other_over_it() -> None:
    sunday_ms = to_ms(datetime(2026, 5, 3, 10, 30, tzinfo=FINLAND))  # nothing else is planned
    aino, starts = _member("aino"), []
    for minutes in (0, 40):
        phone = fetched("aino")
        top_up(phone, aino, sunday_ms + minutes * MINUTE_MS)
        phone.send()
        starts.append({_start(visit) for visit in own_visits(fetched("aino"), "aino") if visit.get("plan")})
    assert starts[0] == starts[1]


def test_nobody_in_it_is_real() -> None:
    records: list[Any] = [shown(record) for record in fetched("mikko").records.values()]
    cases = [fields for fields in records if "client_id" in fields]
    assert {c["client_id"] for c in cases} == {f"OV-{number:04}" for number in range(1, 29)}
    assert all(re.fullmatch(r"[A-ZÅÄÖ][a-zåäö]+ [A-Z]\.", c["client_name"]) for c in cases)
    assert all(c["address"].startswith("Esimerkki") for c in cases)
    assert all(re.fullmatch(r"040 000 \d{4}", c["phone"]) for c in cases)
    assert not re.search(r"\b\d{6}[-A+]\d{3}\w\b", repr(records)), "an identity code"


def test_workers_write_at_least_120_different_sentences() -> None:
    areas = [s for area in SENTENCES["areas"].values() for s in (*area["did"], *area["said"], *area["next"])]
    others = [s for group in (SENTENCES["missed"], SENTENCES["contacts"]) for kind in group.values() for s in kind]
    everything = [*areas, *others, *SENTENCES["notes"]]
    assert len(set(everything)) == len(everything) >= 120
    assert all(sentence.endswith((".", "?")) for sentence in everything)


def test_the_same_day_gives_the_same_caseload() -> None:
    today = helsinki(MORNING_MS).date()
    first, second = (clients_of(staff(12)[0], today) for _ in range(2))
    assert first == second
    assert len(first) == len({client.name for client in first}) == 168
    returned = [c for c in first if any(p.reason == "return_to_earlier" for p in c.phases)]
    assert 0.05 <= len(returned) / len(first) <= 0.11


def test_a_caseload_cut_off_halfway_is_made_anew(tmp_path: Path) -> None:
    app = _holding_only(tmp_path, DEMO_ORGANISATION)
    command.prepare(app.extensions["ovikello-settings"], 1)
    with command.using(app):
        assert setup.stage() == "whole"


def test_a_real_installation_is_left_alone(tmp_path: Path) -> None:
    app = _holding_only(tmp_path, "Harjula")
    with pytest.raises(command.NotADemo):
        command.prepare(app.extensions["ovikello-settings"], None)


def _holding_only(folder: Path, organisation: str) -> Flask:
    """A database with an organisation and nothing else."""
    url = f"sqlite:///{folder / 'ovikello.sqlite'}"
    app = create_app(Settings(data_dir=folder, database_url=url, secret_key=SECRET))
    serve.bring_up_to_date(app)
    with command.using(app), writing() as transaction:
        directory.add_organisation(transaction, organisation)
    return app
