"""Changes going in: verdicts, idempotency, and what one bad change does to the others (W)."""

import json
import threading
import time
from typing import Any

import orjson
import pytest

from server.config import LIMITS
from server.core.database import writing
from server.core.models import Change as LoggedChange
from server.core.models import db
from server.sync import scope
from tests.cast import Cast
from tests.sync.device import SENDING_MS, Change, Device


def test_w2_a_change_is_applied_and_everyone_gets_it(aino: Device, liisa: Device) -> None:
    """[W2] [W8] The happy path: a verdict, the record's new state, and the colleague's copy."""
    change = aino.change("r1", {"text": "Siivottiin yhdessä."})
    reply = aino.ask(change)
    seq = reply["verdicts"][0]["seq"]
    assert reply["verdicts"] == [{"id": change["id"], "verdict": "applied", "seq": seq}]
    assert [record["id"] for record in reply["touched"]] == ["r1"]
    liisa.sync()
    assert liisa.records["r1"] == {
        "seq": seq,
        "id": "r1",
        "kind": "note",
        "case": "north-1",
        "by": [[change["id"], change["at"], aino.person.id]],
        "fields": {"text": [[0, "Siivottiin yhdessä."]]},
    }


def test_w2_two_unseen_values_differ_until_somebody_saw_both(aino: Device, liisa: Device) -> None:
    """[W2] [M1] [M5] Both stand; the settling edit leaves one."""
    aino.sync(aino.change("r1", {"text": "alku"}))
    liisa.sync()
    hers = liisa.edit("r1", {"text": "Liisan"})
    assert aino.verdicts(aino.edit("r1", {"text": "Ainon"})) == ["applied"]
    assert liisa.verdicts(hers) == ["conflict"]
    aino.sync()
    assert sorted(aino.values("r1")["text"]) == ["Ainon", "Liisan"]
    both = [change for change, _, _ in aino.records["r1"]["by"]]
    aino.sync(aino.change("r1", {"text": "molemmat"}, seen={"text": both}))
    assert aino.values("r1") == {"text": ["molemmat"]}


def test_w2_different_fields_merge_by_themselves(aino: Device, liisa: Device) -> None:
    """[M1] Two people, two fields of one goal: nobody is asked."""
    aino.sync(aino.change("g1", {"title": "Oma yksiö", "status": "proposed"}, kind="goal"))
    liisa.sync()
    hers = liisa.edit("g1", {"status": "agreed"})
    assert aino.verdicts(aino.edit("g1", {"title": "Oma koti"})) == ["applied"]
    assert liisa.verdicts(hers) == ["applied"]
    aino.sync()
    assert aino.values("g1") == {"title": ["Oma koti"], "status": ["agreed"]}


def test_w2_verdicts_stand_in_the_order_of_the_changes(aino: Device) -> None:
    """[W2] [W4] One of each kind of verdict, a bad change in the middle."""
    first, bad, last = (aino.change(f"r{n}", {"text": "x"}) for n in range(3))
    bad["set"] = {"text": 7}
    reply = aino.ask(first, bad, last, first)
    assert [verdict["id"] for verdict in reply["verdicts"]] == [c["id"] for c in (first, bad, last, first)]
    assert [verdict["verdict"] for verdict in reply["verdicts"]] == ["applied", "refused", "applied", "duplicate"]
    assert reply["verdicts"][1]["problem"] == {"code": "value_invalid", "fields": {"text": ["invalid"]}}
    assert {record["id"] for record in reply["touched"]} == {"r0", "r2"}


def test_w3_the_reply_was_lost_and_the_change_is_sent_again(aino: Device) -> None:
    """[W3] Fault 1 and 2: the stored verdict, applied once."""
    change = aino.change("r1", {"text": "x"})
    seq = aino.ask(change)["verdicts"][0]["seq"]
    for _ in range(2):
        reply = aino.ask(change)
        assert reply["verdicts"] == [{"id": change["id"], "verdict": "duplicate", "seq": seq}]
        assert [record["seq"] for record in reply["touched"]] == [seq]
    assert logged("r1") == [change["id"]]


