"""By what a report can be narrowed and split: team, municipality, area, service, group, unit, funding, worker, time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from server.reports.codes import flagged, parameter
from server.reports.facts import CaseFacts, Fact
from server.reports.service import term_on, terms
from server.reports.shape import ReportContext

WITH_CHILDREN = flagged("household_kind", "with_children")
OLDER_FROM = parameter("older_person_from_age")
CHILD, OLDER, ADULT, UNKNOWN = "child", "older", "adult", "unknown"
GROUPS = (CHILD, ADULT, OLDER, UNKNOWN)
COLLEAGUE = "person"
#: what a case can be told by
CASE_SPLITS = ("team", "municipality", "area", "service_type", "group", "unit", "funding", "worker")
TIME_SPLITS = ("year", "month")
SPLITS = CASE_SPLITS + TIME_SPLITS
#: whose names are a catalogue's
CATALOGUES: Mapping[str, str] = {"service_type": "service_type"}


def group_of(case: CaseFacts, last_day: date) -> str:
    """A household with children, else from 65 years on, else adult; apart where the year of birth is not known."""
    if case.header.text("household.household_kind") in WITH_CHILDREN:
        return CHILD
    born = case.header.whole("birth_year")
    if born is None:
        return UNKNOWN
    return OLDER if last_day.year - born >= OLDER_FROM else ADULT


def service_of(case: CaseFacts, last_day: date) -> str | None:
    """The service of the decision in force on the last day, else of the latest one, else what the case says."""
    own = terms(case)
    begun = [term for term in own if term.start <= last_day]
    term = term_on(own, last_day) or (begun[-1] if begun else own[-1] if own else None)
    decided = term.decision.text("service_type") if term and term.decision else None
    return decided or case.header.text("service_type")


def unit_of(case: CaseFacts, last_day: date) -> str | None:
    own = term_on(terms(case), last_day)
    decided = own.decision.text("unit") if own and own.decision else None
    return decided or case.header.text("unit")


def value_of(case: CaseFacts, split: str, last_day: date) -> str:
    """By what a case is told apart; empty where that is not known."""
    if split == "team":
        return case.team or ""
    if split == "group":
        return group_of(case, last_day)
    if split == "service_type":
        return service_of(case, last_day) or ""
    if split == "unit":
        return unit_of(case, last_day) or ""
    field = {"funding": "funding_code", "worker": "own_worker"}.get(split, split)
    return (case.header.text(field) or "").strip()


def narrowed(about: ReportContext, wanted: Mapping[str, str]) -> ReportContext:
    """Only the cases of which each of these holds."""
    last = about.period.end
    cases = [case for case in about.cases if all(value_of(case, name, last) == one for name, one in wanted.items())]
    return replace(about, cases=cases, beside=_beside(about, wanted))


def _beside(about: ReportContext, wanted: Mapping[str, str]) -> Mapping[str, Sequence[Fact]]:
    """What is of no client goes with its team, and is left out where something else of a client is asked for."""
    if not wanted:
        return about.beside
    kept = {kind: facts for kind, facts in about.beside.items() if kind == COLLEAGUE}
    if wanted.keys() == {"team"}:
        of_team = {
            kind: [fact for fact in facts if wanted["team"] in (fact.case, fact.text("team"))]
            for kind, facts in about.beside.items()
        }
        return of_team | kept
    return kept


def split_by(about: ReportContext, split: str) -> Iterator[tuple[str, ReportContext]]:
    """The parts of what a report is about, each with what tells it apart."""
    if split in TIME_SPLITS:
        spans = about.period.years() if split == "year" else about.period.each_month()
        for span in spans:
            yield f"{span.start:%Y}" if split == "year" else f"{span.start:%Y-%m}", replace(about, period=span)
        return
    parts: dict[str, list[CaseFacts]] = {}
    for case in about.cases:
        parts.setdefault(value_of(case, split, about.period.end), []).append(case)
    for value in _in_order(split, parts):
        yield value, replace(about, cases=parts[value], beside=_beside(about, {split: value}))


def offered(about: ReportContext, wanted: Mapping[str, str], *, by_worker: bool) -> Iterator[tuple[str, Sequence[str]]]:
    """By what these cases can be narrowed, with the values that they have, or that are asked for already. `by_worker`:
    by whose they are too."""
    for name in CASE_SPLITS:
        if by_worker or name != "worker":
            values = {value_of(case, name, about.period.end) for case in about.cases} | {wanted.get(name, "")}
            if values := values - {""}:
                yield name, _in_order(name, dict.fromkeys(values))


def _in_order(split: str, parts: Mapping[str, object]) -> Sequence[str]:
    if split == "group":
        return [group for group in GROUPS if group in parts]
    return sorted(parts, key=lambda value: (not value, value))


def filters_of(given: Mapping[str, object]) -> dict[str, str]:
    return {name: str(given[name]) for name in CASE_SPLITS if given.get(name)}
