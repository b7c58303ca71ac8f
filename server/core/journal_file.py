"""The journal's file: a line an event, and marks that say what became of a line. `journal.py` says what they mean."""

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from heapq import merge
from pathlib import Path
from typing import NotRequired, TypedDict

import orjson
from uuid6 import uuid7

from server.core import timestamps
from server.core.journal_detail import Detail

#: how long the logs were (`anchors.py`): remembered, and never replayed
ANCHOR = "anchor"
INTENDED, COMMITTED, OVERTAKEN, VOID = "intended", "committed", "overtaken", "void"
MARKS = (COMMITTED, OVERTAKEN, VOID)


class Mark(TypedDict):
    id: str
    at: str
    event: str
    detail: Mapping[str, object]


class Line(Mark):
    org: str
    actor: NotRequired[str | None]
    #: in the file only
    secret: NotRequired[Mapping[str, object]]
    state: NotRequired[str]


def append(path: Path, lines: Iterable[Line | Mark], *, synced: bool = True) -> None:
    """Add lines, and unless they may be lost wait until the disk has them. Several processes may do so at once."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "ab+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if file.tell() and os.pread(file.fileno(), 1, file.tell() - 1) != b"\n":
            file.write(b"\n")  # a power loss cut the last line: ours begins on its own
        file.writelines(orjson.dumps(line) + b"\n" for line in lines)
        file.flush()
        if synced:
            os.fsync(file.fileno())


def lines_of(path: Path) -> Iterator[Line]:
    """The events that hold, in order, each `intended` or `committed`."""
    return (line for line in all_of(path) if line["event"] != ANCHOR)


def all_of(path: Path) -> Iterator[Line]:
    """The events that hold, and the anchors."""
    lines = _all_lines(path)
    marked: dict[str, set[str]] = {name: set() for name in MARKS}
    for line in lines:
        if line["event"] in MARKS:
            of = line["detail"]["of"]
            marked[line["event"]] |= {of} if isinstance(of, str) else set(Detail(line["detail"]).texts("of"))
    for line in lines:
        if line["event"] not in MARKS and line["id"] not in marked[VOID] | marked[OVERTAKEN]:
            is_committed = "state" not in line or line["id"] in marked[COMMITTED]
            yield {**line, "state": COMMITTED if is_committed else INTENDED}


def blank_secrets(path: Path, is_wanted: Callable[[Line], bool]) -> None:
    """Take the secret out of lines that hold. Each stays as long as it was, so that whoever adds lines meanwhile, or
    has the file open, finds every other where it stood."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        begins = 0
        for raw in file.read().splitlines(keepends=True):
            with suppress(orjson.JSONDecodeError):
                line: Line = orjson.loads(raw)
                if "secret" in line and is_wanted(line):
                    del line["secret"]
                    os.pwrite(file.fileno(), orjson.dumps(line).ljust(len(raw.rstrip(b"\n"))), begins)
            begins += len(raw)
        os.fsync(file.fileno())


def join(own: Path, other: Path) -> None:
    """Add what only the other has, where its time puts it: on a new machine the backup's journal is all there is."""
    lines = _all_lines(own)
    known = {line["id"] for line in lines}
    missing = [line for line in _all_lines(other) if line["id"] not in known]
    if missing:
        partial = own.with_suffix(".joining")
        partial.unlink(missing_ok=True)
        append(partial, merge(missing, lines, key=lambda line: str(line["at"])))
        partial.replace(own)


def _all_lines(path: Path) -> list[Line]:
    """As they were written, marks too. A line cut by a power loss was never committed."""
    found: list[Line] = []
    for raw in path.read_bytes().splitlines() if path.exists() else ():
        try:
            found.append(orjson.loads(raw))
        except orjson.JSONDecodeError:
            continue
    return found


def mark(path: Path, name: str, ids: Iterable[str], *, synced: bool = True) -> None:
    of = list(ids)
    if of:
        told: Mark = {"id": str(uuid7()), "at": timestamps.now(), "event": name, "detail": {"of": of}}
        append(path, [told], synced=synced)
