"""The installation's own scanner for malware, where it has one (X8): it is given each file, and tells by its exit."""

import logging
import subprocess

from flask import current_app

from server.config import LIMITS, Settings
from server.core.problems import Problem

FOUND_NOTHING, FOUND_SOMETHING = 0, 1


def finds_something(given: bytes) -> bool:
    """Whether the scanner objects to these bytes. `try_later` where it does not tell: nothing is kept unseen."""
    settings: Settings = current_app.extensions["ovikello-settings"]
    if not settings.scan_command:
        return False
    told = _exit_of(settings.scan_command, given)
    if told not in (FOUND_NOTHING, FOUND_SOMETHING):
        logging.getLogger(__name__).error("The scanner did not tell (%s): %s", told, settings.scan_command[0])
        raise Problem("try_later", retry_after_s=LIMITS.scan_again_s)
    return told == FOUND_SOMETHING


def _exit_of(command: tuple[str, ...], given: bytes) -> int | str:
    try:
        done = subprocess.run(  # noqa: S603 - the operator's own command, and no shell
            command,
            input=given,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LIMITS.scan_timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "no answer in time"
    except OSError as error:
        return str(error)
    return done.returncode
