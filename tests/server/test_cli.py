"""The command `ovikello`: what it says, what it does, and that it never answers with a trace."""

import os
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from server import create_app
from server.cli import main
from server.config import DEMO_ORGANISATION, settings_from
from server.core.models import Access, CaseFile, Device, Record, User, db
from tests.cast import PASSWORD
from tests.ports import free_port

Run = Callable[..., Result]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(data_dir: Path) -> Run:
    """`run("user add aino", stdin=…)`: the command on a folder of its own."""

    def run(line: str, stdin: str = f"{PASSWORD}\n") -> Result:
        environment = {"OVIKELLO_DATA_DIR": str(data_dir), "OVIKELLO_PRODUCTION": ""}
        return CliRunner().invoke(main, line.split(), input=stdin, env=environment)

    return run


@pytest.fixture
def hired(run: Run) -> Run:
    """With Aino, and her team leader Mikko."""
    add = "user add {} --organisation Harjula --team North --role {} --password-stdin"
    assert run(add.format("aino", "field_worker")).exit_code == 0
    assert run(add.format("mikko", "team_leader")).exit_code == 0
    return run


def test_it_works(run: Run) -> None:
    added = run("user add Aino --organisation Harjula --team North --display-name Aino --password-stdin")
    assert (added.exit_code, added.stdout) == (0, "aino can sign in (Harjula).\n")
    listed = run("user list").stdout.split()
    assert listed == ["aino", "field_worker", "North", "Harjula"]


def test_the_password_can_be_typed(run: Run) -> None:
    added = run("user add aino --organisation Harjula", stdin=f"{PASSWORD}\n{PASSWORD}\n")
    assert added.exit_code == 0
    assert PASSWORD not in added.output


def test_the_only_organisation_need_not_be_named(hired: Run) -> None:
    assert hired("user add liisa --password-stdin").exit_code == 0
    hired("user add olli --organisation Rantala --password-stdin")
    refused = hired("user add sanna --password-stdin")
    assert refused.exit_code == 1
    assert "Harjula, Rantala" in refused.output


@pytest.mark.parametrize(
    ("line", "stdin", "said"),
    [
        ("user add liisa --password-stdin", "short\n", "too short or too easily guessed"),
        ("user add aino --password-stdin", f"{PASSWORD}\n", "signs in as aino already"),
        ("user add liisa --role king --password-stdin", f"{PASSWORD}\n", "Invalid value for '--role'"),
        ("user reset-password nobody --password-stdin", f"{PASSWORD}\n", "Nobody signs in as nobody"),
        ("user reset-password aino --password-stdin", "short\n", "too short or too easily guessed"),
        ("team add North", "", "There is a team North already"),
        ("case open nobody", "", "Nobody signs in as nobody"),
        ("access grant aino no-such-case", "", "no such case file"),
        ("access grant aino x --until yesterday", "", "Invalid value for '--until'"),
        ("serve --workers 2", "", "SQLite is served by one process"),
        ("restore nothing.sqlite", "", "There is no"),
    ],
)
def test_mistakes_get_a_sentence(hired: Run, line: str, stdin: str, said: str) -> None:
    result = hired(line, stdin=stdin)
    assert result.exit_code in {1, 2}
    assert said in result.output
    assert isinstance(result.exception, SystemExit)


def test_settings_that_must_not_start_get_a_sentence(tmp_path: Path) -> None:
    """Security 16."""
    environment = {"OVIKELLO_DATA_DIR": str(tmp_path), "OVIKELLO_PRODUCTION": "1", "OVIKELLO_SECRET_KEY": "short"}
    result = CliRunner().invoke(main, ["serve"], env=environment)
    assert result.exit_code == 1
    assert "at least 32 bytes" in result.output


