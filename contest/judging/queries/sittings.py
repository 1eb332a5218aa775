"""Sittings, what stands on their agenda, and who was there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from contest.accounts.models import User
from contest.database import db
from contest.judging import ballots
from contest.judging.ballots import Question, Topic
from contest.judging.models import Panel, PanelMember, Round, Sitting
from contest.judging.queries.rounds import round_entries
from contest.regulations.models import Contest

Source = Callable[[Round], Iterable[Topic]]
_sources: list[Source] = []


def agenda_source(find: Source) -> Source:
    """Announce a function that finds what a round still has to vote on.

    What was carried decides what comes next, and only the room above knows it; without one every question is asked
    once, about every work.
    """
    _sources.append(find)
    return find


def agenda_of(round_: Round) -> list[Topic]:
    """What can be put to the vote now."""
    if _sources:
        return [topic for find in _sources for topic in find(round_)]
    asked = {topic.question for sitting in sittings_of(round_) for topic in topics_of(sitting)}
    return [topic for topic in first_topics(round_) if topic.question not in asked]


def first_topics(round_: Round) -> list[Topic]:
    """The questions that a voted round asks of its works, each for the first time."""
    subjects = tuple(str(work.entry.code) for work in round_entries(round_))
    return [Topic(question, 1, subjects) for question in ballots.own_questions(round_.regulation, round_.rule)]


def topics_of(sitting: Sitting) -> list[Topic]:
    """The agenda of a sitting."""
    return [Topic.read(kept) for kept in sitting.agenda]


def question_of(round_: Round, code: str) -> Question:
    """A question of a round: of its works as it was opened, of the prizes over the groups as they stand now."""
    if code in ballots.own_questions(round_.regulation, round_.rule):
        return ballots.question_of(round_.regulation, round_.rule, code)
    regulation = round_.contest.regulation
    return ballots.question_of(regulation, regulation.round(round_.code), code)


def sittings_of(round_: Round) -> list[Sitting]:
    """Every sitting of a round, the first one first."""
    return list(db.session.scalars(select(Sitting).where(Sitting.round_id == round_.id).order_by(Sitting.number)))


def open_sitting(round_: Round) -> Sitting | None:
    """The sitting at which ballots are taken in now."""
    return db.session.scalar(select(Sitting).where(Sitting.round_id == round_.id, Sitting.closed_at.is_(None)))


def sitting_in(round_: Round, sitting_id: int) -> Sitting | None:
    """One sitting of a round."""
    return db.session.scalar(select(Sitting).where(Sitting.id == sitting_id, Sitting.round_id == round_.id))


def sitting_of(juror: User, contest: Contest, sitting_id: int) -> Sitting | None:
    """A sitting of a council on which a juror sits."""
    return db.session.scalar(
        select(Sitting)
        .join(Sitting.round)
        .where(
            Sitting.id == sitting_id,
            Round.contest_id == contest.id,
            Round.id.in_(select(Panel.round_id).join(Panel.members).where(PanelMember.user_id == juror.id)),
        )
        .options(contains_eager(Sitting.round).joinedload(Round.version))
    )


class Presence(NamedTuple):
    """Who was there when a question was voted on."""

    question: str
    ballot: int
    present: tuple[str, ...]


def presence_of(round_: Round) -> list[Presence]:
    """Who was present at each ballot that is closed, by random subject ids."""
    return [
        Presence(topic.question, topic.ballot, tuple(sitting.present))
        for sitting in sittings_of(round_)
        if sitting.closed_at is not None
        for topic in topics_of(sitting)
    ]
