"""Seeded storms on both databases. `OVIKELLO_STORM_SCHEDULES` asks for another number of them."""

import os

import pytest
from flask import Flask

from tests.storm.storm import play
from tests.whole import sampled

SCHEDULES = int(os.environ.get("OVIKELLO_STORM_SCHEDULES") or sampled(200, whole=1000))
FIRST = int(os.environ.get("OVIKELLO_STORM_FIRST", "0"))
CHUNK = 5


@pytest.mark.timeout(600)  # a chunk takes seconds, unless the machine is busy with something else
@pytest.mark.parametrize("first", range(FIRST, FIRST + SCHEDULES, CHUNK))
def test_w1_storm_keeps_i1_to_i7(first: int, storm_app: Flask) -> None:
    """[M1] [W3] [P5] [P6] [R2] [R3] [R5] [R13] [W14] [H7] [H8] Whatever goes wrong, I1–I8 hold once it is over."""
    for seed in range(first, min(first + CHUNK, FIRST + SCHEDULES)):
        play(seed, storm_app)
