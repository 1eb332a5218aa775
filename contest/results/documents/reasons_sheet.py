"""The reasons of one work on paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext

from contest import printing
from contest.regulations.issuing import Letterhead
from contest.results.documents.reasons import Explanation


def reasons_sheet(
    explanation: Explanation,
    *,
    title: str,
    shown_code: str,
    round_name: str,
    contest_name: str,
    letterhead: Letterhead | Mapping[str, Any],
    sealed_at: datetime,
    sha256: str,
) -> bytes:
    """Draw the explanation of one work as a PDF, to be handed over or read aloud.

    :param sha256: of the sealed result that it is taken from
    """
    return printing.pdf(
        "documents/reasons.html",
        css=("official.css", "reasons.css"),
        title=gettext("Explanation of the result: %(code)s", code=shown_code),
        explanation=explanation,
        work=title,
        shown_code=shown_code,
        round_name=round_name,
        contest_name=contest_name,
        letterhead=letterhead,
        sealed_at=sealed_at,
        sha256=sha256,
    )
