"""GET /api/review-queue and POST /api/review-queue/<id>/release|reject: what the supervisor decides (S4, S7)."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest
from flask import Flask
from sqlalchemy import select

from server.config import LIMITS
from server.core.database import writing
from server.core.models import AuditEvent, Change, ReviewItem, User, db
from server.kinds import KINDS
from server.kinds.base import Kind, long_text
from server.kinds.readers import CASE_READERS
from server.sync import scope
from tests.cast import Cast, Phone, SignIn
from tests.server.test_contract import CONTRACT

CASE = "case-1"
OTHERS = "case-of-nobody-here"
STAMP = "1790000000000-0000-0123456789ab"


def change(number: int = 1) -> dict[str, Any]:
    return {
        "id": f"change-{number}",
        "record": f"note-{number}",
        "kind": "note",
        "case": CASE,
        "at": STAMP,
        "set": {"text": f"Entry {number}"},
        "seen": {},
    }


def push(phone: Phone, *changes: dict[str, Any], cursor: str | None = None) -> dict[str, Any]:
    body = {"protocol": 2, "schema": 1, "cursor": cursor, "changes": list(changes), "more_follow": False}
    reply: dict[str, Any] | None = phone.post("/api/sync", body).json
    assert reply is not None
    return reply


def held(phone: Phone) -> list[str]:
    reply = phone.get("/api/review-queue").json
    assert reply is not None
    return [entry["change"]["id"] for entry in reply["entries"]]


def texts(phone: Phone) -> list[str]:
    """The notes that a fresh device of this person gets."""
    pages = [push(phone)]
    while pages[-1]["more"]:
        pages.append(push(phone, cursor=pages[-1]["cursor"]))
    records = [record for page in pages for record in page["records"]]
    return [record["fields"]["text"][0][1] for record in records if record["kind"] == "note"]


@pytest.fixture
def late(app: Flask, cast: Cast, sign_in: SignIn) -> Phone:
    """Aino's phone, which sent an entry after she had lost access. Liisa and Mikko have it."""
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, cast.aino.org, CASE, cast.aino.team)
        for person in (cast.aino, cast.liisa, cast.mikko):
            scope.grant(transaction, person.org, person.id, [CASE], "own_client")
        scope.revoke(transaction, cast.aino.org, cast.aino.id, [CASE], "moved")
    phone = sign_in("aino")
    assert push(phone, change())["verdicts"] == [
        {"id": "change-1", "verdict": "in_review", "problem": {"code": "case_access_lost"}}
    ]
    return phone


def test_it_works(late: Phone, app: Flask, sign_in: SignIn, cast: Cast) -> None:
    """[S4] Released, it is applied in its author's name, and colleagues read it."""
    mikko = sign_in("mikko")
    reply = mikko.get("/api/review-queue").json
    assert reply is not None
    (entry,) = reply["entries"]
    assert entry["author"] == cast.aino.id
    assert entry["change"] == change()
    released = mikko.post("/api/review-queue/change-1/release")
    assert released.status_code == 200
    assert released.json is not None
    assert released.json["verdict"] == "applied"
    assert held(mikko) == []
    assert texts(sign_in("liisa")) == ["Entry 1"]
    assert texts(late) == []
    with app.app_context():
        assert db.session.scalars(select(Change.author).where(Change.id == "change-1")).all() == [cast.aino.id]


@pytest.mark.usefixtures("late")
def test_a_rejected_entry_is_kept(app: Flask, sign_in: SignIn, cast: Cast) -> None:
    """[S4] With its text, and with who decided."""
    mikko = sign_in("mikko")
    assert mikko.post("/api/review-queue/change-1/reject").status_code == 204
    assert held(mikko) == []
    assert texts(sign_in("liisa")) == []
    with app.app_context():
        (row,) = db.session.scalars(select(ReviewItem))
        assert (row.decision, row.decided_by) == ("rejected", cast.mikko.id)
        assert "Entry 1" in row.change


