"""Letters to the people behind a work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from contest import mail
from contest.entries.deadline import closing_hour
from contest.entries.models import Attachment, Entry, EntryRevision
from contest.web.addresses import absolute_url
from contest.web.quoting import within_quotes


@mail.in_vietnamese
def receipt(entry: Entry, revision: EntryRevision, *, now: datetime) -> None:
    """Confirm that a revision has been received, to whoever sent it and to the author who answers for it."""
    subject = (
        _("Work %(code)s has been received", code=entry.shown_code)
        if revision.number == 1
        else _("The change of work %(code)s has been received", code=entry.shown_code)
    )
    text = mail.render("mail/entries_receipt.txt", **_about(entry), revision=revision)
    for to in readers(entry, revision):
        _post(entry, f"receipt:{revision.id}:{to}", to, subject, text, now)


@mail.in_vietnamese
def withdrawal(entry: Entry, revision: EntryRevision, *, now: datetime) -> None:
    """Confirm that a work has been withdrawn."""
    subject = _("Work %(code)s has been withdrawn", code=entry.shown_code)
    text = mail.render("mail/entries_withdrawn.txt", **_about(entry), reason=entry.withdrawal_reason)
    for to in readers(entry, revision):
        _post(entry, f"withdrawn:{entry.id}:{to}", to, subject, text, now)


@mail.in_vietnamese
def infected(attachment: Attachment, *, now: datetime) -> None:
    """Ask whoever sent a file for a clean one."""
    entry = attachment.entry
    subject = _("A virus was found in a file of the work “%(title)s”", title=within_quotes(entry.title))
    text = mail.render("mail/entries_infected.txt", **_about(entry), file=attachment)
    to = readers(entry, entry.revision) if entry.revision is not None else [entry.owner.email]
    for address in to:
        _post(entry, f"infected:{attachment.id}:{address}", address, subject, text, now)


def readers(entry: Entry, revision: EntryRevision) -> list[str]:
    """List the addresses that hear of a work: its sender's, and its leading author's where that is another."""
    leads = [byline.email for byline in revision.bylines if byline.lead]
    return list(dict.fromkeys(address for address in (entry.owner.email, *leads) if address))


def _about(entry: Entry) -> dict[str, Any]:
    link = absolute_url("entries.entry", contest=entry.contest, entry_id=entry.id)
    closes = closing_hour(entry.contest.regulation.calendar.receipt)
    return {"entry": entry, "contest": entry.contest, "closes": closes, "link": link}


def _post(entry: Entry, key: str, to: str, subject: str, text: str, now: datetime) -> None:
    about = f"entry:{entry.code or entry.id}"
    mail.post(key=key, to=to, subject=subject, text=text, contest_id=entry.contest_id, about=about, now=now)
