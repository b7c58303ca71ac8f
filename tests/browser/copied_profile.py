"""A copied browser profile, opened elsewhere with its cookies: all that is in it, at every address of the contract."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
from playwright.sync_api import Error

from tests.browser.office import Office
from tests.browser.phone import Phone

CONTRACT: dict[str, Any] = orjson.loads((Path(__file__).parents[2] / "docs" / "openapi.json").read_bytes())
SYNC: dict[str, Any] = {"protocol": 2, "schema": 1, "cursor": None, "changes": [], "more_follow": False}
SIGNATURE = "A" * 86
#: every text that lies unsealed in the profile
IN_THE_OPEN = """async () => {
  const found = [JSON.stringify(localStorage)];
  const opening = indexedDB.open('ovikello');
  const db = await new Promise((done) => (opening.onsuccess = () => done(opening.result)));
  for (const name of db.objectStoreNames) {
    const all = db.transaction(name).objectStore(name).getAll();
    found.push(JSON.stringify(await new Promise((done) => (all.onsuccess = () => done(all.result)))));
  }
  db.close();
  return found.join('\\n');
}"""
ASK = """async (asked) => {
  const told = [];
  for (const [method, path, headers, body] of asked) {
    const given = { method, headers, credentials: 'include', redirect: 'manual', cache: 'no-store' };
    if (method !== 'GET') {
      given.body = body;
      given.headers = { 'content-type': 'application/json', ...headers };
    }
    const answer = await fetch(path, given);
    told.push([answer.status, await answer.text()]);
  }
  return told;
}"""


def addresses(office: Office, device: str) -> Iterator[tuple[str, str]]:
    """Method and path of the whole contract, with ids that are really there; where there is none yet, with any."""
    ids = {
        "case": [(office.clients.paavo.case,)],
        "record": [(office.clients.paavo.visit,)],
        "device_id": [(device,)],
        "check_in": office.rows("SELECT id FROM check_in"),
        "reminder": office.rows("SELECT id FROM reminder LIMIT 1"),
    }
    for path, operations in CONTRACT["paths"].items():
        real = path
        for name, found in ids.items():
            real = real.replace(f"{{{name}}}", found[0][0] if found else "x")
        for method in operations.keys() - {"parameters"}:
            yield method.upper(), "/".join("x" if part.startswith("{") else part for part in real.split("/"))


def values_in(phone: Phone, *more: str) -> list[str]:
    """Whatever may be a key to something: cookies, what their tokens say, and each text of the open stores."""
    assert phone.context
    found = set(more)
    for cookie in phone.context.cookies():
        value = cookie.get("value", "")
        found.add(value)
        with suppress(ValueError, IndexError):
            claims = json.loads(base64.urlsafe_b64decode(value.split(".")[1] + "=="))
            found |= {str(claim) for claim in claims.values()}
    rows = [json.loads(line) for line in phone.page.evaluate(IN_THE_OPEN).split("\n") if line[:1] in "[{"]
    texts = set(texts_in(rows))
    secrets = [text for text in texts if len(text) == 43]
    found |= texts | {f"{text}.{secret}" for text in texts if len(text) == 36 for secret in secrets}
    return sorted(value for value in found if value.isascii() and value.isprintable() and len(value) < 2_000)


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts_in(inner)
    elif isinstance(value, str):
        yield value
        with suppress(ValueError):
            yield from texts_in(json.loads(value)) if value[:1] in "[{" else ()


def body_of(path: str, device: str) -> str:
    if path.endswith("/sync"):
        return json.dumps(SYNC | {"device": device})
    return json.dumps({"n": 10, "signature": SIGNATURE} if path.endswith("/refresh") else {})


def asked_of(phone: Phone, where: list[tuple[str, str]], headers: list[dict[str, str]], device: str) -> dict[str, str]:
    """By the page's own requests: the bodies of what was answered with success, by method and path."""
    asked = [(*one, header, body_of(one[1], device)) for one in where for header in headers]
    told: list[tuple[int, str]] = phone.page.evaluate(ASK, asked)
    opened: dict[str, str] = {}
    for (method, path, _, _), (status, body) in zip(asked, told, strict=True):
        if status < 400:
            opened[f"{method} {path}"] = opened.get(f"{method} {path}", "") + body
    return opened


def visited(phone: Phone, where: list[tuple[str, str]]) -> dict[str, str]:
    """The same in the address bar."""
    assert phone.context
    opened = {}
    tab = phone.context.new_page()
    for _, path in (one for one in where if one[0] == "GET"):
        with suppress(Error):  # a download is no page
            answer = tab.goto(phone.address + path)
            if answer and answer.status < 400:
                opened[f"GET {path}"] = answer.text()
    tab.close()
    return opened
