"""A quick checker of a change's values, compiled from the declarations of the kinds.

marshmallow says what a kind may hold; loading through it costs about 100 µs a change. This takes
the same declarations apart once and gives the same verdicts (`tests/sync/test_checker.py`).
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from server.kinds import KINDS
from server.kinds.base import Items, Kind, YesNo, in_the_calendar, storable
from server.rules.dates import is_in_the_calendar
from server.rules.merge import is_plain
from server.rules.shape import is_path

Check = Callable[[Any], bool]


class Checker:
    """What one kind may hold. `known` checks the fields of a single value, `items` those of maps."""

    def __init__(self, kind: type[Kind]) -> None:
        bound = kind().fields
        maps = {name: field for name, field in bound.items() if isinstance(field, Items)}
        self.known = {name: check_of(field) for name, field in bound.items() if name not in maps}
        self.items = {name: _check_of_items(field) for name, field in maps.items()}

    def wrong(self, values: Mapping[str, object]) -> list[str]:
        """The paths whose value, or which themselves, this kind refuses. Unknown fields pass (W11)."""
        wrong = []
        for path, value in values.items():
            check = self.known.get(path)
            fits = self._fits_elsewhere(path, value) if check is None else check(value)
            if not fits:
                wrong.append(path)
        return wrong

    def _fits_elsewhere(self, path: str, value: object) -> bool:
        """An item of a map, or a field that this server does not know yet."""
        field, separator, item = path.partition("/")
        if field in self.items and separator:
            check_item, check_value = self.items[field]
            return is_path(path) and check_item(item) and check_value(value)
        is_known = field in self.items or field in self.known
        return not is_known and is_path(path) and is_plain(value)


class Unknown(Kind):
    """A kind that this server does not know yet: only what all kinds have is checked (W11)."""


@cache
def checker_of(kind: str) -> Checker:
    return Checker(KINDS.get(kind, Unknown))


def _check_of_items(field: Items) -> tuple[Check, Check]:
    check_value = check_of(field.value_field)
    return check_of(field.key_field), lambda value: value is None or check_value(value)


def check_of(field: fields.Field[object] | None) -> Check:
    """The check of one field of a declaration. `TypeError` for a sort that has none yet."""
    if field is None:
        raise TypeError("an undeclared field")
    is_sort, *rules = _of_type(field), *map(_of_rule, field.validators)
    null_fits = field.allow_none

    def check(value: object) -> bool:
        if value is None:
            return null_fits
        if not is_sort(value):
            return False
        for rule in rules:  # noqa: SIM110 - twice as quick as `all` with a generator
            if not rule(value):
                return False
        return True

    def check_one_rule(value: object) -> bool:
        return null_fits if value is None else is_sort(value) and rules[0](value)

    return check_one_rule if len(rules) == 1 else check


def _of_type(field: fields.Field[object]) -> Check:
    match field:
        case fields.String():
            return lambda value: isinstance(value, str)
        case fields.Integer():
            return lambda value: isinstance(value, int) and not isinstance(value, bool)
        case YesNo():
            return lambda value: isinstance(value, bool)
        case fields.List():
            inner = check_of(field.inner)
            return lambda value: isinstance(value, list) and all(map(inner, value))
        case fields.Nested():
            return _of_parts(field.schema)
    raise TypeError(f"no checker for {type(field).__name__}")


def _of_parts(schema: Schema) -> Check:
    parts = {name: check_of(part) for name, part in schema.fields.items()}
    required = {name for name, part in schema.fields.items() if part.required}

    def check(value: object) -> bool:
        if not isinstance(value, dict) or not required <= value.keys():
            return False
        return all(parts[name](inner) if name in parts else is_plain(inner) for name, inner in value.items())

    return check


def _of_rule(rule: Callable[[object], object]) -> Check:
    if rule is storable:
        return lambda value: "\0" not in value
    if rule is in_the_calendar:
        return is_in_the_calendar
    match rule:
        case validate.Length(min=None, equal=None, max=int(most)):
            return lambda value: len(value) <= most
        case validate.OneOf():
            choices = frozenset(rule.choices)
            return lambda value: value in choices
        case validate.Regexp():
            matches = rule.regex.match
            return lambda value: matches(value) is not None
        case validate.Range(min=int(least), max=int(most)):
            return lambda value: least <= value <= most
    return lambda value: _passes(rule, value)


def _passes(rule: Callable[[object], object], value: object) -> bool:
    try:
        rule(value)
    except ValidationError:
        return False
    return True
