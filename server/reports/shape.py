"""What a report is, and what it computes: figures and tables, unrounded until they are shown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Literal, NamedTuple

from server.reports.days import Period
from server.reports.facts import CaseFacts, Fact

Number = int | float | Fraction
Unit = Literal["count", "percent", "hours", "eur", "days", "mean", "change", "nights", "per_100", "people"]
Reader = Literal["W", "L", "C"]
#: decimals that a unit is shown with; what is not named has none
DECIMALS: Mapping[str, int] = {"hours": 1, "mean": 2, "change": 1, "nights": 1, "per_100": 1}
#: what of an answer is counted or measured
COUNTED = frozenset({"count", "people"})


class Figure(NamedTuple):
    """One number. `n` is what it rests on: fewer than the smallest cell, and a commissioner does not see it.

    `of` are the records or cases that make it; `only` the readers that it is for, where not for all of the report's.
    """

    key: str
    value: Number | None
    unit: Unit = "count"
    n: int | None = None
    numerator: Number | None = None
    denominator: Number | None = None
    of: Sequence[Fact | CaseFacts] = ()
    decimals: int | None = None
    only: str = "WLC"


class Column(NamedTuple):
    """`sort` is `label`, `text`, `day` or a unit. `catalogue` is where the codes of a label have their names."""

    key: str
    sort: str = "count"
    catalogue: str = ""
    decimals: int | None = None


class Row(NamedTuple):
    """`n` is what its measured cells rest on."""

    cells: Sequence[object]
    n: int | None = None
    is_total: bool = False
    of: Sequence[Fact | CaseFacts] = ()


class Table(NamedTuple):
    """`is_crossed`: its columns of counts are parts of one total too, so that a hidden cell is not told by its row.
    `is_open`: no statistic (a bill's ground); nothing of it is hidden."""

    key: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    is_crossed: bool = False
    is_open: bool = False
    only: str = "WLC"


class Left(NamedTuple):
    """What is not in the figures, and how many."""

    key: str
    how_many: int


@dataclass(frozen=True)
class Computed:
    n: int
    figures: Sequence[Figure] = ()
    tables: Sequence[Table] = ()
    left_out: Sequence[Left] = ()


@dataclass(frozen=True)
class WorkerRow:
    id: str
    name: str
    team: str | None


@dataclass(frozen=True)
class StandIn:
    """Who stood in for a case from a day to a day."""

    user: str
    case: str
    start: date
    end: date


@dataclass(frozen=True)
class ReportContext:
    """What a formula is computed from. `beside`: records of team files by kind. `returns`: by case, the days of
    referrals that name it as an earlier one of the same person, whoever received them."""

    cases: Sequence[CaseFacts]
    period: Period
    now: datetime
    beside: Mapping[str, Sequence[Fact]] = field(default_factory=dict)
    returns: Mapping[str, Sequence[date]] = field(default_factory=dict)
    workers: Mapping[str, WorkerRow] = field(default_factory=dict)
    stand_ins: Sequence[StandIn] = ()
    #: of the period before nothing else is shown, and large tables need not be made
    is_for_figures: bool = False

    def facts(self, kind: str) -> Iterable[Fact]:
        return (fact for case in self.cases for fact in case.all(kind))


@dataclass(frozen=True)
class Report:
    """`inputs` are the kinds of record without which it cannot be computed, `also` what it reads where there is any.
    `is_open`: no statistic; nothing of it is hidden. Its words stand in `words/<key>.json`."""

    key: str
    readers: str
    inputs: Sequence[str]
    compute: Callable[[ReportContext], Computed]
    also: Sequence[str] = ()
    is_open: bool = False


def percent(
    key: str, part: Number, whole: Number, *, of: Sequence[Fact | CaseFacts] = (), n: int | None = None
) -> Figure:
    """A share; none of nothing."""
    value = Fraction(part) * 100 / Fraction(whole) if whole else None
    counted = int(whole) if n is None else n
    return Figure(key, value, "percent", counted, part, whole, of)


def counted(key: str, of: Sequence[Fact | CaseFacts], *, only: str = "WLC") -> Figure:
    return Figure(key, len(of), "count", of=of, only=only)


def median(values: Iterable[Number]) -> Fraction | None:
    """Of an even number the mean of the middle two."""
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    upper = Fraction(ordered[middle])
    return upper if len(ordered) % 2 else (Fraction(ordered[middle - 1]) + upper) / 2


def ninetieth(values: Iterable[Number]) -> Fraction | None:
    """The nearest rank ⌈0.9 n⌉."""
    ordered = sorted(values)
    return Fraction(ordered[-(-9 * len(ordered) // 10) - 1]) if ordered else None


def mean(values: Sequence[Number]) -> Fraction | None:
    return sum((Fraction(each) for each in values), Fraction(0)) / len(values) if values else None


def shown(value: Number | None, unit: str, decimals: int | None = None) -> int | float | None:
    """Rounded half up, away from zero, as a person reads it."""
    if value is None:
        return None
    places = DECIMALS.get(unit, 0) if decimals is None else decimals
    if isinstance(value, int):  # most are, and to ask whether one is a fraction takes longer
        return float(value) if places else value
    exact = value if isinstance(value, Fraction) else Fraction(value)
    step: int = 10**places
    whole = (2 * abs(exact.numerator) * step + exact.denominator) // (2 * exact.denominator)
    rounded = whole if exact >= 0 else -whole
    return rounded / step if places else rounded
