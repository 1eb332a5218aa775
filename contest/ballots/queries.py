"""Finding what paper ballots are about, and what is recorded of them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from contest.accounts.models import User
from contest.ballots.facts import Cast, Given, Juror, Recorded, Round, Topic, Work
from contest.ballots.models import PaperBatch
from contest.database import db
from contest.judging import models as judging
from contest.judging import queries
from contest.regulations.models import Contest


def rounds_taking_paper(contest: Contest) -> tuple[Round, ...]:
    """The rounds that are opened and not sealed, with everything that a paper ballot is held against."""
    rows = [row for row in queries.rounds_of(contest) if row.opened_at is not None and row.sealed_at is None]
    return tuple(_round(row) for row in rows)


def _round(row: judging.Round) -> Round:
    given, jurors = _given(row)
    members = {member.juror_id for member in queries.members_of(row)}
    return Round(
        code=row.code,
        name=row.name,
        rubrics=row.rule.rubrics,
        works=tuple(
            Work(work.entry_id, str(work.entry.code), work.entry.shown_code, work.entry.title, work.category)
            for work in queries.round_entries(row)
        ),
        jurors=tuple(
            Juror(user.id, user.subject, user.name, user.email)
            for user in db.session.scalars(
                select(User).where(User.id.in_(jurors | members)).options(joinedload(User.person)).order_by(User.id)
            )
        ),
        given=given,
        topics=tuple(_topics(row, members)),
    )


def _given(row: judging.Round) -> tuple[dict[tuple[int, int], Given], set[int]]:
    newest = {
        sheet.assignment_id: sheet
        for sheet in db.session.scalars(
            select(judging.ScoreSheet)
            .join(judging.ScoreSheet.assignment)
            .where(judging.Assignment.round_id == row.id)
            .order_by(judging.ScoreSheet.assignment_id, judging.ScoreSheet.revision)
        )
    }
    found: dict[tuple[int, int], Given] = {}
    for assignment in db.session.scalars(select(judging.Assignment).where(judging.Assignment.round_id == row.id)):
        sheet = newest.get(assignment.id)
        recorded = Recorded(sheet.revision, sheet.marks, sheet.comment) if sheet else None
        recused = assignment.recused_at is not None
        found[assignment.entry_id, assignment.juror_id] = Given(assignment.id, recused, recorded)
    return found, {juror_id for _entry_id, juror_id in found}


def _topics(row: judging.Round, member_ids: set[int]) -> list[Topic]:
    members = list(db.session.scalars(select(User).where(User.id.in_(member_ids))))
    found = []
    for sitting in queries.sittings_of(row):
        agenda = queries.topics_of(sitting)
        offered, cast = queries.candidates_of(members, row, agenda), queries.ballots_at(sitting)
        for topic in agenda:
            question = queries.question_of(row, topic.question)
            found.append(
                Topic(
                    ballot=topic.ballot,
                    question=question,
                    name=question.name or row.name,
                    offered={
                        member_id: frozenset(each.key for each in by_question[topic.question] if not each.is_barred)
                        for member_id, by_question in offered.items()
                        if by_question.get(topic.question)
                    },
                    cast={
                        member_id: Cast(ballot.choice, ballot.typed_by_id is not None)
                        for member_id, by_question in cast.items()
                        if (ballot := by_question.get(topic.question)) is not None
                    },
                )
            )
    return found


def batch_of(contest: Contest, batch_id: int) -> PaperBatch | None:
    """A file that somebody has looked at and not yet confirmed."""
    return db.session.scalar(select(PaperBatch).filter_by(id=batch_id, contest_id=contest.id))
