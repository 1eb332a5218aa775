"""A file of a dossier in which the virus scanner has found something."""

from __future__ import annotations

from datetime import datetime

from contest import audit
from contest.entries import emails
from contest.entries.models import Attachment
from contest.entries.services.drafting import about


def tell_infected(attachment: Attachment, *, now: datetime) -> None:
    """Write to whoever sent the file, and put it into the log.

    The work stays as it is: what was sent in time was sent in time, and a clean file takes the place of this one.
    """
    entry = attachment.entry
    audit.record(
        "file.infected",
        contest_id=entry.contest_id,
        about=about(entry),
        now=now,
        details={"file": attachment.id, "sha256": attachment.sha256},
    )
    emails.infected(attachment, now=now)