@pytest.mark.parametrize("first", ["release", "reject"])
@pytest.mark.parametrize("second", ["release", "reject"])
@pytest.mark.usefixtures("late")
def test_it_is_decided_once(sign_in: SignIn, first: str, second: str) -> None:
    mikko = sign_in("mikko")
    assert mikko.post(f"/api/review-queue/change-1/{first}").status_code in {200, 204}
    assert mikko.post(f"/api/review-queue/change-1/{second}").status_code == 404


@pytest.mark.parametrize("who", ["aino", "liisa", "sanna", "satu"])
@pytest.mark.usefixtures("late")
def test_only_a_supervisor_decides(sign_in: SignIn, who: str) -> None:
    """Security 6."""
    phone = sign_in(who)
    for reply in (
        phone.get("/api/review-queue"),
        phone.post("/api/review-queue/change-1/release"),
        phone.post("/api/review-queue/change-1/reject"),
    ):
        assert (reply.status_code, reply.json) == (403, {"problem": {"code": "not_allowed"}})
    assert held(sign_in("mikko")) == ["change-1"]


@pytest.mark.parametrize("who", ["sanna", "olli"])
@pytest.mark.usefixtures("late")
def test_a_leader_without_the_case_learns_nothing(app: Flask, sign_in: SignIn, cast: Cast, who: str) -> None:
    """Security 6 and 8: another team's leader, and another organisation's."""
    with app.app_context(), writing() as transaction:
        transaction.get_one(User, getattr(cast, who).key).role = "team_leader"
    phone = sign_in(who)
    assert held(phone) == []
    for action in ("release", "reject"):
        foreign, absent = (phone.post(f"/api/review-queue/{id_}/{action}") for id_ in ("change-1", "nothing"))
        assert foreign.status_code == absent.status_code == 404
        assert foreign.data == absent.data


@pytest.mark.usefixtures("late")
def test_an_entry_whose_record_moved_goes_on_waiting(app: Flask, sign_in: SignIn, cast: Cast) -> None:
    """[S2] It is refused with its reason and stays held."""
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, cast.liisa.org, "case-2", None)
        scope.grant(transaction, cast.liisa.org, cast.liisa.id, ["case-2"], "own_client")
    push(sign_in("liisa"), change() | {"id": "change-2", "case": "case-2"})
    mikko = sign_in("mikko")
    reply = mikko.post("/api/review-queue/change-1/release").json
    assert reply == {"id": "change-1", "verdict": "refused", "problem": {"code": "record_elsewhere"}}
    assert held(mikko) == ["change-1"]


def test_a_revoked_device_hands_in_its_outbox_and_gets_nothing(app: Flask, sign_in: SignIn, cast: Cast) -> None:
    """Security, three endings: verdicts, and no record, cursor or file."""
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, cast.aino.org, CASE, cast.aino.team)
        scope.grant(transaction, cast.aino.org, cast.aino.id, [CASE], "own_client")
    phone, laptop = sign_in("aino"), sign_in("aino", device="laptop")
    laptop.delete("/api/devices/phone-of-aino")
    reply = push(phone, change())
    assert [verdict["verdict"] for verdict in reply["verdicts"]] == ["applied"]
    assert reply.keys() <= {"protocol", "epoch", "server_time", "backed_up_seq", "verdicts", "touched"}
    assert reply["touched"] == []
    assert texts(laptop) == ["Entry 1"]


def hand_over(phone: Phone, *changes: Any) -> list[dict[str, Any]]:
    ids = [each["id"] for each in changes]
    body = {"protocol": 2, "schema": 1, "cursor": None, "changes": list(changes), "more_follow": True, "escalated": ids}
    reply: dict[str, Any] | None = phone.post("/api/sync", body).json
    assert reply is not None
    verdicts: list[dict[str, Any]] = reply["verdicts"]
    return verdicts


