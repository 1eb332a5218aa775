"""What is kept of who asked for an act and who answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import or_, select

from contest.database import db
from contest.errors import N_
from contest.regulations.safeguards import SECOND_PERSON_ACTS
from contest.seconding.models import SecondedAct
from contest.subjects import Section, Subject, section


def export(subject: Subject) -> list[Section]:
    """The acts that the person asked for or answered."""
    purpose = N_("To show that no such act was one person's alone")
    return [*section("seconded_acts", N_("Acts that need a second person"), purpose, _acts(subject))]


def _acts(subject: Subject) -> Iterator[dict[str, object]]:
    mine = or_(SecondedAct.asked_by_id.in_(subject.user_ids), SecondedAct.answered_by_id.in_(subject.user_ids))
    for act in db.session.scalars(select(SecondedAct).where(mine).order_by(SecondedAct.id)):
        yield {
            N_("Act asked for"): SECOND_PERSON_ACTS[act.act],
            N_("Asked at"): act.asked_at,
            N_("Answered at"): act.answered_at,
        }


def erase(subject: Subject, now: datetime) -> None:
    """Nothing: the rows hold ids alone; a name that was typed is rewritten with all other texts."""
