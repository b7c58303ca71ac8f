"""The vocabulary in which kinds are declared: fields for codes, dates, instants and maps that merge item by item."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import INCLUDE, Schema, ValidationError, fields, validate

from server.catalogue import OPEN_LISTS, codes_of, is_own_code
from server.config import LIMITS
from server.kinds.due import FallsDue
from server.kinds.homes import CASE, Home
from server.kinds.readers import CASE_READERS
from server.kinds.rules import ALWAYS, Carried, Counted, Fill, Group, Offer, Rule, Stages
from server.rules import dates
from server.rules.conditions import Condition
from server.rules.dates import DATE_PATTERN, INSTANT_PATTERN, is_in_the_calendar
from server.rules.shape import ID_PATTERN

#: strokes of a pen as the path of a drawing 1000 wide and 400 high: digits, so that nothing else can stand in it
STROKES_PATTERN = rf"^(?:M[0-9]{{1,3}} [0-9]{{1,3}}(?: [0-9]{{1,3}} [0-9]{{1,3}})+)+{dates.END}"

#: the class of visibility that goes with the case file: whoever reads the one reads the other (D4)
FILE = "file"


def text(max_chars: int = LIMITS.line_chars_max, **unlike: bool) -> fields.String:
    """A line of text. What it is to people, where it is less than a sentence of somebody's own:

    `written=False`: given by the office, not typed on a phone. `searched=False`: not found by its words (F1).
    `joined=False`: of two that differ only one can be true.
    """
    return fields.String(validate=validate.Length(max=max_chars), metadata={"sort": "line", **unlike})


def home_address(max_chars: int = LIMITS.line_chars_max, **unlike: bool) -> fields.String:
    """Where a client lives, or how one gets in there: no row, title or list tells it (G12)."""
    return text(max_chars, address=True, **unlike)


def long_text() -> fields.String:
    """A note: free text, never merged by itself (M5)."""
    return fields.String(validate=validate.Length(max=LIMITS.note_chars_max), metadata={"sort": "text"})


def code(catalogue: str) -> fields.String:
    """One code of a catalogue. Retired codes stay accepted, so the list only grows."""
    known = OneOfOpenList(catalogue) if catalogue in OPEN_LISTS else validate.OneOf(codes_of(catalogue))
    return fields.String(validate=known, metadata={"sort": "code", "catalogue": catalogue})


class OneOfOpenList(validate.Validator):
    """A code of the product, or one that looks like an organisation's own (A20)."""

    def __init__(self, catalogue: str) -> None:
        self.of_the_product = validate.OneOf(codes_of(catalogue))

    def __call__(self, value: str) -> str:
        return value if is_own_code(value) else self.of_the_product(value)


def loose_code(catalogue: str, max_chars: int) -> fields.String:
    """A code whose list is not checked, as that of the checklists' items, which stand under phases and areas."""
    about = {"sort": "code", "catalogue": catalogue}
    return fields.String(validate=validate.Length(max=max_chars), metadata=about)


def codes(catalogue: str) -> fields.List[str]:
    """Several codes of a catalogue, as one value."""
    return fields.List(code(catalogue), validate=validate.Length(max=LIMITS.list_items_max))


def storable(written: str) -> None:
    """`ValidationError` for text that PostgreSQL cannot keep."""
    if "\0" in written:
        raise ValidationError("No text.")


def in_the_calendar(written: str) -> None:
    """`ValidationError` for a 31st of February, or for 25 o'clock."""
    if not is_in_the_calendar(written):
        raise ValidationError("Not in the calendar.")


def date(**about: str) -> fields.String:
    """A calendar day, `YYYY-MM-DD`, from 1900 to 2100 (T1): it stays that day in every time zone."""
    return fields.String(validate=[validate.Regexp(DATE_PATTERN), in_the_calendar], metadata={"sort": "date", **about})


def month() -> fields.String:
    """A calendar month, kept as its first day."""
    return date(unit="month")


def instant() -> fields.String:
    """A moment in UTC, `YYYY-MM-DDTHH:MM:SSZ`, from 1900 to 2100 (T1)."""
    return fields.String(validate=[validate.Regexp(INSTANT_PATTERN), in_the_calendar], metadata={"sort": "instant"})


def drawn() -> fields.String:
    """A signature: `M12 30 14 33` is a stroke of two points (Y6)."""
    bounds = [validate.Length(max=LIMITS.drawing_chars_max), validate.Regexp(STROKES_PATTERN)]
    return fields.String(validate=bounds, metadata={"sort": "strokes"})


def choice(*codes: str) -> fields.String:
    """One of a few words that are this kind's own; their labels stand with its words, not in the catalogue."""
    return fields.String(validate=validate.OneOf(codes), metadata={"sort": "choice", "choices": codes})


def reference(kind: str | None = None, **unlike: bool) -> fields.String:
    """The id of a person, team or record. Never checked for existence: what cannot be read shows as not visible.

    `address=True`: what it refers to is called by its address (G12).
    """
    about = {"sort": "reference", "kind": kind} if kind else {"sort": "id"}
    return fields.String(validate=validate.Regexp(ID_PATTERN), metadata={**about, **unlike})


