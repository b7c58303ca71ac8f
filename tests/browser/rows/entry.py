"""What a test enters of one kind of record, and the rows of docs/TRACE.md that it shows."""

from __future__ import annotations

from dataclasses import dataclass, field

#: a text; a code of the field's catalogue; several of them; true for a tick
Typed = str | bool | tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One record, as somebody types it without a network and a colleague reads it.

    `typed`, by field in the order of the form: texts and days as they are typed (`2026-11-20`, `512,40`), codes as
    codes; a part of a field is `field.part`, a clock time `field.clock`, its day `field.day`.
    `broken` is typed first, and the form then says the sentence of `rule`. It is put right by `typed`.
    """

    rows: tuple[int, ...]
    kind: str
    typed: dict[str, Typed]
    #: stands in the row of the list, and on the colleague's screen
    row: str
    #: the name of an `asks` or `warns`, or of a field that is asked for
    rule: str
    broken: dict[str, Typed] = field(default_factory=dict)
    #: texts of the page that do not follow from `typed`: what the record derives
    reads: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return " ".join([*(f"row {number}" for number in self.rows), self.kind])
