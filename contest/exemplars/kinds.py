"""Whom works tell of."""

from __future__ import annotations

from enum import StrEnum

from contest.errors import N_


class ExemplarKind(StrEnum):
    """Whether one person is meant or several."""

    PERSON = "person"
    COLLECTIVE = "collective"

    @property
    def label(self) -> str:
        """Message id of the kind as people call it."""
        return LABELS[self]


LABELS = {ExemplarKind.PERSON: N_("A person"), ExemplarKind.COLLECTIVE: N_("A collective or model")}
