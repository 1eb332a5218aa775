"""What the public pages of results keep about winners: cards to share, drawn from the published decision."""

from __future__ import annotations

from datetime import datetime

from contest.subjects import Section, Subject

KEPT_OF_WINNERS = frozenset({"share_card"})
"""Drawn from the published decision, and public like it."""


def export(subject: Subject) -> list[Section]:
    """Nothing that the decision does not say."""
    return []


def erase(subject: Subject, now: datetime) -> None:
    """Nothing: it shows what is published."""
