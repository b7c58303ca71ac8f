"""A document of the national structure as people read it: rows, and a page of XHTML in our own drawing (Z16). Pure.

Twin: `pwa/src/rules/document_page.ts`, bound by vectors.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypedDict

from server.rules.dates import FINLAND
from server.rules.declared_documents import Document, DocumentField
from server.rules.documents import finnish_day, key_of


class RowValue(TypedDict, total=False):
    """What is read, with its code; of a group its rows."""

    text: str
    code: str
    system: str
    rows: "list[DocumentRow]"


class DocumentRow(TypedDict):
    key: str
    label: str
    values: list[RowValue]


Content = Mapping[str, object]

AT = {"fi": "klo", "sv": "kl."}
YES = {"fi": "Kyllä", "sv": "Ja"}
NO = {"fi": "Ei", "sv": "Nej"}
#: what XML cannot hold, also written as a number
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
STYLE = (
    "body{font-family:sans-serif;line-height:1.4;margin:2em auto;max-width:45em;padding:0 1em}"
    "dt{font-weight:bold;margin-top:.8em}dd{margin:0}dd dl{border-left:2px solid;margin:.2em 0;padding-left:1em}"
)


def document_rows(document: Document, content: Mapping[str, Content], language: str) -> list[DocumentRow]:
    """What the document says, in the order of the structure: label and values, of a group the rows in it."""
    return _rows(document["fields"], next(iter(content.values())), language)


def _rows(fields: Iterable[DocumentField], content: Content, language: str) -> list[DocumentRow]:
    found: list[DocumentRow] = []
    for field in fields:
        key = key_of(field["name"])
        if key not in content:
            continue
        value = content[key]
        said = [_value(field, one, language) for one in (value if isinstance(value, list) else [value])]
        found.append({"key": key, "label": field["sv"] if language == "sv" else field["name"], "values": said})
    return found


def _value(field: DocumentField, value: object, language: str) -> RowValue:
    match field.get("type"), value:
        case None, dict(inner):
            return {"rows": _rows(field["fields"], inner, language)}
        case "code", {"display": str(text), "code": str(code), "system": str(system)}:
            return {"text": text, "code": code, "system": system}
        case "identifier", {"value": str(text)}:
            return {"text": text}
        case "date", str(day):
            return {"text": finnish_day(day)}
        case "moment", str(moment):
            here = datetime.fromisoformat(moment).astimezone(FINLAND)
            return {"text": f"{finnish_day(here.date().isoformat())} {AT[language]} {here.hour}.{here.minute:02}"}
        case "yes_no", yes:
            return {"text": (YES if yes else NO)[language]}
    return {"text": str(value)}


def document_xhtml(document: Document, name: str, rows: list[DocumentRow], language: str) -> str:
    """A whole page of XHTML: keys, codes and code systems stand beside what is read."""
    title, oid = escaped(name), escaped(document["oid"])
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml" lang="{language}" xml:lang="{language}">\n'
        f'<head><title>{title}</title><meta name="oid" content="{oid}"/><style>{STYLE}</style></head>\n'
        f"<body>\n<h1>{title}</h1>\n{_list(rows)}\n</body>\n</html>\n"
    )


def _list(rows: Iterable[DocumentRow]) -> str:
    lines = []
    for row in rows:
        lines.append(f"<dt>{escaped(row['label'])}</dt>")
        lines += [_item(row["key"], value) for value in row["values"]]
    return "<dl>\n" + "\n".join(lines) + "\n</dl>" if lines else ""


def _item(key: str, value: RowValue) -> str:
    if "rows" in value:
        return f'<dd data-field="{key}">{_list(value["rows"])}</dd>'
    code = f' data-code="{escaped(value["code"])}" data-system="{escaped(value["system"])}"' if "code" in value else ""
    return f'<dd data-field="{key}"{code}>' + escaped(value["text"]).replace("\n", "<br/>") + "</dd>"


def escaped(text: str) -> str:
    """As it may stand in XML. What XML cannot hold reads as U+FFFD."""
    return "".join(_ESCAPED.get(sign, sign) for sign in _NOT_XML.sub("\ufffd", text))
