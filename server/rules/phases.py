"""The phase of support that a case is in. Pure."""

from datetime import date

from server.rules.conditions import Values


def phase_on(day: date, values: Values) -> str | None:
    """The phase of a case in force on a day; of two that begin on one day the later written, by its id."""
    periods = {path: each for path, each in values.items() if path.startswith("phases/") and isinstance(each, dict)}
    begun = [(str(each["since"]), path) for path, each in periods.items() if each.get("since")]
    until_day = [(since, path) for since, path in begun if since <= day.isoformat()]
    return periods[max(until_day)[1]].get("phase") if until_day else None
