"""Documents of the national structure, made from records by a declaration (Z12–Z17). Pure.

Twin: `pwa/src/rules/documents.ts`, bound by vectors. The declaration is data, `server/documents/documents.json`; what
its words mean stands in decision 0039. What a document is made of (`given`):

    record    the one that it is about: `{id, kind, author, values}`, values by path as they are shown
    records   the others of its file, with the people and the register entries that they refer to
    codes     what the installation has loaded: `{codes, partners}`. By code system and code the entries
              `[oid, fi, sv, valid from, valid to]`; by our own `catalogue/code` and code system its partner
    labels    our own words: `{catalogue: {code: {fi, sv, …}}}`
    language  fi or sv
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import cast

from server.rules.conditions import Values, day_in_finland, value_at
from server.rules.dates import is_day, is_instant
from server.rules.declared_documents import (
    Block,
    Declared,
    Document,
    DocumentField,
    Entry,
    Given,
    MadeDocument,
    MissingField,
    OfferedDocument,
    Source,
    Told,
)
from server.rules.document_scope import DocumentScope, each_of, stands, value_in

#: values, and what is missing for more
Found = tuple[list[object], list[MissingField]]
At = tuple[str, ...]

#: the code system of the documents themselves: a name that the declaration lacks stands in it
DOCUMENTS = "1506"
#: what parts words; other languages know other white space
_SPACE = re.compile(r"[ \t\r\n\u00a0]+")
_PLAIN = {"ä": "a", "å": "a", "ö": "o", " ": "_", "-": "_"}


def key_of(name: str) -> str:
    """The key of a named field: lower case, ä and å as a, ö as o, spaces and hyphens as _, other signs dropped."""
    plain = (_PLAIN.get(sign, sign) for sign in unicodedata.normalize("NFC", name).lower())
    return "".join(sign for sign in plain if sign in "abcdefghijklmnopqrstuvwxyz0123456789_")


def document_of(declared: Declared, key: str) -> Document:
    """A document of the declaration with the blocks that it uses in their place. `ValueError` for none of that key."""
    for document in declared["documents"]:
        if document["key"] == key:
            return {**document, "fields": _unfolded(document["fields"], declared["blocks"])}
    raise ValueError(key)


def _unfolded(
    fields: Sequence[DocumentField | Block], blocks: Mapping[str, Sequence[DocumentField | Block]]
) -> list[DocumentField]:
    found: list[DocumentField] = []
    for each in fields:
        block = each.get("use")
        if isinstance(block, str):
            found += _unfolded(blocks[block], blocks)
            continue
        field = cast("DocumentField", each)
        found.append({**field, "fields": _unfolded(field["fields"], blocks)} if "fields" in field else field)
    return found


def offered_documents(declared: Declared, told: Sequence[Told]) -> list[OfferedDocument]:
    """Which documents can be made from which records: in the order of the declaration, the latest first."""
    found: list[OfferedDocument] = []
    for document in declared["documents"]:
        rows: list[OfferedDocument] = [
            {"key": document["key"], "record": record["id"], "day": _day(document, record["values"])}
            for record in told
            if record["kind"] == document["of"] and stands(record["values"], document.get("when"))
        ]
        found += sorted((row for row in rows if row["day"]), key=lambda row: (row["day"], row["record"]), reverse=True)
    return found


def _day(document: Document, values: Values) -> str:
    days = (_day_said(value_at(values, path)) for path in document["day"])
    return next((day for day in days if day), "")


def _day_said(moment: object) -> str | None:
    day = day_in_finland(moment)
    return day if is_day(day) else None


def made_document(document: Document, given: Given) -> MadeDocument:
    """The document, and what is missing for it. `content` is null where something that it needs is missing.

    The identity code, which is never stored here, is told as missing and keeps nothing back.
    """
    values = given["record"]["values"]
    scope = DocumentScope(given, document, _day(document, values), values)
    name = _name(scope)
    content, missing = _parts(document["fields"], scope, ())
    if name is None:
        missing = [{"at": [], "why": "name", "needed": True, "code": document["oid"]}, *missing]
    is_whole = not any(one["needed"] and one["why"] != "identity" for one in missing)
    return {
        "name": name,
        "day": scope.day,
        "content": {key_of(name["fi"]): content} if is_whole and name else None,
        "missing": missing,
    }


def _name(scope: DocumentScope) -> dict[str, str] | None:
    """As the structure calls it. A Swedish name that nobody has loaded is the Finnish one."""
    entry = _entry(scope, DOCUMENTS, scope.document["oid"])
    fi = scope.document.get("name") or (entry[1] if entry else None)
    return {"fi": fi, "sv": (entry[2] if entry else None) or fi} if fi else None


# --- fields ---


def _parts(
    fields: Sequence[DocumentField], scope: DocumentScope, at: At
) -> tuple[dict[str, object], list[MissingField]]:
    """What the fields say, by key, and what is missing among them."""
    content: dict[str, object] = {}
    missing: list[MissingField] = []
    for field in fields:
        value, lacking = _field(field, scope, (*at, field["name"]))
        missing += lacking
        if value is not None:
            content[key_of(field["name"])] = value
    return content, _without_replaced(fields, content, missing, at)


def _without_replaced(
    fields: Sequence[DocumentField], content: Values, missing: Sequence[MissingField], at: At
) -> list[MissingField]:
    """A field that another one can stand for is not missing where that one says something."""
    replaced = [[*at, field["name"]] for field in fields if "instead" in field and key_of(field["instead"]) in content]
    return [one for one in missing if one["at"] not in replaced]


def _field(field: DocumentField, scope: DocumentScope, at: At) -> tuple[object, list[MissingField]]:
    if field.get("identity"):
        return None, [{"at": [*at], "why": "identity", "needed": True}]
    scopes = list(each_of(field["each"], scope)) if "each" in field else [scope]
    values: list[object] = []
    missing: list[MissingField] = []
    for one in scopes:
        found, lacking = _group(field, one, at) if "fields" in field else _leaf(field, one, at)
        missing += lacking
        values += [value for value in found if value not in values]
    if not values and field.get("required") and not any(one["needed"] for one in missing):
        missing.append({"at": [*at], "why": "empty", "needed": True})
    if field.get("repeat"):
        return values or None, missing
    return values[0] if values else None, missing


def _group(field: DocumentField, scope: DocumentScope, at: At) -> Found:
    """A group that says nothing is none. One that lacks what it needs is left out, where it is not needed itself."""
    content, missing = _parts(field["fields"], scope, at)
    if field.get("required"):
        return [content] if content else [], missing
    if not content:
        return [], [one for one in missing if not one["needed"]]
    lacks = any(one["needed"] and one["why"] != "identity" for one in missing)
    return ([] if lacks else [content]), _not_needed(missing) if lacks else missing


def _leaf(field: DocumentField, scope: DocumentScope, at: At) -> Found:
    """The first of its sources that says something."""
    missing: list[MissingField] = []
    for source in _sources(field):
        found, lacking = _said_as(field, source, scope, at)
        if found:
            return found, lacking
        missing = missing or lacking
    return [], missing


def _sources(field: DocumentField) -> list[Source]:
    told = field["from"] if isinstance(field["from"], list) else [field["from"]]
    return [{"path": one} if isinstance(one, str) else one for one in told]


def _said_as(field: DocumentField, source: Source, scope: DocumentScope, at: At) -> Found:
    match field["type"]:
        case "code":
            return _codes(field, source, scope, at)
        case "text" | "name":
            text = _text(source, scope)
            return ([text] if _SPACE.sub("", text) else []), []
        case "date":
            day = scope.day if source.get("day") else _day_said(value_in(source, scope))
            return ([day] if day else []), []
        case "moment":
            moment = value_in(source, scope)
            return ([moment] if is_instant(moment) else []), []
        case "identifier":
            text = _text(source, scope)
            return ([{"value": text}] if text else []), []
    yes = value_in(source, scope)
    return ([yes] if isinstance(yes, bool) else []), []


def _not_needed(missing: Sequence[MissingField]) -> list[MissingField]:
    return [{**one, "needed": False} for one in missing]


# --- codes ---


def _codes(field: DocumentField, source: Source, scope: DocumentScope, at: At) -> Found:
    """Our own codes as the nation's; one without a partner is named."""
    value = value_in(source, scope)
    found: list[object] = []
    missing: list[MissingField] = []
    for each in value if isinstance(value, list) else [value]:
        if each in (None, ""):
            continue
        own = "yes" if each is True else "no" if each is False else str(each)
        code = _coded(field, source, scope, own)
        if code is None:
            lack = MissingField(at=[*at], why="code", needed=bool(field.get("required")))
            missing.append({**lack, "catalogue": _catalogue(source), "code": own, "system": field["system"]})
        else:
            found.append(code)
    return found, _not_needed(missing) if found else missing