def too_long(number: int = 1) -> dict[str, Any]:
    """Refused at the door: its text is longer than a note may be."""
    return change(number) | {"set": {"text": "x" * 20_001, "areas": ["home_care"]}}


@pytest.fixture
def team(app: Flask, cast: Cast, sign_in: SignIn) -> Phone:
    """Aino's phone. She works with the case, and so does Mikko, who leads her team."""
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, cast.aino.org, CASE, cast.aino.team)
        for person in (cast.aino, cast.mikko):
            scope.grant(transaction, person.org, person.id, [CASE], "own_client")
    return sign_in("aino")


def test_s7_a_refused_entry_is_handed_over_whole_with_its_reason(team: Phone, sign_in: SignIn, cast: Cast) -> None:
    """[S7] Refused without it; sent again, once or twice, it waits there once."""
    refused = push(team, too_long())["verdicts"][0]
    assert (refused["verdict"], refused["problem"]["code"]) == ("refused", "value_invalid")
    for _ in range(2):
        assert hand_over(team, too_long()) == [{**refused, "verdict": "in_review"}]
    assert push(team, too_long())["verdicts"][0]["verdict"] == "in_review"
    mikko = sign_in("mikko")
    listed = mikko.get("/api/review-queue").get_json()["entries"]
    assert [(one["author"], one["change"], one["problem"]) for one in listed] == [
        (cast.aino.id, too_long(), refused["problem"])
    ]
    assert mikko.post("/api/review-queue/change-1/release").get_json() == refused
    assert held(mikko) == ["change-1"]
    assert mikko.post("/api/review-queue/change-1/reject").status_code == 204
    assert held(mikko) == []


def test_s7_what_can_be_applied_by_now_is_applied(team: Phone, sign_in: SignIn) -> None:
    """[S7] The reason may have gone since: nobody has to decide anything."""
    assert [verdict["verdict"] for verdict in hand_over(team, change(), too_long(2))] == ["applied", "in_review"]
    assert texts(team) == ["Entry 1"]
    assert held(sign_in("mikko")) == ["change-2"]


def test_s7_released_it_is_applied_in_its_authors_name(team: Phone, app: Flask, sign_in: SignIn, cast: Cast) -> None:
    """[S7] Aino wrote under a client that was never hers; Mikko knows the client, and lets it in."""
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, cast.aino.org, "case-2", cast.aino.team)
        scope.grant(transaction, cast.mikko.org, cast.mikko.id, ["case-2"], "supervision")
    entry = change() | {"case": "case-2"}
    assert hand_over(team, entry)[0]["problem"] == {"code": "case_unknown"}
    mikko = sign_in("mikko")
    assert mikko.post("/api/review-queue/change-1/release").get_json()["verdict"] == "applied"
    assert texts(mikko) == ["Entry 1"]
    with app.app_context():
        assert db.session.scalars(select(Change.author).where(Change.id == "change-1")).all() == [cast.aino.id]
        decided = select(AuditEvent.actor).where(AuditEvent.event == "held_released")
        assert db.session.scalars(decided).all() == [cast.mikko.id]


