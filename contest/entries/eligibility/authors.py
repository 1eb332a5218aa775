"""How many authors a work may name, and how many works an author may enter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contest.entries.eligibility.case import Case
from contest.entries.eligibility.facts import Author
from contest.entries.findings import Finding, Severity
from contest.entries.parts import Part
from contest.errors import N_

if TYPE_CHECKING:
    from contest.regulations.entering import Limits, RoleLimit


def number(case: Case) -> Iterator[Finding]:
    """A work may name so many authors, by its category."""
    count, limit = len(case.authors), case.category.max_authors
    if count > limit:
        text = N_("The work names %(count)s authors; in %(category)s at most %(limit)s may be named.")
        known: dict[str, str | int] = {"count": count, "limit": limit, "category": case.category.name}
        yield case.finding(Severity.BLOCKS, "max_authors", text, Part.BYLINES, known)
    elif count:
        text = N_("No more than %(limit)s authors.")
        yield case.finding(Severity.FINE, "max_authors", text, Part.BYLINES, {"limit": limit})


def works(case: Case) -> Iterator[Finding]:
    """An author may enter so many works, by role, and more with a work of certain genres among them."""
    limits = case.limits
    if not case.authors or (limits.works_per_author is None and not limits.by_role):
        return
    over = False
    for author in case.authors:
        line = line_of(author.role, limits)
        count = _counted(author, line, limits)
        limit = allowance(author, case.facts.genre, limits)
        if limit is None or count < limit:
            continue
        over = True
        known: dict[str, str | int] = {"name": author.name, "count": count, "limit": limit}
        if line is None:
            text = N_("%(name)s already has %(count)s works in this contest; at most %(limit)s may enter.")
        else:
            text = N_("%(name)s already has %(count)s works as %(role)s in this contest; at most %(limit)s may enter.")
            known["role"] = author.role
        yield case.finding(Severity.BLOCKS, "works_per_author", text, Part.BYLINES, known)
    if over:
        return
    if limits.by_role or limits.bonus or limits.works_per_author is None:
        text = N_("No author has more works than role and genre allow.")
        yield case.finding(Severity.FINE, "works_per_author", text, Part.BYLINES)
    else:
        text = N_("No author has more than %(limit)s works.")
        yield case.finding(Severity.FINE, "works_per_author", text, Part.BYLINES, {"limit": limits.works_per_author})


def line_of(role: str, limits: Limits) -> RoleLimit | None:
    """Find the limit that counts works in a role by themselves; None where they are counted with all others."""
    return next((line for line in limits.by_role if role in line.roles), None)


def allowance(author: Author, genre: str, limits: Limits) -> int | None:
    """Tell how many works somebody may enter in the role they have in this one; None for no limit.

    What a bonus adds is there once for a person: a work beyond the number of another line has used it up.

    :param genre: of the work at hand, which counts when a bonus is asked for
    """
    line = line_of(author.role, limits)
    number = _number(line, limits)
    if number is None:
        return None
    genres = {genre, *(work.genre for work in author.works)}
    more = sum(slot.works for slot in limits.bonus if not genres.isdisjoint(slot.genres))
    used = sum(
        max(0, _counted(author, other, limits) - of_other)
        for other in (None, *limits.by_role)
        if other is not line and (of_other := _number(other, limits)) is not None
    )
    return number + max(0, more - used)


def _number(line: RoleLimit | None, limits: Limits) -> int | None:
    return line.works if line else limits.works_per_author


def _counted(author: Author, line: RoleLimit | None, limits: Limits) -> int:
    return sum(any(line_of(role, limits) is line for role in work.roles) for work in author.works)
