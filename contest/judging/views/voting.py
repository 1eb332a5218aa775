"""A member's ballot."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import transaction
from contest.errors import ContestError
from contest.judging import ballots, queries, services
from contest.judging.ballots import Question, Topic
from contest.judging.forms import BallotForm, ballot_form
from contest.judging.models import Ballot, Sitting
from contest.judging.queries import Candidate
from contest.judging.views.blueprint import bp
from contest.web.formats import as_datetime
from contest.web.pages import answer
from contest.web.refusals import words


@dataclass(frozen=True)
class ShownQuestion:
    """One question of a ballot with all that stands under it."""

    question: Question
    topic: Topic
    candidates: list[Candidate]
    cast: Ballot | None


def find_sitting(sitting_id: int) -> Sitting:
    """A sitting of a council on which the juror sits, or 404."""
    return queries.sitting_of(current_user, g.contest, sitting_id) or abort(404)


def _questions(sitting: Sitting) -> list[ShownQuestion]:
    topics = queries.topics_of(sitting)
    offered = queries.candidates(current_user, sitting.round, topics)
    cast = queries.own_ballots(current_user, sitting)
    return [
        ShownQuestion(
            queries.question_of(sitting.round, topic.question),
            topic,
            offered[topic.question],
            cast.get(topic.question),
        )
        for topic in topics
        if offered[topic.question]
    ]


@bp.route("/bieu-quyet/<int:sitting_id>", methods=["GET", "POST"])
def ballot(sitting_id: int) -> Response:
    """Show a member their ballot, and take it in; until the ballot is closed it can be changed."""
    sitting = find_sitting(sitting_id)
    shown = _questions(sitting)
    form = ballot_form((one.question, one.candidates) for one in shown)
    if form.validate_on_submit():
        if sent := _cast(sitting, form):
            flash(_("Your ballot was received at %(at)s. Its number is %(receipt)s.", at=sent[0], receipt=sent[1]))
            return redirect(url_for(".ballot", sitting_id=sitting_id), code=303)
        sitting = find_sitting(sitting_id)
        shown = _questions(sitting)
    elif not form.is_submitted():
        form.fill({one.question.code: one.cast for one in shown if one.cast})
    cast = [one.cast for one in shown if one.cast]
    return answer(
        "judging/ballot.html",
        form=form,
        sitting=sitting,
        round=sitting.round,
        shown=shown,
        fields={place: name for name, place in form.keys.items()},
        present=current_user.subject in sitting.present,
        members=len({line.juror_id for line in queries.members_of(sitting.round)}),
        last=max(cast, key=lambda one: one.cast_at, default=None),
        categories={category.code: category.name for category in sitting.round.regulation.categories},
    )


def _cast(sitting: Sitting, form: BallotForm) -> tuple[str, str] | None:
    """Cast what was chosen; where it is refused, the sentence stands above the form and everything chosen is kept."""
    number, contest_choices = sitting.id, form.choices
    try:
        with transaction():
            cast = services.cast_ballot(find_sitting(number), contest_choices, by=current_user, now=clock.now())
            newest = max(cast, key=lambda one: one.cast_at)
            return as_datetime(newest.cast_at), newest.receipt
    except ContestError as refusal:
        if refusal.status in (403, 404):
            raise
        form.refuse(words(refusal))
    return None


@bp.app_template_global()
def ballot_kind(question: Question) -> str:
    """What a member does on a ballot, in a sentence."""
    most = question.rule.most
    match question.kind:
        case "yes_no":
            return _("Vote for or against each work; without a mark you abstain from it.")
        case "tier":
            return _("Choose a prize for each work, or none.")
        case "approval":
            return _("Name at most %(most)s.", most=most) if most else _("Name as many as you like.")
        case "ranking":
            return _("Number them from 1, the best first. What you leave empty comes after all that you numbered.")


@bp.app_template_global()
def majority_words(question: Question) -> str:
    """What carries, in a sentence."""
    if question.kind == ballots.RANKING:
        return _("The smallest sum of ranks comes first.")
    match question.rule.majority:
        case "present":
            return _("More than half of those present carry it.")
        case "members":
            return _("More than half of all members carry it.")
        case "two_thirds":
            return _("At least two thirds of those present carry it.")
