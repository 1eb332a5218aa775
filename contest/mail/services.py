"""Writing a letter, and getting it delivered."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale
from sqlalchemy import select

from contest import clock
from contest.database import db, lock, transaction
from contest.jobs.waking import call_workers
from contest.mail.delivery import connection, message
from contest.mail.models import Letter, LetterState

ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=30)
HOLD = timedelta(minutes=2)
UNREACHABLE = timedelta(minutes=1)  # until the server is tried again
BATCH = 50

log = logging.getLogger(__name__)


# Wraps the functions that write letters: the language of whoever acts on a page is not that of whoever is written to.
in_vietnamese = force_locale("vi")


@in_vietnamese
def render(template: str, **context: Any) -> str:
    """Write the text of a letter from a template under ``templates/mail``; blank lines at both ends are dropped."""
    return render_template(template, **context).strip() + "\n"


def post(
    *,
    key: str,
    to: str,
    subject: str,
    text: str,
    now: datetime,
    contest_id: int | None = None,
    about: str = "",
) -> Letter:
    """Put a letter into the outbox, in the transaction that causes it. The same key twice is one letter.

    :param key: what makes this letter this letter: ``receipt:revision:12``
    :param about: what it tells of, as ``entry:BDT-0042``
    """
    found = db.session.scalar(select(Letter).filter_by(key=key))
    if found is not None:
        return found
    subject = " ".join(subject.split())
    letter = Letter(
        key=key, contest_id=contest_id, to=to, subject=subject, text=text, about=about, created_at=now, due_at=now
    )
    db.session.add(letter)
    db.session.flush()
    call_workers()
    return letter


def resend(letter: Letter, *, now: datetime) -> None:
    """Put a letter back into the queue by hand, whatever became of it before."""
    letter.state, letter.due_at, letter.attempts, letter.error = LetterState.QUEUED, now, 0, ""
    call_workers()


def deliver_due() -> int:
    """Send what is due, each letter confirmed by itself. Without a mail server everything stays in the outbox.

    A letter is put off before it is tried, so that two workers do not send it both and a killed worker's letter is
    tried again; its Message-ID lets the server drop a twin. Letters that wait behind a slow one are held anew when
    their turn comes. That the server cannot be reached is no fault of a letter: it is tried until the server is back.

    :return: number of letters sent
    """
    url = current_app.config["SMTP_URL"]
    if not url:
        return 0
    held = _take(clock.now())
    if not held:
        return 0
    sent = 0
    try:
        with connection(url) as server:
            for number, until in held.items():
                sent += _send(server, number, until)
    except OSError as error:
        log.warning("the mail server cannot be reached: %s", type(error).__name__)
        with transaction():
            for letter in db.session.scalars(select(Letter).where(Letter.id.in_(held))):
                if letter.state == LetterState.QUEUED and letter.due_at == held[letter.id]:
                    _note(letter, error)
                    letter.due_at = clock.now() + UNREACHABLE
    return sent


def _take(now: datetime) -> dict[int, datetime]:
    """Hold what is due for this worker.

    :return: until when each letter is held, by its number
    """
    due = select(Letter.id).where(Letter.state == LetterState.QUEUED, Letter.due_at <= now)
    if db.session.scalar(due.limit(1)) is None:
        db.session.rollback()
        return {}
    with transaction():
        letters = db.session.scalars(
            select(Letter)
            .where(Letter.state == LetterState.QUEUED, Letter.due_at <= now)
            .order_by(Letter.due_at, Letter.id)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        ).all()
        for letter in letters:
            letter.due_at = now + HOLD
        return {letter.id: letter.due_at for letter in letters}


def _send(server: Any, number: int, held_until: datetime) -> int:
    if not _still_held(number, held_until):
        return 0
    letter = db.session.get_one(Letter, number)
    try:
        server.send_message(
            message(
                key=letter.key,
                to=letter.to,
                subject=letter.subject,
                text=letter.text,
                sender=current_app.config["MAIL_FROM"],
                written_at=letter.created_at,
            )
        )
    except Exception as error:
        with transaction():
            _put_off(db.session.get_one(Letter, number), error)
        if isinstance(error, SMTPServerDisconnected):
            raise  # the letters behind this one have not been tried
        return 0
    with transaction():
        letter = db.session.get_one(Letter, number)
        letter.state, letter.sent_at, letter.error = LetterState.SENT, clock.now(), ""
        letter.attempts += 1
    return 1


def _still_held(number: int, held_until: datetime) -> bool:
    """Hold a letter anew, unless its time ran out behind slow ones and another worker has taken it."""
    with transaction():
        letter = lock(db.session.get_one(Letter, number))
        if letter.state != LetterState.QUEUED or letter.due_at != held_until:
            return False
        letter.due_at = clock.now() + HOLD
        return True


def _note(letter: Letter, error: Exception) -> None:
    letter.error = f"{type(error).__name__}: {error}"[:1000]


def _put_off(letter: Letter, error: Exception) -> None:
    letter.attempts += 1
    _note(letter, error)
    if letter.attempts >= ATTEMPTS:
        letter.state = LetterState.FAILED
    letter.due_at = clock.now() + FIRST_PAUSE * 2**letter.attempts
