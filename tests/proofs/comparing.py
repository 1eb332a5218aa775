"""What jurors noted of every confirmation, compared with what the database holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from contest import audit
from contest.database import db
from contest.judging.marks import written
from contest.judging.models import ScoreSheet, SheetDraft
from contest.operations.invariants.rows import references_lead_to_rows
from tests.jury import Room
from tests.proofs.jurors import JurorAtWork, Saving, newest_by_assignment


def check_nothing_is_lost_or_doubled(jurors: Sequence[JurorAtWork], room: Room) -> None:
    """Find in the database exactly what was confirmed to each juror: every sheet ever sent, and the newest drafts."""
    assert [juror.problem for juror in jurors if juror.problem] == []
    assert all(numbered_without_gap(savings) for juror in jurors for savings in (juror.drafts, juror.sheets))
    with room.app.app_context():
        assert kept_sheets() == sorted_savings(saving for juror in jurors for saving in juror.sheets)
        assert kept_drafts() == sorted_savings(
            saving for juror in jurors for saving in newest_by_assignment(juror.drafts)
        )
        assert list(references_lead_to_rows()) == []
        assert audit.verify(room.contest_id) is None


def numbered_without_gap(savings: list[Saving]) -> bool:
    """Say whether the savings of every assignment count 1, 2, 3: none was done twice, none disappeared."""
    numbers: dict[int, list[int]] = {}
    for saving in savings:
        numbers.setdefault(saving.assignment, []).append(saving.number)
    return all(counted == list(range(1, len(counted) + 1)) for counted in numbers.values())


def sorted_savings(savings: Iterable[Saving]) -> list[Saving]:
    """Bring savings into one order."""
    return sorted(savings, key=lambda saving: (saving.assignment, saving.number))


def kept_sheets() -> list[Saving]:
    """Read every sheet of the database as a juror would have noted it."""
    return sorted_savings(
        Saving(
            sheet.assignment_id,
            sheet.revision,
            {code: written(mark) for code, mark in sheet.marks.items()},
            sheet.comment,
        )
        for sheet in db.session.scalars(select(ScoreSheet))
    )


def kept_drafts() -> list[Saving]:
    """Read every draft of the database as a juror would have noted it."""
    return sorted_savings(
        Saving(draft.assignment_id, draft.version, draft.marks, draft.comment)
        for draft in db.session.scalars(select(SheetDraft))
    )
