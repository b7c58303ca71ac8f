"""A record as it is shown: of each path the value that stands first (M3)."""

from typing import Any, NamedTuple

import orjson

from server.rules import merge


class ShownRecord(NamedTuple):
    id: str
    kind: str
    case: str
    #: by path
    values: dict[str, Any]


def shown_values(state: merge.State) -> dict[str, Any]:
    return {path: versions[0][3] for path, versions in state["fields"].items()}


def shown_state(applied: Any) -> ShownRecord:
    """Of a record that was just applied: it has `id`, `kind`, `case` and `state`."""
    return ShownRecord(applied.id, applied.kind, applied.case, shown_values(applied.state))


def shown_record(row: Any) -> ShownRecord:
    """Of a row of `record_queries`."""
    return ShownRecord(row.id, row.kind, row.case, shown_values(merge.unpack(orjson.loads(row.body))))
