"""Ballots of a meeting, and the questions that only people can settle before a round is sealed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.council import queries, services
from contest.council.documents import Named
from contest.council.forms import ConfirmForm, VoteForm
from contest.council.models import Meeting
from contest.council.office.blueprint import both, find_run, kept_from, on_desk
from contest.database import transaction
from contest.judging import queries as judging
from contest.results import queries as results
from contest.results.blockers import Blocker, Blocks
from contest.results.queries import Assessment
from contest.results.visibility import Task, may_do, viewers
from contest.web.access import has_role, roles
from contest.web.pages import answer
from contest.web.refusals import refused_at

FOR_PEOPLE = frozenset(
    {Blocks.DISCREPANCY, Blocks.THIRD_MISSING, Blocks.TIE, Blocks.SHORT, Blocks.PRIZE_OPEN, Blocks.VOTE_MISSING}
)
"""What a council settles; the rest waits for sheets or for the calendar."""


@dataclass(frozen=True)
class OpenQuestion:
    """Something that waits for people.

    :ivar works: by code and title, as the council calls them
    :ivar link: where its act is recorded; None for those who may not
    :ivar entry_id: of a work that can be taken up
    """

    code: Blocks
    works: list[str]
    detail: str
    link: str | None
    entry_id: int | None


@both("/<int:meeting_id>/bo-phieu", methods=["GET", "POST"])
def vote(meeting_id: int) -> Response:
    """Put questions of the regulation to the vote."""
    meeting = find_run(meeting_id)
    form = VoteForm()
    agenda = judging.agenda_of(meeting.round)
    named = Named(meeting, ())
    form.questions.choices = [(topic.question, named.asked(topic.question, topic.ballot)) for topic in agenda]
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.open_vote(find_run(meeting_id), form.questions.data or [], by=current_user, now=clock.now())
        if not form.errors:
            flash(_("The ballot is open. The members who are present can vote now."))
            return redirect(url_for(".meeting", meeting_id=meeting_id), code=303)
        meeting = find_run(meeting_id)
    elif not form.is_submitted():
        form.questions.data = [topic.question for topic in agenda]
    return answer(
        "council/vote.html",
        form=form,
        meeting=meeting,
        agenda=agenda,
        questions={topic.question: judging.question_of(meeting.round, topic.question) for topic in agenda},
        house=queries.house_of(meeting, questions=[topic.question for topic in agenda]),
    )


@both("/<int:meeting_id>/kiem-phieu", methods=["POST"])
def close_vote(meeting_id: int) -> Response:
    """Close the ballot and count it."""
    find_run(meeting_id)
    if ConfirmForm().validate_on_submit():
        with transaction():
            services.close_vote(find_run(meeting_id), by=current_user, now=clock.now())
        flash(_("The ballot is closed and counted."))
    return redirect(url_for(".meeting", meeting_id=meeting_id), code=303)


@both("/<int:meeting_id>/viec-can-quyet")
def open_questions(meeting_id: int) -> Response:
    """List what the rules leave to people before the round is sealed; no mark is shown."""
    meeting = find_run(meeting_id)
    found: list[OpenQuestion] = []
    if meeting.round.sealed_at is None:
        assessment = results.assess(meeting.round, g.contest, clock.now())
        named, barred = Named(meeting, ()), kept_from()
        found = [
            _open_question(blocker, assessment, meeting, named)
            for blocker in assessment.blockers
            if blocker.code in FOR_PEOPLE and not _names(blocker, assessment, barred)
        ]
    return answer("council/open_questions.html", meeting=meeting, found=found, Blocks=Blocks)


def _names(blocker: Blocker, assessment: Assessment, barred: Collection[int]) -> bool:
    """Say whether a question is about a work that the reader takes no part in."""
    return any(assessment.ids.get(entry, 0) in barred for entry in blocker.entries)


def _open_question(blocker: Blocker, assessment: Assessment, meeting: Meeting, named: Named) -> OpenQuestion:
    detail = ""
    if blocker.code is Blocks.SHORT:
        detail = f"{named.prize(blocker.prize)}, {named.group(blocker.group or '')}: {blocker.has}/{blocker.needs}"
    elif blocker.prize is not None:
        detail = named.prize(blocker.prize)
    one = blocker.entries[0] if len(blocker.entries) == 1 else ""
    return OpenQuestion(
        code=blocker.code,
        works=[named.subject(entry) for entry in blocker.entries] if blocker.code is not Blocks.VOTE_MISSING else [],
        detail=detail,
        link=_link(blocker, meeting),
        entry_id=assessment.ids.get(one),
    )


def _link(blocker: Blocker, meeting: Meeting) -> str | None:
    """Where the act is recorded that settles a question, for those who may record it."""
    code = meeting.round.code
    settles = may_do(Task.SETTLE, viewers(roles(), signed_in=True))
    room = "results_office" if settles else "results_panel"
    if not settles and not (on_desk() and has_role("juror", "chair")):
        return None
    pages = {Blocks.DISCREPANCY: "discrepancy", Blocks.THIRD_MISSING: "third", Blocks.TIE: "tie"}
    if blocker.code in pages and blocker.prize is None:
        return url_for(f"{room}.{pages[blocker.code]}", code=code, entry_code=blocker.entries[0])
    if not settles:
        return None
    match blocker.code:
        case Blocks.TIE:
            return url_for("results_office.tie_for_prize", code=code, prize=blocker.prize)
        case Blocks.SHORT:
            return url_for("results_office.short", code=code, group=blocker.group, tier=blocker.prize)
        case Blocks.PRIZE_OPEN:
            return url_for("results_office.choose", code=code, prize=blocker.prize)
    return None