def test_s7_nothing_is_revealed_by_it(team: Phone, app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[S7] [S5] Absent, another team's, another organisation's: one answer; and only the own leader reads it."""
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, cast.sanna.org, "south", cast.sanna.team)
        scope.grant(transaction, cast.sanna.org, cast.sanna.id, ["south"], "own_client")
        scope.open_file(transaction, cast.olli.org, "west", cast.olli.team)
        scope.grant(transaction, cast.olli.org, cast.olli.id, ["west"], "own_client")
        transaction.get_one(User, cast.olli.key).role = "team_leader"
    cases = (OTHERS, "south", "west")
    told = hand_over(team, *(change(number) | {"case": case} for number, case in enumerate(cases)))
    assert [verdict | {"id": ""} for verdict in told] == [
        {"id": "", "verdict": "in_review", "problem": {"code": "case_unknown"}}
    ] * 3
    mikko = sign_in("mikko")
    assert held(mikko) == ["change-0", "change-1", "change-2"]
    for number in range(3):
        released = mikko.post(f"/api/review-queue/change-{number}/release").get_json()
        assert released == {"id": f"change-{number}", "verdict": "refused", "problem": {"code": "case_unknown"}}
    assert held(sign_in("olli")) == []
    assert sign_in("olli").post("/api/review-queue/change-2/reject").status_code == 404


def test_s7_another_persons_id_or_a_taken_one_is_not_handed_over(team: Phone, sign_in: SignIn) -> None:
    """[S7] [W3] The id alone makes it idempotent; with another payload it stays refused."""
    hand_over(team, too_long())
    assert hand_over(sign_in("mikko"), too_long())[0]["problem"] == {"code": "change_id_reused"}
    assert hand_over(team, too_long() | {"set": {"text": "y" * 20_001}})[0]["problem"] == {"code": "change_id_reused"}
    push(team, change(2))
    assert hand_over(team, too_long(2))[0]["verdict"] == "refused"
    assert held(sign_in("mikko")) == ["change-1"]


@pytest.mark.parametrize(
    "broken",
    [
        {"at": "yesterday"},
        {"kind": "No Kind"},
        {"record": "\x00"},
        {"seen": None},
        {"case": "\x00", "set": {"text": "a\x00b"}},
        {"set": {"text": "x" * 300_000}},
    ],
)
def test_s7_a_damaged_entry_keeps_its_text(team: Phone, sign_in: SignIn, broken: dict[str, Any]) -> None:
    """[S7] What can be told of it waits to be read; released, it is refused again and goes on waiting."""
    entry = change() | broken
    assert hand_over(team, entry)[0]["verdict"] == "in_review"
    mikko = sign_in("mikko")
    (listed,) = mikko.get("/api/review-queue").get_json()["entries"]
    assert listed["change"]["set"] == entry["set"]
    contract = orjson.loads(CONTRACT.read_bytes())["components"]["schemas"]
    shape = contract[contract["ReviewEntry"]["properties"]["change"]["$ref"].split("/")[-1]]
    assert listed["change"].keys() == shape["properties"].keys()
    for name, said in shape["properties"].items():
        assert re.search(said.get("pattern", ""), str(listed["change"][name])), name
    assert mikko.post("/api/review-queue/change-1/release").get_json()["verdict"] == "refused"
    assert held(mikko) == ["change-1"]


def test_s7_a_hold_has_an_end(team: Phone, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """[S7] What does not fit stays refused on the phone, and says why; decided ones make room."""
    monkeypatch.setattr("server.sync.push.LIMITS", replace(LIMITS, held_waiting_max=2))
    codes = [verdict["problem"]["code"] for verdict in hand_over(team, *map(too_long, range(3)))]
    assert codes == ["value_invalid", "value_invalid", "hold_full"]
    sign_in("mikko").post("/api/review-queue/change-0/reject")
    assert hand_over(team, too_long(2))[0]["verdict"] == "in_review"


def test_s4_what_came_too_late_has_an_end_too(late: Phone, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """[S4] [S7] 1,200 entries of somebody without access; sent again, what is held is told as held."""
    monkeypatch.setattr("server.sync.push.LIMITS", replace(LIMITS, held_waiting_max=200))
    entries = [change(number) for number in range(1, 1201)]
    said = [push(late, *entries[start : start + 400])["verdicts"] for start in range(0, 1200, 400)]
    verdicts = [verdict for batch in said for verdict in batch]
    assert [verdict["verdict"] for verdict in verdicts] == ["in_review"] * 200 + ["refused"] * 1000
    assert {verdict["problem"]["code"] for verdict in verdicts[200:]} == {"hold_full"}
    assert [verdict["verdict"] for verdict in push(late, *entries[:201])["verdicts"]] == ["in_review"] * 200 + [
        "refused"
    ]
    mikko = sign_in("mikko")
    mikko.post("/api/review-queue/change-7/reject")
    assert [verdict["verdict"] for verdict in push(late, *entries[300:302])["verdicts"]] == ["in_review", "refused"]


def test_s4_the_list_comes_in_pages(late: Phone, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """[S4] By number and by size, each once, the oldest first, also where some are decided between two pages."""
    small = replace(LIMITS, held_page_bytes_max=200_000)
    monkeypatch.setattr("server.sync.review_queue.LIMITS", small)
    push(late, *(change(number) | {"set": {"text": "x" * 19_000}} for number in range(2, 30)))
    push(late, *(change(number) for number in range(30, 200)))
    mikko = sign_in("mikko")
    seen: list[str] = []
    after: str | None = ""
    sizes = []
    while after is not None:
        reply = mikko.get(f"/api/review-queue?{urlencode({'after': after})}")
        sizes.append((len(reply.get_json()["entries"]), len(reply.data)))
        seen += [entry["change"]["id"] for entry in reply.get_json()["entries"]]
        mikko.post(f"/api/review-queue/{seen[-1]}/reject")
        after = reply.get_json()["next"]
    assert seen == [f"change-{number}" for number in range(1, 200)]
    assert max(count for count, _ in sizes) == LIMITS.held_page_entries_max
    assert max(size for _, size in sizes) < 1.2 * small.held_page_bytes_max


@pytest.mark.parametrize("after", ["x", "/", "a/b/c", "9999999999999-0000-0123456789ab/x", "'; --", "\ud7ff"])
def test_s4_an_odd_place_is_a_place(late: Phone, sign_in: SignIn, after: str) -> None:
    """[S4] An invented one finds what is beyond it, or nothing."""
    assert late.session
    reply = sign_in("mikko").get(f"/api/review-queue?{urlencode({'after': after})}")
    assert reply.status_code == 200


@pytest.fixture
def diary(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind that only field workers read."""

    class Diary(Kind):
        visibility_class = "workers"
        readers = frozenset({"field_worker"})
        text = long_text()

    monkeypatch.setitem(KINDS, "diary", Diary)


@pytest.mark.usefixtures("diary")
def test_s7_d4_what_a_supervisor_may_not_read_is_not_theirs_to_decide(
    team: Phone, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[S7] [D4] A held entry of a hidden class is as absent as one that was never held, until the class is theirs."""
    entry = too_long() | {"kind": "diary"}
    assert [verdict["verdict"] for verdict in hand_over(team, entry, too_long(2))] == ["in_review", "in_review"]
    mikko = sign_in("mikko")
    assert held(mikko) == ["change-2"]
    for action in ("release", "reject"):
        hidden, absent = (mikko.post(f"/api/review-queue/{id_}/{action}") for id_ in ("change-1", "nothing"))
        assert hidden.status_code == absent.status_code == 404
        assert hidden.data == absent.data
    monkeypatch.setattr(KINDS["diary"], "readers", CASE_READERS)
    assert held(mikko) == ["change-1", "change-2"]


@pytest.mark.usefixtures("diary")
def test_d4_an_entry_upon_a_hidden_record_is_not_released(team: Phone, sign_in: SignIn, app: Flask, cast: Cast) -> None:
    """[D4] [S4] It claims to be a note; what it would be laid upon, its supervisor may not read."""
    push(team, change(3) | {"kind": "diary"})
    with app.app_context(), writing() as transaction:
        scope.revoke(transaction, cast.aino.org, cast.aino.id, [CASE], "moved")
    push(team, change(4) | {"record": "note-3"})
    mikko = sign_in("mikko")
    assert held(mikko) == ["change-4"]
    released = mikko.post("/api/review-queue/change-4/release").get_json()
    assert released == {"id": "change-4", "verdict": "refused", "problem": {"code": "not_allowed"}}
    assert held(mikko) == ["change-4"]
