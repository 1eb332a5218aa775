"""A small world: contests at every stage, people of every role, and something behind every door.

It is built once through the makers, and its rows are kept aside: whoever changes them puts them back. Every contest
has its calendar moved so that all of them are at their stage on one and the same morning.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from contest import clock, create_app, migrations
from contest.accounts.models import User
from contest.clock import ZONE
from contest.database import db
from tests import engines
from tests.world.contests import ROLES
from tests.world.councils import BALLOT_KINDS
from tests.world.instance import World
from tests.world.judging import Judging
from tests.world.letters import Letters
from tests.world.receiving import Receiving
from tests.world.results import Results

__all__ = ["BALLOT_KINDS", "ROLES", "Builder", "World", "build"]

MORNING = datetime(2025, 9, 12, 9, 30, tzinfo=ZONE)


class Builder(Receiving, Judging, Results, Letters):
    """Makes the contests, one stage after the other."""

    def build(self) -> None:
        """Make everything, the contest that bare addresses lead to last."""
        self.cast()
        self.elsewhere()
        self.beginning()
        for build in (
            self.receiving,
            self.gathering,
            self.advancing,
            self.sealing,
            self.deciding,
            self.on_the_way,
            self.complaining,
            self.confirming,
            self.published,
            self.voting,
            self.hiding,
            self.starting,
            self.judging,
            self.doors,
        ):
            build()


def build(folder: Path, builder: type[Builder] | None = None) -> World:
    """Make the world in an instance folder of its own.

    :param builder: what makes its works
    """
    settings = engines.settings(
        folder,
        session_hours=24 * 365,
        session_idle_minutes=60 * 24 * 365,
        second_factor="off",
        proof_minutes=60 * 24 * 365,
    )
    app = create_app(settings, TESTING=True, PROPAGATE_EXCEPTIONS=False)
    engines.chosen().spare(app)
    world = World(app)
    with app.app_context():
        migrations.upgrade()
        clock.set_to(MORNING)
        (builder or Builder)(world).build()
        for person, number in world.people.items():
            world.let_in(person, db.session.get(User, number) if number is not None else None)
    world.keep()
    return world
