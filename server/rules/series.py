"""A series of visits: which ones it is made of (T5), which later ones follow when one is moved or called off (T6), and
where to (T7). Twin: `pwa/src/domain/series.ts`; both take `tests/vectors`."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TypedDict

from server.rules.dates import FINLAND, is_day

#: every week, or every second one
WEEKS = (1, 2)
DAYS_A_WEEK = 7

#: `start` and `end`, moments in UTC
Span = Mapping[str, str]


class SeriesVisit(TypedDict):
    """A visit of a series: where it stands, and where the series has it."""

    record: str
    number: int
    logged: bool
    plan: Span | None
    agreed: Span


def series_count(first: str, weeks: int, until: str) -> int:
    """How many visits there are from the first day on, until a day; none where that says nothing."""
    if not is_day(first) or not is_day(until) or until < first or weeks not in WEEKS:
        return 0
    return (date.fromisoformat(until) - date.fromisoformat(first)).days // (DAYS_A_WEEK * weeks) + 1


def series_spans(first: Span, weeks: int, until: str, most: int) -> list[Span]:
    """All of them, `most` at most: at the same time on the wall, over both changes of the clocks."""
    day = _day_of(first["start"])
    count = min(series_count(day.isoformat(), weeks, until), most)
    return [_on(first, day + timedelta(weeks=weeks * at)) for at in range(count)]


def followers(visits: Sequence[SeriesVisit], number: int, now: str) -> dict[str, list[str]]:
    """What becomes of the visits after `number`: those that stand where the series has them `follow`, those that
    somebody moved `stay`. What is logged, or has begun, is neither."""
    ahead = [
        v for v in visits if v["number"] > number and not v["logged"] and (v["plan"] or v["agreed"])["start"] > now
    ]
    later = sorted(ahead, key=lambda visit: visit["number"])
    follow = [visit["record"] for visit in later if visit["plan"] == visit["agreed"]]
    return {"follow": follow, "stay": [visit["record"] for visit in later if visit["record"] not in follow]}


def shifted(agreed: Span, was: Span, to: Span) -> Span:
    """Where a later visit goes when the one that the series had at `was` goes to `to`: as many days on, at its time."""
    return _on(to, _day_of(agreed["start"]) + (_day_of(to["start"]) - _day_of(was["start"])))


def _on(span: Span, day: date) -> Span:
    """The same time on the wall of another day; it keeps its length."""
    start, end = _moment(span["start"]), _moment(span["end"])
    wall = start.astimezone(FINLAND)
    if wall.date() == day:
        return dict(span)
    begins = datetime.combine(day, time(wall.hour, wall.minute), FINLAND).astimezone(UTC)
    return {"start": _written(begins), "end": _written(begins + (end - start))}


def _day_of(moment: str) -> date:
    return _moment(moment).astimezone(FINLAND).date()


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
