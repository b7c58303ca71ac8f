"""The one catalogue of problems: a stable code, a status and a sentence in three languages (`problems.json`).

The browser reads the same file, so a refusal is shown in the person's words even when the server is out of reach.
"""

import json
from pathlib import Path
from typing import NotRequired, TypedDict


class CatalogueEntry(TypedDict):
    status: int
    fi: str
    sv: str
    en: str


class ProblemJson(TypedDict):
    """A problem on the wire."""

    code: str
    fields: NotRequired[dict[str, list[str]]]


CATALOGUE: dict[str, CatalogueEntry] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))


class Problem(Exception):
    """A refusal. `fields` names what to mend: `{path: [code, …]}`."""

    def __init__(
        self, code: str, fields: dict[str, list[str]] | None = None, *, retry_after_s: int | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields or {}
        self.retry_after_s = retry_after_s

    @property
    def status(self) -> int:
        return CATALOGUE[self.code]["status"]

    def as_json(self) -> ProblemJson:
        return {"code": self.code, "fields": self.fields} if self.fields else {"code": self.code}
