"""What results keep about people: the decision and what was posted before it, as the law on archives has it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select

from contest.database import db
from contest.errors import N_
from contest.results.models import Decision
from contest.subjects import Section, Subject, section

KEPT = frozenset({"decision"})
"""The decision on prizes names whoever won and whoever signed it; it is a public document."""
KEPT_OF_WINNERS = frozenset({"posting"})
"""The list that was posted before it says of winners what it says."""


def export(subject: Subject) -> list[Section]:
    """The lines of decisions that name somebody."""
    return section(
        "awards",
        N_("Your awards"),
        N_("To prove the award: the decision stays as the law on archives has it"),
        (
            {
                N_("Decision"): decision.number,
                N_("Day of the decision"): decision.decided_on,
                N_("Work"): line.get("title"),
                N_("Prize"): line.get("tier_name"),
                N_("Name"): author["name"],
                N_("Pen names"): author.get("pen_names", ""),
            }
            for decision, line, author in _lines(subject)
        ),
    )


def erase(subject: Subject, now: datetime) -> None:
    """Nothing: what is decided stays; a list that was posted and names no winner is rewritten with all other texts."""


def awarded_entries(subject: Subject) -> set[int]:
    """Numbers of the works for which a decision names somebody, also where the award was withdrawn since."""
    return {line["entry_id"] for _decision, line, _author in _lines(subject) if line.get("entry_id")}


def _lines(subject: Subject) -> Iterator[tuple[Decision, dict[str, Any], dict[str, Any]]]:
    for decision in db.session.scalars(select(Decision).order_by(Decision.id)):
        withdrawn = [one["line"] for one in decision.copy.get("withdrawn", ())]
        for line in (*decision.copy["awards"], *withdrawn):
            for author in line.get("authors", ()):
                if author.get("subject") in subject.subjects:
                    yield decision, line, author
