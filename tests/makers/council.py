"""Meetings of a council for tests. Everything made is committed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from contest.accounts.models import User
from contest.council import queries, services
from contest.council.models import Meeting
from contest.council.services import Answer
from contest.council.stages import How
from contest.database import transaction
from contest.judging.models import Round


def make_meeting(
    round_: Round,
    chair: User,
    secretary: User,
    *,
    now: datetime,
    title: str = "Xét chọn tác phẩm",
    absent: Iterable[User] | None = None,
) -> Meeting:
    """Call a meeting; with a list of who is absent, open it and call its roll too."""
    with transaction():
        meeting = services.call_meeting(
            round_,
            title=title,
            place="Phòng họp số 2",
            convenes_at=now,
            chair=chair,
            secretary=secretary,
            by=secretary,
            now=now,
        )
    if absent is not None:
        with transaction():
            services.open_meeting(meeting, by=secretary, now=now)
        call_roll(meeting, secretary, now=now, absent=absent)
    return meeting


def call_roll(
    meeting: Meeting, by: User, *, now: datetime, absent: Iterable[User] = (), at: Any = None, online: Any = ()
) -> None:
    """Write down that everybody is there but for these."""
    away, far = {user.id for user in absent}, {user.id for user in online}
    roll = {}
    for seat in queries.seats_of(meeting):
        number = seat.user.id
        roll[number] = Answer(How.ABSENT, "ốm") if number in away else Answer(How.ONLINE if number in far else How.ROOM)
    with transaction():
        services.call_the_roll(meeting, roll, at=at, by=by, now=now)
