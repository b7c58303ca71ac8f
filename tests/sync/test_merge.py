"""The laws of merging, whatever people do and in whatever order it arrives (M)."""

import random
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from uuid6 import uuid7

from server.core.database import writing
from server.core.models import Record, db
from server.rules import merge
from server.rules.clock import Stamp, write
from server.rules.merge import ChangeData, LogEntry, PendingChange
from server.sync.apply import Arrival, apply_all
from server.sync.history import rebuilt
from server.sync.log import records
from server.sync.protocol import ChangeJson, change_in
from server.sync.scope import lock_files
from tests.cast import Cast

PATHS = ("note", "place", "ticks/a", "removed")
PEOPLE = ("aino", "liisa", "mikko")


@st.composite
def histories(draw: st.DrawFn, changes_max: int = 9) -> list[LogEntry]:
    """What several people did to one record: each saw some of what was there, or nothing."""
    entries: list[LogEntry] = []
    for number in range(draw(st.integers(1, changes_max))):
        paths = draw(st.lists(st.sampled_from(PATHS), min_size=1, max_size=3, unique=True))
        seen = {}
        for path in paths:
            there = [entry["change"]["id"] for entry in entries if path in entry["change"]["set"]]
            seen[path] = draw(st.lists(st.sampled_from(there), unique=True)) if there else []
        change: ChangeData = {
            "id": f"c{draw(st.integers(0, 9))}-{number}",
            "set": {path: value_for(path, draw(st.integers(0, 2))) for path in paths},
            "seen": seen,
        }
        rank = f"r{draw(st.integers(0, 3))}"
        entries.append({"change": change, "rank": rank, "author": draw(st.sampled_from(PEOPLE))})
    return entries


def value_for(path: str, number: int) -> Any:
    if path == "removed":
        return None if number == 0 else {"saw": [f"c0-{number}"], **({"why": "other"} if number == 2 else {})}
    return [True, 1, "x"][number]


def same(one: merge.State, other: merge.State) -> bool:
    """Equal to the letter: Python's `True == 1` is not equality (M4)."""
    return orjson.dumps(one, option=orjson.OPT_SORT_KEYS) == orjson.dumps(other, option=orjson.OPT_SORT_KEYS)


@settings(max_examples=400, deadline=None)
@given(history=histories(), seed=st.integers(0, 2**32))
def test_m1_any_order_and_any_repetition_give_one_state(history: list[LogEntry], seed: int) -> None:
    """[M1] [M2] [M8] Shuffled, doubled, and with late arrivals: the same state, and nothing is awaited."""
    straight = merge.replay(history)
    shuffled = history * 2
    random.Random(seed).shuffle(shuffled)
    assert same(merge.replay(shuffled), straight)
    assert straight["awaited"] == {}


@settings(max_examples=400, deadline=None)
@given(history=histories(), seed=st.integers(0, 2**32), arrived=st.integers(0, 9))
def test_m2_at_every_moment_held_is_what_nobody_named(history: list[LogEntry], seed: int, arrived: int) -> None:
    """[M1] [M2] The definition itself, also while some changes are still on their way."""
    random.Random(seed).shuffle(history)
    here = history[:arrived]
    state = merge.replay(here)
    for path in PATHS:
        named = {name for entry in here for name in entry["change"]["seen"].get(path, ())}
        held = {
            entry["change"]["id"]
            for entry in here
            if path in entry["change"]["set"] and entry["change"]["id"] not in named
        }
        known = {entry["change"]["id"] for entry in here}
        assert {version[0] for version in state["fields"].get(path, ())} == held
        assert set(state["awaited"].get(path, ())) == named - known


@settings(max_examples=400, deadline=None)
@given(history=histories())
def test_m1_no_value_disappears_that_nobody_had_seen(history: list[LogEntry]) -> None:
    """[M1] [M7] I5: each value ever written is held, or was named by one who had seen it."""
    state = merge.replay(history)
    held = {(path, version[0]) for path, versions in state["fields"].items() for version in versions}
    for entry in history:
        for path in entry["change"]["set"]:
            named = any(entry["change"]["id"] in other["change"]["seen"].get(path, ()) for other in history)
            assert ((path, entry["change"]["id"]) in held) != named


@settings(max_examples=200, deadline=None)
@given(history=histories())
def test_m3_versions_stand_in_falling_order(history: list[LogEntry]) -> None:
    """[M3] [M10] The first is shown, and every equal value with it."""
    state = merge.replay(history)
    for path, versions in state["fields"].items():
        order = [(version[1], version[0]) for version in versions]
        assert order == sorted(order, reverse=True)
        shown = merge.shown(state)[path]
        assert shown[0] == versions[0][0]
        equal = [v[0] for v in versions if orjson.dumps(v[3]) == orjson.dumps(versions[0][3])]
        assert shown == equal