def _catalogue(source: Source) -> str:
    return source.get("catalogue") or source.get("choice") or ""


def _coded(field: DocumentField, source: Source, scope: DocumentScope, own: str) -> dict[str, str] | None:
    code = _partner(field, source, scope, own)
    if code is None:
        return None
    if field["system"] == "own":
        path = "/".join(key_of(name) for name in (scope.document["name"], field["name"]))
        return {"system": path, "code": code, "display": _label(scope, source["catalogue"], own)}
    entry = _entry(scope, field["system"], code)
    if entry is None:
        return None
    oid, fi, sv, *_ = entry
    return {"system": f"urn:oid:{oid}", "code": code, "display": (sv or fi) if scope.language == "sv" else fi}


def _partner(field: DocumentField, source: Source, scope: DocumentScope, own: str) -> str | None:
    """What the installation says stands for it; else what is known of the code itself."""
    catalogue = _catalogue(source)
    loaded = scope.given["codes"]["partners"].get(f"{catalogue}/{own}", {}).get(field["system"])
    if loaded is not None:
        return loaded
    if "codes" in source:
        return source["codes"].get(own)
    if "by" in source:
        known = scope.given["labels"].get(catalogue, {}).get(own, {}).get(source["by"])
        return None if known is None else str(known)
    return own if "const" in source or source.get("national") else None


