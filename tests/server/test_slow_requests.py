"""The server as it is served, and those who send slowly, not all, or not what they announce."""

import gzip
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.core import slow_requests
from server.core.device_quota import PROBLEM
from server.core.slow_requests import READ_S, READING_FROM_ONE_ADDRESS_MAX, PatientSocket
from tests.ports import free_port

HEAD = b"POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
UNFINISHED = {
    "silent": b"",
    "half a line": b"POST /api/se",
    "half a head": HEAD,
    "half a body": HEAD + b'Content-Length: 400\r\n\r\n{"name": "ai',
    "half a chunk": HEAD + b'Transfer-Encoding: chunked\r\n\r\n190\r\n{"name": "ai',
    "no last chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
}
BROKEN = {
    "no size": b"xyz\r\n{}\r\n0\r\n\r\n",
    "a negative size": b"-2\r\n{}\r\n0\r\n\r\n",
    "a size too small": b"1\r\n{}\r\n0\r\n\r\n",
    "a size of spaces": b"  \r\n{}\r\n0\r\n\r\n",
    "no line end": b"2\r\n{}0\r\n\r\n",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """Port and log of a server process on an empty folder."""
    folder = tmp_path_factory.mktemp("served")
    log = folder / "log"
    port = free_port()
    environment = os.environ | {"OVIKELLO_DATA_DIR": str(folder), "OVIKELLO_PRODUCTION": ""}
    command = [str(Path(sys.executable).with_name("ovikello")), "serve", "--port", str(port)]
    with (
        log.open("wb") as written,
        subprocess.Popen(command, env=environment, stdout=written, stderr=written) as process,
    ):
        for _ in range(300):
            if health_s(port) is not None:
                break
            time.sleep(0.1)
        yield port, log
        process.terminate()


def health_s(port: int) -> float | None:
    """How long an answer takes; None where there is none."""
    begun = time.monotonic()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=10) as reply:
            return time.monotonic() - begun if reply.status == 200 else None
    except OSError:
        return None


