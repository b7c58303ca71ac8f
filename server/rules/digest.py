"""The digests of a case file, one for each class of visibility: equal digests, equal copies (SPEC D).

Twin of `pwa/src/rules/digest.ts`. XOR makes it independent of order, and cheap to keep: a write
XORs out what it replaced and in what it added.
"""

from collections.abc import Iterable
from hashlib import sha256

from server.rules.merge import State, Version, canonical

EMPTY = "0" * 64


def digest_entry(record: str, path: str, version: Version) -> int:
    """The number of one held version: SHA-256 over where it stands, whose it is, its value (D1)."""
    change, rank, _, value = version
    value_hash = sha256(canonical(value)).hexdigest()
    text = f"{record}\n{path}\n{change}\n{value_hash}\n{rank}"
    return int.from_bytes(sha256(text.encode()).digest())


def digest(records: Iterable[tuple[str, State]]) -> str:
    """The digest, computed anew, of records of one class: `(id, state)` each (D1)."""
    total = 0
    for record, state in records:
        total ^= digest_changed(record, {}, state["fields"])
    return written(total)


def digests(records: Iterable[tuple[str, str, State]]) -> dict[str, str]:
    """By class, the digests of the records of a case file: `(id, class, state)` each (D1, D4)."""
    by_class: dict[str, list[tuple[str, State]]] = {}
    for record, its_class, state in records:
        by_class.setdefault(its_class, []).append((record, state))
    return {its_class: digest(each) for its_class, each in by_class.items()}


def digest_changed(
    record: str,
    before: dict[str, list[Version]],
    after: dict[str, list[Version]],
) -> int:
    """What to XOR into a digest when a record's fields turn from `before` to `after` (D2)."""
    total = 0
    for fields, others in ((after, before), (before, after)):
        for path, versions in fields.items():
            if versions is not others.get(path):
                for version in versions:
                    total ^= digest_entry(record, path, version)
    return total


def written(total: int) -> str:
    """Lower-case hex, 64 characters."""
    return f"{total:064x}"
