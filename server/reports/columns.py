"""Which columns a kind of record has for whoever reads it as a table: views (SPEC Z10) and the data API (Z18).

Codes, days, numbers and ids; nobody's words and names.
"""

from collections.abc import Mapping
from typing import NamedTuple

from marshmallow import fields

from server.kinds import KINDS
from server.kinds.base import Items
from server.reports.following import fields_in_words, parts_in_words

#: words of SQL, by what they are called instead
RENAMED = {"on": "on_day", "end": "end_day", "from": "from_day", "to": "to_day", "order": "place_in_order"}


class FieldColumn(NamedTuple):
    """A value, or a part of one. `path` is the field's."""

    name: str
    path: str
    part: str
    field: fields.Field[object]


def of_kind(kind: str) -> list[FieldColumn]:
    """Of its records, a record a row."""
    found = []
    for name, field in _told(kind).items():
        if isinstance(field, fields.Nested):
            parts = _parts(kind, name, field)
            found += [FieldColumn(f"{name}_{part}", name, part, inner) for part, inner in parts.items()]
        elif not isinstance(field, Items):
            found.append(FieldColumn(RENAMED.get(name, name), name, "", field))
    return found


def maps_of(kind: str) -> dict[str, Items]:
    """Its maps, each a table of its own with an item a row."""
    return {name: field for name, field in _told(kind).items() if isinstance(field, Items)}


def of_map(kind: str, name: str) -> list[FieldColumn]:
    """Of the items of one of its maps."""
    inner = maps_of(kind)[name].value_field
    assert inner is not None  # noqa: S101 - for the checker: every map of a kind says of what
    if not isinstance(inner, fields.Nested):
        return [FieldColumn("value", name, "", inner)]
    return [FieldColumn(RENAMED.get(part, part), name, part, one) for part, one in _parts(kind, name, inner).items()]


def _told(kind: str) -> Mapping[str, fields.Field[object]]:
    left_out = fields_in_words(kind) | {"removed"}
    return {name: field for name, field in KINDS[kind].declared().items() if name not in left_out}


def _parts(kind: str, name: str, field: fields.Nested) -> dict[str, fields.Field[object]]:
    """The parts of a value, but for those in words."""
    return {part: inner for part, inner in field.schema.fields.items() if part not in parts_in_words(kind, name)}
