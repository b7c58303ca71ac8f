"""The example of CONTRIBUTING.md, added to a copy of the project, built, served and walked through."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.browser.kind_walk import Walked, walk
from tests.browser.office import SECRET, Founded
from tests.browser.phone import Phone
from tests.browser.screens import wait_until_sent
from tests.cast import PASSWORD
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
COMMAND = (sys.executable, "-c", "from server.cli import main; main()")
FILES_MAX, LINES_MAX = 5, 130
START_MAX_S = 60


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.+?)```", PAGE, re.DOTALL)
    return str(found)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with the kind in it, exported and built as its page says."""
    copy = tmp_path_factory.mktemp("added") / "project"
    listing = ("git", "ls-files", "--cached", "--others", "--exclude-standard")
    for name in subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines():
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    (copy / "pwa" / "node_modules").symlink_to(ROOT / "pwa" / "node_modules")
    add_the_kind(copy)
    exported = subprocess.run((*COMMAND, "kinds"), cwd=copy, check=True, capture_output=True, text=True).stdout
    (copy / "server" / "kinds" / "kinds.json").write_text(exported, encoding="utf-8")
    subprocess.run((sys.executable, "build_pwa.py"), cwd=copy, check=True, capture_output=True)
    return copy


def add_the_kind(copy: Path) -> None:
    kinds = copy / "server" / "kinds"
    written = {
        kinds / "equipment.py": block("python"),
        kinds / "words" / "equipment.json": block("json"),
        kinds / "__init__.py": with_the_kind((kinds / "__init__.py").read_text(encoding="utf-8")),
    }
    before = (kinds / "__init__.py").read_text(encoding="utf-8").count("\n")
    lines = sum(text.count("\n") for text in written.values()) - before
    assert len(written) <= FILES_MAX
    assert lines <= LINES_MAX
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")


def with_the_kind(text: str) -> str:
    imported = text.replace(
        "from server.kinds.goal", "from server.kinds.equipment import Equipment\nfrom server.kinds.goal"
    )
    return imported.replace("ALL = (", "ALL = (Equipment, ")


@contextmanager
def served(project: Path, data_dir: Path) -> Iterator[str]:
    port = free_port()
    serve = (*COMMAND, "serve", "--port", str(port), "--data-dir", str(data_dir))
    process = subprocess.Popen(serve, cwd=project, env={"OVIKELLO_SECRET_KEY": SECRET, "PATH": ""})
    try:
        wait_for(port)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    last = time.monotonic() + START_MAX_S
    while time.monotonic() < last:
        try:
            with closing(HTTPConnection("localhost", port, timeout=2)) as connection:
                connection.request("GET", "/api/health")
                connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the copy did not start")


def test_it_costs_no_script(project: Path) -> None:
    """[G1] 0 bytes before the first screen, and none after it: a declaration is data."""
    assert scripts_in(project) == scripts_in(ROOT)
    words = json.loads((project / "server" / "kinds" / "kinds.json").read_text(encoding="utf-8"))["words"]
    assert words["sv"]["equipment.what"] == "Vad lånades ut?"


def scripts_in(project: Path) -> int:
    return sum(path.stat().st_size for path in (project / "server" / "static").rglob("*.js"))


def test_it_is_everywhere(
    project: Path, founded: Founded, tmp_path: Path, phones: Callable[[Path | None, str, str], Phone]
) -> None:
    """[G2, G4, G5] Draft, outbox, list across clients, search, colleague, conflict, history: nothing written for it."""
    words = json.loads(block("json"))
    walked = Walked(
        kind="equipment",
        words=words,
        typed={"what": "Pölynimuri", "since": "2026-11-20", "back_by": "2026-11-25", "note": "Johto on vaihdettu."},
        clashing="note",
        clash=("Suodatin puuttuu.", "Suodatin on uusi."),
        asked="since",
        row="Pölynimuri",
        searched="Johto on vaihdettu.",
    )
    data_dir = Path(shutil.copytree(founded.data_dir, tmp_path / "data"))
    with served(project, data_dir) as address:
        aino, liisa = (phones(None, "phone", address) for _ in range(2))
        for phone, name in ((aino, "aino"), (liisa, "liisa")):
            phone.open()
            phone.sign_in(name, PASSWORD)
            wait_until_sent(phone)
            phone.wait_for_the_shell()
        walk(aino, liisa, founded.clients.paavo, walked)
