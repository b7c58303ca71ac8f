"""Uploads that are cut at any byte, by whoever: they arrive whole, once."""

import json
import random
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.attachments.tables import AttachmentFile, AttachmentPiece
from server.config import Settings
from server.core.models import db
from tests import node
from tests.attaching import begin, declare, how_far, photo, send
from tests.cast import Cast, Phone, SignIn
from tests.real_server import RealServer, real_server
from tests.reminding import CASE, Entries, Now, open_case
from tests.whole import sampled

PIECE_BYTES = 40_000
CUTS, KILLS = sampled((10, 2), whole=(50, 25))
TUS = Path(__file__).resolve().parents[1] / "tus_testing"
CONTENT = photo()


@pytest.fixture
def enter(app: Flask, cast: Cast) -> Entries:
    open_case(app, cast.aino)
    return Entries(app, Now())


@pytest.fixture
def aino(enter: Entries, sign_in: SignIn) -> Phone:  # noqa: ARG001 - the case file is there first
    return sign_in("aino")


@pytest.fixture
def server(settings: Settings, aino: Phone) -> Iterator[RealServer]:  # noqa: ARG001 - signed in first
    with real_server(settings) as running:
        yield running


def piece(server: RealServer, phone: Phone, record: str, offset: int) -> bytes:
    """A PATCH as it goes over the wire."""
    content = CONTENT[offset : offset + PIECE_BYTES]
    said = server.headers_of(phone) | {
        "Host": "x",
        "Tus-Resumable": "1.0.0",
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": str(offset),
        "Content-Length": str(len(content)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"PATCH /api/attachments/{record} HTTP/1.1\r\n{head}\r\n".encode() + content


def sent(server: RealServer, request: bytes, upto: int, *, waits_s: float | None = None) -> None:
    """So many bytes of a request, and no more; without `waits_s` its answer is waited for."""
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=10)) as line:
        line.sendall(request[:upto])
        if waits_s is None:
            line.recv(1000)
        else:
            time.sleep(waits_s)


def offset_of(phone: Phone, record: str) -> int:
    reply = how_far(phone, record)
    assert reply.status_code == 204, dict(reply.headers)
    return int(reply.headers["Upload-Offset"])


def finish(server: RealServer, phone: Phone, record: str) -> None:
    while (offset := offset_of(phone, record)) < len(CONTENT):
        whole = piece(server, phone, record, offset)
        sent(server, whole, len(whole))


def must_be_whole_once(app: Flask, phone: Phone, record: str) -> None:
    """As one that nothing happened to."""
    with app.app_context():
        rows = db.session.scalars(select(AttachmentFile).where(AttachmentFile.id == record)).all()
        come = select(func.count()).select_from(AttachmentPiece).where(AttachmentPiece.part == "given")
        left = db.session.scalar(come)
        kept = {row.kept_sha256 for row in rows}
        db.session.rollback()
    assert (len(rows), left) == (1, 0)
    content = phone.get(f"/api/cases/{CASE}/attachments/{record}").data
    uncut = phone.get(f"/api/cases/{CASE}/attachments/uncut").data
    assert content == uncut
    assert kept == {sha256(uncut).hexdigest()}


def test_x2_cut_at_any_byte(app: Flask, enter: Entries, cast: Cast, aino: Phone, server: RealServer) -> None:
    """[X2] A network that ends within a head, a piece, or just before its answer."""
    chance = random.Random(33)
    declare(enter, cast.aino, CONTENT, "uncut")
    send(aino, CONTENT, "uncut")
    for number in range(CUTS):
        record = f"cut-{number}"
        declare(enter, cast.aino, CONTENT, record)
        begin(aino, len(CONTENT), record)
        while (offset := offset_of(aino, record)) < len(CONTENT):
            request = piece(server, aino, record, offset)
            cut = chance.choice([chance.randrange(1, len(request)), len(request) - 1, len(request), len(request)])
            sent(server, request, cut, waits_s=0 if cut < len(request) else chance.choice([0, None]))
        must_be_whole_once(app, aino, record)


def test_x2_killed_at_any_moment(app: Flask, enter: Entries, cast: Cast, aino: Phone, server: RealServer) -> None:
    """[X2] −9 while pieces come, and while the picture is drawn."""
    chance = random.Random(34)
    declare(enter, cast.aino, CONTENT, "uncut")
    send(aino, CONTENT, "uncut")
    for number in range(KILLS):
        record = f"kill-{number}"
        declare(enter, cast.aino, CONTENT, record)
        begin(aino, len(CONTENT), record)
        for _ in range(chance.randrange(len(CONTENT) // PIECE_BYTES + 2)):
            offset = offset_of(aino, record)
            request = piece(server, aino, record, offset)
            sent(server, request, len(request))
        if (offset := offset_of(aino, record)) < len(CONTENT):
            request = piece(server, aino, record, offset)
            sent(server, request, len(request), waits_s=chance.uniform(0, 0.12))
        server.kill()
        server.start()
        finish(server, aino, record)
        must_be_whole_once(app, aino, record)


def test_x2_tus_js_client_sends_goes_on_and_is_done(
    app: Flask, enter: Entries, cast: Cast, aino: Phone, server: RealServer, tmp_path: Path
) -> None:
    """[X2] Other people's tus: whole in one go, and stopped and gone on with."""
    node.install(TUS)
    declare(enter, cast.aino, CONTENT, "uncut")
    declare(enter, cast.aino, CONTENT, "stopped")
    file = tmp_path / "photo.jpg"
    file.write_bytes(CONTENT)

    def run(record: str, **more: object) -> str:
        given = {
            "file": str(file),
            "endpoint": f"{server.address}/api/attachments",
            "headers": server.headers_of(aino),
            "metadata": {"record": record},
            "piece_bytes": PIECE_BYTES,
            **more,
        }
        command = [str(node.PROGRAM), str(TUS / "send.mjs")]
        done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        url: str = json.loads(done.stdout)["url"]
        return url

    assert run("uncut") == f"{server.address}/api/attachments/uncut"
    url = run("stopped", stop_after=PIECE_BYTES)
    assert 0 < offset_of(aino, "stopped") < len(CONTENT)
    assert run("stopped", upload_url=url) == url
    must_be_whole_once(app, aino, "stopped")


def test_x2_the_real_server_takes_no_more_than_a_piece(
    enter: Entries, cast: Cast, aino: Phone, server: RealServer
) -> None:
    """[X2] In the catalogue's words, before the bytes are read."""
    declare(enter, cast.aino, CONTENT, "uncut")
    begin(aino, len(CONTENT), "uncut")
    line = HTTPConnection("127.0.0.1", server.port, timeout=10)
    said = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    headers = server.headers_of(aino) | said
    with closing(line):
        line.request("PATCH", "/api/attachments/uncut", b"\0" * 600_000, headers)
        assert json.loads(line.getresponse().read()) == {"problem": {"code": "body_too_large"}}
