"""A juror whose sheet came too late asks the secretariat for more time."""

from __future__ import annotations

from datetime import datetime

from contest import audit
from contest.accounts.models import User
from contest.judging import emails, queries
from contest.judging.models import Assignment
from contest.judging.refusals import NotInRound, TimeIsLeft
from contest.judging.services.stepping_back import check_own, secretaries_for


def ask_for_time(assignment: Assignment, *, reason: str, by: User, now: datetime) -> None:
    """Ask that a sheet be taken in after the end; what was typed stays a draft. One letter a day goes out for it.

    :param reason: in a sentence, for the secretariat
    :raise TimeIsLeft: if the round takes the sheet in now, so that nothing has to be asked
    :raise RoundSealed: once the round is sealed
    :raise Recused: if the juror has stepped back
    """
    judged = queries.judged_by(assignment)
    if judged is None:
        raise NotInRound
    check_own(assignment, by)
    judged.window.check_not_sealed()
    if now < judged.window.ends:
        raise TimeIsLeft(at=judged.window.ends)
    for secretary in secretaries_for(assignment):
        emails.time_asked_for(assignment, secretary, reason, now=now)
    audit.record(
        "assignment.time_asked",
        contest_id=assignment.round.contest_id,
        by=by,
        about=f"assignment:{assignment.id}",
        now=now,
        details={"round": assignment.round.code, "entry": judged.code},
    )
