"""The phases of support of a case, and which one it is in (G11). Twin: `pwa/src/rules/phases.ts`, bound by vectors.

A phase lies under an id that its device made; ids grow with time.
"""

from collections.abc import Mapping
from datetime import date

from server.rules.conditions import Values
from server.rules.dates import is_day

PREFIX = "phases/"


def phases_in_order(phases: Mapping[str, object]) -> list[str]:
    """The ids of those that say which phase begins and when: oldest first, of two of one day the later made last."""
    begun = []
    for id_, parts in phases.items():
        said = parts if isinstance(parts, dict) else {}
        since, phase = said.get("since"), said.get("phase")
        if isinstance(phase, str) and phase and isinstance(since, str) and is_day(since):
            begun.append((since, id_))
    return [id_ for _, id_ in sorted(begun)]


def phase_on(day: date, values: Values) -> str | None:
    """The phase in force on a day, from the shown values of a case's header."""
    phases = {path.removeprefix(PREFIX): each for path, each in values.items() if path.startswith(PREFIX)}
    parts = {id_: each for id_, each in phases.items() if isinstance(each, dict)}
    begun = [parts[id_] for id_ in phases_in_order(phases) if parts[id_]["since"] <= day.isoformat()]
    return str(begun[-1]["phase"]) if begun else None
