"""What the page of interests asks of judging: which works lie before somebody, and over which they preside."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contest.database import db
from contest.interests import desk, queries
from contest.interests.desk import Work
from contest.judging.models import Panel, PanelMember, Round, RoundEntry
from contest.judging.queries.own_desk import desk as own_desk
from contest.judging.queries.own_desk import rounds_on_desk


@desk.source
def works_on_desk(contest: Any, user: Any) -> list[Work]:
    """The works on a juror's desk that may still be marked, called as there."""
    return [
        Work(line.entry_id, f"{line.name(round_)}: {line.title}")
        for round_ in rounds_on_desk(user, contest)
        if not round_.rule.is_voted
        for line in own_desk(user, round_)
        if round_.sealed_at is None or line.remarking
    ]


def has_declared(juror_id: int, round_: Round) -> bool:
    """Say whether a juror has thought of their interests before a round."""
    return queries.has_declared(round_.contest_id, juror_id, round_.code)


@desk.chairing
def works_of_panels_chaired(contest: Any, user: Any) -> set[int]:
    """The works of the panels that somebody chairs."""
    return set(
        db.session.scalars(
            select(RoundEntry.entry_id)
            .join(Panel, (Panel.round_id == RoundEntry.round_id) & (Panel.code == RoundEntry.panel))
            .join(PanelMember, PanelMember.panel_id == Panel.id)
            .where(PanelMember.user_id == user.id, PanelMember.chair, RoundEntry.round.has(contest_id=contest.id))
        )
    )
