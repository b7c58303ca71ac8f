"""What a declaration of documents looks like, as `server/documents/documents.json` has it, and what one is made of.

Twin: `pwa/src/rules/declared_documents.ts`.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired, TypedDict

from server.rules.conditions import Values
from server.rules.json import Json

Said = Mapping[str, str]
#: an entry of a code table: oid, Finnish, Swedish, valid from and to
Entry = tuple[str, str, str | None, str | None, str | None]


class Reference(TypedDict):
    """The record that a field refers to; of another one where `of` says so."""

    ref: str
    of: NotRequired["Of"]


Of = str | Reference


class Each(TypedDict, total=False):
    """The records of a kind, or the items of a map; those for which `when` holds."""

    kind: str
    items: str
    when: Json


class Source(TypedDict, total=False):
    """Where a field's value comes from, and how it is written."""

    path: str
    of: Of
    when: Json
    const: str | bool
    day: bool
    catalogue: str
    choice: str
    codes: Mapping[str, str]
    by: str
    national: bool
    word: str
    format: str
    each: Each
    text: "list[Source]"
    join: str
    label: Said


# `from` is no name that Python allows.
DocumentField = TypedDict(
    "DocumentField",
    {
        "name": str,
        "sv": str,
        "en": NotRequired[str],
        "type": NotRequired[str],
        "system": NotRequired[str],
        "required": NotRequired[bool],
        "repeat": NotRequired[bool],
        "identity": NotRequired[bool],
        "instead": NotRequired[str],
        "each": NotRequired[Each],
        "from": NotRequired["str | Source | list[str | Source]"],
        "fields": NotRequired["list[DocumentField]"],
    },
)


class Block(TypedDict):
    """In the place of fields that several documents share."""

    use: str


class Document(TypedDict):
    key: str
    group: str
    oid: str
    of: str
    name: NotRequired[str]
    title: Said
    when: NotRequired[Json]
    day: list[str]
    fields: list[DocumentField]


class Declared(TypedDict):
    """The blocks stand in the documents by their names, wherever fields may stand."""

    blocks: Mapping[str, list[DocumentField | Block]]
    documents: list[Document]


class Told(TypedDict):
    id: str
    kind: str
    author: str
    values: Values


class Codes(TypedDict):
    codes: Mapping[str, Mapping[str, Sequence[Entry]]]
    partners: Mapping[str, Mapping[str, str]]


class Given(TypedDict):
    record: Told
    records: list[Told]
    codes: Codes
    labels: Mapping[str, Mapping[str, Said]]
    language: str


class MissingField(TypedDict):
    at: list[str]
    why: Literal["empty", "code", "identity", "name"]
    needed: bool
    catalogue: NotRequired[str]
    code: NotRequired[str]
    system: NotRequired[str]


class MadeDocument(TypedDict):
    name: dict[str, str] | None
    day: str
    content: dict[str, dict[str, object]] | None
    missing: list[MissingField]


class OfferedDocument(TypedDict):
    key: str
    record: str
    day: str
