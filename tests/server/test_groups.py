"""GET /api/groups: what an expert by experience learns of the team's groups, and what not (Q8)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from server import directory
from server.auth import passwords
from server.core import timestamps
from server.core.database import writing
from server.core.models import Organisation, Team
from tests.cast import PASSWORD, Cast, Phone, SignIn
from tests.reminding import Entries, Now
from tests.server.test_limits_in_time import sync


@pytest.fixture
def expert(app: Flask, cast: Cast, sign_in: SignIn) -> Phone:
    """Taru, of team North."""
    with app.app_context(), writing() as transaction:
        org = transaction.get_one(Organisation, cast.aino.org)
        team = transaction.get_one(Team, (cast.aino.team, cast.aino.org))
        account = directory.Account(org, "taru", "Taru", "expert_by_experience", team)
        directory.enter(transaction, account, passwords.hash_of(PASSWORD))
    return sign_in("taru")


def begins(days: int) -> dict[str, str]:
    start = datetime.now(UTC) + timedelta(days=days)
    return {"start": timestamps.text(start), "end": timestamps.text(start + timedelta(hours=2))}


def group(title: str, days: int, **more: Any) -> dict[str, Any]:
    return {"title": title, "topic": "food", "place": "client_home", "at": begins(days), **more}


def test_q8_title_topic_time_and_place(app: Flask, cast: Cast, expert: Phone) -> None:
    """[Q8] [row 78] And that one is named; who took part and what was written stay with the team, at every address."""
    enter, team, me = Entries(app, Now()), str(cast.aino.team), expert.session["user"]
    said = {f"experts/{me}": True, "present/case-1": True, "guests": 3, "note": "Pertti oli väsynyt."}
    for record, values in (
        ("g-2", group("Ruokaryhmä", 2, **said)),
        ("g-1", group("Keittiö", -3)),
        ("g-0", group("Kevät", -40)),
    ):
        enter(cast.aino, record, values, kind="session", case=team)
    enter(cast.aino, "g-3", group("Poistettu", 1), kind="session", case=team)
    enter(cast.aino, "g-3", {"removed": {"saw": []}}, kind="session", case=team)
    enter(cast.sanna, "g-4", group("Etelän ryhmä", 1), kind="session", case=str(cast.sanna.team))
    answer = expert.get("/api/groups")
    assert answer.json is not None
    told = answer.json["groups"]
    assert [(one["title"], one["is_named"]) for one in told] == [("Keittiö", False), ("Ruokaryhmä", True)]
    assert told[1].keys() == {"id", "title", "topic", "place", "start", "end", "is_named"}
    assert "Pertti" not in answer.text
    assert "case-1" not in answer.text
    assert {record["kind"] for record in sync(expert)["records"]} <= {"person", "team"}


@pytest.mark.parametrize("who", ["aino", "mikko", "satu"])
def test_q8_others_have_the_groups_themselves(sign_in: SignIn, who: str) -> None:
    """[Q8] Whoever works in the team reads its file; the office does not."""
    assert sign_in(who).get("/api/groups").status_code == 403
