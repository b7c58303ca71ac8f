"""Workers in processes of their own: killed, and told to stop (N6)."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
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


@pytest.mark.parametrize(("said", "problems"), [(b"", 0), (b"cut off", 0), (b"x" * 200, 1)])
def test_a_push_that_was_cut_off_is_none(pushes: PushService, said: bytes, problems: int) -> None:
    """[N6] A worker killed within a request leaves half of it, which no push service takes; a whole one is read."""
    token = pushes.subscribe().token
    with socket.create_connection(("127.0.0.1", pushes.port)) as connection:
        connection.sendall(f"POST /wpush/v2/{token} HTTP/1.1\r\nContent-Length: 200\r\n\r\n".encode() + said)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(1000):
            pass
    assert (len(pushes.messages), len(pushes.problems)) == (0, problems)


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
