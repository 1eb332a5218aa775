"""Issuing what waited for its winners after the publication, and what is corrected since."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from flask import current_app

from contest.accounts.models import User
from contest.certificates import queries, seal
from contest.certificates.services.drawing import request_drawing
from contest.certificates.services.following import follow_decision
from contest.regulations.models import Contest
from contest.winners.services import follows_lines


@follows_lines
def follow_lines(contest: Contest, *, by: User, now: datetime) -> None:
    """Bring the certificates in line with the very act that settles or corrects a line of public results.

    :raise ContestError: if the words of one cannot be set
    """
    if not queries.last_number(contest):
        return
    followed = follow_decision(contest, key=seal.signing_key(Path(current_app.instance_path)), by=by, now=now)
    if not followed.are_none:
        request_drawing(contest, by=by, now=now)
