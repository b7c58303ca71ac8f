"""The collector of garbage rests while a report is made, and not a moment longer."""

import gc
from threading import Event, Thread

import pytest

from server.core.without_collecting import without_collecting


def test_it_works() -> None:
    """[Z9] Again on afterwards, within one another too, and where the work fails."""
    with without_collecting():
        with without_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), without_collecting():
        print(1 / 0)
    assert gc.isenabled()


def test_the_last_one_out_turns_it_on() -> None:
    """[Z9] Two requests at a time: the one that is done first leaves it off for the other."""
    inside, may_leave = Event(), Event()

    def other() -> None:
        with without_collecting():
            inside.set()
            may_leave.wait(10)

    thread = Thread(target=other)
    with without_collecting():
        thread.start()
        assert inside.wait(10)
    assert not gc.isenabled()
    may_leave.set()
    thread.join(10)
    assert gc.isenabled()
