"""The shape of what stands in the lists of a request, asked before anything stored is looked at (SPEC W14).

Twin of `pwa/src/rules/shape.ts`: the device asks the same at its own door, so that nothing waits there which no server
would ever take. A fault is the code of a problem; None where there is none. Pure.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeGuard

import orjson

from server.config import LIMITS
from server.rules.clock import is_stamp
from server.rules.merge import is_plain

#: `$` alone would let a line end pass
END = r"$(?!\n)"
ID_PATTERN = rf"^[0-9a-z-]{{1,64}}{END}"
ID = re.compile(ID_PATTERN)
KIND_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
#: a field, or a field and an item; what a newer client adds has this shape too
PATH_SHAPE = re.compile(r"[a-z][a-z0-9_]*(?:/[A-Za-z0-9._:-]+)?", re.ASCII)
CONTAINERS = (dict, list)
#: an item stands in a list, and that in the body
ITEM_DEPTH_MAX = LIMITS.depth_max - 2


def is_id(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and ID.match(value) is not None


def is_path(path: str) -> bool:
    return len(path) <= LIMITS.path_chars_max and _is_spelled_as_a_path(path)


@lru_cache(maxsize=4096)  # the same few paths stand in nearly every change
def _is_spelled_as_a_path(path: str) -> bool:
    return PATH_SHAPE.fullmatch(path) is not None


def read_fault(sent: object) -> str | None:
    """Of a reading `{id, case, at}` (L3)."""
    fits = isinstance(sent, dict) and is_id(sent.get("id")) and is_id(sent.get("case")) and is_stamp(sent.get("at"))
    return None if fits else "item_malformed"


def change_fault(sent: object, *, values_too: bool = True) -> str | None:
    """Of a change, whatever its kind may hold. Without `values_too` for who asks the checker of its kind as well."""
    if not isinstance(sent, dict) or is_deeper(sent, ITEM_DEPTH_MAX) or not has_shape(sent):
        return "change_malformed"
    values, seen = sent["set"], sent["seen"]
    if is_too_large(values, seen, len(content(values, seen))):
        return "change_too_large"
    if seen and seen.keys() - values.keys():
        return "seen_without_set"
    fits = not values_too or (all(map(is_path, values)) and all(map(is_plain, values.values())))
    return None if fits else "value_invalid"


def has_shape(sent: Mapping[str, object]) -> bool:
    own, kind, values, seen = (sent.get(name) for name in ("id", "kind", "set", "seen"))
    return (
        is_id(own)
        and is_id(sent.get("record"))
        and is_id(sent.get("case"))
        and is_stamp(sent.get("at"))
        and isinstance(kind, str)
        and KIND_NAME.fullmatch(kind) is not None
        and isinstance(values, dict)
        and len(values) > 0
        and isinstance(seen, dict)
        and all(_are_seen(ids, own) for ids in seen.values())
    )


def _are_seen(ids: object, own: str) -> bool:
    """Ids of other changes: nothing has seen itself."""
    return isinstance(ids, list) and all(map(is_id, ids)) and own not in ids


def content(values: Mapping[str, object], seen: Mapping[str, object]) -> bytes:
    """The canonical JSON of `{seen, set}`, as the log keeps it."""
    return orjson.dumps({"seen": seen, "set": values}, option=orjson.OPT_SORT_KEYS)


def is_too_large(values: Mapping[str, object], seen: Mapping[str, list[str]], content_bytes: int) -> bool:
    seen_ids = sum(map(len, seen.values()))
    return content_bytes > LIMITS.change_bytes_max or len(values) > LIMITS.paths_max or seen_ids > LIMITS.seen_ids_max


def is_deeper(value: object, levels: int) -> bool:
    """Whether lists and maps stand in each other more than `levels` deep."""
    level: list[object] = [value]
    for _ in range(levels):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer if isinstance(outer, list) else ())
            if isinstance(inner, CONTAINERS)
        ]
        if not level:
            return False
    return True
