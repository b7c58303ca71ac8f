"""The vocabulary in which kinds are declared: fields for codes, dates, instants and maps that merge item by item."""

from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import Schema, fields, validate

from server.catalogue import codes_of
from server.config import LIMITS

DATE_PATTERN = r"^\d{4}-\d{2}-\d{2}$"
INSTANT_PATTERN = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"
ID_PATTERN = r"^[0-9a-z-]{1,64}$"


def text(max_chars: int = LIMITS.line_chars_max) -> fields.String:
    """A line of text."""
    return fields.String(validate=validate.Length(max=max_chars))


def long_text() -> fields.String:
    """A note: free text, never merged by itself (M5)."""
    return text(LIMITS.note_chars_max)


def code(catalogue: str) -> fields.String:
    """One code of a catalogue. Retired codes stay accepted, so the list only grows."""
    return fields.String(validate=validate.OneOf(codes_of(catalogue)), metadata={"catalogue": catalogue})


def codes(catalogue: str) -> fields.List:
    """Several codes of a catalogue, as one value."""
    return fields.List(code(catalogue), validate=validate.Length(max=LIMITS.list_items_max))


def date() -> fields.String:
    """A calendar day, `YYYY-MM-DD`: it stays that day in every time zone."""
    return fields.String(validate=validate.Regexp(DATE_PATTERN))


def instant() -> fields.String:
    """A moment in UTC, `YYYY-MM-DDTHH:MM:SSZ`."""
    return fields.String(validate=validate.Regexp(INSTANT_PATTERN))


def reference() -> fields.String:
    """The id of a person, team or record. Never checked for existence: what cannot be read shows as not visible."""
    return fields.String(validate=validate.Regexp(ID_PATTERN))


def whole(minimum: int, maximum: int) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(minimum, maximum))


class Items(fields.Dict):
    """A map whose items merge one by one (M6): its paths are `field/item`, and it is never sent whole."""

    def __init__(self, value: fields.Field[Any], item: fields.String | None = None) -> None:
        super().__init__(keys=item or reference(), values=value)


class TimeSpan(Schema):
    """Start and end belong together and are one value (M6). `zone` keeps where the times were agreed."""

    start = instant()
    end = instant()
    zone = text(64)


class Removed(Schema):
    """What the remover had seen of the record (M7)."""

    saw = fields.List(fields.String(), required=True)


class Kind(Schema):
    """A kind of record. Every field may be missing, and every field may be null: nothing is deleted (M7)."""

    #: written by the server only; a device that sends it is refused (W12)
    read_only: ClassVar[bool] = False
    #: the field whose `start` puts a record among those of the coming days (P8)
    due: ClassVar[str | None] = None

    removed = fields.Nested(Removed, allow_none=True)

    @classmethod
    def name(cls) -> str:
        """The kind's name on the wire: the class's own, in lower case."""
        return cls.__name__.lower()

    @classmethod
    def declared(cls) -> Mapping[str, fields.Field[Any]]:
        return cls._declared_fields
