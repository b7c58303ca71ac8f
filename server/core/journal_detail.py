"""What a line of the journal says of its event."""

from __future__ import annotations

from typing import TypeVar

Wanted = TypeVar("Wanted")


class Detail(dict[str, object]):
    """Read from the disk: a value is asked for by its name and by what it has to be, and nothing else is replayed."""

    def text(self, name: str) -> str:
        return _of_type(str, name, self[name])

    def text_or_none(self, name: str) -> str | None:
        value = self.get(name)
        return None if value is None else _of_type(str, name, value)

    def flag(self, name: str) -> bool:
        return _of_type(bool, name, self[name])

    def texts(self, name: str) -> list[str]:
        return [_of_type(str, name, each) for each in _of_type(list, name, self[name])]

    def within(self, name: str) -> Detail:
        return Detail(_of_type(dict, name, self[name]))


def _of_type(wanted: type[Wanted], name: str, value: object) -> Wanted:
    if not isinstance(value, wanted):
        raise TypeError(f"{name} in a line of the journal is no {wanted.__name__}")
    return value
