"""Which works and sheets still count."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import aliased

from contest.accounts import models as accounts  # noqa: F401 - an alias needs every class that relationships name
from contest.entries.models import Entry, EntryState
from contest.judging.models import Assignment, RoundEntry, ScoreSheet

OUT = (EntryState.WITHDRAWN, EntryState.REJECTED)


IN_CONTEST = Entry.state.not_in(OUT)
"""A work withdrawn or rejected while it is judged leaves the round; its sheets stay and no longer count."""


first_sheet = aliased(ScoreSheet, name="first_sheet")


HAS_SHEET = first_sheet.id.is_not(None)


def same_work() -> ColumnElement[bool]:
    """An assignment and the work it is of."""
    return and_(RoundEntry.round_id == Assignment.round_id, RoundEntry.entry_id == Assignment.entry_id)
