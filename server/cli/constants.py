"""`pwa/src/rules/constants.ts`: what the app has to know of limits, roles and minutes, as the server has them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

from server.catalogue import codes_of
from server.config import LIMITS
from server.core import roles
from server.kinds.readers import CASEWORKERS
from server.safety import escalation
from server.sync.push import VerdictName

CONSTANTS_PATH = Path(__file__).parents[2] / "pwa" / "src" / "rules" / "constants.ts"
HEAD = """\
/** The server's limits, codes, roles and minutes of an escalation. Written by `make kinds`, never by hand. */
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
    "drawing_chars_max",
    "visit_minutes_max",
    "series_visits_max",
    "hours_per_month_max",
    "password_chars_min",
    "pin_digits_min",
    "pin_digits_max",
    "pin_tries_max",
    "drafts_max",
    "attachment_bytes_max",
    "check_in_minutes_min",
    "check_in_minutes_max",
)
#: by the name of its type: the catalogue of a code that the app decides by
CODES_OF_THE_DEVICE = {
    "Role": "role",
    "SupportPhase": "support_phase",
    "VisitOutcome": "visit_outcome",
    "GoalStatus": "goal_status",
    "DecisionStatus": "decision_status",
    "RentStatus": "rent_status",
}
LINE_CHARS_MAX = 100


def constants_text() -> str:
    limits = [f"export const {name.upper()} = {getattr(LIMITS, name)};\n" for name in LIMITS_OF_THE_DEVICE]
    return "\n".join(
        (
            HEAD,
            "".join(limits),
            "/** Codes as of this release; one that a later server sends is kept and shown as it came (W11). */",
            *(_union(name, codes_of(catalogue)) for name, catalogue in CODES_OF_THE_DEVICE.items()),
            "/** what comes of a change that is sent (W8) */",
            _union("VerdictName", get_args(VerdictName)),
            "",
            f"export const LEADER: Role = {_quoted(roles.LEADER)};",
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
    line = f"export const {name}: readonly Role[] = [{', '.join(quoted)}];"
    if len(line) <= LINE_CHARS_MAX:
        return line
    return "\n".join((f"export const {name}: readonly Role[] = [", *(f"  {code}," for code in quoted), "];"))


def _union(name: str, codes: Iterable[str]) -> str:
    """Laid out as the formatter would."""
    quoted = [_quoted(code) for code in codes]
    whole = " | ".join(quoted)
    for line in (f"export type {name} = {whole};", f"  {whole};"):
        if len(line) <= LINE_CHARS_MAX:
            return line if line.startswith("export") else f"export type {name} =\n{line}"
    return "\n".join((f"export type {name} =", *(f"  | {code}" for code in quoted))) + ";"
