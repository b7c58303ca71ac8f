"""Homes: the kinds of file that a record may live in (SPEC H)."""

from typing import Literal, get_args

Home = Literal["case", "intake", "team", "organisation", "own"]

CASE: Home = "case"
INTAKE: Home = "intake"
TEAM: Home = "team"
ORGANISATION: Home = "organisation"
OWN: Home = "own"

#: an intake becomes a case, with all that is in it
OF_A_CLIENT = frozenset({CASE, INTAKE})


def named(name: str | None) -> Home | None:
    known: tuple[Home, ...] = get_args(Home)
    return next((home for home in known if home == name), None)


def fits(of_kind: str | None, of_file: str) -> bool:
    """Whether records of a kind may live in a file; None is a kind that this server does not know (W11)."""
    if of_kind is None:
        return of_file != ORGANISATION
    return of_kind == of_file or {of_kind, of_file} <= OF_A_CLIENT
