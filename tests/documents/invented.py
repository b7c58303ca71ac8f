"""INVENTED code tables, to try documents out with: no code and no name in them is the nation's."""

from collections.abc import Iterable
from typing import Any

from server.documents import declaration
from tests.documents.structure import DOCUMENTS

ROOT = "1.2.246.537.6."
#: codes that are known without a partner of ours, by code system
KNOWN = {
    "126": ("Y30", "Y32"),
    "1282": (*map(str, range(1, 12)), "99"),
    "1243": ("8",),
    "1292": ("keksitty-tavoite",),
    "1506": tuple(DOCUMENTS),
}


def tables(*, without: Iterable[str] = (), documents: bool = True) -> dict[str, Any]:
    """A code for each of ours, but for those of `without` (`catalogue/code`)."""
    codes, partners = [], []
    for catalogue, systems in sorted(declaration.asked().items()):
        for number, own in enumerate(declaration.labels()[catalogue], 1):
            for system in sorted(systems):
                codes.append(_code(system, f"{catalogue}-{number}"))
                if f"{catalogue}/{own}" not in without:
                    partners.append(
                        {"catalogue": catalogue, "own_code": own, "oid": ROOT + system, "code": f"{catalogue}-{number}"}
                    )
    for system, known in KNOWN.items():
        codes += [_code(system, code) for code in known if documents or system != "1506"]
    return {"invented": True, "codes": codes, "partners": partners}


def names() -> dict[str, str]:
    """What these tables call the documents."""
    return {oid: _name("1506", oid) for oid in DOCUMENTS}


def _name(system: str, code: str) -> str:
    return f"KEKSITTY {system} {code}"


def _code(system: str, code: str) -> dict[str, Any]:
    return {
        "oid": ROOT + system,
        "version": "1",
        "code": code,
        "fi": _name(system, code),
        "sv": _name(system, code).replace("KEKSITTY", "PÅHITTAD"),
        "valid_from": "1900-01-01",
        "valid_to": None,
    }
