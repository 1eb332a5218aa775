"""Bringing what is not public yet in line with the templates in use."""

from __future__ import annotations

from datetime import datetime

from contest import audit
from contest.accounts.models import User
from contest.certificates import documents, queries, refusals
from contest.certificates.following import key_of
from contest.certificates.models import Certificate
from contest.certificates.services.designing import HOUSE, Designs
from contest.certificates.services.drawing import request_drawing
from contest.certificates.services.following import key_of_issued
from contest.certificates.services.register import decision_of, words_of
from contest.certificates.wording import Issue
from contest.database import lock
from contest.jobs import JobState
from contest.regulations.models import Contest


def take_up_templates(contest: Contest, *, by: User, now: datetime) -> int:
    """Let certificates that are not public yet be drawn by the templates as they are now, and have them drawn.

    :return: how many look different from now on
    :raise DrawingNow: while they are being drawn
    :raise ContestError: if they cannot be drawn, or the words of one do not fit
    """
    lock(contest)
    last = queries.newest_drawing(contest)
    if last is not None and last.state in (JobState.QUEUED, JobState.RUNNING):
        raise refusals.DrawingNow
    designs, changed = Designs(contest), behind_templates(contest)
    for certificate, issue in changed:
        documents.check_sheet(certificate.printed, designs.of(issue))
        certificate.design_sha256 = designs.keep(issue)
    audit.record(
        "certificates.redesigned",
        contest_id=contest.id,
        by=by,
        about=f"decision:{decision_of(contest).version}",
        now=now,
        details={"numbers": [certificate.number for certificate, _issue in changed]},
    )
    request_drawing(contest, again=True, by=by, now=now)
    return len(changed)


def behind_templates(contest: Contest) -> list[tuple[Certificate, Issue]]:
    """List the certificates that are not public yet and that the templates in use now would draw differently."""
    waiting = queries.to_draw(contest, again=True)
    if not waiting:
        return []
    issues, designs = {key_of(issue): issue for issue in words_of(contest, decision_of(contest))}, Designs(contest)
    return [
        (each, issue)
        for each in waiting
        if (issue := issues.get(key_of_issued(each))) is not None
        and (each.design_sha256 or HOUSE) != designs.fingerprint(issue)
    ]
