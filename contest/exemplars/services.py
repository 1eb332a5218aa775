"""Remembering who the works are about, finding that two of them are one, and telling of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from contest import audit
from contest.accounts.models import User
from contest.database import db, lock
from contest.errors import N_, ContestError
from contest.exemplars import queries
from contest.exemplars.kinds import ExemplarKind
from contest.exemplars.models import Exemplar, ExemplarMerge, NotTheSame
from contest.exemplars.standing import standing
from contest.web.text import fold


class MergeRefused(ContestError):
    """Two exemplars that cannot become one."""

    status = 409


class NotTwo(MergeRefused):
    """An exemplar and itself."""

    message = N_("This is the same exemplar twice. Choose another one.")


class AlreadyMerged(MergeRefused):
    """One of the two has been merged in the meantime."""

    message = N_("Somebody has merged one of these exemplars meanwhile. Look at the list again.")


class KindsDiffer(MergeRefused):
    """A person and a collective."""

    message = N_(
        "One is a person and the other is a collective or model. If that is a mistake, change the kind of one first."
    )


class AlreadyUndone(ContestError):
    """A merge that is no longer in force."""

    message = N_("This merge has been undone already.")
    status = 409


class NoReason(ContestError):
    """Marked for others to follow, without saying what they should follow."""

    message = N_("Say in a sentence what others can do the same way.")
    status = 422
    field = "reason"


@dataclass(frozen=True)
class Description:
    """What the staff says of an exemplar."""

    name: str
    kind: ExemplarKind
    topic: str
    locality: str
    unit: str
    portrait: str


def same_exemplar(row: Mapping[str, Any]) -> str:
    """Say by what two mentions are taken for the same: the folded name and place."""
    return fold(f"{row['name']} {row['locality']}")[:255]


def remember(contest_id: int, rows: Iterable[Mapping[str, Any]]) -> list[Exemplar]:
    """Find the exemplars that a work names, and add those nobody has named before.

    :param rows: name, kind, topic, locality and unit as the author typed them
    :return: one exemplar for each row with a name, in the same order, none twice
    """
    named = {same_exemplar(row): row for row in rows if row["name"]}
    known = {
        found.known_as: found
        for found in db.session.scalars(
            select(Exemplar).where(Exemplar.contest_id == contest_id, Exemplar.known_as.in_(named))
        )
    }
    for key, row in named.items():
        if key not in known:
            known[key] = Exemplar(
                contest_id=contest_id,
                name=row["name"],
                folded=key,
                known_as=key,
                folded_place=fold(row["locality"])[:255],
                kind=ExemplarKind(row["kind"] or ExemplarKind.PERSON),
                topic=row["topic"],
                locality=row["locality"],
                unit=row["unit"],
            )
            db.session.add(known[key])
    db.session.flush()
    return [known[key] for key in named]


# Telling of them ---------------------------------------------------------------------------------------------------


def describe(exemplar: Exemplar, told: Description, *, by: User, now: datetime) -> None:
    """Change what is said of an exemplar; works that name it in the old words still find it."""
    changed = [what for what, value in asdict(told).items() if getattr(exemplar, what) != value]
    if not changed:
        return
    for what in changed:
        setattr(exemplar, what, getattr(told, what))
    exemplar.folded = fold(f"{told.name} {told.locality}")[:255]
    exemplar.folded_place = fold(told.locality)[:255]
    _record("exemplar.described", exemplar, by, now, changed=changed)


def mark_for_replication(exemplar: Exemplar, reason: str, *, by: User, now: datetime) -> None:
    """Say that others should follow an exemplar; the day it was first said stays.

    :raise NoReason: without a reason
    """
    if not reason:
        raise NoReason
    if exemplar.replicated and exemplar.replication_reason == reason:
        return
    exemplar.replicated_at = exemplar.replicated_at or now
    exemplar.replication_reason = reason
    _record("exemplar.marked_for_replication", exemplar, by, now)


def unmark_for_replication(exemplar: Exemplar, *, by: User, now: datetime) -> None:
    """Take back that others should follow an exemplar."""
    if exemplar.replicated:
        exemplar.replicated_at, exemplar.replication_reason = None, ""
        _record("exemplar.unmarked_for_replication", exemplar, by, now)


# Two that are one --------------------------------------------------------------------------------------------------


def merge(merged: Exemplar, into: Exemplar, *, by: User, now: datetime) -> ExemplarMerge:
    """Find that an exemplar is another one: the other stands for it from now on. Works stay attached to what they name.

    :raise NotTwo: if both are the same, or of two contests
    :raise AlreadyMerged: if one of them is merged into a third
    :raise KindsDiffer: if one is a person and the other is not
    """
    if merged.id == into.id or merged.contest_id != into.contest_id:
        raise NotTwo
    for exemplar in sorted((merged, into), key=lambda each: each.id):
        if lock(exemplar).merged_into_id is not None:
            raise AlreadyMerged
    if merged.kind is not into.kind:
        raise KindsDiffer
    moved = sorted(db.session.scalars(queries.told_together(merged.id)))
    made = ExemplarMerge(
        contest_id=merged.contest_id, merged_id=merged.id, into_id=into.id, moved=moved, at=now, by_id=by.id
    )
    db.session.add(made)
    _let_stand(into)
    _record("exemplar.merged", merged, by, now, into=into.id, moved=moved)
    return made


def undo_merge(merge: ExemplarMerge, *, by: User, now: datetime) -> None:
    """Undo a merge: both stand for themselves again, whatever was merged before or since. They are proposed no more.

    :raise AlreadyUndone: if somebody was faster
    """
    if lock(merge).undone_at is not None:
        raise AlreadyUndone
    merge.undone_at, merge.undone_by_id = now, by.id
    _let_stand(db.session.get_one(Exemplar, merge.merged.merged_into_id))
    _keep_apart(merge.merged, merge.into, by, now)
    _record("exemplar.merge_undone", merge.merged, by, now, into=merge.into_id)


def say_different(one: Exemplar, other: Exemplar, *, by: User, now: datetime) -> None:
    """Say that two exemplars with like names are different, so that they are proposed no more.

    :raise NotTwo: if both are the same, or of two contests
    """
    if one.id == other.id or one.contest_id != other.contest_id:
        raise NotTwo
    if _keep_apart(one, other, by, now):
        _record("exemplar.said_different", one, by, now, other=other.id)


def propose_again(pair: NotTheSame, *, by: User, now: datetime) -> None:
    """Take back that two exemplars are different."""
    db.session.delete(pair)
    audit.record(
        "exemplar.proposed_again",
        contest_id=pair.contest_id,
        by=by,
        about=f"exemplar:{pair.one_id}",
        now=now,
        details={"other": pair.other_id},
    )


def _let_stand(end: Exemplar) -> None:
    """Say anew which row stands for which, where the merges around an exemplar have changed."""
    db.session.flush()
    ends = standing(
        (made.merged_id, made.into_id) for made in db.session.scalars(queries.merges_in_force(end.contest_id))
    )
    around = select(Exemplar).where(
        Exemplar.contest_id == end.contest_id,
        or_(Exemplar.merged_into_id == end.id, Exemplar.id == end.id, Exemplar.id.in_(ends)),
    )
    for exemplar in db.session.scalars(around):
        exemplar.merged_into_id = ends.get(exemplar.id)
    db.session.flush()


def _keep_apart(one: Exemplar, other: Exemplar, by: User, now: datetime) -> bool:
    """Remember a pair as different; say whether that is new."""
    first, second = sorted((one.id, other.id))
    if db.session.get(NotTheSame, (first, second)) is not None:
        return False
    db.session.add(NotTheSame(one_id=first, other_id=second, contest_id=one.contest_id, at=now, by_id=by.id))
    db.session.flush()
    return True


def _record(action: str, exemplar: Exemplar, by: User, now: datetime, **details: Any) -> None:
    about = f"exemplar:{exemplar.id}"
    audit.record(action, contest_id=exemplar.contest_id, by=by, about=about, now=now, details=details)
