"""What announcements say about winners: they are public, as the decision that they tell of."""

from __future__ import annotations

from datetime import datetime

from contest.subjects import Section, Subject

KEPT_OF_WINNERS = frozenset({"announcement"})
"""Announcements of results name whoever won, as the published decision does."""


def export(subject: Subject) -> list[Section]:
    """Nothing that was told by the person."""
    return []


def erase(subject: Subject, now: datetime) -> None:
    """Nothing: a name in an announcement that tells of no award is rewritten with all other texts."""
