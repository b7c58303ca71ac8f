"""Workers in processes of their own: killed, and told to stop (N6)."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from flask import Flask

from tests import killing
from tests.cast import Cast, SignIn
from tests.push_service import PushService

DUE = 600


def test_n6_nothing_is_lost_by_kill_9(app: Flask, cast: Cast, sign_in: SignIn, pushes: PushService) -> None:
    """[N6] Two workers, killed at random: all delivered; what was sent twice replaces the first."""
    sign_in("aino")
    killing.fill(app, cast.aino, pushes, DUE)
    outcome = killing.run(app, pushes, workers=2, kills=3, seed=1, limit_s=90)
    assert (outcome.lost, list(outcome.problems)) == (0, [])
    assert outcome.kills > 0
    assert len(pushes.shown()) == DUE


def test_n6_the_command_stops_when_told(tmp_path: Path) -> None:
    """[N6] `ovikello worker`."""
    program = str(Path(sys.executable).with_name("ovikello"))
    environment = os.environ | {"OVIKELLO_DATA_DIR": str(tmp_path), "OVIKELLO_PRODUCTION": ""}
    subprocess.run([program, "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL)
    process = subprocess.Popen([program, "worker"], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "Sending what is due.\n"
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    process.stdout.close()
