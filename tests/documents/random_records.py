"""Files of one client with records of every kind that a document is made from, filled at random as kinds allow."""

from __future__ import annotations

import random
from typing import Any

from server.catalogue import catalogue, codes_of
from server.kinds import KINDS
from server.kinds.described import field_of
from server.rules.declared_documents import Told

#: how many of each in a file
OF_A_FILE = {
    "decision": 3, "visit": 8, "note": 5, "talk": 2, "plan": 2, "goal": 4, "exit": 1, "disclosure": 2, "referral": 2,
    "member": 3, "agreement": 1, "risk": 1,
}  # fmt: skip
TEXTS = (
    "Puhuttiin vuokrasta.",
    "  ",
    "",
    "<b>&\"'</b>",
    "Rivi\nja toinen 😀",
    "Ääkköset\u00a0ja\ttabi",
    "\u0001",
    "x" * 300,
)
NAMES = ("Aki Maa", "Anna Maria Virtanen", "Matti K.", "Öberg", "  Liisa   Lähde ", "Ab <Cd> Ef")
#: how much of a file says something
SAID = (0.6, 0.9, 1.0)


def _codes(name: str) -> tuple[str, ...]:
    """Of a catalogue; of what is put together from several, any."""
    return codes_of(name) if name in catalogue()["catalogues"] else ("a",)


class Writer:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.said = self.random.choice(SAID)
        self.people = [self._person(number) for number in range(3)]

    def file(self) -> list[Told]:
        """The header first."""
        found = [self.record("case", 0)]
        for kind, count in OF_A_FILE.items():
            found += [
                self.record(kind, number)
                for number in range(self.random.randint(count if kind == "member" else 0, count))
            ]
        return [*found, self._in_force()] if self.random.random() < self.said else found

    def _in_force(self) -> Told:
        """A decision for all of these years."""
        granted = self.record("decision", 9)
        values = {"status": "active", "start": "2023-12-01", "end": None, "removed": None}
        values |= {"task": self._code("service_task_thl"), "service_type": self._code("service_type")}
        return {**granted, "values": {**granted["values"], **values}}

    def record(self, kind: str, number: int) -> Told:
        values: dict[str, Any] = {}
        bound = KINDS[kind]().fields
        for name in KINDS[kind].declared():
            if name == "removed" or self.random.random() > self.said:
                continue
            field: dict[str, Any] = field_of(bound[name])
            if field["type"] == "map":
                for key in self._keys(field["key"]):
                    values[f"{name}/{key}"] = self._value(field["of"])
            else:
                values[name] = self.random.choice(NAMES) if name in ("name", "client_name") else self._value(field)
        if self.random.random() < 0.05:
            values["removed"] = {"saw": []}
        return {"id": f"{kind}-{number}", "kind": kind, "author": self._id("person"), "values": values}

    def _person(self, number: int) -> Told:
        name = ("Aino Laine", "Mikko Öberg", "Ville-Veikko Aho Mäki")[number]
        values = {"name": name, "role": "field_worker", "phone": "+358 40 1234567"}
        return {"id": f"person-{number}", "kind": "person", "author": "", "values": values}

    def _keys(self, key: dict[str, Any]) -> list[str]:
        if "catalogue" in key:
            codes = _codes(key["catalogue"])
            return self.random.sample(codes, min(len(codes), 2))
        return [self._id(key.get("kind", "step"))]

    def _id(self, kind: str) -> str:
        return f"{kind}-{self.random.randint(0, 2)}"

    def _value(self, field: dict[str, Any]) -> Any:
        match field["type"]:
            case "parts":
                parts = field["parts"].items()
                return {name: self._value(part) for name, part in parts if self.random.random() < self.said} or None
            case "codes" if "catalogue" not in field:
                return [self._id("change")]
            case "strokes":
                return "M12 30 14 33"
            case "codes":
                codes = _codes(field["catalogue"])
                return self.random.sample(codes, self.random.randint(0, min(3, len(codes))))
            case "code":
                return self._code(field["catalogue"])
            case "choice":
                return self.random.choice(field["choices"])
            case "yes_no":
                return self.random.random() < 0.5
            case "whole":
                return self.random.randint(field.get("min", 0), field.get("max", 9))
            case "date":
                return self._day()
            case "instant":
                return f"{self._day()}T{self.random.randint(0, 23):02}:{self.random.randint(0, 59):02}:00Z"
            case "reference" | "id":
                return self._id(field.get("kind", "record"))
        return self.random.choice(TEXTS)

    def _code(self, catalogue: str) -> str:
        return self.random.choice(_codes(catalogue))

    def _day(self) -> str:
        return f"202{self.random.randint(4, 6)}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"
