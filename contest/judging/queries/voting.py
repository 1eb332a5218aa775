"""Sittings, who votes at them, on what, and what was voted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from contest.accounts.models import User
from contest.database import db
from contest.entries.models import Entry
from contest.judging import ballots
from contest.judging.ballots import Question, Topic
from contest.judging.models import Ballot, Conflict, Panel, PanelMember, Round, RoundEntry, Sitting
from contest.judging.queries.conditions import IN_CONTEST
from contest.judging.queries.interests import conflicts_in, newsrooms_of
from contest.judging.queries.own_sheet import name_for_juror
from contest.judging.queries.panels import works_by_panel
from contest.judging.queries.rounds import round_entries
from contest.regulations.models import Contest

# Members -------------------------------------------------------------------------------------------------------------


class MemberLine(NamedTuple):
    """A juror on a panel, as the tally of votes knows them."""

    juror_id: int
    subject: str
    panel: str
    chair: bool


def members_of(round_: Round) -> list[MemberLine]:
    """Everybody on the panels of a round, by panel; a juror on two panels comes twice."""
    rows = db.session.execute(
        select(User.id, User.subject, Panel.code, PanelMember.chair)
        .join(PanelMember, PanelMember.user_id == User.id)
        .join(PanelMember.panel)
        .where(Panel.round_id == round_.id)
        .order_by(Panel.id, PanelMember.id)
    )
    return [MemberLine(*row) for row in rows]


def panels_with(juror: User, round_: Round) -> frozenset[str]:
    """The panels of a round on which a juror sits, by code."""
    return frozenset(
        db.session.scalars(
            select(Panel.code).join(Panel.members).where(Panel.round_id == round_.id, PanelMember.user_id == juror.id)
        )
    )


def may_vote(juror: User, round_: Round) -> bool:
    """Say whether a juror sits on a panel of a round."""
    return bool(panels_with(juror, round_))


def works_to_vote_on(round_: Round) -> dict[int, int]:
    """How many works each member of a voted round votes on, by user id."""
    works = works_by_panel(round_)
    found: dict[int, int] = {}
    for line in members_of(round_):
        found[line.juror_id] = found.get(line.juror_id, 0) + works.get(line.panel, 0)
    return {juror_id: number for juror_id, number in found.items() if number}


def has_voted_in(round_: Round, juror_ids: Collection[int]) -> bool:
    """Say whether one of these members has cast a ballot in a round."""
    return (
        db.session.scalar(
            select(Ballot.id)
            .join(Ballot.sitting)
            .where(Sitting.round_id == round_.id, Ballot.voter_id.in_(juror_ids))
            .limit(1)
        )
        is not None
    )


# The agenda ----------------------------------------------------------------------------------------------------------

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


# Sittings ------------------------------------------------------------------------------------------------------------


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


# Ballots -------------------------------------------------------------------------------------------------------------


class BallotInForce(NamedTuple):
    """The newest ballot of one member on one question at one sitting."""

    ballot: int
    question: str
    voter: str
    choice: dict[str, str]
    sitting: int
    voter_id: int
    revision: int
    cast_at: datetime
    typed_by_id: int | None
    sha256: str
    receipt: str


def ballots_of(round_: Round) -> list[BallotInForce]:
    """The ballots that count in a round, of sittings that are closed: by sitting, question and voter.

    What a member voted on a work before stepping back from it does not count. For those who may see votes: the tally,
    and after sealing the council where the vote is not secret.
    """
    newer = aliased(Ballot)
    rows = db.session.execute(
        select(
            Ballot.number,
            Ballot.question,
            User.subject,
            Ballot.choice,
            Sitting.number,
            Ballot.voter_id,
            Ballot.revision,
            Ballot.cast_at,
            Ballot.typed_by_id,
            Ballot.sha256,
            Ballot.receipt,
        )
        .join(Ballot.sitting)
        .join(Ballot.voter)
        .where(
            Sitting.round_id == round_.id,
            Sitting.closed_at.is_not(None),
            ~select(newer.id)
            .where(
                newer.sitting_id == Ballot.sitting_id,
                newer.question == Ballot.question,
                newer.voter_id == Ballot.voter_id,
                newer.revision > Ballot.revision,
            )
            .exists(),
        )
        .order_by(Sitting.number, Ballot.question, User.subject)
    )
    found = [BallotInForce(*row) for row in rows]
    gone = _stepped_back(round_)
    return [
        ballot._replace(
            choice={
                subject: value for subject, value in ballot.choice.items() if (ballot.voter_id, subject) not in gone
            }
        )
        for ballot in found
    ]


def _stepped_back(round_: Round) -> set[tuple[int, str]]:
    asked = (
        select(Conflict.juror_id, Entry.code)
        .join(Entry, Entry.id == Conflict.entry_id)
        .join(RoundEntry, RoundEntry.entry_id == Entry.id)
        .where(RoundEntry.round_id == round_.id)
    )
    if round_.sealed_at is not None:
        asked = asked.where(Conflict.at <= round_.sealed_at)
    return {(juror_id, str(code)) for juror_id, code in db.session.execute(asked)}


def own_ballots(juror: User, sitting: Sitting) -> dict[str, Ballot]:
    """What a member has cast at a sitting, by question: the newest of each."""
    rows = db.session.scalars(
        select(Ballot)
        .where(Ballot.sitting_id == sitting.id, Ballot.voter_id == juror.id)
        .order_by(Ballot.question, Ballot.revision)
    )
    return {ballot.question: ballot for ballot in rows}


def voters_at(sitting: Sitting) -> set[int]:
    """The members who have cast a ballot at a sitting; never what stands on it."""
    return set(db.session.scalars(select(Ballot.voter_id).where(Ballot.sitting_id == sitting.id).distinct()))


def count_voters(sittings: Iterable[Sitting]) -> dict[int, int]:
    """How many members have cast a ballot, by sitting."""
    counted = db.session.execute(
        select(Ballot.sitting_id, func.count(Ballot.voter_id.distinct()))
        .where(Ballot.sitting_id.in_([sitting.id for sitting in sittings]))
        .group_by(Ballot.sitting_id)
    )
    return dict(counted.all())


# What is voted on ----------------------------------------------------------------------------------------------------


class Candidate(NamedTuple):
    """A work or a newsroom on a ballot."""

    key: str
    name: str
    title: str
    category: str
    work_id: int | None
    reasons: tuple[str, ...] = ()  # why this member does not vote on it: English msgids

    @property
    def is_barred(self) -> bool:
        """Whether the member stays away from it."""
        return bool(self.reasons)


def candidates(juror: User, round_: Round, topics: Iterable[Topic]) -> dict[str, list[Candidate]]:
    """What stands on a member's ballot, by question; what they have an interest in is named and cannot be voted on."""
    topics = list(topics)
    panels = panels_with(juror, round_)
    works = {str(work.entry.code): work for work in round_entries(round_)}
    named = {subject for topic in topics for subject in topic.subjects}
    reasons = _barred(juror, round_, [works[code] for code in named if code in works])
    found: dict[str, list[Candidate]] = {}
    for topic in topics:
        question = question_of(round_, topic.question)
        if question.about_newsrooms:
            own = newsrooms_of(round_.contest, juror, topic.subjects)
            found[topic.question] = [
                Candidate(name, "", name, "", None, (ballots.OWN_NEWSROOM,) if name in own else ())
                for name in topic.subjects
            ]
            continue
        found[topic.question] = [
            _candidate(round_, works[code], reasons)
            for code in topic.subjects
            if code in works and (not question.by_panel or works[code].panel in panels)
        ]
    return found


