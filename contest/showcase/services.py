"""What is done with the public pages: words of the jury are written, cards are kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from contest import audit
from contest.accounts.models import User
from contest.database import db, lock
from contest.regulations.models import Contest
from contest.results.models import Decision
from contest.showcase import queries, refusals
from contest.showcase.listing import Work
from contest.showcase.models import ShareCard, WinnerNote


def write_note(
    contest: Contest, work: Work, *, citation: str, media_withheld: bool, over: int, by: User, now: datetime
) -> WinnerNote:
    """Write the next version of what stands on the page of a winning work.

    It is public with the results: at once where they are published, and with them where they are not.

    :param over: the version that was on the page when it was opened, 0 for none
    :raise NoteChanged: if there is a newer one by now
    """
    lock(contest)
    newest = queries.note_of(work)
    if (newest.version if newest else 0) != over:
        raise refusals.NoteChanged
    note = WinnerNote(
        contest_id=contest.id,
        entry_id=work.line["entry_id"],
        version=over + 1,
        citation=citation,
        media_withheld=media_withheld,
        by_id=by.id,
        at=now,
    )
    db.session.add(note)
    db.session.flush()
    audit.record(
        "winner.described",
        contest_id=contest.id,
        by=by,
        about=f"entry:{work.code}",
        now=now,
        details={"version": note.version, "letters": len(citation), "media_withheld": media_withheld},
    )
    return note


def keep_cards(decision: Decision, cards: Mapping[str, tuple[str, str]], *, now: datetime) -> None:
    """Keep the cards of a published decision, all of them at once; doing it twice does no harm.

    :param cards: by code of the work, empty for the results as a whole: the hash of what it says, and of its bytes
    """
    kept = set(db.session.scalars(db.select(ShareCard.code).filter_by(decision_id=decision.id)))
    db.session.add_all(
        ShareCard(
            contest_id=decision.contest_id,
            decision_id=decision.id,
            code=code,
            facts=facts,
            sha256=sha256,
            drawn_at=now,
        )
        for code, (facts, sha256) in cards.items()
        if code not in kept
    )
    db.session.flush()
