"""What is wrong with a value that its kind refuses, in a word that the phone has a sentence for.

`too_long:300` (characters), `too_many:50` (items of a list), `out_of_range:0:1440`, `not_offered` (a code that the
catalogue does not have), `not_in_calendar`, `out_of_years:1900:2100`; `invalid` for all that no person could have
typed.
"""

from collections.abc import Mapping

from marshmallow import ValidationError, fields, validate

from server.kinds import KINDS
from server.kinds.base import Items, in_the_calendar
from server.rules.dates import YEAR_MAX, YEAR_MIN, is_out_of_years

INVALID = "invalid"


def fault_of(kind: str, path: str, value: object) -> str:
    """The first fault of this value."""
    name, _, item = path.partition("/")
    declared = KINDS.get(kind)
    field = declared().fields.get(name) if declared else None
    if isinstance(field, Items) and item:
        field = field.value_field
    return _fault(field, value) or INVALID


def _fault(field: fields.Field[object] | None, value: object) -> str | None:
    if isinstance(field, fields.Nested):
        return _fault_within(field.schema.fields, value) if isinstance(value, dict) else None
    if field is None or not isinstance(value, str | int | list):
        return None
    for rule in field.validators:
        try:
            rule(value)
        except (ValidationError, TypeError):
            return _word_for(rule, value)
    if isinstance(field, fields.List) and isinstance(value, list):
        return next((found for inner in value if (found := _fault(field.inner, inner))), None)
    return None


def _fault_within(parts: Mapping[str, fields.Field[object]], value: dict[str, object]) -> str | None:
    return next((found for name, inner in value.items() if (found := _fault(parts.get(name), inner))), None)


def _word_for(rule: object, value: object) -> str | None:
    match rule:
        case validate.Length() if isinstance(value, str | list):
            return f"{'too_long' if isinstance(value, str) else 'too_many'}:{rule.max}"
        case validate.Range() if isinstance(value, int):
            return f"out_of_range:{rule.min}:{rule.max}"
        case validate.OneOf() if isinstance(value, str):
            return "not_offered"
        case validate.Regexp() if isinstance(value, str) and is_out_of_years(value):
            return f"out_of_years:{YEAR_MIN}:{YEAR_MAX}"
    return "not_in_calendar" if rule is in_the_calendar else None
