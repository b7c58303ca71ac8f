"""What a person has chosen about being reminded, with the defaults of somebody who has chosen nothing."""

from dataclasses import dataclass
from datetime import time
from typing import TypedDict


class PreferencesJson(TypedDict):
    leads_minutes: list[int]
    evening_before: str | None
    quiet_from: str
    quiet_to: str
    free_days_quiet: bool


@dataclass(frozen=True)
class Preferences:
    """`leads_minutes` before a visit; `evening_before` at that hour of the working day before, or never;
    quiet from `quiet_from` to `quiet_to`, and on weekends and holidays unless `free_days_quiet` is false."""

    leads_minutes: tuple[int, ...] = (30,)
    evening_before: time | None = time(18)
    quiet_from: time = time(20)
    quiet_to: time = time(7)
    free_days_quiet: bool = True

    def as_json(self) -> PreferencesJson:
        evening = self.evening_before
        return {
            "leads_minutes": list(self.leads_minutes),
            "evening_before": f"{evening:%H:%M}" if evening else None,
            "quiet_from": f"{self.quiet_from:%H:%M}",
            "quiet_to": f"{self.quiet_to:%H:%M}",
            "free_days_quiet": self.free_days_quiet,
        }


DEFAULTS = Preferences()


def preferences_in(body: PreferencesJson) -> Preferences:
    """Of what `as_json` wrote."""
    evening = body["evening_before"]
    return Preferences(
        leads_minutes=tuple(body["leads_minutes"]),
        evening_before=time.fromisoformat(evening) if evening else None,
        quiet_from=time.fromisoformat(body["quiet_from"]),
        quiet_to=time.fromisoformat(body["quiet_to"]),
        free_days_quiet=body["free_days_quiet"],
    )
