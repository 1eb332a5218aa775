"""Letters to winners. They name the work and the prize; never marks, sums or accounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from contest import clock, mail
from contest.regulations.models import Contest
from contest.web.addresses import absolute_url
from contest.winners.answers import Asked, Status
from contest.winners.lines import Line
from contest.winners.models import LineAnswer


@mail.in_vietnamese
def ask(contest: Contest, person: Asked, lines: Sequence[Line], *, version: int, until: date, now: datetime) -> None:
    """Ask somebody to look at the lines that will be printed of them; once for each version of the list."""
    _post(
        f"winners:asked:{contest.id}:{person.user_id}:{version}",
        "winners_asked",
        _("Please check what will be printed of your prize"),
        contest,
        person,
        now,
        lines=lines,
        until=until,
    )


@mail.in_vietnamese
def remind(contest: Contest, person: Asked, lines: Sequence[Line], *, until: date | None, now: datetime) -> None:
    """Remind somebody who is silent; once a day at most."""
    _post(
        f"winners:reminder:{contest.id}:{person.user_id}:{clock.local(now).date()}",
        "winners_reminder",
        _("Your certificate waits for your answer"),
        contest,
        person,
        now,
        lines=lines,
        until=until,
    )


@mail.in_vietnamese
def declined(contest: Contest, person: Asked, answer: LineAnswer, line: Line, *, now: datetime) -> None:
    """Tell somebody that a correction is not made, and why."""
    _post(
        f"winners:declined:{answer.id}",
        "winners_declined",
        _("The correction that you asked for is not made"),
        contest,
        person,
        now,
        line=line,
        reason=answer.settled_why,
    )


@mail.in_vietnamese
def accepted(contest: Contest, person: Asked, answer: LineAnswer, line: Line, *, now: datetime) -> None:
    """Tell somebody that their correction is made, and how the line reads."""
    _post(
        f"winners:accepted:{answer.id}",
        "winners_accepted",
        _("The correction that you asked for is made"),
        contest,
        person,
        now,
        line=line,
    )


@mail.in_vietnamese
def corrected(contest: Contest, person: Asked, lines: Sequence[Line], *, version: int, now: datetime) -> None:
    """Tell somebody who did not ask for it how a line reads that was corrected; once for each version of the list."""
    _post(
        f"winners:corrected:{contest.id}:{person.user_id}:{version}",
        "winners_corrected",
        _("What is printed of your prize was corrected"),
        contest,
        person,
        now,
        lines=lines,
    )


@mail.in_vietnamese
def divided(contest: Contest, people: Iterable[Asked], line: Line, *, by: str, mark: str, now: datetime) -> None:
    """Tell the group that somebody of it has said who is paid.

    :param mark: what tells this division from the one before
    """
    for person in people:
        _post(
            f"winners:divided:{line.key}:{person.user_id}:{mark}",
            "winners_divided",
            _("Who receives the money of your prize"),
            contest,
            person,
            now,
            line=line,
            who=by,
        )


def first_asked(statuses: Iterable[Status]) -> dict[Asked, list[Line]]:
    """The lines of each person, so that everybody gets one letter."""
    found: dict[tuple[int, str], tuple[Asked, list[Line]]] = {}
    for status in statuses:
        for person in status.asked:
            found.setdefault((person.user_id, person.email), (person, []))[1].append(status.line)
    return dict(found.values())


def _post(
    key: str, template: str, subject: str, contest: Contest, person: Asked, now: datetime, **context: Any
) -> None:
    link = absolute_url("winners.index", contest=contest)
    mail.post(
        key=key,
        to=person.email,
        subject=f"{contest.short_name}: {subject}",
        text=mail.render(f"mail/{template}.txt", contest=contest, person=person, link=link, **context),
        contest_id=contest.id,
        about=_about(context),
        now=now,
    )


def _about(context: dict[str, Any]) -> str:
    lines = [context["line"]] if "line" in context else context["lines"]
    codes = {line.entry_code for line in lines}
    return f"entry:{codes.pop()}" if len(codes) == 1 and "" not in codes else ""
