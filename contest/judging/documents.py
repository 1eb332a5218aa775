"""Score sheets on paper, to be filled in by hand or signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from contest import printing
from contest.judging import spoken
from contest.regulations.issuing import Letterhead
from contest.regulations.scoring import Criterion


@dataclass(frozen=True)
class Paper:
    """One score sheet as it is printed.

    :ivar marks: as they are read, by criterion code; empty on a blank sheet
    :ivar total: hundredths of a point, rounded as the regulation says; None while a mark is missing
    :ivar received_at: local moment at which the sheet was received; None of a draft and of a blank sheet
    :ivar fingerprint: SHA-256 of the sheet that was received
    """

    name: str
    title: str
    category: str
    genre: str
    instalments: int
    rubric: Sequence[Criterion]
    highest: Fraction
    marks: Mapping[str, str]
    comment: str = ""
    total: Fraction | None = None
    blank: bool = False
    received_at: datetime | None = None
    revision: int = 0
    fingerprint: str = ""

    @property
    def total_in_words(self) -> str:
        """The total as it is read aloud, beginning with a capital letter."""
        said = spoken.in_words(int(self.total or 0))
        return said[:1].upper() + said[1:]


def score_sheets(
    papers: Sequence[Paper], *, title: str, round_name: str, juror: str, letterhead: Letterhead, year: int
) -> bytes:
    """Draw score sheets as one PDF, each on a page of its own.

    :param juror: name of the juror, as it stands under the signature
    :param year: for the date that is filled in by hand
    """
    return printing.pdf(
        "documents/score_sheets.html",
        css=("official.css", "score_sheets.css"),
        title=title,
        papers=papers,
        round_name=round_name,
        juror=juror,
        letterhead=letterhead,
        year=year,
    )
