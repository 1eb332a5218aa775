"""Names that must lead somewhere, and names that must not be given twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from contest.errors import N_
from contest.regulations.problems import Problem

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation

TWICE = N_("“%(code)s” is used twice; each must be its own.")
UNKNOWN_GENRE = N_("There is no genre “%(code)s”; the genres are: %(known)s.")
UNKNOWN_TOPIC = N_("There is no topic “%(code)s”; the topics are: %(known)s.")
UNKNOWN_CATEGORY = N_("There is no category “%(code)s”; the categories are: %(known)s.")
UNKNOWN_TIER = N_("There is no tier “%(code)s” among the prizes; the tiers are: %(known)s.")


def repeated(codes: Iterable[str], path: str) -> Iterator[Problem]:
    """Find what is named a second time in a list."""
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            yield Problem(path, TWICE, {"code": code})
        seen.add(code)


def unknown(codes: Iterable[str], known: Iterable[str], path: str, message: str) -> Iterator[Problem]:
    """Find names that lead nowhere, and say which there are."""
    there = dict.fromkeys(known)
    names = ", ".join(there)
    for code in dict.fromkeys(codes):
        if code not in there:
            yield Problem(path, message, {"code": code, "known": names})


def listed(codes: Iterable[str], known: Iterable[str], path: str, message: str) -> Iterator[Problem]:
    """Find names in a list that lead nowhere or are given twice."""
    codes = tuple(codes)
    yield from unknown(codes, known, path, message)
    yield from repeated(codes, path)


def chosen(choice: Any, path: str, regulation: Regulation) -> Iterator[Problem]:
    """Check the categories, genres and topics by which a group, a panel, a prize or a bonus chooses works."""
    for field, message in (
        ("categories", UNKNOWN_CATEGORY),
        ("genres", UNKNOWN_GENRE),
        ("topics", UNKNOWN_TOPIC),
    ):
        codes = getattr(choice, field, ())
        if codes:
            known = (term.code for term in getattr(regulation, field))
            yield from listed(codes, known, f"{path}.{field}", message)
