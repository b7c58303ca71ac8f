"""What a declared kind says besides its fields: rules in three strengths, stages, and how its form is laid out.

    asks(name, …)      the form stops and says so at the field; *Save as a draft* always works
    warns(name, …)     the form says so, and lets
    derives(name, …)   what follows from the record: a mark on its row and its page, amber unless it is `good`

    fills(field, value)     the form writes it while its person has not: `today()`, `now()`, `me()`, `says("client")`,
                            `plus("asked_on", days=30)`, or what the catalogue says: `attribute("reason", "own")`
    counts(name, …)         days or nights between two days, or until today: `{name}` in sentences, a line of the page
    carries(field, value)   a save writes it into the client's own record too: a code, or parts with `same(path)`
    offers(name, kind, …)   another kind's form is offered, prefilled; `link` is the field that keeps the new one's id

The words of a rule or an offer stand in the kind's words as `!name`, those of a count as `name`. The server refuses
nothing for a rule: it notes what is not met.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from server.catalogue import entries_of
from server.rules.conditions import Condition, all_, has, is_, one_of

#: holds always
ALWAYS: Condition = all_()

Strength = Literal["asks", "warns", "derives"]
Tone = Literal["fix", "plain", "good"]


@dataclass(frozen=True)
class Rule:
    """Where `when` holds, `holds` has to as well. `at` is the field that is pointed to."""

    strength: Strength
    name: str
    holds: Condition
    when: Condition = ALWAYS
    at: str | None = None
    tone: Tone | None = None


def asks(name: str, holds: Condition | None = None, *, when: Condition = ALWAYS, at: str | None = None) -> Rule:
    """Without a condition: the field `name` has to say something."""
    return Rule("asks", name, holds or has(name), when, at or name)


def warns(name: str, holds: Condition, *, at: str, when: Condition = ALWAYS) -> Rule:
    return Rule("warns", name, holds, when, at)


def derives(name: str, holds: Condition, tone: Tone | None = None) -> Rule:
    return Rule("derives", name, holds, tone=tone)


def flagged(path: str, list_name: str, flag: str, value: object = True) -> Condition:
    """The field says a code of which the catalogue says this: `flagged("answer", "agreement_answer", "in_force")`."""
    return one_of(path, *(str(each["code"]) for each in entries_of(list_name) if each.get(flag) == value))


@dataclass(frozen=True)
class Fill:
    """A field that follows from another, or has something in it when a new form opens."""

    field: str
    value: Mapping[str, Any]


def fills(field: str, value: Mapping[str, object]) -> Fill:
    return Fill(field, value)


def says(code: str | bool) -> dict[str, str | bool]:
    return {"says": code}


def now() -> dict[str, bool]:
    return {"now": True}


def me() -> dict[str, bool]:
    return {"me": True}


def attribute(path: str, name: str) -> dict[str, str]:
    return {"of": path, "attribute": name}


@dataclass(frozen=True)
class Counted:
    """From the day `first` to the day `last`; until today where there is none."""

    name: str
    first: str
    last: str
    unit: Literal["days", "nights"]


def counts(name: str, first: str, last: str, unit: Literal["days", "nights"] = "days") -> Counted:
    return Counted(name, first, last, unit)


@dataclass(frozen=True)
class Carried:
    """What a saved record says of the client: a field of the case, where `when` holds."""

    field: str
    value: object
    when: Condition = ALWAYS


def carries(field: str, value: object, *, when: Condition = ALWAYS) -> Carried:
    return Carried(field, value, when)


@dataclass(frozen=True)
class Offer:
    """Where `when` holds, a new record of `kind` is offered. `gives`: by its field a value, `same(path)` of this record
    or `this_record()`."""

    name: str
    kind: str
    when: Condition
    gives: Mapping[str, object]
    link: str | None = None


def offers(
    name: str, kind: str, when: Condition, gives: Mapping[str, object] | None = None, link: str | None = None
) -> Offer:
    return Offer(name, kind, when, gives or {}, link)


def this_record() -> dict[str, bool]:
    return {"record": True}


@dataclass(frozen=True)
class Stage:
    """A code of the stage field: what it asks for, what usually follows, and whether the matter is over with it."""

    code: str
    asks: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    is_over: bool = False


@dataclass(frozen=True)
class Stages:
    """A matter that moves from stage to stage. Any other move stays possible; only the usual ones are offered first."""

    field: str
    stages: tuple[Stage, ...]

    def rules(self) -> tuple[Rule, ...]:
        """What a stage asks for, as rules like any other."""
        return tuple(asks(name, when=is_(self.field, stage.code)) for stage in self.stages for name in stage.asks)


@dataclass(frozen=True)
class Group:
    """Fields that stand together in the form. A folded one has a name, whose words are `@name`."""

    fields: tuple[str, ...]
    when: Condition = ALWAYS
    folded: str | None = None


def group(*fields: str, when: Condition = ALWAYS) -> Group:
    return Group(fields, when)


def folded(name: str, *fields: str, when: Condition = ALWAYS) -> Group:
    return Group(fields, when, name)
