"""JSON as a type: what declarations hold and both languages read. Twin: `pwa/src/rules/json.ts`."""

from collections.abc import Mapping, Sequence
from typing import Union

Json = Union[None, bool, int, float, str, Sequence["Json"], Mapping[str, "Json"]]  # noqa: UP007 (a name not defined yet)
