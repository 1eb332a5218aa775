"""Rounds, panels and sheets for tests. Everything made is committed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from contest.accounts.models import User
from contest.database import db
from contest.interests.models import Declaration
from contest.judging import sheets
from contest.judging.models import (
    Assignment,
    DraftRevision,
    Panel,
    PanelMember,
    Round,
    RoundEntry,
    ScoreSheet,
    SheetDraft,
)
from tests.makers.accounts import LONG_AGO


def make_round(
    contest: Any,
    code: str = "so_khao",
    *,
    entries: Iterable[Any] = (),
    opened: bool = True,
    sealed_at: datetime | None = None,
) -> Round:
    """Make a round, opened under the contest's regulation unless told otherwise, with these works in it."""
    round_ = Round(
        contest_id=contest.id,
        code=code,
        version_id=contest.version_id if opened else None,
        opened_at=LONG_AGO if opened else None,
        sealed_at=sealed_at,
    )
    db.session.add(round_)
    db.session.flush()
    for entry in entries:
        admit(round_, entry)
    db.session.commit()
    return round_


def admit(round_: Round, entry: Any) -> RoundEntry:
    """Put a work into a round."""
    admitted = RoundEntry(
        round_id=round_.id,
        entry_id=entry.id,
        revision_id=entry.revision_id,
        category=entry.category,
        panel=round_.rule.panel_for(category=entry.category, genre=entry.revision.content["genre"]),
        alias=f"K{entry.id:05d}",
        admitted_at=LONG_AGO,
    )
    db.session.add(admitted)
    db.session.commit()
    return admitted


def make_panel(round_: Round, jurors: Iterable[User], code: str = "BAO_IN", *, chair: User | None = None) -> Panel:
    """Make a panel, by default that of print works; the first juror chairs unless another is named."""
    jurors = list(jurors)
    chair = chair or jurors[0]
    panel = Panel(round_id=round_.id, code=code)
    db.session.add(panel)
    db.session.flush()
    db.session.add_all(PanelMember(panel_id=panel.id, user_id=juror.id, chair=juror.id == chair.id) for juror in jurors)
    for juror in jurors:
        declare(round_, juror)
    db.session.commit()
    return panel


def make_assignment(
    round_: Round,
    entry: Any,
    juror: User,
    *,
    recused_at: datetime | None = None,
    reason: str = "",
    third: bool = False,
    declared: bool = True,
    advisory: bool = False,
) -> Assignment:
    """Give a work of the round to a juror; the work is admitted if it is not in the round yet."""
    if db.session.scalar(select(RoundEntry.id).filter_by(round_id=round_.id, entry_id=entry.id)) is None:
        admit(round_, entry)
    assignment = Assignment(
        round_id=round_.id,
        entry_id=entry.id,
        juror_id=juror.id,
        assigned_at=LONG_AGO,
        recused_at=recused_at,
        recusal_reason=reason,
        third=third,
        advisory=advisory,
    )
    db.session.add(assignment)
    if declared:
        declare(round_, juror)
    db.session.commit()
    return assignment


def declare(round_: Round, juror: User) -> None:
    """Let a juror have declared before a round that nothing ties them to a work."""
    told = {"contest_id": round_.contest_id, "round": round_.code, "user_id": juror.id}
    if db.session.scalar(select(Declaration.id).filter_by(**told)) is None:
        db.session.add(Declaration(**told, at=LONG_AGO))
        db.session.flush()


def full_marks(round_: Round, category: str, share: int = 80) -> dict[str, int]:
    """Marks for every criterion of a rubric: so many per cent of the maximum, brought down to the step."""
    marks = {}
    for criterion in round_.rubric(category):
        mark = criterion.maximum * share // 100
        marks[criterion.code] = mark - mark % criterion.step
    return marks


def make_sheet(
    assignment: Assignment,
    marks: Mapping[str, int] | int = 80,
    *,
    comment: str = "",
    reason: str = "",
    at: datetime = LONG_AGO,
) -> ScoreSheet:
    """Send a sheet: these marks, or so many per cent of every maximum; the next revision when there is one already."""
    if isinstance(marks, int):
        marks = full_marks(assignment.round, assignment.entry.category, marks)
    revision = len(assignment.sheets) + 1
    sheet = ScoreSheet(
        assignment_id=assignment.id,
        revision=revision,
        marks=dict(marks),
        comment=comment,
        reason=reason,
        submitted_at=at,
        sha256=sheets.fingerprint(
            sheets.Content(dict(marks), comment),
            round_code=assignment.round.code,
            entry=assignment.entry.code,
            juror=assignment.juror.subject,
            revision=revision,
            submitted_at=at,
        ),
        salt=f"{assignment.id:016x}{revision:016x}",
    )
    db.session.add(sheet)
    assignment.sent_at = assignment.sent_at or at
    db.session.commit()
    return sheet


def make_draft(
    assignment: Assignment, marks: Mapping[str, str], *, comment: str = "", version: int = 1, at: datetime = LONG_AGO
) -> SheetDraft:
    """Save what a juror has typed."""
    draft = SheetDraft(assignment_id=assignment.id, version=version, marks=dict(marks), comment=comment, updated_at=at)
    db.session.add(draft)
    db.session.commit()
    return draft


def make_earlier_state(draft: SheetDraft, marks: Mapping[str, str], *, at: datetime = LONG_AGO) -> DraftRevision:
    """Keep a state that a draft had before."""
    draft.kept += 1
    state = DraftRevision(
        assignment_id=draft.assignment_id, number=draft.kept, marks=dict(marks), comment="", saved_at=at
    )
    db.session.add(state)
    db.session.commit()
    return state
