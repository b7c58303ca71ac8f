"""Which column is what, by its head in any of our languages. What is not known stays for a person to say."""

import re
from collections.abc import Sequence

from server.importing.targets import ImportSort, folded, targets_of

#: what is written behind a head: `Nimi (sukunimi etunimi)`, `Puhelin *`
ASIDE = re.compile(r"\([^)]*\)|\*")


def guessed(sort: ImportSort, heads: Sequence[str]) -> list[str | None]:
    """For each head what it stands for; nothing stands in two columns, and the one that says it exactly comes first."""
    found: list[str | None] = [None] * len(heads)
    taken: set[str] = set()
    for spell in (folded, _without_aside):
        for number, head in enumerate(heads):
            wanted = spell(head)
            known = (key for key, target in targets_of(sort).items() if key not in taken and wanted in target.heads)
            key = next(known, None) if wanted and found[number] is None else None
            if key is not None:
                found[number] = key
                taken.add(key)
    return found


def _without_aside(head: str) -> str:
    return folded(ASIDE.sub("", head))
