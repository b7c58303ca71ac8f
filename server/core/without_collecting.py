"""Work that makes very many objects, all needed until its end: looking for garbage among them finds none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_at_work = 0


@contextmanager
def without_collecting() -> Iterator[None]:
    """The collector rests while anybody in this process is in here. What nothing refers to is freed all the same."""
    global _at_work  # noqa: PLW0603 - the collector is the process's
    with _lock:
        _at_work += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _at_work -= 1
            if not _at_work:
                gc.enable()
