"""`ovikello serve` in a process of its own, forked from one that has read the program already.

Reading it is most of a start, and every test has a server. What follows, from the arguments on, is the command itself.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import server.api
import server.cli
import server.core.outbound
import server.serve
from tests.independent_provider import IndependentProvider

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload([__name__])


class Server:
    """From here until `kill`, which is -9 for all its processes."""

    def __init__(
        self,
        arguments: list[str],
        environment: dict[str, str],
        log: Path,
        provider: IndependentProvider | None = None,
    ) -> None:
        given = (arguments, environment, log, provider)
        self._process: ForkServerProcess = _FORKING.Process(target=_serve, args=given)
        self._process.start()

    def kill(self) -> None:
        assert self._process.pid
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.join()
        self._process.close()


def _serve(arguments: list[str], environment: dict[str, str], log: Path, provider: IndependentProvider | None) -> None:
    os.setsid()
    if provider:
        server.core.outbound.WIRE = provider.wire()
    os.environ.update(environment)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(written, stream)
    server.cli.main(["serve", *arguments])
