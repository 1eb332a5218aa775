"""Which documents somebody is offered, and what those wait for that cannot be drawn yet."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from contest.accounts.models import User
from contest.council import queries as council
from contest.council.stages import Stage as MeetingStage
from contest.database import db
from contest.errors import N_
from contest.judging import queries as judging
from contest.judging.models import Round
from contest.official.kinds import ABOUT, About, Kind
from contest.regulations.models import Contest
from contest.results import queries as results
from contest.results.models import Decision
from contest.results.visibility import VISIBLE, Fact, Moment, Viewer, may_see

WAITS_FOR: dict[Fact, str] = {
    Fact.STANDINGS: N_("It can be drawn once every round is sealed."),
    Fact.PROPOSAL: N_("It can be drawn once the prizes are proposed."),
    Fact.MONEY: N_("It can be drawn once the prizes are proposed."),
    Fact.DECISION: N_("It can be drawn once the decision is recorded."),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A document that somebody may draw, or may once it is time.

    :ivar subject: what it is about where there are several of a kind
    :ivar of: what that is called
    :ivar waits: message id of what it waits for; empty where it can be drawn now
    """

    kind: Kind
    subject: str = ""
    of: str = ""
    waits: str = ""

    @property
    def about(self) -> About:
        """What the kind of document is."""
        return ABOUT[self.kind]


def offers(contest: Contest, viewers: Collection[Viewer]) -> list[Offer]:
    """The documents that somebody is offered, in the order in which a contest needs them."""
    moment = results.moment_of(contest)
    found: list[Offer] = []
    for kind, about in ABOUT.items():
        if not all(_ever(fact, viewers) for fact in about.facts):
            continue
        missing = next((fact for fact in about.facts if not may_see(fact, viewers, moment)), None)
        if missing is not None:
            found.append(Offer(kind, waits=WAITS_FOR[missing]))
        else:
            found += _there(contest, kind, moment)
    return found


def offer(contest: Contest, viewers: Collection[Viewer], kind: Kind, subject: str) -> Offer | None:
    """One document, if it can be drawn now."""
    return next(
        (each for each in offers(contest, viewers) if each.kind is kind and each.subject == subject and not each.waits),
        None,
    )


def _ever(fact: Fact, viewers: Collection[Viewer]) -> bool:
    return any((fact, viewer) in VISIBLE for viewer in viewers)


def _there(contest: Contest, kind: Kind, moment: Moment) -> Iterator[Offer]:
    """The documents of a kind for which there is something to draw."""
    if kind is Kind.NOTICE and results.newest_posting(contest) is None:
        yield Offer(kind, waits=N_("It can be drawn once the list is posted."))
    elif kind is Kind.MINUTES:
        yield from _minutes(contest)
    elif kind is Kind.AMENDMENT:
        yield from _amendments(contest)
    elif kind in (Kind.SCORES, Kind.SCORE_SHEETS):
        for round_ in judging.rounds_of(contest):
            if round_.sealed_at is not None:
                yield from _of_round(kind, round_)
    else:
        yield Offer(kind)


def _minutes(contest: Contest) -> Iterator[Offer]:
    held = [meeting for meeting in council.meetings_of(contest) if meeting.stage is not MeetingStage.CALLED]
    for meeting in reversed(held):
        yield Offer(Kind.MINUTES, str(meeting.id), f"{meeting.round.name}, {meeting.title}")
    if not held:
        yield Offer(Kind.MINUTES, waits=N_("It can be drawn once a council has met."))


def _amendments(contest: Contest) -> Iterator[Offer]:
    rows = db.session.execute(
        select(Decision.version, Decision.amended_by)
        .where(Decision.contest_id == contest.id, Decision.amended_as.is_not(None))
        .order_by(Decision.version)
    ).all()
    for version, number in rows:
        yield Offer(Kind.AMENDMENT, str(version), number)
    if not rows:
        yield Offer(Kind.AMENDMENT, waits=N_("Nothing of the decision has been changed."))


def _of_round(kind: Kind, round_: Round) -> Iterator[Offer]:
    if kind is Kind.SCORES:
        yield Offer(kind, round_.code, round_.name)
        return
    marked = {sheet.juror_id for sheet in judging.sheets_in_force(round_)}
    people: list[User] = sorted(judging.people(marked).values(), key=lambda user: user.name)
    for juror in people:
        yield Offer(kind, f"{round_.code}.{juror.id}", f"{round_.name}, {juror.name}")
