"""Giving works to jurors whose sheets only compare them with others and count nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from contest import audit
from contest.accounts.models import User
from contest.database import db
from contest.judging import queries
from contest.judging.models import Assignment, Round
from contest.judging.refusals import AlreadyAssigned, InConflict
from contest.judging.services.rounds import check_not_sealed, tell_jurors


def give_to_compare(
    round_: Round, pairs: Iterable[tuple[int, int]], *, by: User, now: datetime
) -> dict[tuple[int, int], Assignment]:
    """Put works on the desks of jurors to compare them, as one act. For the jurors they are works like any other.

    :param pairs: work and juror, by id
    :return: by work and juror
    :raise RoundSealed: once the round is sealed
    :raise AssignmentRefused: if somebody is in conflict with a work, or has or had it
    """
    check_not_sealed(round_)
    wanted = list(pairs)
    if not wanted:
        return {}
    works, jurors = {work for work, _ in wanted}, {juror for _, juror in wanted}
    conflicts = queries.conflicts_in(round_, jurors, works)
    held = {(line.entry_id, line.juror_id) for line in queries.assignment_lines(round_, works)}
    for work, juror in wanted:
        for kind in conflicts.get((juror, work), ()):
            if kind.blocks:
                raise InConflict(kind)
        if (work, juror) in held:
            raise AlreadyAssigned
    given = {
        (work, juror): Assignment(
            round_id=round_.id, entry_id=work, juror_id=juror, assigned_at=now, third=False, advisory=True
        )
        for work, juror in wanted
    }
    db.session.add_all(given.values())
    db.session.flush()
    audit.record(
        "assignments.to_compare",
        contest_id=round_.contest_id,
        by=by,
        about=f"round:{round_.code}",
        now=now,
        details={"works": len(works), "assignments": sorted(one.id for one in given.values())},
    )
    tell_jurors(round_, jurors, now=now)
    return given
