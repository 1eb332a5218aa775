"""Letters to jurors. They name rounds, numbers and hours; never a mark, and a work only to its own juror."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from contest import clock, mail
from contest.accounts.models import User
from contest.judging.models import Reopening, Round
from contest.web.addresses import absolute_url


@mail.in_vietnamese
def works_assigned(round_: Round, juror: User, number: int, *, now: datetime) -> None:
    """Tell a juror that works lie on their desk; once a day, however often works are assigned."""
    _post(
        f"judging:assigned:{round_.id}:{juror.id}:{clock.local(now).date()}",
        "judging_assigned",
        _("Works are on your desk: %(round)s", round=round_.name),
        round_,
        juror,
        now,
        number=number,
    )


@mail.in_vietnamese
def reminder(round_: Round, juror: User, left: int, *, now: datetime) -> None:
    """Remind a juror of the sheets that are missing; once a day at most."""
    _post(
        f"judging:reminder:{round_.id}:{juror.id}:{clock.local(now).date()}",
        "judging_reminder",
        _("Score sheets you have not sent: %(left)s", left=left),
        round_,
        juror,
        now,
        left=left,
    )


@mail.in_vietnamese
def sheet_reopened(extra: Reopening, name: str, *, now: datetime) -> None:
    """Tell a juror that one sheet takes marks again, and until when.

    :param name: what the juror calls the work
    """
    assignment = extra.assignment
    _post(
        f"judging:reopened:{extra.id}",
        "judging_reopened",
        _("Your sheet for %(work)s is open again", work=name),
        assignment.round,
        assignment.juror,
        now,
        name=name,
        until=extra.until,
        reason=extra.reason,
        sheet_link=absolute_url("judging.sheet", contest=assignment.round.contest, assignment_id=assignment.id),
    )


def _post(key: str, template: str, subject: str, round_: Round, juror: User, now: datetime, **facts: object) -> None:
    contest = round_.contest
    text = mail.render(
        f"mail/{template}.txt",
        contest=contest,
        round=round_,
        window=round_.window(),
        juror=juror,
        link=absolute_url("judging.desk", contest=contest),
        **facts,
    )
    mail.post(
        key=key,
        to=juror.email,
        subject=subject,
        text=text,
        now=now,
        contest_id=contest.id,
        about=f"round:{round_.code}",
    )
