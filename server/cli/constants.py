"""`pwa/src/rules/constants.ts`: what the app has to know of limits, roles and minutes, as the server has them."""

import json
from collections.abc import Iterable
from pathlib import Path

from server.config import LIMITS
from server.core import roles
from server.kinds.readers import CASEWORKERS
from server.safety import escalation

CONSTANTS_PATH = Path(__file__).parents[2] / "pwa" / "src" / "rules" / "constants.ts"
HEAD = """\
/** The server's limits, roles and minutes of an escalation. Written by `make kinds`, never by hand. */
"""
#: of `Limits`: what the device keeps to before anything is sent
LIMITS_OF_THE_DEVICE = (
    "depth_max",
    "batch_changes_max",
    "reads_max",
    "change_bytes_max",
    "paths_max",
    "path_chars_max",
    "seen_ids_max",
    "line_chars_max",
    "note_chars_max",
    "visit_minutes_max",
    "series_visits_max",
    "hours_per_month_max",
    "password_chars_min",
    "drafts_max",
    "attachment_bytes_max",
    "check_in_minutes_min",
    "check_in_minutes_max",
)
LINE_CHARS_MAX = 100


def constants_text() -> str:
    limits = [f"export const {name.upper()} = {getattr(LIMITS, name)};\n" for name in LIMITS_OF_THE_DEVICE]
    return "\n".join(
        (
            HEAD,
            "".join(limits),
            f"export const LEADER = {_quoted(roles.LEADER)};",
            "/** who manages the organisation (A1) */",
            _codes("ADMINS", roles.ADMINS),
            "/** who decides on what waits for a supervisor (S4, S7) */",
            _codes("SUPERVISORS", roles.SUPERVISORS),
            "/** who opens case files and may be a client's own worker (S8, S9) */",
            _codes("CASEWORKERS", CASEWORKERS),
            "",
            "/** after the deadline of a check-in (K2) */",
            f"export const SOON_MINUTES = {escalation.SOON_MINUTES};",
            f"export const COLLEAGUE_MINUTES = {escalation.COLLEAGUE_MINUTES};",
            f"export const SUPERVISOR_MINUTES = {escalation.SUPERVISOR_MINUTES};",
            "",
        )
    )


def _quoted(code: str) -> str:
    return json.dumps(code).replace('"', "'")


def _codes(name: str, codes: Iterable[str]) -> str:
    """Laid out as the formatter would."""
    quoted = [_quoted(code) for code in sorted(codes)]
    line = f"export const {name}: readonly string[] = [{', '.join(quoted)}];"
    if len(line) <= LINE_CHARS_MAX:
        return line
    return "\n".join((f"export const {name}: readonly string[] = [", *(f"  {code}," for code in quoted), "];"))
