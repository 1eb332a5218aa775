"""Letters to those whom a certificate concerns: where it is, and how others check it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext, ngettext

from contest import mail
from contest.accounts import links
from contest.accounts.links import Purpose
from contest.certificates.models import Certificate
from contest.delivery import queries
from contest.delivery.queries import Told
from contest.mail import Letter
from contest.regulations.models import Contest
from contest.web.addresses import absolute_url

LINKS_LAST = timedelta(days=90)


@mail.in_vietnamese
def tell(contest: Contest, told: Told, *, now: datetime) -> Letter:
    """Tell somebody of their certificates. Whoever has no account gets links of their own, which end after a while."""
    until = now + LINKS_LAST
    certificates: list[dict[str, Any]] = [
        {
            "printed": each.printed,
            "people": each.people,
            "code": each.award.entry.shown_code if each.award is not None else "",
            "address": absolute_url("certificates.show", code=each.shown_code),
            "link": None if told.account else own_link(contest, each, told.email, until),
        }
        for each in told.certificates
    ]
    before = told.letter.id if told.letter is not None else 0
    marks = ".".join(str(each.id) for each in told.certificates)
    codes = {each.printed["facts"]["entry_code"] for each in told.certificates}
    subject = ngettext("your certificate is here", "your certificates are here", len(certificates))
    return mail.post(
        key=f"certificates:{links.mark_of(contest.id, told.email, marks, before)}",
        to=told.email,
        subject=gettext("%(contest)s: %(what)s", contest=contest.short_name, what=subject),
        text=mail.render(
            "mail/delivery_certificates.txt",
            contest=contest,
            told=told,
            certificates=certificates,
            until=until,
            link=absolute_url("certificates_own.index", contest=contest),
            contact=absolute_url("home_site.help_page", topic="lien-he"),
        ),
        contest_id=contest.id,
        about=f"entry:{codes.pop()}" if len(codes) == 1 and "" not in codes else "",
        now=now,
    )


def own_link(contest: Contest, certificate: Certificate, email: str, until: datetime) -> str:
    """Make the address under which an author without account finds their copy."""
    token = links.sign(
        current_app.config["SECRET_KEY"],
        Purpose.CERTIFICATE,
        f"{contest.id}:{certificate.number}",
        queries.mark_of(email),
        until,
    )
    return absolute_url("delivery.copy", contest=contest, token=token)