def test_w3_replaced_meanwhile_it_does_not_come_back(aino: Device, liisa: Device) -> None:
    """[W3] [M8] A late retry of what a colleague has seen and replaced."""
    change = aino.change("r1", {"text": "x"})
    aino.ask(change)
    liisa.sync()
    liisa.sync(liisa.edit("r1", {"text": "y"}))
    assert aino.verdicts(change) == ["duplicate"]
    aino.sync()
    assert aino.values("r1") == {"text": ["y"]}


OTHER: list[Change] = [
    {"set": {"text": "y"}},
    {"seen": {"text": ["somebody"]}},
    {"record": "r2"},
    {"case": "north-2"},
    {"kind": "goal", "set": {"title": "x"}},
    {"at": "1764755100000-0000-a1b2c3d4e5f6"},
]


def test_w3_the_same_id_with_another_payload_is_refused(aino: Device) -> None:
    """[W3] In a later request as within one batch; what was applied stays."""
    change = aino.change("r1", {"text": "x"})
    reused = [change | other for other in OTHER]
    assert aino.verdicts(change, *reused) == ["applied"] + ["refused"] * len(OTHER)
    assert [aino.problem(each) for each in reused] == ["change_id_reused"] * len(OTHER)
    assert logged("r1") == [change["id"]]


#: what a second client may write otherwise when it sends a change again, and what makes it another change
SAME: list[tuple[str, str]] = [
    ('{"text":"x","newer":{"a":[1,2],"b":true}}', '{"newer":["a-3"],"text":["a-1","a-2"]}'),  # paths of `seen`
    ('{"newer":{"a":[1,2],"b":true},"text":"x"}', '{"text":["a-1","a-2"],"newer":["a-3"]}'),  # paths of `set`
    ('{"text":"x","newer":{"b":true,"a":[1,2]}}', '{"text":["a-1","a-2"],"newer":["a-3"]}'),  # keys of a value
    ('{ "text" : "\\u0078" , "newer":{"a":[1,2],"b":true}}', '{"text":["a-1","a-2"],"newer":["a-3"]}'),  # spelling
]
ANOTHER: list[tuple[str, str]] = [
    ('{"text":"x","newer":{"a":[1,2],"b":true}}', '{"text":["a-2","a-1"],"newer":["a-3"]}'),  # order of `seen`
    ('{"text":"x","newer":{"a":[1,2],"b":true}}', '{"text":["a-1"],"newer":["a-3"]}'),
    ('{"text":"x","newer":{"a":[1,2],"b":true}}', '{"text":["a-1","a-2","a-2"],"newer":["a-3"]}'),
    ('{"text":"x","newer":{"a":[2,1],"b":true}}', '{"text":["a-1","a-2"],"newer":["a-3"]}'),  # order within a value
    ('{"text":"x","newer":{"a":[1,2],"b":1}}', '{"text":["a-1","a-2"],"newer":["a-3"]}'),  # `true` is not `1`
    ('{"text":"x","newer":{"a":[true,2],"b":true}}', '{"text":["a-1","a-2"],"newer":["a-3"]}'),
]


