"""Medians, the machine they hold for, and a table that prints well."""

from __future__ import annotations

import math
import os
import platform
import statistics
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from tests.chromium import PROGRAM

#: measured runs; one more goes first and is thrown away
RUNS = 5

Figures = Mapping[str, float]
Result = TypeVar("Result", bound=Figures)


def medians(run: Callable[[int], Result], runs: int = RUNS) -> dict[str, float]:
    """The median of each figure that `run` gives. Run 0 warms up and is not counted."""
    told = [run(number) for number in range(runs + 1)][1:]
    return {name: statistics.median(one[name] for one in told) for name in told[0]}


def percentile(told: Sequence[float], percent: int) -> float:
    """The smallest figure that `percent` of all do not exceed (nearest rank)."""
    return sorted(told)[max(0, math.ceil(len(told) * percent / 100) - 1)]


def machine() -> str:
    """What the figures hold for: processor, cores, memory, versions, and how busy it was."""
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    chromium = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=False).stdout.split()
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory_gb:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, Chromium {chromium[1] if len(chromium) > 1 else '?'}, "
        f"load {os.getloadavg()[0]:.1f} at the start"
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def table(title: str, rows: Sequence[tuple[str, str]]) -> None:
    print(f"\n{title}")
    width = max(len(name) for name, _ in rows)
    for name, figure in rows:
        print(f"  {name:{width}}  {figure}")
