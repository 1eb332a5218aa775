"""Letters to the authors of works on the list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext

from contest import mail
from contest.regulations.models import Contest
from contest.results import queries
from contest.results.models import Award, Decision, Posting
from contest.web.addresses import absolute_url


@mail.in_vietnamese
def tell_of_posting(contest: Contest, posting: Posting, awards: Iterable[Award], *, now: datetime) -> None:
    """Ask whoever sent a work on the notice to check how names and titles are written there."""
    for award in awards:
        mail.post(
            key=f"results:posted:{posting.id}:{award.id}",
            to=award.entry.owner.email,
            subject=gettext("%(contest)s: please check your line on the notice", contest=contest.short_name),
            text=mail.render(
                "mail/results_posted.txt",
                contest=contest,
                posting=posting,
                award=award,
                link=absolute_url("results.notice", contest=contest),
            ),
            contest_id=contest.id,
            about=f"entry:{award.entry.code}",
            now=now,
        )


@mail.in_vietnamese
def tell_of_publication(contest: Contest, decision: Decision, awards: Iterable[Award], *, now: datetime) -> None:
    """Tell whoever sent a work that received a prize, and where its page and certificate are."""
    for award in awards:
        mail.post(
            key=f"results:published:{decision.id}:{award.id}",
            to=award.entry.owner.email,
            subject=gettext("%(contest)s: your work has received a prize", contest=contest.short_name),
            text=mail.render(
                "mail/results_published.txt",
                contest=contest,
                decision=decision,
                award=award,
                tier=queries.ruling(contest).tier(award.tier),
                link=absolute_url("results.winner", contest=contest, code=award.entry.code),
            ),
            contest_id=contest.id,
            about=f"entry:{award.entry.code}",
            now=now,
        )
