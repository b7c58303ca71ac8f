"""Where the fields of a document look: the record or item that they are about, and the records around it. Pure.

Twin: `pwa/src/rules/document_scope.ts`.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from server.rules.conditions import About, Values, holds, value_at
from server.rules.dates import is_day
from server.rules.declared_documents import Document, Each, Given, Of, Reference, Source, Told
from server.rules.json import Json

#: what a service stands on: it was granted, whatever became of it since
GRANTED = ("decision_made", "active", "extension_requested", "ending_soon", "ended")


class DocumentScope(NamedTuple):
    """Where a field looks: the record or item that it is about, and all that there is."""

    given: Given
    document: Document
    day: str
    values: Values

    @property
    def language(self) -> str:
        return self.given["language"]


def stands(values: Values, when: Json) -> bool:
    return values.get("removed") is None and (when is None or holds(when, About(values)))


def value_in(source: Source, scope: DocumentScope) -> object:
    where = _target(source["of"], scope) if "of" in source else scope.values
    if where is None or not (source.get("when") is None or holds(source["when"], About(where, scope.day))):
        return None
    if "const" in source:
        return source["const"]
    return value_at(where, source["path"])


def _target(of: Of, scope: DocumentScope) -> Values | None:
    """The record that a source looks at: the client's own, a decision, a person, or one that is referred to."""
    if not isinstance(of, str):
        within = _target(of["of"], scope) if "of" in of else scope.values
        return None if within is None else _record(scope, value_at(within, of["ref"]))
    match of:
        case "case":
            return next((one["values"] for one in _all(scope) if one["kind"] == "case"), None)
        case "author":
            writer = value_at(scope.given["record"]["values"], "worker") or scope.given["record"]["author"]
            return _record(scope, writer)
        case "own_worker":
            return _target(Reference(ref="own_worker", of="case"), scope)
    return _decision(of, scope)


def _decision(which: str, scope: DocumentScope) -> Values | None:
    """Of those granted: the one in force on the day, the latest that had begun by then, or the first of all."""
    begun = [
        ((start, one["id"]), one["values"])
        for one in _all(scope)
        if one["kind"] == "decision"
        and one["values"].get("status") in GRANTED
        and one["values"].get("removed") is None
        and is_day(start := one["values"].get("start"))
    ]
    if which == "first_decision":
        return min(begun, key=lambda one: one[0], default=(None, None))[1]
    by_then = [one for one in begun if one[0][0] <= scope.day]
    if which == "decision":
        by_then = [one for one in by_then if str(one[1].get("end") or "9999") >= scope.day]
    return max(by_then, key=lambda one: one[0], default=(None, None))[1]


def _all(scope: DocumentScope) -> Iterator[Told]:
    yield scope.given["record"]
    yield from scope.given["records"]


def _record(scope: DocumentScope, id_: object) -> Values | None:
    return next((one["values"] for one in _all(scope) if one["id"] == id_), None) if isinstance(id_, str) else None


def each_of(each: Each, scope: DocumentScope) -> Iterator[DocumentScope]:
    """The items of a map of this record, or the other records of a kind; by key."""
    if "kind" in each:
        others = sorted(scope.given["records"], key=lambda one: one["id"])
        found = [one["values"] for one in others if one["kind"] == each["kind"]]
    else:
        found = list(_items(scope.values, each["items"]))
    for values in found:
        if stands(values, each.get("when")):
            yield scope._replace(values=values)


def _items(values: Values, field: str) -> Iterator[Values]:
    for path, item in sorted(values.items()):
        if path.startswith(f"{field}/") and item is not None:
            key = path.removeprefix(f"{field}/")
            yield {**item, "key": key} if isinstance(item, Mapping) else {"key": key, "value": item}
