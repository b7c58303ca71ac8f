"""Two builds measured in turn, so that whatever else the machine does falls on both:

    python -m tests.bench.compare OLD NEW --keep rounds.jsonl [--rounds 12]

OLD and NEW are checkouts that are set up (`.venv`, `pwa/node_modules`). A round measures both, and each begins every
other round. Rounds are kept in a file and added to those that lie there, so they may be run one by one; `--rounds 0`
only prints what has been kept. `--only server` (or `browser`) measures that alone.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench.figures import machine

SAMPLE = Path(__file__).with_name("sample.py")
BUILDS = ("old", "new")
WEIGHED = re.compile(r"(first screen|style sheets|data) ([\d.]+) kB|(heaviest lazy screen) \S+ ([\d.]+) kB")


def python(checkout: Path, *arguments: str) -> str:
    own = checkout / ".venv" / "bin" / "python"
    return subprocess.run([own, *arguments], cwd=checkout, stdout=subprocess.PIPE, text=True, check=True).stdout


def sizes(checkout: Path) -> dict[str, float]:
    """What the build weighs; it is made anew, since only then it says so."""
    (checkout / "server" / ".static-stamp").unlink(missing_ok=True)
    said = python(checkout, "build_pwa.py")
    return {f"size: {one or other}, kB": float(kb or kilo) for one, kb, other, kilo in WEIGHED.findall(said)}


def one_round(checkouts: dict[str, Path], number: int, only: list[str]) -> dict[str, Any]:
    order = BUILDS if number % 2 == 0 else BUILDS[::-1]
    told: dict[str, Any] = {"began": order[0], "load": os.getloadavg()[0], "at": time.time()}
    for build in order:
        told[build] = json.loads(python(checkouts[build], str(SAMPLE), *only))
    return told


def quartiles(told: list[float]) -> tuple[float, float, float]:
    low, middle, high = statistics.quantiles(told, n=4, method="inclusive")
    return low, middle, high


def shown(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"


def spread(told: list[float]) -> str:
    low, middle, high = quartiles(told)
    return f"{shown(middle)} ({shown(low)}–{shown(high)})"


def table(rounds: list[dict[str, Any]]) -> None:
    """Medians with quartiles, and the same of new ÷ old within each round."""
    loads = [one["load"] for one in rounds]
    print(f"{machine()}; {len(rounds)} rounds, load when they began {min(loads):.1f}–{max(loads):.1f}\n")
    print("| | old | new | new ÷ old | new was higher |\n|---|---|---|---|---|")
    for name in rounds[0]["old"]:
        if any(name not in one[build] for one in rounds for build in BUILDS):
            continue
        old, new = ([one[build][name] for one in rounds] for build in BUILDS)
        ratios = [after / before if before else 1.0 for before, after in zip(old, new, strict=True)]
        low, middle, high = quartiles(ratios)
        higher = sum(ratio > 1 for ratio in ratios)
        mark = " **worse**" if low > 1 else ""
        print(
            f"| {name} | {spread(old)} | {spread(new)} | {middle:.2f} ({low:.2f}–{high:.2f}){mark}"
            f" | {higher} of {len(rounds)} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--only", action="append", default=[], choices=["browser", "server"])
    given = parser.parse_args()
    checkouts = {"old": given.old.resolve(), "new": given.new.resolve()}
    kept = [json.loads(line) for line in given.keep.read_text().splitlines()] if given.keep.exists() else []
    weighed = {build: sizes(checkouts[build]) for build in BUILDS} if not kept else None
    for number in range(len(kept), len(kept) + given.rounds):
        told = one_round(checkouts, number, given.only)
        for build in BUILDS:
            told[build] |= weighed[build] if weighed else {n: v for n, v in kept[0][build].items() if "size:" in n}
        kept.append(told)
        with given.keep.open("a") as file:
            file.write(json.dumps(told, ensure_ascii=False) + "\n")
        print(f"round {number} done", file=sys.stderr, flush=True)
    if len(kept) > 1:
        table(kept)


if __name__ == "__main__":
    main()
