"""Papers about a work."""

from __future__ import annotations

from contest import clock, printing
from contest.entries.models import Entry, EntryRevision
from contest.web.addresses import absolute_url


def receipt(entry: Entry, revision: EntryRevision) -> bytes:
    """Print the receipt of a revision: code, moment, authors, files with the beginning of their fingerprints."""
    regulation = entry.contest.regulation
    link = absolute_url("entries.entry", contest=entry.contest, entry_id=entry.id)
    at = clock.local(revision.created_at)
    return printing.pdf(
        "documents/receipt.html",
        css=("official.css", "receipt.css"),
        title=f"Phiếu tiếp nhận {entry.shown_code}",
        entry=entry,
        revision=revision,
        contest=entry.contest,
        regulation=regulation,
        category=regulation.category(entry.category),
        at=at,
        days=sorted({part.published_on for part in revision.instalments}),
        units=list(dict.fromkeys(line.unit for line in revision.bylines if line.unit)),
        link=link,
        qr=printing.qr(link),
    )