def test_a_database_that_does_not_answer_gets_a_sentence(tmp_path: Path) -> None:
    url = f"postgresql://nobody@/none?host={tmp_path}"
    environment = {"OVIKELLO_DATA_DIR": str(tmp_path), "OVIKELLO_DATABASE_URL": url}
    result = CliRunner().invoke(main, ["user", "list"], env=environment)
    assert result.exit_code == 1
    assert "The database does not answer" in result.output


def test_people_are_records_of_the_shared_file(hired: Run, data_dir: Path) -> None:
    """[W12] Written by the office, in one transaction with the account."""
    app = create_app(settings_from({"OVIKELLO_DATA_DIR": str(data_dir)}))
    with app.app_context():
        kinds = sorted(db.session.scalars(select(Record.kind)))
        assert kinds == ["person", "person", "team"]
        db.engine.dispose()
    assert hired("user list").exit_code == 0


def test_a_case_file_is_opened_for_a_worker_and_her_leader(hired: Run, data_dir: Path) -> None:
    opened = hired("case open aino --client-id OV-0001 --client-name Esimerkki")
    case = opened.stdout.strip()
    assert re.fullmatch(r"[0-9a-f-]{36}", case)
    app = create_app(settings_from({"OVIKELLO_DATA_DIR": str(data_dir)}))
    with app.app_context():
        names = set(db.session.scalars(select(User.name).join(Access, Access.user == User.id)))
        assert names == {"aino", "mikko"}
        assert db.session.scalars(select(CaseFile.id).where(CaseFile.id == case)).one()
        (header,) = db.session.scalars(select(Record).where(Record.case == case))
        assert "OV-0001" in header.body
        db.engine.dispose()


def test_access_comes_and_goes(hired: Run, data_dir: Path) -> None:
    case = hired("case open aino").stdout.strip()
    hired("user add liisa --password-stdin")
    assert hired(f"access grant liisa {case} --until 2099-07-01").exit_code == 0
    app = create_app(settings_from({"OVIKELLO_DATA_DIR": str(data_dir)}))
    with app.app_context():
        until = select(Access.expires_at).join(User, User.id == Access.user).where(User.name == "liisa")
        # The day ends at midnight in Finland, three hours earlier in summer by UTC.
        assert db.session.scalars(until).one() == "2099-07-01T21:00:00Z"
        db.session.rollback()
        assert hired(f"access revoke liisa {case}").stdout.startswith("1 case files")
        assert hired(f"access revoke liisa {case}").stdout.startswith("0 case files")
        assert db.session.scalars(until).all() == []
        db.engine.dispose()


def test_a_closed_account_is_listed_as_closed(hired: Run) -> None:
    assert hired("user close aino").exit_code == 0
    assert "(closed)" in hired("user list").stdout


def test_backup_and_restore(hired: Run, data_dir: Path, tmp_path: Path) -> None:
    made = hired(f"backup {tmp_path / 'backups'}")
    path = made.stdout.removeprefix("Backed up to ").strip()
    hired("user add liisa --password-stdin")
    hired("user close aino")
    restored = hired(f"restore {path}")
    assert restored.exit_code == 0, restored.output
    listed = hired("user list").stdout
    assert "liisa" in listed, "who was added since is there again (L11)"
    assert "(closed)" in listed
    assert list(data_dir.glob("*-before-restore-*"))


def test_what_is_kept_is_nobody_elses(hired: Run, data_dir: Path) -> None:
    assert hired("user list").exit_code == 0
    assert [path for path in data_dir.iterdir() if path.stat().st_mode & 0o077] == []


# --- real processes -------------------------------------------------------------------------------


