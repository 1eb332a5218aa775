"""Letters to those who sent the works on the list, and to the newsrooms on it; what they say is as it is frozen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext
from sqlalchemy import select

from contest import mail
from contest.accounts.models import User
from contest.database import db
from contest.entries.models import Entry
from contest.regulations.models import Contest
from contest.results import queries
from contest.results.models import Decision, Posting
from contest.web.addresses import absolute_url

Line = Mapping[str, Any]


def _by_work(lines: Iterable[Line]) -> Iterator[tuple[User, list[Line]]]:
    """Give whoever sent each work, with all of its lines, in the order of the list."""
    by_entry: dict[int, list[Line]] = {}
    for line in lines:
        by_entry.setdefault(line["entry_id"], []).append(line)
    senders = dict(
        db.session.execute(
            select(Entry.id, User).join(User, User.id == Entry.owner_id).where(Entry.id.in_(by_entry))
        ).all()
    )
    for entry_id, own in by_entry.items():
        yield senders[entry_id], own


def _by_newsroom(contest: Contest, lines: Iterable[Line]) -> Iterator[tuple[User, list[Line]]]:
    """Give everybody who represents a newsroom, with all of its lines, in the order of the list."""
    lines, by_outlet = list(lines), dict[str, list[Line]]()
    outlets = queries.outlets_of([line["collective_id"] for line in lines])
    for line in lines:
        by_outlet.setdefault(outlets[line["collective_id"]], []).append(line)
    people = queries.representatives_of(contest, by_outlet)
    for outlet, own in by_outlet.items():
        for person in people[outlet]:
            yield person, own


def _prizes(lines: Iterable[Line]) -> str:
    return ", ".join(line["tier_name"] for line in lines)


@mail.in_vietnamese
def tell_of_posting(contest: Contest, posting: Posting, lines: Iterable[Line], *, now: datetime) -> None:
    """Ask whoever sent a work on the notice to check how names and titles are written there."""
    for sender, (line, *_) in _by_work(lines):
        mail.post(
            key=f"results:posted:{posting.id}:{line['entry_id']}",
            to=sender.email,
            subject=gettext("%(contest)s: please check your line on the notice", contest=contest.short_name),
            text=mail.render(
                "mail/results_posted.txt",
                contest=contest,
                posting=posting,
                line=line,
                link=absolute_url("results.notice", contest=contest),
            ),
            contest_id=contest.id,
            about=f"entry:{line['entry_code']}",
            now=now,
        )


@mail.in_vietnamese
def tell_of_publication(contest: Contest, decision: Decision, lines: Iterable[Line], *, now: datetime) -> None:
    """Tell whoever sent a work that received a prize, and where its page and certificate are."""
    for sender, own in _by_work(lines):
        line = own[0]
        mail.post(
            key=f"results:published:{decision.id}:{line['entry_id']}",
            to=sender.email,
            subject=gettext("%(contest)s: your work has received a prize", contest=contest.short_name),
            text=mail.render(
                "mail/results_published.txt",
                contest=contest,
                decision=decision,
                line=line,
                prizes=_prizes(own),
                link=absolute_url("showcase.winner", contest=contest, code=line["entry_code"]),
            ),
            contest_id=contest.id,
            about=f"entry:{line['entry_code']}",
            now=now,
        )


@mail.in_vietnamese
def tell_newsrooms_of_posting(contest: Contest, posting: Posting, lines: Iterable[Line], *, now: datetime) -> None:
    """Ask the newsrooms on the notice to check how they are named there."""
    for person, own in _by_newsroom(contest, lines):
        mail.post(
            key=f"results:posted:{posting.id}:newsroom:{own[0]['collective_id']}:{person.id}",
            to=person.email,
            subject=gettext("%(contest)s: please check your newsroom on the notice", contest=contest.short_name),
            text=mail.render(
                "mail/results_posted_newsroom.txt",
                contest=contest,
                posting=posting,
                outlet=own[0]["outlet"],
                link=absolute_url("results.notice", contest=contest),
            ),
            contest_id=contest.id,
            about=f"collective_award:{own[0]['collective_id']}",
            now=now,
        )


@mail.in_vietnamese
def tell_newsrooms_of_publication(
    contest: Contest, decision: Decision, lines: Iterable[Line], *, now: datetime
) -> None:
    """Tell the newsrooms that received a prize, and where the list is."""
    for person, own in _by_newsroom(contest, lines):
        mail.post(
            key=f"results:published:{decision.id}:newsroom:{own[0]['collective_id']}:{person.id}",
            to=person.email,
            subject=gettext("%(contest)s: your newsroom has received a prize", contest=contest.short_name),
            text=mail.render(
                "mail/results_published_newsroom.txt",
                contest=contest,
                decision=decision,
                outlet=own[0]["outlet"],
                prizes=_prizes(own),
                link=absolute_url("showcase.show", contest=contest),
            ),
            contest_id=contest.id,
            about=f"collective_award:{own[0]['collective_id']}",
            now=now,
        )


@mail.in_vietnamese
def tell_of_changed_award(contest: Contest, decision: Decision, line: Line, *, now: datetime) -> None:
    """Tell whoever sent a work, or represents a newsroom, that its award is suspended, revoked or restored, and why."""
    of_work = "entry_id" in line
    told = _by_work([line]) if of_work else _by_newsroom(contest, [line])
    for person, _own in told:
        mail.post(
            key=f"results:changed:{decision.id}:{person.id}",
            to=person.email,
            subject=gettext("%(contest)s: a decision on your award", contest=contest.short_name),
            text=mail.render(
                "mail/results_changed.txt",
                contest=contest,
                decision=decision,
                line=line,
                kind=str(decision.amended_as),
                link=absolute_url("home_site.help_page", topic="lien-he"),
            ),
            contest_id=contest.id,
            about=f"entry:{line['entry_code']}" if of_work else f"collective_award:{line['collective_id']}",
            now=now,
        )
