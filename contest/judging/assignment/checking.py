"""Whether an assignment made by hand or in a file keeps the hard rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from contest.judging.assignment.network import Line
from contest.judging.assignment.problem import Problem


class Flaw(StrEnum):
    """Which hard rule a line breaks."""

    stranger = "stranger"
    barred = "barred"
    away = "away"
    quota = "quota"
    begun = "begun"


def flaws(problem: Problem, lines: Iterable[Line]) -> dict[Line, Flaw]:
    """Find what new lines break, and which lines with a begun sheet are left out.

    Lines that stand already are not held against anybody: they came about under the facts of their day.

    :param lines: all that is to stand, of works of the problem
    """
    works = {work.entry_id: work for work in problem.works}
    wanted = set(lines)
    found: dict[Line, Flaw] = {}
    on_seat = Counter((works[entry_id].panel, juror) for entry_id, juror in wanted)
    for entry_id, juror in sorted(wanted):
        work = works[entry_id]
        seat = problem.seat.get((work.panel, juror))
        if juror in work.settled | work.held:
            continue
        if seat is None:
            found[entry_id, juror] = Flaw.stranger
        elif juror in work.barred:
            found[entry_id, juror] = Flaw.barred
        elif seat.is_away:
            found[entry_id, juror] = Flaw.away
        elif seat.quota is not None and on_seat[work.panel, juror] > seat.quota:
            found[entry_id, juror] = Flaw.quota
    for work in problem.works:
        for juror in sorted(work.settled):
            if (work.entry_id, juror) not in wanted:
                found[work.entry_id, juror] = Flaw.begun
    return found
