"""What a phone does, measured in a real Chromium against a real server: `make bench`, or

    python -m tests.bench.browser [taps|search|first|push|delta|check|cold …]

The work and the letters are those of docs/benchmarks.md. Absolute figures drift; ratios of one run count.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright, sync_playwright
from uuid6 import uuid7

from server.demo.rng import draws
from server.rules.clock import ZERO, tick
from tests.bench import caseload, quota, taps
from tests.bench.browser_phone import Phone, phone
from tests.bench.caseload import PASSWORD, RECORDS, Caseload
from tests.bench.figures import RUNS, machine, medians, percentile, table
from tests.bench.front import Front
from tests.bench.serving import Client, Server, serving

PUSHED = 1_000
SAVED_AT_ONCE = 100
CHANGED = 10
ROUND_TRIPS_MS = (0, 150)
#: for a 95th percentile that is not the longest
COLD_RUNS = 21


@dataclass
class Bench:
    playwright: Playwright
    folder: Path
    made: Caseload
    server: Server
    front: Front
    runs: int

    def phone(self, profile: str) -> Any:
        return phone(self.playwright, self.folder / profile, self.front.address)

    def medians(self, run: Callable[[int], dict[str, float]]) -> dict[str, float]:
        return medians(run, self.runs)


def first_sync(bench: Bench) -> None:
    """b: from the click on an empty store to the painted first screen, and to the last record sealed."""

    def run(number: int) -> dict[str, float]:
        with bench.phone(f"first-{number}") as own:
            own.open()
            own.page.locator("input[type=password]").wait_for()
            own.wait_installed()
            time.sleep(0.5)
            bench.front.counted()
            cpu_s = bench.server.cpu_s()
            own.sign_in("aino", PASSWORD)
            own.wait_complete()
            own.wait_painted()
            at, tally = own.moments(), bench.front.counted()
            begun = at["clicked"]
            return {
                "sign_in": own.took("resource", "/api/session"),
                "argon2": own.took("measure", "argon2"),
                "slot": at["slot made"] - begun,
                "painted": at["painted"] - begun,
                "sealed": at["first fetch complete"] - begun,
                "both": max(at["painted"], at["first fetch complete"]) - begun,
                "pull": at["first fetch complete"] - at["slot made"],
                "requests": tally.paths.count("/api/sync"),
                "down_mb": tally.down_bytes / 1e6,
                "cpu_s": bench.server.cpu_s() - cpu_s,
            }

    told = bench.medians(run)
    table(
        f"b  first sync of {RECORDS:,} records, ms from the click",
        [
            ("of it sign-in · Argon2id 64 MiB, side by side", f"{told['sign_in']:.0f} · {told['argon2']:.0f}"),
            ("signed in and the key sealed", f"{told['slot']:.0f}"),
            ("Tänään painted", f"{told['painted']:.0f}"),
            ("all records sealed", f"{told['sealed']:.0f}"),
            ("painted and all sealed", f"{told['both']:.0f}"),
            ("from there to all sealed", f"{told['pull']:.0f}  ({RECORDS / told['pull'] * 1000:,.0f} rec/s)"),
            ("requests · MB down", f"{told['requests']:.0f} · {told['down_mb']:.1f}"),
            ("server CPU s · peak MB", f"{told['cpu_s']:.2f} · {bench.server.peak_mb():.0f}"),
        ],
    )


def push(bench: Bench) -> None:
    """a: 1,000 entries made with no network, then all of them durably on the server."""
    with bench.phone("delta") as own:
        _ready(own)

        def run(number: int) -> dict[str, float]:
            bench.front.cut()
            _write_entries(own, bench, number)
            save_ms, _ = own.timed("save", [_entry(bench, number, PUSHED - 1)])
            bench.front.restore()
            bench.front.counted()
            cpu_s = bench.server.cpu_s()
            ms, state = own.timed("syncNow")
            while state["waiting"]:
                more_ms, state = own.timed("syncNow")
                ms += more_ms
            tally = bench.front.counted()
            return {
                "ms": ms,
                "save_ms": save_ms,
                "requests": tally.paths.count("/api/sync"),
                "up_kb": tally.up_bytes / 1e3,
                "down_kb": tally.down_bytes / 1e3,
                "cpu_s": bench.server.cpu_s() - cpu_s,
            }

        told = bench.medians(run)
    table(
        f"a  {PUSHED:,} entries made offline, pushed",
        [
            ("ms (records/s)", f"{told['ms']:.0f}  ({PUSHED / told['ms'] * 1000:,.0f})"),
            ("requests · kB up · down", f"{told['requests']:.0f} · {told['up_kb']:.0f} · {told['down_kb']:.0f}"),
            ("server CPU s", f"{told['cpu_s']:.2f}"),
            ("ms to save the last of them, offline", f"{told['save_ms']:.0f}"),
        ],
    )


def _write_entries(own: Phone, bench: Bench, number: int) -> None:
    edits = [_entry(bench, number, n) for n in range(PUSHED - 1)]
    for start in range(0, len(edits), SAVED_AT_ONCE):
        own.ask("save", edits[start : start + SAVED_AT_ONCE])


def _entry(bench: Bench, number: int, n: int) -> dict[str, Any]:
    case = bench.made.cases[n % len(bench.made.cases)]
    # Weeks ago, so that they are not all on Tänään.
    start_ms = time.time_ns() // 1_000_000 - 40 * caseload.DAY_MS
    fields = caseload.visit_fields(bench.made.aino, start_ms, draws("pushed", number, n))
    return {"record": str(uuid7()), "kind": "visit", "case": case, "set": fields, "seen": {}}


def delta(bench: Bench) -> None:
    """c and d: 10 of 20,000 changed, and nothing new, at no delay and at 150 ms round trip."""
    liisa = Client(bench.server.port, "liisa", PASSWORD)
    with bench.phone("delta") as own:
        _ready(own)
        for round_trip_ms in ROUND_TRIPS_MS:
            bench.front.round_trip_ms = round_trip_ms
            for letter, title, before in (
                ("c", f"{CHANGED} of {RECORDS:,} changed", lambda number: _change_some(bench, liisa, number)),
                ("d", "nothing new", lambda _number: None),
            ):

                def run(number: int, before: Callable[[int], None] = before) -> dict[str, float]:
                    before(number)
                    bench.front.counted()
                    ms, state = own.timed("syncNow")
                    assert state["phase"] == "idle", state
                    tally = bench.front.counted()
                    return {
                        "ms": ms,
                        "requests": tally.requests,
                        "body": tally.up_bytes + tally.down_bytes,
                        "head": tally.head_bytes,
                    }

                told = bench.medians(run)
                weight = f"{told['requests']:.0f} · {told['body']:.0f} · {told['head']:.0f}"
                table(
                    f"{letter}  {title}, {round_trip_ms} ms round trip",
                    [("ms", f"{told['ms']:.0f}"), ("requests · B of bodies · heads", weight)],
                )
        bench.front.round_trip_ms = 0


def _change_some(bench: Bench, liisa: Client, number: int) -> None:
    now_ms = time.time_ns() // 1_000_000
    rng = draws("delta", number, now_ms)
    clock = ZERO
    changes = []
    for case, record in rng.sample(bench.made.visits, CHANGED):
        clock = tick(clock, now_ms, "0123456789ab")
        fields = {"note": caseload.visit_fields(bench.made.liisa, now_ms, rng)["note"]}
        changes.append(caseload.change(str(uuid7()), record, "visit", case, clock, fields))
    told = {verdict["verdict"] for verdict in liisa.sync(changes)["verdicts"]}
    assert told <= {"applied", "conflict"}, told


def check(bench: Bench) -> None:
    """The daily comparison of digests: all records opened and hashed, and how long a screen waits meanwhile."""
    with bench.phone("delta") as own:
        _ready(own)

        def run(_number: int) -> dict[str, float]:
            own.tomorrow()
            told, saved = own.timed_meanwhile("syncNow", "summaries")
            return {"ms": told, "compared": own.took("measure", "digests compared"), "waited": saved}

        told = bench.medians(run)
    rows = [
        ("ms", f"{told['compared']:.0f}"),
        ("the longest that a screen's question waited", f"{told['waited']:.0f}"),
    ]
    table(f"digests of {RECORDS:,} records compared", rows)


def cold_start(bench: Bench) -> None:
    """A new browser process with no network and 20,000 records: from the data key in hand to painted Tänään."""
    with bench.phone("cold") as own:
        _ready(own)
        own.wait_installed()
        own.ask("lock")
    bench.front.cut()

    def run(slower: float, share: float | None, _number: int) -> dict[str, float]:
        with bench.phone("cold") as own:
            if slower > 1:
                own.slow_down(slower)
            with own.limited(share):
                own.open()
                own.page.locator("input[type=password]").wait_for()
                shown_ms = own.page.evaluate("performance.now()")
                own.unlock(PASSWORD)
                own.wait_painted()
                at = own.moments()
        return {
            "lock": shown_ms,
            "key": at["key"] - at["clicked"],
            "painted": at["painted"] - at["key"],
        }

    rows = []
    for title, slower, share in (
        ("as it is", 1, None),
        ("page at 4× throttle (workers are not slowed)", 4, None),
        ("whole browser on half a core (CPU quota, of 2 cores)", 1, 0.5),
    ):
        if share is not None and not quota.is_possible():
            rows.append((title, "not measured: no cgroup may be made here"))
            continue
        runs = [run(slower, share, number) for number in range(max(bench.runs, COLD_RUNS) + 1)][1:]
        lock, key, painted = (_spread([one[name] for one in runs]) for name in ("lock", "key", "painted"))
        rows.append((title, f"{painted}  (address to lock screen {lock}, key derivation {key})"))
        print(": ".join(rows[-1]), flush=True)
    bench.front.restore()
    table(
        f"cold start offline, ms from the data key in hand to painted Tänään: p50 · p95 · longest of {COLD_RUNS}", rows
    )


def _ready(own: Phone) -> None:
    """Signed in with everything sealed, whether the profile is new or not."""
    own.open()
    own.page.locator("input[type=password]").wait_for()
    if own.page.locator("input[autocomplete=username]:visible").count():
        own.sign_in("aino", PASSWORD)
        own.wait_complete()
    else:
        own.unlock(PASSWORD)
    own.wait_painted()
    own.ask("syncNow")


#: what people type: a beginning, a part, several words, a rare one, nothing at all
SEARCHES = ("vuok", "velka", "kela soitettiin", "käytiin kaup", "asiakas 01 laski", "xyzzy")
SEARCH_RUNS = 10


def search(bench: Bench) -> None:
    """All notes: the first search, which gathers the texts, and each further one, with its reading logged."""
    with bench.phone("delta") as own:
        _ready(own)
        question = {"words": SEARCHES[0], "kind": None, "mine": False}
        before_mb = own.page_mb()
        first_ms, found = own.timed("search", question)
        gathered_ms = first_ms
        while found["looked"] < found["all"]:
            ms, found = own.timed("search", question)
            gathered_ms += ms
        after_mb = own.page_mb()
        told = []
        counts = {}
        for _ in range(SEARCH_RUNS):
            for words in SEARCHES:
                ms, found = own.timed("search", question | {"words": words})
                told.append(ms)
                counts[words] = found["count"]
    rows = [
        ("first answer · all gathered", f"{first_ms:.0f} · {gathered_ms:.0f}"),
        ("each further search, p50 · p95 · longest", _spread(told)),
        ("hits", ", ".join(f"{words}: {count:,}" for words, count in counts.items())),
        ("MB of the page and its worker, before · after", f"{before_mb:.0f} · {after_mb:.0f}"),
    ]
    table(f"search in {RECORDS:,} records, ms from the screen's call to its answer", rows)


def _spread(told: list[float]) -> str:
    p50, p95 = percentile(told, 50), percentile(told, 95)
    return f"{p50:.0f} · {p95:.0f} · {max(told):.0f}"


TAP_ROUNDS = 40
SLOWED = 4


def tapping(bench: Bench) -> None:
    """From a tap to what it shows, ten actions, the page at 4×."""
    with bench.phone("delta") as own:
        _ready(own)
        own.slow_down(SLOWED)
        told = taps.measured(own.page, TAP_ROUNDS, lambda said: print(said, flush=True))
    everything = [ms for one in told.values() for ms in one]
    rows = [(action, _spread(ms)) for action, ms in told.items()]
    title = f"tap to paint with {RECORDS:,} records, page at {SLOWED}×, ms: p50 · p95 · longest of {TAP_ROUNDS}"
    table(title, [*rows, ("all", _spread(everything))])


PARTS = {
    "taps": tapping,
    "search": search,
    "first": first_sync,
    "push": push,
    "delta": delta,
    "check": check,
    "cold": cold_start,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("parts", nargs="*", default=list(PARTS), help=", ".join(PARTS))
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--all-kinds", action="store_true", help="every second record is of another kind than a visit")
    chosen = parser.parse_args()
    print(f"Machine: {machine()}")
    print(f"Medians of {chosen.runs}, first run discarded. Browser, front and server share the cores.")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        (folder / "data").mkdir()
        made = caseload.make(folder / "data", of_all_kinds=chosen.all_kinds)
        with serving(folder / "data") as server:
            front = Front(server.port)
            bench = Bench(playwright, folder, made, server, front, chosen.runs)
            for part in chosen.parts:
                PARTS[part](bench)
                sys.stdout.flush()
            front.stop()


if __name__ == "__main__":
    main()
