"""Conditions over a record as data: what rules, stages and deadlines are said in. Pure.

Twin: `pwa/src/rules/conditions.ts`. The words:

    has(path)                    it says something
    is_(path, value)             it says this; `same(path)`: what the record that asks says there
    one_of(path, *values)        it says one of these; of several codes one is among them
    before(a, b) after(a, b)     two days or moments; `today(n)` is n days from now, `plus(path, hours=24)` so much
                                 after a field's. False where one is missing
    within(path, least, most)    from `least` to `most` days from today
    count(path, least, most)     so many items of a map or a list
    any_item(map, where)         an item of a map; in `where` a path is a part of it, or `value` where it has none, and
                                 `^path` is a path of the record
    other(kind, where)           another record of the case file; in `where` `^path` is a path of the one that asks
    phase(*codes)                the case's phase of support
    all_(…) any_(…) not_(…)

A path is a field, a part of one (`plan.start`), or an item of a map (`checked/keys.on`). What is missing is never an
error: `has` says no, and so do the others.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple, NotRequired, TypedDict

from server.rules.dates import FINLAND, is_day, is_instant
from server.rules.json import Json

#: a record's shown values, by path
Values = Mapping[str, object]
#: a word and what it is about: JSON, so that both languages read it
Condition = tuple[Json, ...]

DAY_CHARS = 10
CONDITION_WORDS = frozenset(
    ("has", "is", "one_of", "before", "after", "within", "count", "any_item", "other", "phase", "all", "any", "not"),
)


class RuleJson(TypedDict):
    """A rule of a kind, as `kinds.json` has it."""

    name: str
    strength: str
    when: NotRequired[Json]
    holds: Json


class About(NamedTuple):
    """What a condition is asked of. `others`: the case file's other records; `asking`: the one outside `other`."""

    values: Values
    today: str = "1970-01-01"
    phase: str | None = None
    others: Iterable[tuple[str, Values]] = ()
    asking: Values = MappingProxyType({})


def has(path: str) -> Condition:
    return ("has", path)


def is_(path: str, value: Json) -> Condition:
    return ("is", path, value)


def same(path: str) -> dict[str, str]:
    return {"asking": path}


def one_of(path: str, *values: str) -> Condition:
    return ("one_of", path, list(values))


def today(days: int = 0) -> dict[str, int]:
    return {"today": days}


def plus(path: str, *, days: int = 0, hours: int = 0) -> Mapping[str, Json]:
    return {"of": path, "days": days} if days else {"of": path, "hours": hours}


def before(first: Json, second: Json) -> Condition:
    return ("before", first, second)


def after(first: Json, second: Json) -> Condition:
    return ("after", first, second)


def within(path: str, least: int, most: int) -> Condition:
    return ("within", path, least, most)


def count(path: str, least: int, most: int = 999) -> Condition:
    return ("count", path, least, most)


def any_item(path: str, where: Condition) -> Condition:
    return ("any_item", path, where)


def other(kind: str, where: Condition) -> Condition:
    return ("other", kind, where)


def phase(*codes: str) -> Condition:
    return ("phase", list(codes))


def all_(*conditions: Condition) -> Condition:
    return ("all", *conditions)


def any_(*conditions: Condition) -> Condition:
    return ("any", *conditions)


def not_(condition: Condition) -> Condition:
    return ("not", condition)


def said(*paths: str) -> Condition:
    """One of these says something."""
    return has(paths[0]) if len(paths) == 1 else any_(*map(has, paths))


NEVER: Condition = ("any",)


# --- asked ---


def value_at(values: Values, path: str) -> object:
    """The value of a field, or of one part of it; None where there is none."""
    field, _, part = path.partition(".")
    value = values.get(field)
    return (value.get(part) if isinstance(value, Mapping) else None) if part else value


def kinds_named(condition: object) -> frozenset[str]:
    """The kinds whose records a condition asks for; a phase stands in the header."""
    if not isinstance(condition, list | tuple) or not condition:
        return frozenset()
    word, *rest = condition
    named = {"other": {str(rest[0])} if rest else set(), "phase": {"case"}}.get(str(word), set())
    return frozenset(named).union(*map(kinds_named, rest))


