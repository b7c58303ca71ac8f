"""The vocabulary in which kinds are declared: fields for codes, dates, instants and maps that merge item by item."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from marshmallow import INCLUDE, Schema, ValidationError, fields, validate

from server.catalogue import codes_of
from server.config import LIMITS
from server.kinds.due import FallsDue

#: the class of visibility that goes with the case file: whoever reads the one reads the other (D4)
FILE = "file"

# `[0-9]`, since Python's `\d` takes every alphabet's digits; and `$` alone would let a line end pass.
END = r"$(?!\n)"
DATE_PATTERN = rf"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{END}"
INSTANT_PATTERN = rf"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}Z{END}"
ID_PATTERN = rf"^[0-9a-z-]{{1,64}}{END}"


def text(max_chars: int = LIMITS.line_chars_max) -> fields.String:
    """A line of text."""
    return fields.String(validate=validate.Length(max=max_chars))


def long_text() -> fields.String:
    """A note: free text, never merged by itself (M5)."""
    return text(LIMITS.note_chars_max)


def code(catalogue: str) -> fields.String:
    """One code of a catalogue. Retired codes stay accepted, so the list only grows."""
    return fields.String(validate=validate.OneOf(codes_of(catalogue)), metadata={"catalogue": catalogue})


def codes(catalogue: str) -> fields.List[str]:
    """Several codes of a catalogue, as one value."""
    return fields.List(code(catalogue), validate=validate.Length(max=LIMITS.list_items_max))


def in_the_calendar(written: str) -> None:
    """`ValidationError` for a 31st of February, or for 25 o'clock."""
    try:
        datetime.fromisoformat(written)
    except ValueError as error:
        raise ValidationError("Not in the calendar.") from error


def date() -> fields.String:
    """A calendar day, `YYYY-MM-DD`: it stays that day in every time zone."""
    return fields.String(validate=[validate.Regexp(DATE_PATTERN), in_the_calendar])


def instant() -> fields.String:
    """A moment in UTC, `YYYY-MM-DDTHH:MM:SSZ`."""
    return fields.String(validate=[validate.Regexp(INSTANT_PATTERN), in_the_calendar])


def reference() -> fields.String:
    """The id of a person, team or record. Never checked for existence: what cannot be read shows as not visible."""
    return fields.String(validate=validate.Regexp(ID_PATTERN))


def whole(minimum: int, maximum: int) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(minimum, maximum))


def yes_no() -> fields.Boolean:
    return YesNo()


class YesNo(fields.Boolean):
    """True or false, and nothing that Python takes for them: 1 is a number (M4)."""

    def _deserialize(self, value: Any, *_place: Any, **_options: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Items(fields.Dict):
    """A map whose items merge one by one (M6): its paths are `field/item`, and it is never sent whole."""

    def __init__(self, value: fields.Field[Any], item: fields.String | None = None) -> None:
        super().__init__(keys=item or reference(), values=value)


class Part(Schema):
    """A value of several parts that belong together (M6). Each part may be missing or null."""

    class Meta:
        unknown = INCLUDE  # what a newer client says more is kept (W11)

    def on_bind_field(self, _name: str, field: fields.Field[Any]) -> None:
        field.allow_none = True


class TimeSpan(Part):
    """Start and end. `zone` keeps where the times were agreed."""

    start = instant()
    end = instant()
    zone = text(64)


class Removed(Schema):
    """What the remover had seen of the record (M7)."""

    class Meta:
        unknown = INCLUDE

    saw = fields.List(fields.String(), required=True)


class Kind(Part):
    """A kind of record. Every field may be missing or null: nothing is deleted (M7)."""

    #: written by the server only; a device that sends it is refused (W12)
    read_only: ClassVar[bool] = False
    #: the field whose `start` puts a record among those of the coming days (P8)
    due: ClassVar[str | None] = None
    #: what falls due of it, and for whom (N1)
    falls_due: ClassVar[tuple[FallsDue, ...]] = ()
    #: the class of visibility; who reads it stands in `server/sync/visibility.py` (D4)
    visibility_class: ClassVar[str] = FILE

    removed = fields.Nested(Removed)

    @classmethod
    def kind_name(cls) -> str:
        """The kind's name on the wire: the class's own, in lower case."""
        return cls.__name__.lower()

    @classmethod
    def declared(cls) -> Mapping[str, fields.Field[Any]]:
        return cls._declared_fields
