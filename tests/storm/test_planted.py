"""The storm is worth what it finds: each planted bug has to be caught within a few schedules."""

import pytest
from flask import Flask

from tests.storm.invariants import Broken
from tests.storm.planted import PLANTED
from tests.storm.storm import play

SCHEDULES_MAX = 60


@pytest.mark.parametrize("name", sorted(PLANTED))
def test_the_storm_catches(name: str, storm_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    PLANTED[name](monkeypatch)
    for seed in range(SCHEDULES_MAX):
        try:
            play(seed, storm_app)
        except Broken:
            return
    pytest.fail(f"{SCHEDULES_MAX} schedules did not notice: {name}")