@settings(max_examples=200, deadline=None)
@given(history=histories())
def test_m1_whoever_saw_all_settles_all(history: list[LogEntry]) -> None:
    """[M1] [M5] After that nothing differs."""
    state = merge.replay(history)
    ids = {path: [version[0] for version in versions] for path, versions in state["fields"].items()}
    settled: ChangeData = {"id": "settled", "set": dict.fromkeys(ids, "one"), "seen": ids}
    after = merge.apply(state, settled, "r9", "mikko", [entry["change"]["id"] for entry in history])
    assert merge.differing(after) == []
    assert all(len(versions) == 1 for versions in after["fields"].values())


@settings(max_examples=200, deadline=None)
@given(history=histories())
def test_w9_the_wire_carries_the_state(history: list[LogEntry]) -> None:
    """[W9] Packed and unpacked, nothing is lost but what is awaited."""
    state = merge.replay(history)
    record = orjson.loads(orjson.dumps(merge.pack(state)))
    assert same(merge.unpack(record), {"fields": state["fields"], "awaited": {}})


@settings(max_examples=200, deadline=None)
@given(history=histories(), split=st.integers(0, 9))
def test_m9_an_overlay_is_what_the_server_will_say(history: list[LogEntry], split: int) -> None:
    """[M9] Own unsent changes on the copy show what their arrival will show, ranked alike."""
    own: list[PendingChange] = [{**entry["change"], "at": "r9"} for entry in history[split:]]
    overlaid = merge.overlay(merge.replay(history[:split]), own, "aino")
    sent: list[LogEntry] = [{"change": change, "rank": "r9", "author": "aino"} for change in own]
    assert same(overlaid, merge.replay([*history[:split], *sent]) | {"awaited": {}})


def test_m1_nothing_given_is_altered() -> None:
    """[M1] Pure: the state before stays what it was."""
    before = merge.apply(merge.empty(), {"id": "a", "set": {"note": 1}, "seen": {}}, "r1", "aino")
    frozen = orjson.dumps(before)
    merge.apply(before, {"id": "b", "set": {"note": 2}, "seen": {"note": ["a", "c"]}}, "r2", "aino")
    merge.overlay(before, [{"id": "c", "at": "r3", "set": {"note": 3}, "seen": {}}], "aino")
    assert orjson.dumps(before) == frozen


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), seed=st.integers(0, 2**32), data=st.data())
@pytest.mark.usefixtures("office")
def test_m1_any_batching_gives_one_state(cast: Cast, history: list[LogEntry], seed: int, data: st.DataObject) -> None:
    """[M1] [L1] [W4] Through the database: any order, any batches, and the log rebuilds the same state."""
    own = str(uuid7())
    chance = random.Random(seed)
    entries = [at_home(entry, own) for entry in history]
    arrivals = [Arrival(change_in(entry["change"]), entry["author"], "d", entry["rank"]) for entry in entries]
    chance.shuffle(arrivals)
    while arrivals:
        size = data.draw(st.integers(1, len(arrivals)))
        bring(cast.aino.org, own, arrivals[:size])
        del arrivals[:size]
    with db.engine.connect() as connection:
        body, awaited = connection.execute(db.select(Record.body, Record.awaited).where(Record.id == own)).one()
        expected = merge.replay(entries)
        assert same(merge.unpack(orjson.loads(body)), expected)
        assert awaited is None
        assert same(rebuilt(connection, cast.aino.org, "north-1")[own], expected)


def at_home(entry: LogEntry, own: str) -> LogEntry:
    """The entry as a change of a record of its own, ranked by a stamp."""
    change = entry["change"]
    named = {path: [f"{own}-{name}" for name in ids] for path, ids in change["seen"].items()}
    stamp = write(Stamp(1764755100000 + int(entry["rank"][1:]), 0, "a1b2c3d4e5f6"))
    whole: ChangeJson = {
        "id": f"{own}-{change['id']}",
        "record": own,
        "kind": "newer_kind",
        "case": "north-1",
        "at": stamp,
        "set": change["set"],
        "seen": named,
    }
    return {"change": whole, "rank": stamp, "author": entry["author"]}


def bring(org: str, record: str, arrivals: list[Arrival]) -> None:
    with writing() as transaction:
        connection = transaction.connection()
        files = lock_files(connection, org, ["north-1"])
        apply_all(connection, org, files, records(connection, org, [record]), arrivals)


@pytest.mark.parametrize("bad", [float("nan"), 1.0, 2**53, -(2**53), {1: 2}, {"a": (1,)}, b"x", "\ud800", object()])
def test_m4_what_has_no_canonical_spelling(bad: Any) -> None:
    """[M4] Refused, never rounded or repaired."""
    for value in (bad, [bad], {"a": bad}):
        with pytest.raises(ValueError, match=r".+"):
            merge.canonical(value)
