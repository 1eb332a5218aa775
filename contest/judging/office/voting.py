"""Ballots of a council: opened with what is asked and who is there, followed by counts alone, closed."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from flask import abort, flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.accounts.models import User
from contest.database import transaction
from contest.judging import ballots, queries, services
from contest.judging.ballots import Question, Topic
from contest.judging.forms import ConfirmForm, PresenceForm, SittingForm
from contest.judging.models import Round, Sitting
from contest.judging.office.blueprint import bp, find_round
from contest.web import tables
from contest.web.pages import answer
from contest.web.refusals import refused_at
from contest.web.tables import Table, offered


@dataclass(frozen=True)
class ShownTopic:
    """A question that can be put to the vote, or has been."""

    topic: Topic
    question: Question


@dataclass(frozen=True)
class ShownSitting:
    """A sitting as the secretariat sees it: how many voted, never what."""

    sitting: Sitting
    topics: list[ShownTopic]
    present: int
    voted: int
    needed: int

    @property
    def has_quorum(self) -> bool:
        """Whether enough members are present for the ballot to count."""
        return self.present >= self.needed


@dataclass(frozen=True)
class Member:
    """A member of the council."""

    user: User
    panels: tuple[str, ...]
    chair: bool
    present: bool
    voted: bool


def find_voting(code: str) -> Round:
    """A round with something to vote on, or 404."""
    row = find_round(code)
    last = g.contest.regulation.rounds[-1].code == code
    if not row.rule.is_voted and not (last and ballots.prizes_by_vote(g.contest.regulation)):
        abort(404)
    return row


def find_sitting(row: Round, sitting_id: int) -> Sitting:
    """A sitting of the round, or 404."""
    return queries.sitting_in(row, sitting_id) or abort(404)


def ballots_table(code: str) -> Table:
    """The ballots that are closed, by counts alone."""
    row = find_voting(code)
    sittings = [sitting for sitting in queries.sittings_of(row) if not sitting.is_open]
    counts, members = queries.count_voters(sittings), len(_members(row, None))
    columns = [
        tables.number("number", _("Ballot"), attrgetter("sitting.number")),
        tables.text("questions", _("What is voted on"), _questions, width=60),
        tables.number("present", _("Present")),
        tables.number("voted", _("Have voted")),
        tables.number("needed", _("needed for a quorum")),
        tables.moment("closed_at", _("Closed at"), attrgetter("sitting.closed_at")),
    ]
    rows = [_shown(row, sitting, counts.get(sitting.id, 0), members) for sitting in sittings]
    return Table(f"bieu-quyet-{code}".replace("_", "-"), _("Ballots that are closed"), columns, rows)


def _questions(shown: ShownSitting) -> str:
    return "; ".join(topic.question.name for topic in shown.topics)


@bp.route("/<code>/bieu-quyet", methods=["GET", "POST"])
@offered(ballots_table)
def voting(code: str) -> Response:
    """Show the ballots of a round by counts alone, and open the next."""
    row = find_voting(code)
    members = _members(row, queries.open_sitting(row))
    agenda = [ShownTopic(topic, queries.question_of(row, topic.question)) for topic in queries.agenda_of(row)]
    form = SittingForm()
    form.questions.choices = [(shown.topic.question, shown.question.name) for shown in agenda]
    form.present.choices = [(member.user.id, member.user.name) for member in members]
    if form.validate_on_submit():
        present = [member.user for member in members if member.user.id in (form.present.data or [])]
        with refused_at(form), transaction():
            sitting = services.open_ballot(
                row, questions=form.questions.data or [], present=present, by=current_user, now=clock.now()
            )
            number = sitting.number
        if not form.errors:
            flash(_("Ballot %(number)s is open. The members who are present can vote now.", number=number))
            return redirect(url_for(".voting", code=code), code=303)
    elif not form.is_submitted():
        form.questions.data = [shown.topic.question for shown in agenda]
        form.present.data = [member.user.id for member in members]
    sittings = queries.sittings_of(row)
    counts = queries.count_voters(sittings)
    return answer(
        "judging/office/voting.html",
        form=form,
        confirm=ConfirmForm(),
        row=row,
        rule=row.rule,
        window=row.window(),
        phase=row.window().phase(clock.now()),
        agenda=agenda,
        members=members,
        sittings=[_shown(row, sitting, counts.get(sitting.id, 0), len(members)) for sitting in sittings],
        open_sitting=queries.open_sitting(row),
        named=_named(row),
    )


def _shown(row: Round, sitting: Sitting, voted: int, members: int) -> ShownSitting:
    topics = [ShownTopic(topic, queries.question_of(row, topic.question)) for topic in queries.topics_of(sitting)]
    needed = max(ballots.members_needed(shown.question.rule, members) for shown in topics)
    return ShownSitting(sitting, topics, len(sitting.present), voted, needed)


def _members(row: Round, sitting: Sitting | None) -> list[Member]:
    lines = queries.members_of(row)
    people = queries.people(line.juror_id for line in lines)
    voted = queries.voters_at(sitting) if sitting else set()
    present = set(sitting.present) if sitting else set()
    found: dict[int, list[queries.MemberLine]] = {}
    for line in lines:
        found.setdefault(line.juror_id, []).append(line)
    return [
        Member(
            people[juror_id],
            tuple(row.panel_name(line.panel) for line in own),
            any(line.chair for line in own),
            own[0].subject in present,
            juror_id in voted,
        )
        for juror_id, own in found.items()
    ]


def _named(row: Round) -> list[tuple[str, Question, queries.BallotInForce]]:
    """Who voted how: only once the round is sealed, and only where the regulation does not keep it secret."""
    if row.sealed_at is None:
        return []
    cast = queries.ballots_of(row)
    people = queries.people(ballot.voter_id for ballot in cast)
    shown = [(people[ballot.voter_id].name, queries.question_of(row, ballot.question), ballot) for ballot in cast]
    return [line for line in shown if not line[1].rule.secret]


@bp.route("/<code>/bieu-quyet/<int:sitting_id>/co-mat", methods=["GET", "POST"])
def presence(code: str, sitting_id: int) -> Response:
    """Change who is present while a ballot is open."""
    row = find_voting(code)
    sitting = find_sitting(row, sitting_id)
    if not sitting.is_open:
        abort(404)
    members = _members(row, sitting)
    form = PresenceForm()
    form.present.choices = [(member.user.id, member.user.name) for member in members]
    if form.validate_on_submit():
        present = [member.user for member in members if member.user.id in (form.present.data or [])]
        with refused_at(form), transaction():
            services.record_presence(sitting, present, by=current_user, now=clock.now())
        if not form.errors:
            flash(_("Who is present is recorded."))
            return redirect(url_for(".voting", code=code), code=303)
    elif not form.is_submitted():
        form.present.data = [member.user.id for member in members if member.present]
    return answer("judging/office/presence.html", form=form, row=row, sitting=sitting, members=members)


@bp.post("/<code>/bieu-quyet/<int:sitting_id>/dong")
def close_ballot(code: str, sitting_id: int) -> Response:
    """Close a ballot, so that it is counted."""
    row = find_voting(code)
    sitting = find_sitting(row, sitting_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        with transaction():
            services.close_ballot(sitting, by=current_user, now=clock.now())
            number = sitting.number
        flash(_("Ballot %(number)s is closed.", number=number))
    return redirect(url_for(".voting", code=code), code=303)
