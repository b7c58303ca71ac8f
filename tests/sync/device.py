"""A device as the exchange sees it: it stamps, sends, and keeps what it was told."""

import secrets
import time
from dataclasses import dataclass, field, replace
from typing import Any

import orjson
from flask import Flask
from uuid6 import uuid7

from server.rules import merge
from server.rules.clock import ZERO, tick
from server.sync.exchange import exchange
from tests.cast import Person

Change = dict[str, Any]
Reply = dict[str, Any]

#: between writing and receipt
SENDING_MS = 50


@dataclass
class Device:
    app: Flask
    person: Person
    name: str
    cursor: str | None = None
    #: by id, what the server sent last
    records: dict[str, Any] = field(default_factory=dict)
    #: the digests that were asked for, by case file
    digests: dict[str, str] = field(default_factory=dict)
    clock: str = ZERO
    node: str = field(default_factory=lambda: secrets.token_hex(6))

    def change(
        self,
        record: str,
        values: dict[str, Any],
        *,
        kind: str = "note",
        case: str = "north-1",
        seen: dict[str, list[str]] | None = None,
        **given: Any,
    ) -> Change:
        a_moment_ago = time.time_ns() // 1_000_000 - SENDING_MS
        self.clock = tick(self.clock, a_moment_ago, self.node)
        change = {
            "id": str(uuid7()),
            "record": record,
            "kind": kind,
            "case": case,
            "at": self.clock,
            "set": values,
            "seen": seen or {},
        }
        return change | given

    def edit(self, record: str, values: dict[str, Any], **given: Any) -> Change:
        """A change by somebody who saw what this device has of the record."""
        known: Any = self.records[record]
        shown = merge.shown(merge.unpack(known))
        seen = {path: shown[path] for path in values if path in shown}
        return self.change(record, values, kind=known["kind"], case=known["case"], seen=seen, **given)

    def ask(self, *changes: Change, more_follow: bool = False, **more: Any) -> Reply:
        """One request; nothing of the reply is kept."""
        body = {
            "protocol": 2,
            "schema": 1,
            "device": self.name,
            "cursor": self.cursor,
            "changes": list(changes),
            "more_follow": more_follow,
        }
        actor = replace(self.person.actor, device=self.name)
        with self.app.app_context():
            reply: Reply = orjson.loads(exchange(actor, orjson.dumps(body | more)))
        return reply

    def verdicts(self, *changes: Change) -> list[str]:
        return [verdict["verdict"] for verdict in self.ask(*changes, more_follow=True)["verdicts"]]

    def problem(self, change: Change) -> str:
        """The code with which a change is refused or held."""
        verdict = self.ask(change, more_follow=True)["verdicts"][0]
        code: str = verdict["problem"]["code"]
        return code

    def take(self, reply: Reply) -> Reply:
        """Keep a reply as a phone does: files first, then records, then the cursor."""
        if reply.get("reset"):
            self.cursor = None
            return reply
        for file in reply["files"]:
            if file["event"] == "purge":
                self.records = {key: record for key, record in self.records.items() if record["case"] != file["case"]}
            elif file["event"] == "check":
                self.digests[file["case"]] = file["digest"]
        for record in [*reply["touched"], *reply["records"]]:
            known = self.records.get(record["id"])
            if known is None or known["seq"] < record["seq"]:
                self.records[record["id"]] = record
        self.cursor = reply["cursor"]
        return reply

    def sync(self, *changes: Change, **more: Any) -> list[Reply]:
        """Send, and fetch until nothing more comes."""
        replies = [self.take(self.ask(*changes, **more))]
        while replies[-1].get("more") or replies[-1].get("reset"):
            replies.append(self.take(self.ask()))
        return replies

    def values(self, record: str) -> dict[str, list[Any]]:
        """By path, what is held of a record, the shown value first."""
        fields = self.records[record]["fields"]
        return {path: [value for _, value in versions] for path, versions in fields.items()}
