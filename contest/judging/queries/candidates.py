"""What a member votes on, and what they stay away from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from contest.accounts.models import User
from contest.database import db
from contest.entries.models import Entry
from contest.interests.queries import newsrooms_of
from contest.judging import ballots
from contest.judging.ballots import Topic
from contest.judging.models import Round, RoundEntry
from contest.judging.queries.conditions import IN_CONTEST
from contest.judging.queries.conflicts import conflicts_in
from contest.judging.queries.members import members_of, panels_with
from contest.judging.queries.own_sheet import name_for_juror
from contest.judging.queries.rounds import round_entries
from contest.judging.queries.sittings import question_of, sittings_of, topics_of
from contest.regulations.models import Contest


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


Labels = Mapping[tuple[int, int], tuple[str, ...]]
"""Why jurors do not vote on works, by (juror id, entry id)."""


def candidates(juror: User, round_: Round, topics: Iterable[Topic]) -> dict[str, list[Candidate]]:
    """What stands on a member's ballot, by question; what they have an interest in is named and cannot be voted on.

    By alias where names are hidden: the order of codes would tell when a work came in.
    """
    return candidates_of([juror], round_, topics)[juror.id]


def candidates_of(
    jurors: Collection[User], round_: Round, topics: Iterable[Topic]
) -> dict[int, dict[str, list[Candidate]]]:
    """What stands on the ballots of several members, by user id: as many statements as for one."""
    topics, ids = list(topics), [juror.id for juror in jurors]
    named = {subject for topic in topics for subject in topic.subjects}
    works = {code: work for work in round_entries(round_) if (code := str(work.entry.code)) in named}
    reasons = _barred(ids, round_, works.values())
    panels: dict[int, set[str]] = {number: set() for number in ids}
    for line in members_of(round_):
        if line.juror_id in panels:
            panels[line.juror_id].add(line.panel)
    return {
        juror.id: {topic.question: _offered(juror, round_, topic, works, panels[juror.id], reasons) for topic in topics}
        for juror in jurors
    }


def _offered(
    juror: User, round_: Round, topic: Topic, works: Mapping[str, RoundEntry], panels: Collection[str], reasons: Labels
) -> list[Candidate]:
    """What a question offers to a member."""
    question = question_of(round_, topic.question)
    if question.about_newsrooms:
        own = newsrooms_of(round_.contest, juror, topic.subjects)
        return [
            Candidate(name, "", name, "", None, (ballots.OWN_NEWSROOM,) if name in own else ())
            for name in topic.subjects
        ]
    lines = [
        _candidate(round_, works[code], reasons.get((juror.id, works[code].entry_id), ()))
        for code in topic.subjects
        if code in works and (not question.by_panel or works[code].panel in panels)
    ]
    return sorted(lines, key=lambda line: line.name) if round_.rule.blind else lines


def _candidate(round_: Round, work: RoundEntry, reasons: tuple[str, ...]) -> Candidate:
    return Candidate(
        key=str(work.entry.code),
        name=name_for_juror(round_, work.category, work.entry.code, work.alias),
        title=work.shown_title or work.entry.title,
        category=work.category,
        work_id=work.id,
        reasons=reasons,
    )


def _barred(juror_ids: Collection[int], round_: Round, works: Iterable[RoundEntry]) -> Labels:
    found = conflicts_in(round_, juror_ids, [work.entry_id for work in works])
    barred = {pair: tuple(kind.label for kind in kinds if kind.blocks) for pair, kinds in found.items()}
    return {pair: labels for pair, labels in barred.items() if labels}


def voted_works(juror: User, round_: Round) -> list[Candidate]:
    """The works on which a member's council votes in a round, in the order of the desk."""
    panels = panels_with(juror, round_)
    works = [work for work in round_entries(round_) if work.panel in panels]
    reasons = _barred([juror.id], round_, works)
    order = [category.code for category in round_.regulation.categories]
    lines = [_candidate(round_, work, reasons.get((juror.id, work.entry_id), ())) for work in works]
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
    return None if _barred([juror.id], found.round, [found]) else found


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
