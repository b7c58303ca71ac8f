"""All figures of one checkout, once, as one line of JSON: what `tests.bench.compare` runs in each.

It runs with the checkout's own modules, in its folder and with its Python, so an older one is measured as well:
`cd CHECKOUT && .venv/bin/python /path/to/sample.py [browser] [server]`, both where none is named.
"""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path[0] = str(Path.cwd())

from playwright.sync_api import Playwright, sync_playwright  # noqa: E402

from tests.bench import browser, caseload, figures, server, taps  # noqa: E402
from tests.bench.front import Front  # noqa: E402
from tests.bench.serving import serving  # noqa: E402
from tests.postgres import start_postgres  # noqa: E402

RECORDS = 4_000
#: measured repetitions beside one that is thrown away
FIRST_RUNS, PUSH_RUNS, DELTA_RUNS, COLD_RUNS, TAP_ROUNDS, SERVER_RUNS = 2, 3, 7, 3, 3, 4
#: the parts of `browser` in order, and what each tells: a figure's name here, its name there
PARTS = (
    ("first sync", {"Tänään painted": "painted", "all sealed": "sealed", "argon2": "argon2", "server CPU": "cpu_s"}),
    ("push of 1,000", {"ms": "ms", "a save": "save_ms", "server CPU": "cpu_s", "kB up": "up_kb", "kB down": "down_kb"}),
    ("10 changed", {"ms": "ms", "bytes": "body", "bytes of heads": "head"}),
    ("nothing new", {"ms": "ms", "bytes": "body", "bytes of heads": "head"}),
    ("10 changed, 150 ms away", {"ms": "ms"}),
    ("nothing new, 150 ms away", {"ms": "ms"}),
)


@dataclass
class Listening(browser.Bench):
    """Keeps the medians that the bench tells."""

    heard: list[dict[str, float]] = field(default_factory=list)

    def medians(self, run: Any) -> dict[str, float]:
        told = figures.medians(run, self.runs)
        self.heard.append(told)
        return told


def in_browser(playwright: Playwright, folder: Path) -> dict[str, float]:
    (folder / "data").mkdir()
    made = caseload.make(folder / "data", RECORDS)
    with serving(folder / "data") as running:
        front = Front(running.port)
        bench = Listening(playwright, folder, made, running, front, FIRST_RUNS)
        browser.first_sync(bench)
        bench.runs = PUSH_RUNS
        browser.push(bench)
        bench.runs = DELTA_RUNS
        browser.delta(bench)
        told = {
            f"{part}: {name}": heard[there]
            for (part, names), heard in zip(PARTS, bench.heard, strict=True)
            for name, there in names.items()
        }
        told |= tapped(bench)
        told |= cold(bench)
        told["server: peak MB"] = running.peak_mb()
        front.stop()
    return told


def tapped(bench: browser.Bench) -> dict[str, float]:
    with bench.phone("delta") as own:
        browser._ready(own)
        own.slow_down(browser.SLOWED)
        told = taps.measured(own.page, TAP_ROUNDS, lambda _said: None)
    medians = {f"tap: {action}": statistics.median(ms) for action, ms in told.items()}
    return medians | {"tap: all ten": statistics.median(ms for one in told.values() for ms in one)}


def cold(bench: browser.Bench) -> dict[str, float]:
    """A new browser process with no network: from the data key in hand to painted Tänään."""
    with bench.phone("delta") as own:
        browser._ready(own)
        own.wait_installed()
        own.ask("lock")
    bench.front.cut()
    told: dict[str, float] = {}
    for title, slower in (("as it is", 1), ("page at 4×", browser.SLOWED)):
        painted, lock = [], []
        for _ in range(COLD_RUNS + 1):
            with bench.phone("delta") as own:
                if slower > 1:
                    own.slow_down(slower)
                own.open()
                own.page.locator("input[type=password]").wait_for()
                lock.append(own.page.evaluate("performance.now()"))
                own.unlock(caseload.PASSWORD)
                own.wait_painted()
                at = own.moments()
                painted.append(at["painted"] - at["key"])
        told[f"cold start, {title}: painted"] = statistics.median(painted[1:])
        told[f"cold start, {title}: lock shown"] = statistics.median(lock[1:])
    bench.front.restore()
    return told


def alone() -> dict[str, float]:
    """The server without a browser, on one core, on both databases."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    server.RECORDS, server.RUNS = (SERVER_RUNS + 2) * server.CHANGES, SERVER_RUNS
    told = {}
    for database in ("SQLite", "PostgreSQL"):
        postgres = start_postgres(durable=True) if database == "PostgreSQL" else None
        with tempfile.TemporaryDirectory() as name:
            url = postgres.create_database() if postgres else f"sqlite:///{name}/bench.sqlite"
            bench = server.set_up(url, Path(name), caseload.CASES)
            rows = dict(zip(("push", "first pull", "10 changed", "nothing new"), server.measure(bench), strict=False))
            for title, (_, _, wall, cpu, _, up, down, _) in rows.items():
                for unit, figure in (("ms", wall), ("CPU ms", cpu), ("bytes up", up), ("bytes down", down)):
                    told[f"{database}, {title}: {unit}"] = float(figure.replace(",", ""))
            with bench.app.app_context():
                bench.app.extensions["sqlalchemy"].engine.dispose()
        if postgres:
            postgres.stop()
    return told


def main() -> None:
    vars(browser).update(RECORDS=RECORDS)
    wanted = sys.argv[1:] or ["browser", "server"]
    told: dict[str, float] = {}
    # What the bench prints is for people; the figures leave by themselves.
    with contextlib.redirect_stdout(sys.stderr):
        if "browser" in wanted:
            with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
                told |= in_browser(playwright, Path(name))
        if "server" in wanted:
            told |= alone()
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
