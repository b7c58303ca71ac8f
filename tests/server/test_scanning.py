"""A scanner for malware before anything keeps a file (X8): real programs, which look at what they are given."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from server.config import LIMITS, Settings, SettingsInvalid, settings_from
from server.core.models import db
from tests.attaching import PDF, code_of, declare, facts, how_far, photo, send
from tests.cast import ON_SQLITE, Cast, Phone, SignIn
from tests.reminding import Entries, Now, open_case
from tests.server.test_attachments import WHOLE, stored

#: put together here, since a scanner of this machine would take the whole for real
BAD = b"X5O!P%" + b"@AP[4-" + b"PZX54(P^)7CC)7}$EICAR"
INFECTED = PDF.replace(b"trailer", BAD + b"\ntrailer")


@pytest.fixture
def enter(app: Flask, cast: Cast) -> Entries:
    open_case(app, cast.aino)
    return Entries(app, Now())


@pytest.fixture
def aino(enter: Entries, sign_in: SignIn) -> Phone:  # noqa: ARG001 - the case file is there first
    return sign_in("aino")


def scan_with(app: Flask, folder: Path, script: str) -> Path:
    """A program that the installation scans with, and the file into which it writes how many bytes it was given."""
    program, seen = folder / "scanner", folder / "seen"
    program.write_text(f"#!/bin/sh\n{script}\n".replace("SEEN", str(seen)), encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    settings: Settings = app.extensions["ovikello-settings"]
    app.extensions["ovikello-settings"] = replace(settings, scan_command=(str(program), "-"))
    return seen


LOOKING = "cat > SEEN; if grep -q EICAR SEEN; then exit 1; else exit 0; fi"


def test_x8_what_the_scanner_finds_is_refused_and_gone(
    app: Flask, tmp_path: Path, enter: Entries, cast: Cast, aino: Phone
) -> None:
    """[X8] Nothing of it stays; it is told by its own name, to a request without a body too."""
    seen = scan_with(app, tmp_path, LOOKING)
    declare(enter, cast.aino, INFECTED, file=facts(INFECTED, "pdf"))
    reply = send(aino, INFECTED)
    assert (reply.status_code, code_of(reply)) == (406, "attachment_malware")
    assert seen.read_bytes() == INFECTED
    assert stored(app) == 0
    assert how_far(aino).status_code == 404


def test_x8_what_is_clean_is_kept(app: Flask, tmp_path: Path, enter: Entries, cast: Cast, aino: Phone) -> None:
    """[X8] The scanner sees the bytes as they came: of a photo with all that is drawn away afterwards."""
    seen = scan_with(app, tmp_path, LOOKING)
    content = photo(64, 64)
    declare(enter, cast.aino, content)
    assert send(aino, content).status_code == 204
    assert seen.read_bytes() == content
    assert aino.get(WHOLE).data != content


@ON_SQLITE
@pytest.mark.parametrize("script", ["exit 2", "kill -9 $$", "exec /nowhere/at/all"])
def test_x8_without_an_answer_nothing_is_kept_and_nothing_lost(
    app: Flask, tmp_path: Path, enter: Entries, cast: Cast, aino: Phone, script: str
) -> None:
    """[X8] The phone is asked for patience; once the scanner answers again, whoever asks finishes it."""
    scan_with(app, tmp_path, script)
    declare(enter, cast.aino, PDF, file=facts(PDF, "pdf"))
    reply = send(aino, PDF)
    assert (reply.status_code, code_of(reply)) == (503, "try_later")
    assert int(reply.headers["Retry-After"]) == LIMITS.scan_again_s
    assert aino.get(WHOLE).status_code == 404
    assert stored(app) == 1
    scan_with(app, tmp_path, LOOKING)
    assert how_far(aino).headers["Upload-Kept"]
    assert aino.get(WHOLE).data == PDF
    with app.app_context():
        db.session.remove()


@ON_SQLITE
def test_x8_a_scanner_that_hangs_is_stopped(
    app: Flask, tmp_path: Path, enter: Entries, cast: Cast, aino: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[X8] No request waits for it for ever."""
    monkeypatch.setattr("server.attachments.scanning.LIMITS", replace(LIMITS, scan_timeout_s=1))
    scan_with(app, tmp_path, "exec sleep 60")
    declare(enter, cast.aino, PDF, file=facts(PDF, "pdf"))
    assert code_of(send(aino, PDF)) == "try_later"


def test_x8_the_command_is_a_program_by_its_whole_path(tmp_path: Path) -> None:
    """[X8] Anything else stops the start with a sentence."""
    about = {"OVIKELLO_DATA_DIR": str(tmp_path)}
    assert settings_from(about).scan_command == ()
    assert settings_from(about | {"OVIKELLO_SCAN_COMMAND": "/bin/sh -c 'exit 0'"}).scan_command == (
        "/bin/sh",
        "-c",
        "exit 0",
    )
    for wrong in ("clamdscan -", "/no/such/program", "/bin/sh -c 'open"):
        with pytest.raises(SettingsInvalid, match="OVIKELLO_SCAN_COMMAND"):
            settings_from(about | {"OVIKELLO_SCAN_COMMAND": wrong})