def item_of(field: str) -> fields.String:
    """The key of an item in another map of the same record."""
    return fields.String(validate=validate.Regexp(ID_PATTERN), metadata={"sort": "id", "field": field})


def whole(minimum: int, maximum: int, unit: str | None = None) -> fields.Integer:
    """A whole number. `unit` is what is written after it: `min`; `cents` reads as euros, a `year` as it is."""
    about = {"sort": "whole", **({"unit": unit} if unit else {})}
    return fields.Integer(strict=True, validate=validate.Range(minimum, maximum), metadata=about)


def yes_no() -> fields.Boolean:
    return YesNo()


class YesNo(fields.Boolean):
    """True or false, and nothing that Python takes for them: 1 is a number (M4)."""

    def _deserialize(self, value: object, *_place: object, **_options: object) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Items(fields.Dict):
    """A map whose items merge one by one (M6): its paths are `field/item`, and it is never sent whole."""

    def __init__(self, value: fields.Field[Any], item: fields.String | None = None) -> None:
        super().__init__(keys=item or reference(), values=value)


class Part(Schema):
    """A value of several parts that belong together (M6). Each part may be missing or null."""

    #: how it reads in one line: names of its parts, `@name` a word of the kind's own; or `span`, `period`
    sentence: ClassVar[tuple[str, ...]] = ()
    #: the part that holds a text, where two that differ can both be kept in one
    joins: ClassVar[str | None] = None

    class Meta:
        unknown = INCLUDE  # what a newer client says more is kept (W11)

    def on_bind_field(self, _name: str, field: fields.Field[object]) -> None:
        field.allow_none = True


class TimeSpan(Part):
    """Start and end. `zone` keeps where the times were agreed."""

    sentence = ("span",)

    start = instant()
    end = instant()
    zone = text(64, written=False, searched=False, joined=False)


class OwnHand(Part):
    """What a client said of what was shown to them, with the phone in hand (Y6). Two that differ stand side by side."""

    sentence = ("agrees", "words", "name")

    agrees = choice("yes", "partly", "no")
    words = long_text()
    #: typed, where nothing is drawn
    name = text(searched=False)
    strokes = drawn()
    on = date()
    #: the changes whose values were shown: what is changed later was not answered to
    saw = fields.List(reference(), validate=validate.Length(max=LIMITS.paths_max))


class Removed(Schema):
    """What the remover had seen of the record (M7), and why it was removed, where they said so."""

    class Meta:
        unknown = INCLUDE

    saw = fields.List(fields.String(), required=True)
    why = code("void_reason")
    words = text()


class Kind(Part):
    """A kind of record. Every field may be missing or null: nothing is deleted (M7).

    Its words stand in `words/<kind>.json`; `export.py` writes both into `kinds.json`, which the browser reads.
    """

    #: the drawing that stands for it, a name of `pwa/src/components/icon_names.ts`
    icon: ClassVar[str] = ""
    #: the kind of file that its records live in (SPEC H)
    home_file: ClassVar[Home] = CASE
    #: its area of life in the overview of a client, a code of `guidance_area`; "" is the service itself
    life_area: ClassVar[str] = ""
    #: its screens were made by hand; otherwise the browser draws them from here
    made_by_hand: ClassVar[bool] = False
    #: the field that says when it was, by which it stands among what happened; the first that says something
    happened: ClassVar[tuple[str, ...]] = ()
    #: what has to hold, what is warned of, and what follows
    rules: ClassVar[tuple[Rule, ...]] = ()
    stages: ClassVar[Stages | None] = None
    #: what its form writes by itself, what is counted from its days, and which other records it offers
    fills: ClassVar[tuple[Fill, ...]] = ()
    counts: ClassVar[tuple[Counted, ...]] = ()
    offers: ClassVar[tuple[Offer, ...]] = ()
    #: what a save writes into the client's own record
    carries: ClassVar[tuple[Carried, ...]] = ()
    #: its form, from top to bottom: first what is asked now, then what is folded
    layout: ClassVar[tuple[Group, ...]] = ()
    #: fields that the phone's small index keeps of a record while `is_open` holds: for lists across clients
    columns: ClassVar[tuple[str, ...]] = ()
    is_open: ClassVar[Condition] = ALWAYS

    #: written by the server only; a device that sends it is refused (W12)
    read_only: ClassVar[bool] = False
    #: the field whose `start` puts a record among those of the coming days (P8)
    planned_at: ClassVar[str | None] = None
    #: what falls due of it, and for whom (N1)
    falls_due: ClassVar[tuple[FallsDue, ...]] = ()
    #: the roles that read and write it; a kind with other readers than a case's has a class of visibility too (D4)
    readers: ClassVar[frozenset[str]] = CASE_READERS
    visibility_class: ClassVar[str] = FILE

    removed = fields.Nested(Removed)

    @classmethod
    def kind_name(cls) -> str:
        """The kind's name on the wire: the class's own, as `agency_account` of `AgencyAccount`."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def declared(cls) -> Mapping[str, fields.Field[object]]:
        return cls._declared_fields
