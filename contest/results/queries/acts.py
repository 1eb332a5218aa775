"""What people decided and recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from contest.accounts.models import User
from contest.database import db
from contest.judging import queries as judging
from contest.judging.models import Round
from contest.regulations.models import Contest
from contest.results.material import SITTING, Act
from contest.results.models import BEFORE_SEALING, ActKind, RecordedAct


def acts_of(contest: Contest, *kinds: ActKind, round_: Round | None = None) -> list[RecordedAct]:
    """Recorded acts in the order in which they were done."""
    asked = (
        select(RecordedAct)
        .where(RecordedAct.contest_id == contest.id)
        .options(joinedload(RecordedAct.by))
        .order_by(RecordedAct.id)
    )
    if kinds:
        asked = asked.where(RecordedAct.kind.in_(kinds))
    if round_ is not None:
        asked = asked.where(RecordedAct.round_id == round_.id)
    return list(db.session.scalars(asked))


@dataclass(frozen=True, slots=True)
class RoundAct:
    """One act that the result of a round rests on: what somebody decided, or who was there when the council voted.

    :ivar number: counted from 1 in the round, as pages and bundles name it; later acts never change it
    :ivar by: who recorded it, None where nobody is known any more
    """

    number: int
    kind: str
    subject: str
    choice: Mapping[str, Any]
    reason: str
    by: User | None
    at: datetime

    @property
    def names(self) -> set[str]:
        """Everything that the act is about by name, codes of works among it."""
        return {part for part in re.split(r"[:,]", self.subject) if part} | set(_listed(list(self.choice.values())))

    @property
    def plain(self) -> Act:
        """The act as the rules look at it."""
        return Act(self.number, self.kind, self.subject, self.choice)


def _listed(values: list[Any]) -> Iterator[str]:
    """Every word in lists and in lists of lists: works that were ordered, sheets that were accepted."""
    for value in values:
        if isinstance(value, list):
            yield from (word for word in value if isinstance(word, str))
            yield from _listed(value)


def acts_in(round_: Round) -> list[RoundAct]:
    """The acts that the result of a round rests on, by number: in the order of their moments."""
    found: list[tuple[datetime, int, int, str, str, dict[str, Any], str, User | None]] = [
        (act.at, 1, act.id, str(act.kind), act.subject, act.choice, act.reason, act.by)
        for act in acts_of(round_.contest, *BEFORE_SEALING, round_=round_)
    ]
    sittings = [sitting for sitting in judging.sittings_of(round_) if sitting.closed_at is not None]
    asked = select(User).where(User.id.in_({sitting.opened_by_id for sitting in sittings}))
    callers = {user.id: user for user in db.session.scalars(asked)} if sittings else {}
    for sitting in sittings:
        for position, topic in enumerate(judging.topics_of(sitting)):
            choice = {"ballot": topic.ballot, "question": topic.question, "present": sorted(sitting.present)}
            by, at = callers.get(sitting.opened_by_id), sitting.closed_at or sitting.opened_at
            place = (0, sitting.number * 1000 + position)
            found.append((at, *place, SITTING, f"question:{topic.question}", choice, "", by))
    found.sort(key=lambda row: row[:3])
    return [
        RoundAct(number, kind, subject, choice, reason, by, at)
        for number, (at, _source, _id, kind, subject, choice, reason, by) in enumerate(found, 1)
    ]
