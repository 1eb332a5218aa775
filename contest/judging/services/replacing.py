"""A juror drops out of one work: the next best one gets it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from contest.accounts.models import User
from contest.database import db
from contest.entries.models import Entry
from contest.judging import queries
from contest.judging.assignment import Problem, Unserved, solve
from contest.judging.models import Assignment, Round
from contest.judging.services.assigning import give
from contest.judging.services.rounds import check_not_sealed


@dataclass(frozen=True)
class Replacement:
    """What became of a work that a juror gave back.

    :ivar given: the new assignments; none when nobody can take the work
    :ivar jurors: of the work now, those counted that the regulation asks for
    :ivar minimum: sheets without which the work has no result
    :ivar shortage: why nobody could take it, when the work still lacks jurors
    """

    given: tuple[Assignment, ...]
    jurors: int
    needed: int
    minimum: int
    shortage: Unserved | None

    @property
    def has_quorum(self) -> bool:
        """Whether the work can still get a result."""
        return self.jurors >= self.minimum


def replace_juror(round_: Round, entry: Entry, *, by: User, now: datetime) -> Replacement:
    """Give a work that lacks jurors to the best of its panel: fewest works, least of its newsroom, nobody barred.

    Nobody else's work moves. Call it after the assignment of whoever drops out is marked or deleted.

    :raise RoundSealed: once the round is sealed
    """
    check_not_sealed(round_)
    db.session.flush()
    rule = round_.rule
    found = queries.work_in(round_, entry.id)
    if found is None or rule.is_voted:
        return Replacement((), 0, 0, 0, None)
    posed = queries.posed(round_, panel=found.panel, now=now)
    spread = solve(_alone(posed.problem, entry.id), seed=entry.id)
    jurors = queries.people(juror for _, juror in spread.lines)
    given = tuple(give(round_, entry, jurors[juror], by=by, now=now) for _, juror in spread.lines)
    own = [work for work in posed.problem.works if work.entry_id == entry.id]
    standing = sum(len(work.settled | work.held) for work in own)
    shortage = next((one for one in spread.unserved if one.entry_id == entry.id), None)
    return Replacement(given, standing + len(given), rule.jurors_per_entry, rule.minimum_sheets, shortage)


def _alone(problem: Problem, entry_id: int) -> Problem:
    """The same problem in which everybody keeps what they have, and only this work gets somebody new."""
    works = tuple(
        replace(
            work,
            settled=work.settled | work.held,
            held=frozenset(),
            barred=work.barred if work.entry_id == entry_id else problem.everybody,
        )
        for work in problem.works
    )
    return replace(problem, works=works)
