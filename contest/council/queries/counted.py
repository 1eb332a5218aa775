"""What a closed ballot came to, as values that a line of the minutes keeps; no value names a voter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from contest.database import db
from contest.entries.models import Entry
from contest.judging import queries as judging
from contest.judging.ballots import Topic
from contest.judging.models import Ballot, Round, Sitting
from contest.results import queries as results
from contest.results.outcome import conclude
from contest.results.voting import Count, Held, Vote, Voted


def figures_of(sitting: Sitting) -> dict[str, Any]:
    """Count a closed ballot: for each question who was there, and for each work or newsroom what it received."""
    round_ = sitting.round
    topics = judging.topics_of(sitting)
    outcome = conclude(results.material_of(round_, ruling=round_.contest.regulation))
    prizes = [prize.vote for prize in outcome.extra_prizes if prize.vote is not None]
    on_works = [(standing.entry, standing.counts) for standing in outcome.standings if isinstance(standing, Voted)]
    counts = [*on_works, *(each for vote in prizes for each in vote.counts.items())]
    ids = _entry_ids(round_, {subject for topic in topics for subject in topic.subjects})
    paper = papers_in(sitting)
    return {
        "sitting": sitting.number,
        "questions": [
            _question(round_, topic, [*outcome.votes, *prizes])
            | {"paper": paper.get(topic.question, 0), "rows": _rows(topic, counts, ids)}
            for topic in topics
        ],
    }


def _entry_ids(round_: Round, codes: Iterable[str]) -> dict[str, int]:
    rows = db.session.execute(
        select(Entry.code, Entry.id).where(Entry.contest_id == round_.contest_id, Entry.code.in_(set(codes)))
    )
    return {str(code): entry_id for code, entry_id in rows}


def papers_in(sitting: Sitting) -> dict[str, int]:
    """How many members' newest ballot came on paper, by question."""
    newest = (
        select(Ballot.question, Ballot.voter_id, func.max(Ballot.revision).label("revision"))
        .where(Ballot.sitting_id == sitting.id)
        .group_by(Ballot.question, Ballot.voter_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Ballot.question, func.count())
        .join(
            newest,
            (Ballot.question == newest.c.question)
            & (Ballot.voter_id == newest.c.voter_id)
            & (Ballot.revision == newest.c.revision),
        )
        .where(Ballot.sitting_id == sitting.id, Ballot.typed_by_id.is_not(None))
        .group_by(Ballot.question)
    )
    return dict(rows.all())


def _question(round_: Round, topic: Topic, votes: Iterable[Vote]) -> dict[str, Any]:
    question = judging.question_of(round_, topic.question)
    held = [each for vote in votes if vote.question == topic.question for each in vote.held]
    return {
        "question": topic.question,
        "ballot": topic.ballot,
        "kind": question.kind,
        "secret": question.rule.secret,
        "newsrooms": question.about_newsrooms,
        "held": [_held(each) for each in held if each.ballot == topic.ballot],
    }


def _rows(topic: Topic, counts: Iterable[tuple[str, Sequence[Count]]], ids: Mapping[str, int]) -> list[dict[str, Any]]:
    asked = set(topic.subjects)
    return [
        {"subject": subject, "entry": ids.get(subject), **_count(count)}
        for subject, every in counts
        for count in every
        if subject in asked and (count.question, count.ballot) == (topic.question, topic.ballot)
    ]


def _held(held: Held) -> dict[str, Any]:
    return {
        "members": held.members,
        "present": held.present,
        "cast": held.cast + sum(held.left_out.values()),
        "spoiled": sum(held.left_out.values()),
        "counts": held.counts,
    }


def _count(count: Count) -> dict[str, Any]:
    if count.papers:
        return {"papers": count.papers, "sum": count.sum}
    found: dict[str, Any] = {"of": count.of, "needed": count.needed, "casting": count.casting, "carried": count.carried}
    return found | ({"tiers": dict(count.tiers)} if count.tiers is not None else {"yes": count.yes, "no": count.no})
