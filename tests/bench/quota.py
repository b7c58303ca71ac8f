"""A share of the processor for a whole browser, through a control group. Linux only, and only where we may make one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

PERIOD_US = 100_000
#: version 1 and version 2 of the interface
V1, V2 = Path("/sys/fs/cgroup/cpu"), Path("/sys/fs/cgroup")


def is_possible() -> bool:
    if os.sched_getscheduler(0) in {os.SCHED_FIFO, os.SCHED_RR}:
        return False  # a quota does not hold for real-time processes
    return ((V1 / "cpu.cfs_quota_us").exists() and os.access(V1, os.W_OK)) or (_is_v2() and os.access(V2, os.W_OK))


@contextmanager
def limited(cores: float, processes: list[psutil.Process]) -> Iterator[None]:
    """These processes, and the children that they will have, together get `cores` of processor time."""
    group = (V2 if _is_v2() else V1) / f"ovikello-bench-{os.getpid()}"
    group.mkdir()
    try:
        quota_us = int(cores * PERIOD_US)
        if _is_v2():
            (group / "cpu.max").write_text(f"{quota_us} {PERIOD_US}")
        else:
            (group / "cpu.cfs_period_us").write_text(str(PERIOD_US))
            (group / "cpu.cfs_quota_us").write_text(str(quota_us))
        for process in processes:
            if process.is_running():
                (group / "cgroup.procs").write_text(str(process.pid))
        yield
    finally:
        _release(group)


def _is_v2() -> bool:
    controllers = V2 / "cgroup.controllers"
    return controllers.exists() and "cpu" in controllers.read_text().split()


def _release(group: Path) -> None:
    for pid in (group / "cgroup.procs").read_text().split():
        try:
            (group.parent / "cgroup.procs").write_text(pid)
        except OSError:  # it has ended meanwhile
            continue
    group.rmdir()
