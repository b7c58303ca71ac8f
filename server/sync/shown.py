"""A record as it is shown: of each path the value that stands first (M3)."""

from typing import NamedTuple, Protocol

import orjson

from server.rules import merge
from server.sync.events import AppliedRecord


class StoredRecord(Protocol):
    """A row that says whose record it is, and what it holds."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def case(self) -> str: ...
    @property
    def body(self) -> str: ...


class ShownRecord(NamedTuple):
    id: str
    kind: str
    case: str
    #: by path
    values: dict[str, object]

    def text(self, path: str) -> str | None:
        """The text at a path; None where there is none, or something else."""
        value = self.values.get(path)
        return value if isinstance(value, str) else None


def shown_values(state: merge.State) -> dict[str, object]:
    return {path: versions[0][3] for path, versions in state["fields"].items()}


def shown_state(applied: AppliedRecord) -> ShownRecord:
    """Of a record that was just applied."""
    return ShownRecord(applied.id, applied.kind, applied.case, shown_values(applied.state))


def shown_record(row: StoredRecord) -> ShownRecord:
    """Of a row of `record_queries`."""
    return ShownRecord(row.id, row.kind, row.case, shown_values(merge.unpack(orjson.loads(row.body))))