def holds(condition: Json, about: About) -> bool:
    match condition:
        case ["all", *rest]:
            return all(holds(one, about) for one in rest)
        case ["any", *rest]:
            return any(holds(one, about) for one in rest)
        case ["not", one]:
            return not holds(one, about)
        case ["phase", [*codes]]:
            return about.phase in codes
        case ["other", str(kind), where]:
            return _holds_of_another(kind, where, about)
        case ["any_item", str(path), where]:
            items = items_at(about.values, path)
            return any(holds(where, about._replace(values=item, asking=about.values)) for item in items)
        case ["before" | "after" as word, first, second]:
            return _in_order(word, first, second, about)
        case ["count", str(path), int(least), int(most)]:
            return least <= count_at(about.values, path) <= most
    return _holds_of_value(condition, about)


def unmet(rules: Iterable[RuleJson], strength: str, about: About) -> list[str]:
    """The names of the rules of a strength that are not met, as `kinds.json` has them."""
    return [
        rule["name"]
        for rule in rules
        if rule["strength"] == strength
        and ("when" not in rule or holds(rule["when"], about))
        and not holds(rule["holds"], about)
    ]


def count_at(values: Values, path: str) -> int:
    """The items of a list, or those of a map that are not null."""
    value = values.get(path)
    if isinstance(value, list):
        return len(value)
    return sum(name.startswith(f"{path}/") and item is not None for name, item in values.items())


def items_at(values: Values, path: str) -> Iterator[Values]:
    """The items of a map that are not null, each by its parts."""
    for name, item in values.items():
        if name.startswith(f"{path}/") and item is not None:
            yield item if isinstance(item, Mapping) else {"value": item}


def day_in_finland(moment: object) -> str | None:
    """The day in Finland of a day or a moment."""
    if not isinstance(moment, str) or len(moment) < DAY_CHARS:
        return None
    if len(moment) == DAY_CHARS:
        return moment
    if not is_instant(moment):
        return None
    return datetime.fromisoformat(moment).astimezone(FINLAND).date().isoformat()


def day_from(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _holds_of_value(condition: Json, about: About) -> bool:
    match condition:
        case ["has", str(path)]:
            return value_at(about.values, path) not in (None, "", [])
        case ["is", str(path), {"asking": str(asking)}]:
            return _are_the_same(value_at(about.values, path), value_at(about.asking, asking))
        case ["is", str(path), wanted]:
            return _are_the_same(value_at(about.values, path), wanted)
        case ["one_of", str(path), [*wanted]]:
            value = value_at(about.values, path)
            return any(one in wanted for one in value) if isinstance(value, list) else value in wanted
        case ["within", str(path), int(least), int(most)]:
            day = day_in_finland(value_at(about.values, path))
            return day is not None and day_from(about.today, least) <= day <= day_from(about.today, most)
    raise ValueError(f"no such condition: {condition}")


def _are_the_same(value: object, wanted: object) -> bool:
    return type(value) is type(wanted) and value == wanted and value is not None


def _holds_of_another(kind: str, where: Json, about: About) -> bool:
    found = (values for its_kind, values in about.others if its_kind == kind)
    return any(holds(where, about._replace(values=values, asking=about.values)) for values in found)


def _in_order(word: str, first: Json, second: Json, about: About) -> bool:
    """Two moments by the moment, a day and anything by the day."""
    one, two = (_moment_of(operand, about) for operand in (first, second))
    if one is None or two is None:
        return False
    if len(one) != len(two):
        one, two = day_in_finland(one) or "", day_in_finland(two) or ""
    return one < two if word == "before" else one > two


def _moment_of(operand: Json, about: About) -> str | None:
    match operand:
        case {"today": int(days)}:
            return day_from(about.today, days)
        case {"of": of, "days": int(days)}:
            day = day_in_finland(_moment_of(of, about))
            return day_from(day, days) if day and is_day(day) else None
        case {"of": of, "hours": int(hours)}:
            return _later(_moment_of(of, about), hours)
        case str(path):
            value = value_at(about.asking if path.startswith("^") else about.values, path.removeprefix("^"))
            return value if isinstance(value, str) and value else None
    raise ValueError(f"neither a path nor a moment: {operand}")


def _later(moment: str | None, hours: int) -> str | None:
    """Hours after a day are none."""
    if moment is None or not is_instant(moment):
        return None
    later = datetime.fromisoformat(moment) + timedelta(hours=hours)
    return later.strftime("%Y-%m-%dT%H:%M:%SZ")
