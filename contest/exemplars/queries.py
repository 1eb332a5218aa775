"""Finding exemplars."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import aliased, joinedload

from contest.database import db
from contest.exemplars.kinds import ExemplarKind
from contest.exemplars.likeness import Alike, pairs
from contest.exemplars.localities import Province
from contest.exemplars.models import Exemplar, ExemplarMerge, NotTheSame
from contest.exemplars.reading import Written
from contest.web.text import fold

STANDS_FOR = func.coalesce(Exemplar.merged_into_id, Exemplar.id)
"""The exemplar whose page tells of a row: another one where it was merged."""


def alive(
    contest_id: int,
    search: str = "",
    *,
    topic: str = "",
    place: str = "",
    kind: ExemplarKind | None = None,
    replicated: bool = False,
) -> Select[Exemplar]:
    """Select the exemplars of a contest that have a page of their own, by name.

    :param search: words of the name or place, with or without marks; those of what was merged into it count as well
    :param topic: code of a field
    :param place: words of the place alone
    :param replicated: only those that others are to follow
    """
    found = (
        select(Exemplar)
        .where(Exemplar.contest_id == contest_id, Exemplar.merged_into_id.is_(None))
        .order_by(Exemplar.folded, Exemplar.id)
    )
    if fold(search):
        found = found.where(_is_called(search))
    if place:
        found = found.where(Exemplar.folded_place.contains(fold(place), autoescape=True))
    if topic:
        found = found.where(Exemplar.topic == topic)
    if kind is not None:
        found = found.where(Exemplar.kind == kind)
    if replicated:
        found = found.where(Exemplar.replicated_at.is_not(None))
    return found


def _is_called(search: str) -> ColumnElement[bool]:
    """Whether an exemplar, or one merged into it, is called by these words."""
    merged = aliased(Exemplar)
    words = fold(search).split()
    own = and_(*(Exemplar.folded.contains(word, autoescape=True) for word in words))
    under = and_(*(merged.folded.contains(word, autoescape=True) for word in words))
    return or_(own, Exemplar.id.in_(select(merged.merged_into_id).where(merged.merged_into_id.is_not(None), under)))


def page_of(contest_id: int, exemplar_id: int) -> Exemplar | None:
    """Find the exemplar whose page tells of a number: another one where that was merged, so the page redirects."""
    meant = select(STANDS_FOR).where(Exemplar.id == exemplar_id, Exemplar.contest_id == contest_id)
    return db.session.scalar(select(Exemplar).where(Exemplar.id == meant.scalar_subquery()))


def told_together(exemplar_id: int) -> Select[int]:
    """Select the numbers of an exemplar and of those merged into it: works about any of them are about it."""
    return select(Exemplar.id).where(or_(Exemplar.id == exemplar_id, Exemplar.merged_into_id == exemplar_id))


def merges(contest_id: int, shown: ColumnElement[bool] | None = None) -> Select[ExemplarMerge]:
    """Select the merges of a contest, undone ones too, the newest first.

    :param shown: which exemplars the reader may hear of; merges of others are left out
    """
    found = (
        select(ExemplarMerge)
        .where(ExemplarMerge.contest_id == contest_id)
        .options(
            joinedload(ExemplarMerge.merged),
            joinedload(ExemplarMerge.into),
            joinedload(ExemplarMerge.by),
            joinedload(ExemplarMerge.undone_by),
        )
        .order_by(ExemplarMerge.at.desc(), ExemplarMerge.id.desc())
    )
    if shown is None:
        return found
    told = select(Exemplar.id).where(Exemplar.contest_id == contest_id, shown)
    return found.where(ExemplarMerge.merged_id.in_(told), ExemplarMerge.into_id.in_(told))


def merges_of(exemplar: Exemplar, shown: ColumnElement[bool] | None = None) -> Select[ExemplarMerge]:
    """Select the merges in force of an exemplar and of those that stand or stood with it, the newest first."""
    end = exemplar.merged_into_id or exemplar.id
    return merges(exemplar.contest_id, shown).where(
        ExemplarMerge.undone_at.is_(None), ExemplarMerge.merged_id.in_(told_together(end))
    )


def merges_in_force(contest_id: int) -> Select[ExemplarMerge]:
    """Select the merges of a contest that nobody has undone."""
    return select(ExemplarMerge).where(ExemplarMerge.contest_id == contest_id, ExemplarMerge.undone_at.is_(None))


def said_different(contest_id: int) -> Select[int, int]:
    """Select the pairs of exemplars that were said to be different."""
    return select(NotTheSame.one_id, NotTheSame.other_id).where(NotTheSame.contest_id == contest_id)


class Proposal(NamedTuple):
    """Two exemplars that may be the same, by their numbers, and why."""

    one: int
    other: int
    alike: Alike


def proposed(contest_id: int, province: Province | None, shown: ColumnElement[bool] | None = None) -> list[Proposal]:
    """Every two exemplars of a contest that may be the same and of which nobody has decided, the surest first.

    They are found anew from the names each time: whatever is sent, corrected, merged or undone counts at once, and
    reading a name once is enough for as long as a process lives. One that is merged is compared under its own name
    and proposed as the one that stands for it.

    :param shown: which exemplars the reader may hear of
    """
    rows = db.session.execute(
        select(Exemplar.id, STANDS_FOR, Exemplar.name, Exemplar.kind, Exemplar.locality, Exemplar.unit).where(
            Exemplar.contest_id == contest_id, true() if shown is None else shown
        )
    ).all()
    ends = {number: end for number, end, *_ in rows}
    written = {number: Written(name, kind, where, unit) for number, _, name, kind, where, unit in rows}
    apart = {_in_order(ends.get(one), ends.get(other)) for one, other in db.session.execute(said_different(contest_id))}
    found: dict[tuple[int, int], Proposal] = {}
    for pair in pairs(written, province):
        together = _in_order(ends[pair.one], ends[pair.other])
        if together[0] != together[1] and together not in apart and ends.keys() >= set(together):
            found.setdefault(together, Proposal(*together, pair.alike))
    return list(found.values())


def _in_order(one: int | None, other: int | None) -> tuple[int, int]:
    return (min(one or 0, other or 0), max(one or 0, other or 0))
