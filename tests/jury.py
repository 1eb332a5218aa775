"""A jury room with many jurors, on the instance of a real server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Flask

from contest import migrations
from contest.accounts.roles import Role
from contest.clock import ZONE
from tests.makers.accounts import make_member, make_user
from tests.makers.entries import make_entry
from tests.makers.judging import make_assignment, make_panel, make_round
from tests.makers.regulations import make_contest
from tests.server import Server

DURING_THE_ROUND = datetime(2025, 8, 28, 9, tzinfo=ZONE)


@dataclass(frozen=True)
class Room:
    """A round that is open, and who judges what in it.

    :ivar maxima: the most that may be given for each criterion, in whole points
    :ivar work: the assignments of each juror, by the address of the juror
    """

    app: Flask
    contest_id: int
    slug: str
    maxima: dict[str, int]
    work: dict[str, tuple[int, ...]]


def open_jury_room(
    server: Server,
    *,
    jurors: int,
    works: int,
    now: datetime = DURING_THE_ROUND,
    replacements: tuple[tuple[str, str], ...] = (),
) -> Room:
    """Make a round in which every juror has every work to judge, in the instance of a server not yet started.

    :param replacements: words of the regulation to replace first, so that the round is open ``now``
    """
    server.set_clock(now)
    app = server.application()
    with app.app_context():
        migrations.upgrade()
        contest = make_contest(replacements=replacements)
        panel = [make_member(contest, Role.JUROR) for _number in range(jurors)]
        entries = [make_entry(contest, make_user(), category="BAO_IN") for _number in range(works)]
        round_ = make_round(contest, entries=entries)
        make_panel(round_, panel)
        work = {juror.email: tuple(make_assignment(round_, entry, juror).id for entry in entries) for juror in panel}
        maxima = {criterion.code: criterion.maximum // 100 for criterion in round_.rubric("BAO_IN")}
        return Room(app, contest.id, contest.slug, maxima, work)