def said(port: int, sent: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        client.sendall(sent)
        return answer_to(client)


def answer_to(client: socket.socket) -> bytes:
    """Until the end of its JSON."""
    answer = b""
    while b"}" not in answer and (piece := client.recv(65536)):
        answer += piece
    return answer


@pytest.mark.parametrize("sent", UNFINISHED.values(), ids=list(UNFINISHED))
def test_unfinished_requests_block_nobody(served: tuple[int, Path], sent: bytes) -> None:
    """Security 37: twenty of them, more than there are places to work in."""
    port, _ = served
    open_ones = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
    try:
        for client in open_ones:
            client.sendall(sent)
        time.sleep(0.3)
        assert [health_s(port) is not None for _ in range(3)] == [True] * 3
    finally:
        for client in open_ones:
            client.close()


def test_one_address_has_threads_for_so_many_unfinished_requests(served: tuple[int, Path]) -> None:
    """Security 37: what is beyond that is closed, and others of the same address are served once it has let go."""
    port, _ = served
    open_ones = [socket.create_connection(("127.0.0.1", port), timeout=3) for _ in range(90)]
    for client in open_ones:
        client.sendall(UNFINISHED["half a body"])
    closed = sum(is_closed(client) for client in open_ones)
    assert closed >= 90 - READING_FROM_ONE_ADDRESS_MAX
    for client in open_ones:
        client.close()
    for _ in range(50):
        if health_s(port) is not None:
            break
        time.sleep(0.1)
    assert health_s(port) is not None


def is_closed(client: socket.socket) -> bool:
    client.settimeout(0.2)
    try:
        return client.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


@pytest.mark.parametrize("chunks", BROKEN.values(), ids=list(BROKEN))
def test_a_broken_body_is_refused_in_the_catalogues_words(served: tuple[int, Path], chunks: bytes) -> None:
    """Security 41: without a trace, in the answer or in the log."""
    port, log = served
    answer = said(port, HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunks)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 4"), answer
    assert json.loads(body)["problem"]["code"] in {"body_malformed", "fields_invalid"}
    assert b"Traceback" not in log.read_bytes()


@pytest.mark.parametrize(
    ("announced", "status"), [(b"600000", b"413"), (b"99999999999999999999", b"413"), (b"-1", b"400"), (b"x", b"400")]
)
def test_an_announced_length_is_judged_before_it_is_read(
    served: tuple[int, Path], announced: bytes, status: bytes
) -> None:
    """Security 37."""
    port, _ = served
    answer = said(port, HEAD + b"Content-Length: " + announced + b"\r\n\r\n{}")
    assert answer.startswith(b"HTTP/1.1 " + status), answer


def test_a_chunked_body_and_one_in_pieces_are_read_whole(served: tuple[int, Path]) -> None:
    """[W10] A phone on a slow network: the same answer as to one that came at once."""
    port, _ = served
    body = json.dumps({"name": "nobody", "password": "x", "device": {"id": "x", "name": "x" * 200}}).encode()
    whole = said(port, HEAD + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
    assert b"sign_in_failed" in whole
    parts = b"".join(f"{len(each):x}\r\n".encode() + each + b"\r\n" for each in (body[:9], body[9:]))
    assert b"sign_in_failed" in said(port, HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + parts + b"0\r\n\r\n")
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        for piece in (HEAD[:30], HEAD[30:], f"Content-Length: {len(body)}\r\n\r\n".encode(), body[:50], body[50:]):
            client.sendall(piece)
            time.sleep(0.05)
        assert b"sign_in_failed" in answer_to(client)


def test_a_bomb_without_a_session_is_not_unpacked(served: tuple[int, Path]) -> None:
    """[W10] Security 37."""
    port, _ = served
    bomb = gzip.compress(b"[" * 8_000_000)
    head = b"POST /api/sync HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\n"
    assert b"sign_in_needed" in said(port, head + f"Content-Length: {len(bomb)}\r\n\r\n".encode() + bomb)


@pytest.fixture
def pair() -> Iterator[tuple[PatientSocket, socket.socket]]:
    ours, theirs = socket.socketpair()
    patient = PatientSocket(ours.family, ours.type, ours.proto, fileno=ours.detach())
    yield patient, theirs
    patient.close()
    theirs.close()


def test_time_is_counted_from_the_beginning_of_a_request(
    pair: tuple[PatientSocket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Security 37: a byte now and then is too slow; what comes briskly may take longer than the first seconds."""
    ours, theirs = pair
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    ours.begin()
    for _ in range(READ_S):
        theirs.sendall(b"x")
        assert ours.recv(10) == b"x"
        clock[0] += 1
    clock[0] += 1
    theirs.sendall(b"x")
    with pytest.raises(ConnectionResetError):
        ours.recv(10)
    ours.begin()
    for _ in range(5 * READ_S):
        theirs.sendall(b"x" * slow_requests.BYTES_PER_S_MIN)
        assert ours.recv(slow_requests.BYTES_PER_S_MIN)
        clock[0] += 1


def test_whoever_does_not_take_an_answer_is_left(
    pair: tuple[PatientSocket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Security 37."""
    ours, _ = pair
    monkeypatch.setattr(slow_requests, "SEND_S", 0.05)
    monkeypatch.setattr(slow_requests, "BYTES_PER_S_MIN", 2**40)
    with pytest.raises(ConnectionResetError):
        ours.sendall(b"x" * 2**24)


def test_there_is_a_place_for_everybody_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Security 37: so many are at work at once and no more; who finds no place in time is told to try later."""
    monkeypatch.setattr(slow_requests, "PLACE_WAIT_S", 0.2)
    at_work, most, go = [0], [0], threading.Event()

    def app(environ: dict[str, object], _start: object) -> list[bytes]:
        if PROBLEM in environ:
            return [str(environ[PROBLEM]).encode()]
        at_work[0] += 1
        most[0] = max(most[0], at_work[0])
        go.wait(5)
        at_work[0] -= 1
        return [b"done"]

    served = slow_requests.WholeRequests(app, 0)
    answers: list[bytes] = []

    def ask() -> None:
        served.on_arrival(lambda: None)
        answers.extend(served({"wsgi.input": None, "PATH_INFO": "/"}, start))

    def start(*_: Any) -> Any:
        return None

    threads = [threading.Thread(target=ask) for _ in range(slow_requests.WORKING + 3)]
    for thread in threads:
        thread.start()
    time.sleep(0.6)
    go.set()
    for thread in threads:
        thread.join()
    assert most == [slow_requests.WORKING]
    assert sorted(answers) == [b"done"] * slow_requests.WORKING + [b"try_later"] * 3
