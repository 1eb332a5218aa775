"""Letters about what the secretariat decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from contest import mail
from contest.entries.emails import readers
from contest.entries.models import Entry
from contest.screening.acts import items_of
from contest.screening.models import ScreeningAct
from contest.web.addresses import absolute_url


@mail.in_vietnamese
def accepted(entry: Entry, act: ScreeningAct, *, now: datetime) -> None:
    """Tell the author that the work goes to the jury."""
    _post(entry, act, _("Work %(code)s is valid", code=entry.shown_code), "screening_accepted", now)


@mail.in_vietnamese
def returned(entry: Entry, act: ScreeningAct, *, now: datetime) -> None:
    """Tell the author what to complete, why, and until when."""
    named = [
        item.label if item.is_slot else _(item.label)
        for item in items_of(entry.contest.regulation.category(entry.category))
        if item.code in act.items
    ]
    _post(entry, act, _("Work %(code)s is to be completed", code=entry.shown_code), "screening_returned", now, named)


@mail.in_vietnamese
def rejected(entry: Entry, act: ScreeningAct, *, now: datetime) -> None:
    """Tell the author on which article and why the work was rejected."""
    _post(entry, act, _("Work %(code)s was not accepted", code=entry.shown_code), "screening_rejected", now)


def _post(
    entry: Entry, act: ScreeningAct, subject: str, template: str, now: datetime, named: list[str] | None = None
) -> None:
    contest = entry.contest
    words: dict[str, Any] = {
        "entry": entry,
        "act": act,
        "contest": contest,
        "named": named or [],
        "office": contest.regulation.standing_office,
        "link": absolute_url("entries.entry", contest=contest, entry_id=entry.id),
    }
    text = mail.render(f"mail/{template}.txt", **words)
    for to in readers(entry, act.revision):
        mail.post(
            key=f"screening:{act.id}:{to}",
            to=to,
            subject=subject,
            text=text,
            contest_id=entry.contest_id,
            about=f"entry:{entry.code}",
            now=now,
        )
