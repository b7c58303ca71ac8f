"""What the catalogue says of its codes, and its parameters: thresholds stand there and not in a formula."""

from functools import cache
from typing import TypeVar

from server.catalogue import catalogue, entries_of

CodeValue = TypeVar("CodeValue", str, int, bool)


def parameter(name: str, member: str = "value") -> int:
    return int(catalogue()["parameters"][name][member])


def parameters(name: str) -> list[int]:
    return [int(each) for each in catalogue()["parameters"][name]["value"]]


def parameter_pairs(name: str) -> list[tuple[int, int]]:
    return [(int(first), int(last)) for first, last in catalogue()["parameters"][name]["value"]]


@cache
def flagged(name: str, flag: str, value: object = True) -> frozenset[str]:
    """The codes of a catalogue whose entry has this under `flag`."""
    return frozenset(entry["code"] for entry in entries_of(name) if entry.get(flag) == value)


def by_code(name: str, member: str, wanted: type[CodeValue]) -> dict[str, CodeValue]:
    """By code, what a catalogue says under one name; codes that say nothing of it are not there."""
    return {entry["code"]: entry[member] for entry in entries_of(name) if isinstance(entry.get(member), wanted)}


@cache
def order_of(name: str) -> dict[str, int]:
    return {entry["code"]: number for number, entry in enumerate(entries_of(name))}


def label(name: str, code: str, language: str) -> str:
    """How a code is called; the code itself where the catalogue does not know it."""
    return by_code(name, language, str).get(code, code)


DELIVERED = flagged("visit_outcome", "counts_as_delivered")
COUNTING = flagged("time_entry_kind", "counts_to_contract_default")
MOVED_ON = flagged("exit_reason", "counts_as_moved_on")
PERMANENT = flagged("stay_kind", "permanent_home")
INSTITUTION = flagged("stay_kind", "institution")
SMALL_CELL = parameter("small_cell_min")
