"""A declaration as data: what `kinds.json` says of a kind."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate

from server.kinds.base import Items, Kind, Part
from server.kinds.due import FallsDue
from server.kinds.rules import ALWAYS, Group, Rule
from server.rules.conditions import NEVER, Condition


def described(kind: type[Kind]) -> dict[str, Any]:
    names = [name for name in kind.declared() if name != "removed"]
    bound = kind().fields
    said = {
        "icon": kind.icon,
        "home": kind.home_file,
        "area": kind.life_area,
        "readers": sorted(kind.readers),
        "by_hand": kind.made_by_hand or None,
        "read_only": kind.read_only or None,
        "happened": list(kind.happened),
        "fields": {name: field_of(bound[name]) for name in names},
        "layout": [_group(group) for group in kind.layout],
        "rules": [_rule(rule) for rule in rules_of(kind)],
        "stages": _stages(kind),
        "fills": [dataclasses.asdict(fill) for fill in kind.fills],
        "counts": {one.name: {"from": one.first, "to": one.last, "unit": one.unit} for one in kind.counts},
        "offers": [_without_nothing(dataclasses.asdict(offer)) for offer in kind.offers],
        "carries": [_without_nothing(dataclasses.asdict(one)) for one in kind.carries],
        "columns": list(kind.columns),
        "open": None if is_open_of(kind) == ALWAYS else is_open_of(kind),
        "due": [_due(due) for due in kind.falls_due],
    }
    return _without_nothing(said)


def is_open_of(kind: type[Kind]) -> Condition:
    """With stages a record is open until a stage says that it is over."""
    if kind.is_open == ALWAYS and kind.stages:
        over = [stage.code for stage in kind.stages.stages if stage.is_over]
        return ("not", ("one_of", kind.stages.field, over))
    return kind.is_open


def field_of(field: fields.Field[object] | None) -> dict[str, object]:
    """A field as data: its sort, its list or unit, its limits, and what it is to people."""
    match field:
        case Items():
            return {"type": "map", "key": field_of(field.key_field), "of": field_of(field.value_field)}
        case fields.Nested():
            return _parts(field.schema)
        case fields.List():
            return {**field_of(field.inner), "type": "codes", **_limits(field)}
        case fields.Boolean():
            return {"type": "yes_no"}
        case fields.String() | fields.Integer():
            about = dict(field.metadata)
            return _without_nothing({"type": about.pop("sort"), **about, **_limits(field)})
    raise TypeError(f"no description for {type(field).__name__}")


def _parts(schema: Any) -> dict[str, object]:
    parts = {name: field_of(part) for name, part in schema.fields.items()}
    assert isinstance(schema, Part)  # noqa: S101 - for the checker: every nested schema of a kind is one
    return _without_nothing({"type": "parts", "sentence": list(schema.sentence), "joins": schema.joins, "parts": parts})


def _limits(field: fields.Field[Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for rule in field.validators:
        match rule:
            case validate.Length(max=int(most)):
                found["max"] = most
            case validate.Range(min=int(least), max=int(most)):
                found |= {"min": least, "max": most}
    return found


def _group(group: Group) -> dict[str, object]:
    return _without_nothing(
        {"fields": list(group.fields), "when": None if group.when == ALWAYS else group.when, "folded": group.folded}
    )


def _rule(rule: Rule) -> dict[str, object]:
    said = dataclasses.asdict(rule)
    return _without_nothing(said | {"when": None if rule.when == ALWAYS else rule.when})


def _stages(kind: type[Kind]) -> dict[str, object] | None:
    if kind.stages is None:
        return None
    then = {stage.code: list(stage.then) for stage in kind.stages.stages}
    return {"field": kind.stages.field, "then": then}


def _due(due: FallsDue) -> dict[str, object]:
    said = dataclasses.asdict(due)
    wanted = {name: said.get(name) for name in ("cause", "of", "days", "minutes", "people")}
    return _without_nothing(wanted | {"unless": None if due.unless == NEVER else due.unless})


def _without_nothing(said: Mapping[str, object]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if value not in (None, "", (), [], {})}


def rules_of(kind: type[Kind]) -> tuple[Rule, ...]:
    """Its own, and what its stages ask for."""
    return (*kind.rules, *(kind.stages.rules() if kind.stages else ()))
