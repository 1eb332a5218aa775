"""An upgrade of a system that has been used, taken back and taken again; and a backup from before it."""

from __future__ import annotations

import pytest

from contest import audit, clock, migrations
from contest.database import db, transaction
from contest.operations import invariants
from contest.upkeep.restoring import is_empty
from tests.upkeep.conftest import instance
from tests.upkeep.test_backup import rows_of

OLDER = "0004"


@pytest.fixture
def used(request, source, tmp_path):
    """An instance that somebody has used; with ``--long`` the whole world."""
    if not request.config.getoption("--long"):
        return source
    world = request.getfixturevalue("world")
    assert world.app.test_cli_runner().invoke(args=["backup", str(tmp_path / "world")]).exit_code == 0
    world.restore()
    copy = instance(tmp_path / "copy")
    copy.run("restore", tmp_path / "world", "--with-faults")
    return copy


def test_rows_survive_a_step_back_and_forward_and_an_older_backup_comes_back_at_the_newest(used, target, tmp_path):
    """What the older tables cannot hold, that lines of the log bind rows, is missed afterwards; no row is. (G4)"""
    with used.app.app_context():
        faults = set(invariants.broken())
        db.session.remove()
        before = rows_of(used.app)
        migrations.downgrade(OLDER)
        older = rows_of(used.app)
    assert used.run("backup", tmp_path / "older").exit_code == 0
    with used.app.app_context():
        migrations.upgrade()
        with transaction():
            audit.bind_older_rows(clock.now())
        assert [fault for fault in invariants.broken() if "nhật ký" not in fault and fault not in faults] == []
        after = rows_of(used.app)
        db.session.remove()
    both = older.keys() & before.keys()
    assert {name: len(after[name]) for name in both} == {name: len(before[name]) for name in both}

    told = target.run("restore", tmp_path / "older", "--with-faults")
    assert told.exit_code == 1
    assert all("nhật ký" in line or line in faults for line in told.stderr.splitlines())

    with target.app.app_context():
        assert migrations.is_current()
        assert not is_empty()
        db.session.remove()
    assert {name: len(rows) for name, rows in rows_of(target.app).items() if name in both} == {
        name: len(after[name]) for name in both
    }