def _candidate(round_: Round, work: RoundEntry, reasons: Mapping[int, tuple[str, ...]]) -> Candidate:
    return Candidate(
        key=str(work.entry.code),
        name=name_for_juror(round_, work.category, work.entry.code, work.alias),
        title=work.entry.title,
        category=work.category,
        work_id=work.id,
        reasons=reasons.get(work.entry_id, ()),
    )


def _barred(juror: User, round_: Round, works: Collection[RoundEntry]) -> dict[int, tuple[str, ...]]:
    found = conflicts_in(round_, [juror.id], [work.entry_id for work in works])
    barred = {
        entry_id: tuple(kind.label for kind in kinds if kind.blocks) for (_juror, entry_id), kinds in found.items()
    }
    return {entry_id: labels for entry_id, labels in barred.items() if labels}


def voted_works(juror: User, round_: Round) -> list[Candidate]:
    """The works on which a member's council votes in a round, in the order of the desk."""
    panels = panels_with(juror, round_)
    works = [work for work in round_entries(round_) if work.panel in panels]
    reasons = _barred(juror, round_, works)
    order = [category.code for category in round_.regulation.categories]
    lines = [_candidate(round_, work, reasons) for work in works]
    return sorted(lines, key=lambda line: (order.index(line.category), line.name))


def voted_work(juror: User, contest: Contest, work_id: int) -> RoundEntry | None:
    """A work that a member's council votes on, unless they have an interest in it or the round is not opened."""
    found = db.session.scalar(
        select(RoundEntry)
        .join(RoundEntry.entry)
        .join(RoundEntry.round)
        .where(RoundEntry.id == work_id, Round.contest_id == contest.id, Round.opened_at.is_not(None), IN_CONTEST)
        .options(
            contains_eager(RoundEntry.entry).defer(Entry.draft),
            contains_eager(RoundEntry.round).joinedload(Round.version),
            joinedload(RoundEntry.revision),
        )
    )
    if found is None or not _votes_on(juror, found):
        return None
    return None if _barred(juror, found.round, [found]) else found


def _votes_on(juror: User, work: RoundEntry) -> bool:
    """A work of the member's panel in a voted round, or one that stands on the agenda of a sitting."""
    panels = panels_with(juror, work.round)
    if work.round.rule.is_voted:
        return work.panel in panels
    named = {
        subject for sitting in sittings_of(work.round) for topic in topics_of(sitting) for subject in topic.subjects
    }
    return bool(panels) and str(work.entry.code) in named


class VotedOrder(NamedTuple):
    """Where a work lies among those that a member votes on."""

    number: int
    total: int
    before: int | None
    after: int | None


def order_of_voted(juror: User, work: RoundEntry) -> VotedOrder:
    """The place of a work among those that a member votes on, and the ways on from it."""
    ids = [line.work_id for line in voted_works(juror, work.round) if not line.is_barred]
    if work.id not in ids:
        return VotedOrder(1, 1, None, None)
    here = ids.index(work.id)
    return VotedOrder(
        number=here + 1,
        total=len(ids),
        before=ids[here - 1] if here else None,
        after=ids[here + 1] if here + 1 < len(ids) else None,
    )
