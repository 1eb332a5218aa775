"""Categories, dossiers, limits and entrants that contradict each other."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from contest.errors import N_
from contest.regulations.consistency.named import UNKNOWN_GENRE, listed, repeated, unknown
from contest.regulations.problems import Problem

if TYPE_CHECKING:
    from contest.regulations.entering import Category
    from contest.regulations.schema import Regulation

PREFIX_DIFFERS = N_("Without its marks the shown prefix must read “%(prefix)s”.")
NOTHING_REQUIRED = N_("At least one slot of the dossier must be required, or an entry could be empty.")
FIELD_OF_OTHER_MEDIUM = N_(
    "“%(field)s” cannot be told of an instalment of this medium (%(medium)s); it knows: %(known)s."
)
LENGTH_OF_OTHER_MEDIUM = N_("Instalments of this medium (%(medium)s) are not measured so; leave this out.")
UNKNOWN_ROLE = N_("No category has a role “%(code)s”; the roles are: %(known)s.")
ROLE_COUNTED_TWICE = N_("The role “%(role)s” is already counted by another limit; name it in one only.")
BONUS_WITHOUT_LIMIT = N_("Without works_per_author there is no limit to add works to; set it, or leave bonus out.")
UNKNOWN_LEVEL = N_("There is no level “%(code)s” among the levels of awards; the levels are: %(known)s.")
REFUSED_WHILE_DECLARING = N_("The mode is to declare awards, so no level can be refused here.")
NOTHING_REFUSED = N_("The mode is to refuse awards, so at least one level must be named.")
ONLY_AUTHORS_SEND = N_(
    "Works are sent by authors only, so newsrooms and branches have no quota; name “outlet” or “branch” in through, or "
    "leave this out."
)
UNIT_TWICE = N_("“%(unit)s” has two quotas; keep one of them.")
NO_JUROR_ENTERS = N_("Jurors may not enter, so there is nothing for them to leave to others; leave this out.")
NO_CONSENT = N_("At least one consent to the processing of personal data is needed.")

FIELDS = {
    "print": ("title", "url", "issue", "page", "words"),
    "online": ("title", "url", "hour", "words", "minutes"),
    "radio": ("title", "url", "channel", "hour", "minutes"),
    "tv": ("title", "url", "channel", "hour", "minutes"),
}
"""What can be told of an instalment, by medium."""


def terms(regulation: Regulation) -> Iterator[Problem]:
    """Find codes and prefixes given twice."""
    yield from repeated([term.code for term in regulation.genres], "genres")
    yield from repeated([term.code for term in regulation.topics], "topics")
    yield from repeated([category.code for category in regulation.categories], "categories")
    yield from repeated([category.prefix for category in regulation.categories], "categories")


def categories(regulation: Regulation) -> Iterator[Problem]:
    """Find categories whose genres, roles or dossier cannot be as they are written."""
    genres = [term.code for term in regulation.genres]
    for category in regulation.categories:
        path = f"categories[{category.code}]"
        yield from listed(category.genres, genres, f"{path}.genres", UNKNOWN_GENRE)
        yield from repeated(category.roles, f"{path}.roles")
        if without_marks(category.shown_prefix) != category.prefix:
            yield Problem(f"{path}.shown_prefix", PREFIX_DIFFERS, {"prefix": category.prefix})
        yield from _dossier(category, path)
        yield from _instalments(category, path)


def without_marks(letters: str) -> str:
    """Write Vietnamese capital letters in ASCII: "BĐT" becomes "BDT"."""
    decomposed = unicodedata.normalize("NFD", letters.replace("Đ", "D"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _dossier(category: Category, path: str) -> Iterator[Problem]:
    yield from repeated([slot.code for slot in category.slots], f"{path}.slots")
    for slot in category.slots:
        yield from repeated(slot.kinds, f"{path}.slots[{slot.code}].kinds")
    if not any(slot.required for slot in category.slots):
        yield Problem(f"{path}.slots", NOTHING_REQUIRED)


def _instalments(category: Category, path: str) -> Iterator[Problem]:
    known = FIELDS[category.medium]
    yield from repeated(category.instalment_fields or (), f"{path}.instalment_fields")
    for field in dict.fromkeys(category.instalment_fields or ()):
        if field not in known:
            values = {"field": field, "medium": category.medium, "known": ", ".join(known)}
            yield Problem(f"{path}.instalment_fields", FIELD_OF_OTHER_MEDIUM, values)
    for measure in ("words", "minutes"):
        name = f"max_{measure}_per_instalment"
        if measure not in known and getattr(category, name) is not None:
            yield Problem(f"{path}.{name}", LENGTH_OF_OTHER_MEDIUM, {"medium": category.medium})


def limits(regulation: Regulation) -> Iterator[Problem]:
    """Find limits by roles and genres that count nothing, or count twice."""
    rule = regulation.limits
    roles = [role for category in regulation.categories for role in category.roles]
    counted: set[str] = set()
    for number, limit in enumerate(rule.by_role, 1):
        path = f"limits.by_role[#{number}].roles"
        yield from listed(limit.roles, roles, path, UNKNOWN_ROLE)
        for role in dict.fromkeys(limit.roles):
            if role in counted:
                yield Problem(path, ROLE_COUNTED_TWICE, {"role": role})
            counted.add(role)
    genres = [term.code for term in regulation.genres]
    for number, bonus in enumerate(rule.bonus, 1):
        yield from listed(bonus.genres, genres, f"limits.bonus[#{number}].genres", UNKNOWN_GENRE)
    if rule.bonus and rule.works_per_author is None:
        yield Problem("limits.bonus", BONUS_WITHOUT_LIMIT)


def prior_awards(regulation: Regulation) -> Iterator[Problem]:
    """Find levels of awards that are refused without being there."""
    rule = regulation.prior_awards
    path = "prior_awards.refused_levels"
    levels = [level.code for level in rule.levels]
    yield from repeated(levels, "prior_awards.levels")
    yield from repeated(rule.refused_levels, path)
    yield from unknown(rule.refused_levels, levels, path, UNKNOWN_LEVEL)
    if rule.mode == "declare" and rule.refused_levels:
        yield Problem(path, REFUSED_WHILE_DECLARING)
    if rule.mode == "refuse" and not rule.refused_levels:
        yield Problem(path, NOTHING_REFUSED)


def entrants(regulation: Regulation) -> Iterator[Problem]:
    """Find quotas for those who may not send, or two for one of them."""
    rule = regulation.entrants
    yield from repeated(rule.through, "entrants.through")
    if rule.through == ("author",):
        if rule.works_per_unit is not None:
            yield Problem("entrants.works_per_unit", ONLY_AUTHORS_SEND)
        if rule.unit_quotas:
            yield Problem("entrants.unit_quotas", ONLY_AUTHORS_SEND)
    seen: set[str] = set()
    for number, quota in enumerate(rule.unit_quotas, 1):
        unit = " ".join(quota.unit.casefold().split())
        if unit in seen:
            yield Problem(f"entrants.unit_quotas[#{number}].unit", UNIT_TWICE, {"unit": quota.unit})
        seen.add(unit)
    if rule.jurors_do_not_judge != "contest" and not rule.jurors_may_enter:
        yield Problem("entrants.jurors_do_not_judge", NO_JUROR_ENTERS)


def statements(regulation: Regulation) -> Iterator[Problem]:
    """Find statements given twice, and a missing consent."""
    yield from repeated([statement.code for statement in regulation.statements], "statements")
    if not any(statement.kind == "consent" and statement.required for statement in regulation.statements):
        yield Problem("statements", NO_CONSENT)
