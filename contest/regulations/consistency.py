"""What a regulation says against itself: every contradiction, each at its path.

Called only with a document whose every value has the right shape, so each check here compares two places. Checks
yield; none stops another.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from contest.errors import N_
from contest.regulations import consistency_of_dates, consistency_of_scores, consistency_of_text
from contest.regulations.problems import Problem

if TYPE_CHECKING:
    from contest.regulations.entering import Category
    from contest.regulations.schema import Regulation

TWICE = N_("“%(code)s” is used twice; each must be its own.")
UNKNOWN_GENRE = N_("There is no genre “%(code)s”; the genres are: %(known)s.")
PREFIX_DIFFERS = N_("Without its marks the shown prefix must read “%(prefix)s”.")
NOTHING_REQUIRED = N_("At least one slot of the dossier must be required, or an entry could be empty.")
UNKNOWN_LEVEL = N_("There is no level “%(code)s” among the levels of awards.")
REFUSED_WHILE_DECLARING = N_("The mode is to declare awards, so no level can be refused here.")
NOTHING_REFUSED = N_("The mode is to refuse awards, so at least one level must be named.")
NO_CONSENT = N_("At least one consent to the processing of personal data is needed.")


def contradictions(regulation: Regulation) -> Iterator[Problem]:
    """Find everything that does not agree with something else in the document."""
    yield from _codes(regulation)
    for category in regulation.categories:
        yield from _category(category, regulation)
    yield from _prior_awards(regulation)
    yield from _statements(regulation)
    yield from consistency_of_dates.contradictions(regulation)
    yield from consistency_of_scores.contradictions(regulation)
    yield from consistency_of_text.contradictions(regulation)


def repeated(codes: Iterable[str], path: str) -> Iterator[Problem]:
    """Find what is named a second time in a list."""
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            yield Problem(path, TWICE, {"code": code})
        seen.add(code)


def _codes(regulation: Regulation) -> Iterator[Problem]:
    for path, codes in (
        ("genres", [term.code for term in regulation.genres]),
        ("topics", [term.code for term in regulation.topics]),
        ("categories", [category.code for category in regulation.categories]),
        ("categories", [category.prefix for category in regulation.categories]),
        ("rubrics", [rubric.code for rubric in regulation.rubrics]),
        ("rounds", [rule.code for rule in regulation.rounds]),
        ("prizes", [tier.code for tier in regulation.prizes]),
        ("statements", [statement.code for statement in regulation.statements]),
        ("prior_awards.levels", [level.code for level in regulation.prior_awards.levels]),
        ("prior_awards.refused_levels", regulation.prior_awards.refused_levels),
    ):
        yield from repeated(codes, path)


def _category(category: Category, regulation: Regulation) -> Iterator[Problem]:
    path = f"categories[{category.code}]"
    genres = [term.code for term in regulation.genres]
    for code in category.genres:
        if code not in genres:
            yield Problem(f"{path}.genres", UNKNOWN_GENRE, {"code": code, "known": ", ".join(genres)})
    yield from repeated(category.genres, f"{path}.genres")
    yield from repeated(category.roles, f"{path}.roles")
    yield from repeated([slot.code for slot in category.slots], f"{path}.slots")
    for slot in category.slots:
        yield from repeated(slot.kinds, f"{path}.slots[{slot.code}].kinds")
    if without_marks(category.shown_prefix) != category.prefix:
        yield Problem(f"{path}.shown_prefix", PREFIX_DIFFERS, {"prefix": category.prefix})
    if not any(slot.required for slot in category.slots):
        yield Problem(f"{path}.slots", NOTHING_REQUIRED)


def without_marks(letters: str) -> str:
    """Write Vietnamese capital letters in ASCII: "BĐT" becomes "BDT"."""
    decomposed = unicodedata.normalize("NFD", letters.replace("Đ", "D"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _prior_awards(regulation: Regulation) -> Iterator[Problem]:
    rule = regulation.prior_awards
    path = "prior_awards.refused_levels"
    known = {level.code for level in rule.levels}
    for code in rule.refused_levels:
        if code not in known:
            yield Problem(path, UNKNOWN_LEVEL, {"code": code})
    if rule.mode == "declare" and rule.refused_levels:
        yield Problem(path, REFUSED_WHILE_DECLARING)
    if rule.mode == "refuse" and not rule.refused_levels:
        yield Problem(path, NOTHING_REFUSED)


def _statements(regulation: Regulation) -> Iterator[Problem]:
    if not any(statement.kind == "consent" and statement.required for statement in regulation.statements):
        yield Problem("statements", NO_CONSENT)