@pytest.mark.parametrize("where", ["in one batch", "in a later request", "while it waits for the supervisor"])
def test_w3_the_order_of_seen_is_of_the_payload_and_that_of_names_is_not(aino: Device, cast: Cast, where: str) -> None:
    """[W3] [M4] [S4] What SPEC says of a change that is sent again holds wherever its id is known from."""

    def written(number: int, parts: tuple[str, str]) -> Change:
        values, seen = (json.loads(part) for part in parts)
        return first[number] | {"set": values, "seen": seen}

    plain = {"text": "x", "newer": {"a": [1, 2], "b": True}}, {"text": ["a-1", "a-2"], "newer": ["a-3"]}
    again = [*SAME, *ANOTHER]
    first = [aino.change(f"r{number}", plain[0], seen=plain[1]) for number in range(len(again))]
    if where == "while it waits for the supervisor":
        with writing() as transaction:
            scope.revoke(transaction, cast.aino.org, cast.aino.id, ["north-1"], "moved")
    later = [written(number, parts) for number, parts in enumerate(again)]
    if where == "in one batch":
        verdicts = aino.ask(*first, *later, more_follow=True)["verdicts"][len(first) :]
    else:
        aino.ask(*first, more_follow=True)
        verdicts = aino.ask(*later, more_follow=True)["verdicts"]
    kept = "in_review" if where == "while it waits for the supervisor" else "duplicate"
    assert [one["verdict"] for one in verdicts] == [kept] * len(SAME) + ["refused"] * len(ANOTHER)
    assert {one["problem"]["code"] for one in verdicts[len(SAME) :]} == {"change_id_reused"}


def test_w3_the_id_of_another_persons_change_is_refused(aino: Device, liisa: Device) -> None:
    """[W3] [W6] An id belongs to its author."""
    change = aino.change("r1", {"text": "x"})
    aino.ask(change)
    assert liisa.problem(change) == "change_id_reused"


def test_w3_the_id_of_a_refused_change_may_come_again(aino: Device) -> None:
    """[W3] The entry was mended."""
    change = aino.change("r1", {"text": 7})
    assert aino.verdicts(change) == ["refused"]
    assert aino.verdicts(change | {"set": {"text": "seven"}}) == ["applied"]


