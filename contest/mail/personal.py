"""What letters keep about somebody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from contest.database import db
from contest.errors import N_
from contest.mail.models import LETTER_STATES, Letter, LetterState
from contest.subjects import GONE, NO_ADDRESS, Section, Subject, section


def export(subject: Subject) -> list[Section]:
    """Every letter that was written to one of the addresses."""
    return section(
        "letters",
        N_("Letters to you"),
        N_("To tell you what becomes of your works"),
        (
            {
                N_("Subject"): letter.subject,
                N_("Written"): letter.created_at,
                N_("State"): LETTER_STATES[letter.state],
                N_("Text"): letter.text,
            }
            for letter in _letters(subject)
        ),
    )


def erase(subject: Subject, now: datetime) -> None:
    """Empty the letters to somebody; those that wait to be sent are not sent any more."""
    for letter in _letters(subject):
        letter.to, letter.subject, letter.text, letter.error = NO_ADDRESS, GONE, "", ""
        letter.key = f"erased:{letter.id}"
        if letter.state != LetterState.SENT:
            letter.state = LetterState.FAILED
    db.session.flush()


def _letters(subject: Subject) -> list[Letter]:
    if not subject.emails:
        return []
    return list(db.session.scalars(select(Letter).where(Letter.to.in_(subject.emails)).order_by(Letter.id)))
