"""Letters to jurors. They name rounds, numbers and hours; never a mark, and a work only to its own juror."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from contest import clock, mail
from contest.accounts.models import User
from contest.judging.models import Assignment, Reopening, Round
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
        about=f"entry:{assignment.entry.code}",
    )


@mail.in_vietnamese
def juror_stepped_back(
    assignment: Assignment, secretary: User, *, given: Sequence[User], lacks: int, has_quorum: bool, now: datetime
) -> None:
    """Tell somebody of the secretariat that a juror stepped back, who has the work now and what is still missing.

    :param lacks: jurors that the work lacks of those that the regulation asks for
    """
    _tell_secretary(
        f"judging:stepped_back:{assignment.id}:{secretary.id}",
        "judging_stepped_back",
        _("A juror stepped back from %(work)s", work=assignment.entry.shown_code),
        assignment,
        secretary,
        now,
        given=given,
        lacks=lacks,
        has_quorum=has_quorum,
        link=absolute_url(
            "judging_office.work",
            contest=assignment.round.contest,
            code=assignment.round.code,
            entry_id=assignment.entry_id,
        ),
    )


@mail.in_vietnamese
def time_asked_for(assignment: Assignment, secretary: User, reason: str, *, now: datetime) -> None:
    """Tell somebody of the secretariat that a juror asks for more time for a sheet; once a day."""
    _tell_secretary(
        f"judging:time_asked:{assignment.id}:{secretary.id}:{clock.local(now).date()}",
        "judging_time_asked",
        _("A juror asks for more time: %(work)s", work=assignment.entry.shown_code),
        assignment,
        secretary,
        now,
        reason=reason,
        link=absolute_url(
            "judging_office.reopen",
            contest=assignment.round.contest,
            code=assignment.round.code,
            assignment_id=assignment.id,
        ),
    )


def _tell_secretary(
    key: str, template: str, subject: str, assignment: Assignment, secretary: User, now: datetime, **context: Any
) -> None:
    round_ = assignment.round
    mail.post(
        key=key,
        to=secretary.email,
        subject=subject,
        text=mail.render(
            f"mail/{template}.txt",
            contest=round_.contest,
            round=round_,
            work=assignment.entry.shown_code,
            juror=assignment.juror,
            reader=secretary,
            **context,
        ),
        contest_id=round_.contest_id,
        now=now,
        about=f"entry:{assignment.entry.code}",
    )


def _post(
    key: str,
    template: str,
    subject: str,
    round_: Round,
    juror: User,
    now: datetime,
    *,
    about: str | None = None,
    **facts: object,
) -> None:
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
        about=about or f"round:{round_.code}",
    )
