"""The storm is worth what it finds: each planted bug has to be caught within a few schedules."""

import pytest
from flask import Flask

from tests.storm.invariants import Broken
from tests.storm.planted import PLANTED, Plant
from tests.storm.storm import play

SCHEDULES_MAX = 40


@pytest.mark.timeout(600)
@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_the_storm_catches(plant: Plant, storm_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    for seed in range(SCHEDULES_MAX):
        try:
            play(seed, storm_app, PLANTED[plant])
        except Broken as broken:
            print(f"{plant.__name__}: schedule {seed + 1}: {str(broken).splitlines()[0]}")
            return
    pytest.fail(f"{SCHEDULES_MAX} schedules did not notice: {plant.__name__}")