def test_w3_duplicates_at_the_same_moment(aino: Device) -> None:
    """[W3] Fault 3: two threads bring the same batch; one applies it, the other is told the same."""
    changes = [aino.change(f"r{n}", {"text": "x"}) for n in range(20)]
    barrier, replies = threading.Barrier(4), []

    def bring() -> None:
        barrier.wait()
        replies.append(aino.ask(*changes, more_follow=True))

    threads = [threading.Thread(target=bring) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = sorted(verdict["verdict"] for reply in replies for verdict in reply["verdicts"])
    assert said == ["applied"] * 20 + ["duplicate"] * 60
    assert len({orjson.dumps([v["seq"] for v in reply["verdicts"]]) for reply in replies}) == 1
    assert all(len(logged(f"r{n}")) == 1 for n in range(20))


def test_w3_two_people_make_the_same_record_in_two_case_files(aino: Device, liisa: Device) -> None:
    """[S2] [W3] Fault 13: the races of ids across locks end in a verdict, never in an error."""
    said: list[str] = []
    barrier = threading.Barrier(2)

    def bring(device: Device, case: str) -> None:
        barrier.wait()
        said.extend(device.verdicts(*(device.change(f"r{n}", {"text": "x"}, case=case) for n in range(30))))

    threads = [
        threading.Thread(target=bring, args=(aino, "north-1")),
        threading.Thread(target=bring, args=(liisa, "north-2")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["applied"] * 30 + ["refused"] * 30


BAD: list[tuple[Change, str]] = [
    ({"id": None}, "change_malformed"),
    ({"id": "UPPER"}, "change_malformed"),
    ({"id": "x" * 65}, "change_malformed"),
    ({"record": 1}, "change_malformed"),
    ({"kind": "No Kind"}, "change_malformed"),
    ({"kind": "x" * 65}, "change_malformed"),
    ({"case": ""}, "change_malformed"),
    ({"at": "yesterday"}, "change_malformed"),
    ({"at": 1764755100000}, "change_malformed"),
    ({"set": {}}, "change_malformed"),
    ({"set": ["text"]}, "change_malformed"),
    ({"set": None}, "change_malformed"),
    ({"seen": None}, "change_malformed"),
    ({"seen": {"text": "a"}}, "change_malformed"),
    ({"seen": {"text": [None]}}, "change_malformed"),
    ({"seen": {"text": ["own-id"]}, "id": "own-id"}, "change_malformed"),
    ({"seen": {"areas": ["a"]}}, "seen_without_set"),
    ({"set": {"text": "x" * (LIMITS.note_chars_max + 1)}}, "value_invalid"),
    ({"set": {"text": "x", "newer": 1.5}}, "value_invalid"),
    ({"set": {"text": "x", "newer": 2**53}}, "value_invalid"),
    ({"set": {"text": "x", "Bad Path": 1}}, "value_invalid"),
    ({"set": {"areas": ["no such area"]}}, "value_invalid"),
    ({"set": {"newer": "x" * LIMITS.change_bytes_max}}, "change_too_large"),
    ({"set": {f"p{n}": 1 for n in range(LIMITS.paths_max + 1)}}, "change_too_large"),
    ({"seen": {"text": [f"a-{n}" for n in range(LIMITS.seen_ids_max + 1)]}}, "change_too_large"),
    ({"kind": "person", "set": {"name": "x"}}, "kind_read_only"),
    ({"kind": "team", "set": {"name": "x"}}, "kind_read_only"),
]


def test_w4_a_bad_change_stands_aside_and_the_others_flow(aino: Device) -> None:
    """[W4] [W5] [W12] Fault 5 and 40: each refused with its code; those between them land."""
    bad = [aino.change(f"bad-{n}", {"text": "x"}) | wrong for n, (wrong, _) in enumerate(BAD)]
    good = [aino.change(f"good-{n}", {"text": "x"}) for n in range(len(BAD))]
    verdicts = aino.ask(*(change for pair in zip(bad, good, strict=True) for change in pair), more_follow=True)[
        "verdicts"
    ]
    codes = [verdict["problem"]["code"] for verdict in verdicts[::2]]
    assert list(zip([wrong for wrong, _ in BAD], codes, strict=True)) == BAD
    assert {verdict["verdict"] for verdict in verdicts[1::2]} == {"applied"}
    assert not any(logged(f"bad-{n}") for n in range(len(BAD)))


def test_w4_something_that_is_no_change_at_all(aino: Device) -> None:
    """[W4] It gets a verdict too, in its place."""
    things: list[Any] = [None, 1, "text", [], {}, True, {"id": 7}]
    reply = aino.ask(*things, aino.change("r1", {"text": "x"}), more_follow=True)
    refusal = {"id": "", "verdict": "refused", "problem": {"code": "change_malformed"}}
    assert reply["verdicts"][:-1] == [refusal] * len(things)
    assert reply["verdicts"][-1]["verdict"] == "applied"


def test_w4_limits_themselves_are_allowed(aino: Device) -> None:
    """[W4] Both sides of each boundary: these are the last that pass."""
    most = aino.change("r1", {f"p{n}": n for n in range(LIMITS.paths_max)})
    seen = aino.change("r2", {"text": "x"}, seen={"text": [f"a-{n}" for n in range(LIMITS.seen_ids_max)]})
    longest = aino.change("r3", {"text": "x" * LIMITS.note_chars_max})
    empty = len(orjson.dumps({"seen": {}, "set": {"newer": ""}}))
    fullest = aino.change("r4", {"newer": "x" * (LIMITS.change_bytes_max - empty)})
    assert aino.verdicts(most, seen, longest, fullest) == ["applied"] * 4


def test_w5_a_seen_id_that_has_not_arrived_is_waited_for(aino: Device, liisa: Device) -> None:
    """[W5] [M2] Fault 4: the later change came first; the earlier one holds nothing on arrival."""
    first = aino.change("r1", {"text": "eka"})
    second = aino.change("r1", {"text": "toka"}, seen={"text": [first["id"]]})
    assert aino.verdicts(second) == ["applied"]
    assert aino.verdicts(first) == ["applied"]
    liisa.sync()
    assert liisa.values("r1") == {"text": ["toka"]}
    assert sorted(logged("r1")) == sorted([first["id"], second["id"]])


def test_w6_what_the_body_claims_of_author_and_order_is_ignored(aino: Device, liisa: Device) -> None:
    """[W6] The author comes from the session, the device from the session's device."""
    lies = {"author": liisa.person.id, "org": "other", "seq": 1, "role": "admin", "received": "x", "rank": "z"}
    change = aino.change("r1", {"text": "x"}) | lies
    assert aino.ask(change, device="someone-elses")["verdicts"][0]["verdict"] == "applied"
    row = db.session.get_one(LoggedChange, (change["id"], aino.person.org))
    assert (row.author, row.device) == (aino.person.id, aino.name)
    assert row.seq > 1


def test_w11_unknown_kinds_and_fields_come_back_as_they_went(aino: Device, liisa: Device) -> None:
    """[W11] Fault 31: a newer client's entries make the round trip."""
    values = {"newer": {"b": [1, {"a": None}], "a": "ä"}, "newer_map/item.1": True}
    aino.ask(aino.change("r1", values, kind="newer_kind"), aino.change("r2", {"text": "x", "newer_too": 7}))
    liisa.sync()
    assert liisa.values("r1") == {path: [value] for path, value in values.items()}
    assert liisa.values("r2") == {"text": ["x"], "newer_too": [7]}
    assert liisa.records["r1"]["kind"] == "newer_kind"


def test_w12_nobody_writes_into_the_shared_file(aino: Device) -> None:
    """[W12] Neither what is there nor something of one's own."""
    aino.sync()
    person = aino.edit(aino.person.id, {"name": "Johtaja"})
    assert aino.problem(person) == "kind_read_only"
    assert aino.problem(aino.change("r1", {"text": "x"}, case=aino.person.org)) == "kind_elsewhere"


def test_w12_a_stored_record_keeps_its_kind(aino: Device) -> None:
    """[W11] A goal does not become a note."""
    aino.ask(aino.change("r1", {"text": "x"}))
    assert aino.problem(aino.change("r1", {"title": "x"}, kind="goal")) == "kind_mismatch"
    new, other = aino.change("r2", {"text": "x"}), aino.change("r2", {"title": "x"}, kind="goal")
    assert aino.verdicts(new, other) == ["applied", "refused"]


def test_c5_a_stamp_of_next_year_is_ranked_at_receipt(aino: Device, liisa: Device) -> None:
    """[C5] Fault 17: it is kept as it is, but does not stand above what comes after it."""
    aino.sync(aino.change("r1", {"text": "alku"}))
    liisa.sync()
    future = aino.edit("r1", {"text": "tulevaisuus"}, at="9000000000000-0000-a1b2c3d4e5f6")
    aino.ask(future)
    time.sleep(2 * SENDING_MS / 1000)
    liisa.ask(liisa.edit("r1", {"text": "nyt"}))
    liisa.sync()
    assert liisa.values("r1") == {"text": ["nyt", "tulevaisuus"]}
    assert db.session.get_one(LoggedChange, (future["id"], aino.person.org)).at == future["at"]


def logged(record: str) -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(db.select(LoggedChange.id).where(LoggedChange.record == record)))


def test_m7_a_goals_step_is_taken_away(aino: Device, liisa: Device) -> None:
    """[M6] [M7] Its item becomes null, the others stay; a colleague who had not seen that keeps hers beside it."""
    steps = {"steps/a": {"text": "Hakemus", "order": 0}, "steps/b": {"text": "Liite", "order": 1}}
    aino.sync(aino.change("g1", steps, kind="goal"))
    liisa.sync()
    away, reworded = aino.edit("g1", {"steps/a": None}), liisa.edit("g1", {"steps/a": {"text": "Toinen", "order": 0}})
    assert aino.sync(away)[0]["verdicts"][0]["verdict"] == "applied"
    assert aino.values("g1") == {"steps/a": [None], "steps/b": [steps["steps/b"]]}
    assert liisa.sync(reworded)[0]["verdicts"][0]["verdict"] == "conflict"
    assert sorted(liisa.values("g1")["steps/a"], key=str) == sorted([{"text": "Toinen", "order": 0}, None], key=str)
