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
from typing import Any, NamedTuple

from server.rules.dates import FINLAND, is_day, is_instant

#: a record's shown values, by path
Values = Mapping[str, object]
#: a word and what it is about: JSON, so that both languages read it
Condition = tuple[Any, ...]

DAY_CHARS = 10
CONDITION_WORDS = frozenset(
    ("has", "is", "one_of", "before", "after", "within", "count", "any_item", "other", "phase", "all", "any", "not"),
)


class About(NamedTuple):
    """What a condition is asked of. `others`: the case file's other records; `asking`: the one outside `other`."""

    values: Values
    today: str = "1970-01-01"
    phase: str | None = None
    others: Iterable[tuple[str, Values]] = ()
    asking: Values = MappingProxyType({})


def has(path: str) -> Condition:
    return ("has", path)


def is_(path: str, value: object) -> Condition:
    return ("is", path, value)


def same(path: str) -> dict[str, str]:
    return {"asking": path}


def one_of(path: str, *values: str) -> Condition:
    return ("one_of", path, list(values))


def today(days: int = 0) -> dict[str, int]:
    return {"today": days}


def plus(path: str, *, days: int = 0, hours: int = 0) -> dict[str, object]:
    return {"of": path, "days": days} if days else {"of": path, "hours": hours}


def before(first: object, second: object) -> Condition:
    return ("before", first, second)


def after(first: object, second: object) -> Condition:
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


def holds(condition: Any, about: About) -> bool:
    word, *rest = condition
    match word:
        case "all":
            return all(holds(one, about) for one in rest)
        case "any":
            return any(holds(one, about) for one in rest)
        case "not":
            return not holds(rest[0], about)
        case "phase":
            return about.phase in rest[0]
        case "other":
            return _holds_of_another(rest[0], rest[1], about)
        case "any_item":
            items = items_at(about.values, rest[0])
            return any(holds(rest[1], about._replace(values=item, asking=about.values)) for item in items)
        case "before" | "after":
            return _in_order(word, rest[0], rest[1], about)
        case "count":
            least, most = rest[1:]
            return bool(least <= count_at(about.values, rest[0]) <= most)
    return _holds_of_value(word, value_at(about.values, rest[0]), rest[1:], about)


def unmet(rules: Iterable[Mapping[str, Any]], strength: str, about: About) -> list[str]:
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


def _holds_of_value(word: str, value: object, rest: list[Any], about: About) -> bool:
    match word:
        case "has":
            return value not in (None, "", [])
        case "is":
            wanted = value_at(about.asking, rest[0]["asking"]) if isinstance(rest[0], Mapping) else rest[0]
            return type(value) is type(wanted) and value == wanted and value is not None
        case "one_of":
            return any(one in rest[0] for one in value) if isinstance(value, list) else value in rest[0]
        case "within":
            day = day_in_finland(value)
            return day is not None and day_from(about.today, rest[0]) <= day <= day_from(about.today, rest[1])
    raise ValueError(f"no such word: {word}")


def _holds_of_another(kind: str, where: object, about: About) -> bool:
    found = (values for its_kind, values in about.others if its_kind == kind)
    return any(holds(where, about._replace(values=values, asking=about.values)) for values in found)


def _in_order(word: str, first: object, second: object, about: About) -> bool:
    """Two moments by the moment, a day and anything by the day."""
    one, two = (_moment_of(operand, about) for operand in (first, second))
    if one is None or two is None:
        return False
    if len(one) != len(two):
        one, two = day_in_finland(one) or "", day_in_finland(two) or ""
    return one < two if word == "before" else one > two


def _moment_of(operand: Any, about: About) -> str | None:
    if isinstance(operand, Mapping):
        return day_from(about.today, operand["today"]) if "today" in operand else _later(operand, about)
    values = about.asking if operand.startswith("^") else about.values
    value = value_at(values, operand.removeprefix("^"))
    return value if isinstance(value, str) and value else None


def _later(operand: Mapping[str, Any], about: About) -> str | None:
    """So many days or hours after what a field says. Hours after a day are none."""
    moment = _moment_of(operand["of"], about)
    if "days" in operand:
        day = day_in_finland(moment)
        return day_from(day, operand["days"]) if day and is_day(day) else None
    if moment is None or not is_instant(moment):
        return None
    later = datetime.fromisoformat(moment) + timedelta(hours=operand["hours"])
    return later.strftime("%Y-%m-%dT%H:%M:%SZ")
