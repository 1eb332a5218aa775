"""Sheets that jurors fill in on paper and somebody types in."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.judging import queries, services
from contest.judging.models import ScoreSheet
from contest.judging.refusals import (
    CorrectionNeedsReason,
    Recused,
    RoundNotOpened,
    RoundSealed,
    SheetIncomplete,
)
from contest.judging.sheets import Content, fingerprint
from tests.makers.judging import full_marks, make_sheet


def typed(room: Any, share: int = 80, **how: Any) -> ScoreSheet:
    with transaction():
        return services.record_paper_sheet(
            room.assignment,
            how.pop("marks", None) or full_marks(room.round, "BAO_IN", share),
            how.pop("comment", ""),
            by=room.secretary,
            now=how.pop("at", room.closes),
            **how,
        )


def test_a_sheet_from_paper_counts_for_its_juror_and_names_who_typed_it(room):
    sheet = typed(room)

    (counted,) = queries.sheets_in_force(room.round)
    assert (counted.juror_id, counted.typed_by_id, counted.revision) == (room.juror.id, room.secretary.id, 1)
    line = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert (line.action, line.actor, line.details["juror"]) == (
        "score_sheet.typed_in",
        room.secretary.subject,
        room.juror.subject,
    )
    assert sheet.sha256 == fingerprint(
        Content(sheet.marks, ""),
        round_code="so_khao",
        entry=room.entry.code,
        juror=room.juror.subject,
        revision=1,
        submitted_at=sheet.submitted_at,
        typed_by=room.secretary.subject,
    )


def test_the_same_paper_twice_is_one_sheet_and_another_needs_a_reason(room):
    first = typed(room).id

    assert typed(room).id == first
    with pytest.raises(CorrectionNeedsReason):
        typed(room, 60)
    assert typed(room, 60, reason="Nhập nhầm cột").revision == 2


def test_paper_that_says_the_same_as_the_jurors_own_sheet_changes_nothing(room):
    sheet = make_sheet(room.assignment)

    assert typed(room).id == sheet.id
    assert sheet.typed_by_id is None


def test_paper_is_taken_in_whole_and_only_while_it_can_count(room):
    with pytest.raises(SheetIncomplete):
        typed(room, marks={"bam_sat": 1000})
    room.round.sealed_at = room.closes
    db.session.commit()
    with pytest.raises(RoundSealed):
        typed(room)
    room.round.sealed_at = room.round.opened_at = None
    db.session.commit()
    with pytest.raises(RoundNotOpened):
        typed(room)


def test_a_juror_who_stepped_back_has_no_paper_either(room):
    with transaction():
        services.recuse(room.assignment, reason="Quen tác giả", by=room.juror, now=room.during)

    with pytest.raises(Recused):
        typed(room)
