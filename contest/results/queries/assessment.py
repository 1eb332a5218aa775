"""A round as it stands before sealing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import defer, joinedload

from contest.accounts.models import User
from contest.database import db
from contest.entries.models import Entry
from contest.judging import queries as judging
from contest.judging.models import Assignment, Panel, PanelMember, Reopening, Round, RoundEntry, ScoreSheet
from contest.regulations.models import Contest
from contest.results.blockers import Blocker, Reopened, blockers
from contest.results.material import RoundMaterial
from contest.results.outcome import RoundOutcome, conclude
from contest.results.queries.marked_again import material_again
from contest.results.queries.material import material_of
from contest.results.queries.sealed import unsealed_before
from contest.results.tally import Standing


@dataclass(frozen=True)
class Assessment:
    """A round as it stands before sealing.

    :ivar ids: of its works, by code
    :ivar titles: of its works, by code
    :ivar panels: that judge its works, by code
    :ivar jurors: names of the extra jurors who have sent no sheet, by subject
    """

    outcome: RoundOutcome
    blockers: tuple[Blocker, ...]
    ids: Mapping[str, int]
    titles: Mapping[str, str]
    panels: Mapping[str, str]
    jurors: Mapping[str, str]

    def without(self, hidden: Collection[int]) -> Assessment:
        """The same for somebody who may not hear of some works: what blocks because of them is left out, and they.

        :param hidden: ids of works
        """
        codes = {code for code, number in self.ids.items() if number in hidden}
        if not codes:
            return self
        return replace(
            self,
            blockers=tuple(each for each in self.blockers if codes.isdisjoint(each.entries)),
            ids={code: number for code, number in self.ids.items() if code not in codes},
            titles={code: title for code, title in self.titles.items() if code not in codes},
            panels={code: panel for code, panel in self.panels.items() if code not in codes},
        )

    @property
    def material(self) -> RoundMaterial:
        """What the round is concluded from."""
        return self.outcome.material

    @property
    def works(self) -> int:
        """Number of works in the round."""
        return len(self.ids)

    @property
    def complete(self) -> int:
        """Number of works that have their minimum of sheets, or that were voted on."""
        return sum(
            not standing.missing if isinstance(standing, Standing) else standing.is_ranked
            for standing in self.outcome.standings
            if standing.entry in self.ids
        )


def assess(round_: Round, contest: Contest, now: datetime) -> Assessment:
    """Compute a round from its sheets, votes and recorded acts, with everything that blocks sealing.

    Of a sealed round: with the works that are marked again, and what blocks concluding it with them.
    """
    material = material_again(round_) if round_.sealed_at is not None else None
    outcome = conclude(material or material_of(round_, ruling=contest.regulation))
    closes = contest.regulation.round(round_.code).closes
    thirds = judging.awaited_thirds(round_)
    found = blockers(
        outcome,
        closes=closes,
        now=now,
        reopened=_with_thirds(awaited(round_, now), thirds, closes),
        unsealed=unsealed_before(contest, round_.code),
        voting=judging.open_sitting(round_) is not None,
    )
    works = works_in(round_)
    return Assessment(
        outcome,
        tuple(found),
        ids={work.code: work.id for work in works},
        titles={work.code: work.title for work in works},
        panels={work.code: work.panel for work in works},
        jurors={third.assignment.juror.subject: third.assignment.juror.name for third in thirds},
    )


def _with_thirds(
    awaited: Iterable[Reopened], thirds: Iterable[judging.AwaitedThird], closes: datetime
) -> list[Reopened]:
    """Put extra jurors, whose time for a first sheet is extra time as well, in their own place."""
    asked = {
        (str(third.assignment.entry.code), third.assignment.juror.subject): third.until or closes for third in thirds
    }
    return [
        *(each for each in awaited if (each.entry, each.juror) not in asked),
        *(Reopened(entry, juror, until, third=True) for (entry, juror), until in asked.items()),
    ]


class WorkIn(NamedTuple):
    """A work in a round."""

    code: str
    id: int
    title: str
    category: str
    panel: str


def works_in(round_: Round) -> list[WorkIn]:
    """The works in a round that are still in the contest, by code."""
    rows = db.session.execute(
        select(Entry.code, Entry.id, Entry.title, RoundEntry.category, RoundEntry.panel)
        .join(RoundEntry, RoundEntry.entry_id == Entry.id)
        .where(RoundEntry.round_id == round_.id, judging.IN_CONTEST)
        .order_by(Entry.code)
    )
    return [WorkIn(str(code), entry, title, category, panel) for code, entry, title, category, panel in rows]


def panels_chaired(round_: Round, user: User) -> frozenset[str]:
    """The panels of a round that somebody chairs."""
    return frozenset(
        db.session.scalars(
            select(Panel.code)
            .join(Panel.members)
            .where(Panel.round_id == round_.id, PanelMember.user_id == user.id, PanelMember.chair)
        )
    )


def awaited(round_: Round, now: datetime) -> list[Reopened]:
    """Reopened sheets that have not come back: no new revision since, and time left; advisory ones may stay out."""
    rows = db.session.execute(
        select(Entry.code, User.subject, func.max(Reopening.until))
        .join(Reopening.assignment)
        .join(Assignment.entry)
        .join(Assignment.juror)
        .where(
            Reopening.round_id == round_.id,
            Reopening.until > now,
            Assignment.recused_at.is_(None),
            ~Assignment.advisory,
            judging.IN_CONTEST,
            ~select(ScoreSheet.id)
            .where(ScoreSheet.assignment_id == Reopening.assignment_id, ScoreSheet.submitted_at >= Reopening.at)
            .exists(),
        )
        .group_by(Entry.code, User.subject)
        .order_by(Entry.code, User.subject)
    )
    return [Reopened(str(code), subject, until) for code, subject, until in rows]


def assignments_on(round_: Round, code: str) -> list[Assignment]:
    """Who may be asked to mark a work again: its jurors who have sent a sheet and did not step back."""
    return list(
        db.session.scalars(
            select(Assignment)
            .join(Assignment.entry)
            .where(
                Assignment.round_id == round_.id,
                Entry.code == code,
                Assignment.recused_at.is_(None),
                ~Assignment.advisory,
                select(ScoreSheet.id).where(ScoreSheet.assignment_id == Assignment.id).exists(),
            )
            .options(joinedload(Assignment.juror), joinedload(Assignment.entry).options(defer(Entry.draft)))
            .order_by(Assignment.id)
        )
    )
