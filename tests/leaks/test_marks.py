"""Before a round is sealed nobody learns anything of what somebody else marked, wherever they look."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from contest.database import db
from contest.judging.models import Assignment, JurorNote, Round, ScoreSheet
from tests.leaks.asking import Question, answered, everything
from tests.leaks.secret import Place, tells
from tests.world import ROLES


@pytest.fixture
def pages(built: Place) -> list[Question]:
    """Every page of a contest whose round is open."""
    return [question for question in everything(built) if question.slug == built.world.slugs["judging"]]


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_anything_else_when_the_marks_of_others_are_others(
    place: Place, pages: list[Question], role: str
) -> None:
    before = {question.path: answered(place.world, role, "GET", question.path) for question in pages}

    mark_otherwise(place, role)

    assert [path for path, answer in before.items() if answered(place.world, role, "GET", path) != answer] == []


@pytest.mark.parametrize("role", ["juror", "chair"])
def test_a_juror_does_not_even_learn_how_many_others_have_marked(
    place: Place, pages: list[Question], role: str
) -> None:
    asked = [question for question in pages if question.endpoint.partition(".")[0] == "judging"]
    before = {question.path: answered(place.world, role, "GET", question.path) for question in asked}

    take_back(place, role)

    assert [path for path, answer in before.items() if answered(place.world, role, "GET", path) != answer] == []


@pytest.mark.parametrize("role", ROLES)
def test_what_others_wrote_to_their_marks_is_read_by_nobody(built: Place, pages: list[Question], role: str) -> None:
    own = "nhan xet luu ly ve bai nay." if role == "juror" else ""  # the juror's own draft says so too
    words = {"nhan xet luu ly ve bai nay."} - {own}

    heard = [each.path for each in pages if tells(answered(built.world, role, "GET", each.path).body, words)]

    assert heard == []


def sheets_of_others(place: Place, reader: str) -> list[Assignment]:
    """The assignments in the open round that are not the reader's."""
    wanted = select(Assignment).join(Assignment.round).where(Assignment.juror_id != place.world.people[reader])
    return list(db.session.scalars(wanted.where(Round.sealed_at.is_(None), Round.contest_id == contest_id(place))))


def contest_id(place: Place) -> int:
    return place.secrets[place.world.slugs["judging"]].contest_id


def mark_otherwise(place: Place, reader: str) -> None:
    """Let everybody else have marked a step lower, and have typed and noted something else."""
    with place.world.app.app_context():
        for assignment in sheets_of_others(place, reader):
            rubric = assignment.round.rubric(assignment.entry.category)
            for sheet in assignment.sheets:
                sheet.marks = {rule.code: sheet.marks[rule.code] - rule.step for rule in rubric}
                sheet.comment = "Một lời nhận xét khác."
            if assignment.draft is not None:
                assignment.draft.marks, assignment.draft.comment = {rubric[0].code: "3"}, "Đang nghĩ lại."
            kept = {"assignment_id": assignment.id, "version": 1, "updated_at": assignment.assigned_at}
            db.session.add(JurorNote(text="Xem lại đoạn cuối.", **kept))
        db.session.commit()


def take_back(place: Place, reader: str) -> None:
    """Let nobody else have sent anything."""
    with place.world.app.app_context():
        for assignment in sheets_of_others(place, reader):
            assignment.sent_at = None
            for sheet in list(assignment.sheets):
                db.session.delete(sheet)
        assert db.session.scalars(select(ScoreSheet.id)).first() is not None
        db.session.commit()