def _entry(scope: DocumentScope, system: str, code: str) -> Entry | None:
    """The code as the table has it on the document's day."""
    for entry in scope.given["codes"]["codes"].get(system, {}).get(code, []):
        start, end = entry[3] or "", entry[4] or "9999"
        if start <= scope.day <= end:
            return entry
    return None


# --- texts ---


def _text(source: Source, scope: DocumentScope) -> str:
    if "text" not in source:
        return _written(source, value_in(source, scope), scope)
    scopes = list(each_of(source["each"], scope)) if "each" in source else [scope]
    lines = []
    for one in scopes:
        pieces = [_labelled(piece, one) for piece in source["text"]]
        lines.append(source.get("join", "\n").join(piece for piece in pieces if piece))
    return "\n".join(line for line in lines if line)


def _labelled(piece: Source, scope: DocumentScope) -> str:
    text = _text(piece, scope)
    return f"{piece['label'][scope.language]}: {text}" if text and "label" in piece else text


def _written(source: Source, value: object, scope: DocumentScope) -> str:
    if isinstance(value, list):
        return ", ".join(text for text in (_written(source, one, scope) for one in value) if text)
    if value is None or isinstance(value, bool | Mapping):
        return ""
    catalogue = source.get("catalogue") or source.get("choice")
    if catalogue is not None:
        return _label(scope, catalogue, str(value))
    text = _SPACE.sub(" ", str(value)) if "word" in source else str(value)
    if source.get("format") == "date":
        return finnish_day(text)
    return _word(source["word"], text) if "word" in source else text


def _word(which: str, text: str) -> str:
    """Of a whole name the family name is the last word, and the given names are what stands before it."""
    first, _, last = text.strip(" ").rpartition(" ")
    return last if which == "last" else first


def _label(scope: DocumentScope, catalogue: str, code: str) -> str:
    said = scope.given["labels"].get(catalogue, {}).get(code, {})
    return str(said.get(scope.language) or code)


def finnish_day(day: str) -> str:
    return f"{int(day[8:])}.{int(day[5:7])}.{day[:4]}" if is_day(day) else day