@pytest.fixture
def served(data_dir: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`ovikello serve` on an empty folder, once it answers."""
    port = free_port()
    environment = os.environ | {"OVIKELLO_DATA_DIR": str(data_dir), "OVIKELLO_PRODUCTION": ""}
    command = [str(Path(sys.executable).with_name("ovikello")), "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=5) as reply:
                    assert reply.status == 200
                break
            except OSError:
                time.sleep(0.1)
        yield process, port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        assert process.stdout
        process.stdout.close()


def test_the_first_start_makes_its_database_and_says_so(
    served: tuple[subprocess.Popen[str], int], data_dir: Path, run: Run
) -> None:
    process, port = served
    assert process.stdout
    assert process.stdout.readline() == f"Made a new database in {data_dir}\n"
    assert process.stdout.readline() == f"Ovikello is at http://localhost:{port}\n"
    assert run("user add aino --organisation Harjula --password-stdin").exit_code == 0
    refused = run(f"serve --port {free_port()}")
    assert "served already" in refused.output
    assert "served already" in run("restore x.sqlite").output


def test_v10_a_stolen_device_is_wiped(hired: Run, data_dir: Path) -> None:
    """[V10] Named by its id, as the list says it; and what is promised is not more than what happens."""
    app = create_app(settings_from({"OVIKELLO_DATA_DIR": str(data_dir)}))
    with app.app_context():
        aino = db.session.scalars(select(User).where(User.name == "aino")).one()
        db.session.add(
            Device(id="phone-1", org=aino.org, user=aino.id, name="Chrome · Android", created_at="2026-01-01T00:00:00Z")
        )
        db.session.commit()
    assert hired("device list aino").output == "phone-1  Chrome · Android  -  in use\n"
    assert "at its next contact" in hired("device wipe phone-1").output
    assert "made unreadable at next contact" in hired("device list aino").output
    assert hired("device wipe nothing").exit_code == 1


KEY = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


@pytest.mark.parametrize(
    ("organisations", "is_refused"),
    [
        ([DEMO_ORGANISATION], True),
        ([DEMO_ORGANISATION, "Harjula"], True),
        (["Harjula", DEMO_ORGANISATION], True),
        (["Harjula"], False),
        ([], False),
    ],
    ids=["the demo", "an own one was added", "the demo was added", "no demo", "nothing yet"],
)
def test_a_database_that_holds_the_demo_is_never_production(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, organisations: list[str], *, is_refused: bool
) -> None:
    """Whatever is served, sent or brought up to date from it, and however production is declared."""
    monkeypatch.setenv("OVIKELLO_DATA_DIR", str(data_dir))
    ran: list[str] = []
    monkeypatch.setattr("server.serve.run", lambda *_, **__: ran.append("serve"))
    monkeypatch.setattr("server.worker.worker.Worker.run", lambda *_: ran.append("worker"))
    monkeypatch.setattr("signal.signal", lambda *_: None)
    for name in organisations:
        added = ["user", "add", f"aino.{name[0]}", "--organisation", name, "--password-stdin"]
        assert CliRunner().invoke(main, added, input=f"{PASSWORD}\n").exit_code == 0
    for word in ("1", "true", "On", "Y"):
        for command in ("worker", "serve", "migrate"):
            said = CliRunner().invoke(main, [command], env={"OVIKELLO_PRODUCTION": word, "OVIKELLO_SECRET_KEY": KEY})
            assert (said.exit_code, "holds the demo" in said.output) == (is_refused, is_refused), (word, command)
            assert ("OVIKELLO_DATA_DIR" in said.output) is is_refused
    assert ran == ([] if is_refused else ["worker", "serve"] * 4)
    for command in ("worker", "serve", "migrate"):
        assert CliRunner().invoke(main, [command]).exit_code == 0, "which is no production"


def test_k6_a_channel_is_tried_when_it_is_set(hired: Run) -> None:
    """[K6] [N9] What every alarm would meet is met now; only `--untried` keeps it all the same."""
    inside = hired("channel set webhook https://10.1.2.3/alarm --token-stdin", stdin="a token\n")
    assert (inside.exit_code, "OVIKELLO_INSIDE_GATEWAYS" in inside.output) == (1, True)
    assert hired("channel set sms https://10.1.2.3/send --token-stdin", stdin="a token\n").exit_code == 2
    kept = hired("channel set webhook https://10.1.2.3/alarm --token-stdin --untried", stdin="a token\n")
    assert (kept.exit_code, "NOT tried" in kept.output) == (0, True)


@pytest.mark.parametrize("phone", ["040-123-4567,050-1", "40-123-4567", "Mikko", "04", "+358"])
def test_u31_a_number_that_nobody_could_call_is_refused_where_it_is_entered(hired: Run, phone: str) -> None:
    """[U31] Of people and of teams; one that is understood is kept as it was written."""
    for line in (f"team add South --phone {phone}", f"user add liisa --phone {phone} --password-stdin"):
        refused = hired(line)
        assert (refused.exit_code, "is not one phone number" in refused.output) == (1, True)
    assert hired("team add South --phone +358(0)40-123-4567").exit_code == 0


NOT_A_LINE = ["", "   ", "\u200b", "a\0b", "\0", "a\nb", "\x1b[2J", "\udcff", "x" * 301, "a\u2028b"]


LINES = [
    "user add {} --display-name Liisa --organisation Harjula --password-stdin",
    "user add liisa --display-name {} --organisation Harjula --password-stdin",
    "user add liisa --organisation {} --password-stdin",
    "user add liisa --organisation Harjula --team {} --password-stdin",
    "team add {} --organisation Harjula",
    "case open {}",
    "case open aino --client-id {}",
    "case open aino --client-name {}",
    "access grant aino {}",
    "access revoke aino {}",
    "device wipe {}",
    "device list {}",
    "user close {}",
]
#: an option left empty says nothing
MAY_BE_EMPTY = (
    "--team {} --password-stdin",
    "--display-name {} --organisation Harjula --password-stdin",
    "-id {}",
    "-name {}",
)


def test_the_office_keeps_to_the_declared_limits(hired: Run, data_dir: Path) -> None:
    """Blank, invisible, with NUL or half a character, too long: a sentence, no trace, and nothing written."""
    environment = {"OVIKELLO_DATA_DIR": str(data_dir), "OVIKELLO_PRODUCTION": ""}
    before = hired("user list").output
    for number, line in enumerate(LINES):
        for odd in NOT_A_LINE[number % 3 :: 3]:
            if not odd and line.endswith(MAY_BE_EMPTY):
                continue
            words = [word.replace("{}", odd) for word in line.split()]
            refused = CliRunner().invoke(main, words, input=f"{PASSWORD}\n", env=environment)
            assert (refused.exit_code, refused.output[:7]) == (1, "Error: "), (words, refused.output)
            assert isinstance(refused.exception, SystemExit)
    assert hired("user list").output == before
    with closing(sqlite3.connect(data_dir / "ovikello.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM case_file WHERE id != org").fetchone() == (0,)


def test_names_are_kept_composed_and_without_spaces_around_them(hired: Run, data_dir: Path) -> None:
    environment = "user add pa\u0308ivi --display-name Pa\u0308ivi --team North --password-stdin"
    assert hired(environment).exit_code == 0
    assert "päivi" in hired("user list").output
    with closing(sqlite3.connect(data_dir / "ovikello.sqlite")) as database:
        assert ("Päivi",) in database.execute("SELECT display_name FROM user_account").fetchall()


@pytest.mark.parametrize("room", [0, 60_000])
def test_a_backup_that_does_not_fit_leaves_nothing_and_says_so(
    hired: Run, data_dir: Path, tmp_path: Path, room: int
) -> None:
    """No file may grow beyond so many bytes, which is what a full disk is to a program."""
    assert hired("user list").exit_code == 0
    folder = tmp_path / "backups"
    command = [str(Path(sys.executable).with_name("ovikello")), "backup", str(folder)]
    environment = os.environ | {"OVIKELLO_DATA_DIR": str(data_dir), "OVIKELLO_PRODUCTION": ""}
    failed = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
    assert (failed.returncode, "Traceback" in failed.stderr) == (1, False), failed.stderr
    assert "could not be written" in failed.stderr
    assert list(folder.iterdir()) == []
    assert hired(f"backup {folder}").exit_code == 0
