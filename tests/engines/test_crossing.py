"""A backup of one engine is restored on the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from contest import create_app
from contest.audit.models import AuditHead, AuditLine
from contest.database import db
from contest.storage import Blob
from contest.upkeep.tables import Fingerprint, fingerprint, lines, tables_of
from tests import engines
from tests.upkeep.conftest import Instance, instance
from tests.upkeep.test_backup import files_of

LOGGED = {AuditLine.__tablename__, AuditHead.__tablename__}
"""Tables in which the backup and the way back leave a line."""


def written(app: Flask) -> dict[str, Fingerprint]:
    """Give the hash of every table as a backup writes it."""
    with app.app_context(), db.engine.connect() as connection:
        found = {name: fingerprint(lines(connection, table)) for name, table in tables_of(connection).items()}
    return {name: each for name, each in found.items() if name not in LOGGED}


def on_sqlite(folder: Path) -> Instance:
    """Make an instance with its rows in a file of its own, whatever the engine of the run is."""
    folder.mkdir()
    app = create_app(engines.settings(folder, database_url=""), TESTING=True)
    engines.Sqlite().spare(app)
    return Instance(app)


@pytest.mark.only_on("postgresql")
def test_a_backup_goes_from_one_engine_to_the_other_and_back(engine, world, tmp_path):
    """Contests at every stage: every table, every file and the log, which verifies on both. (G2)"""
    first, second = tmp_path / "first", tmp_path / "second"
    rows, files = written(world.app), files_of(world.app)
    assert world.app.test_cli_runner().invoke(args=["backup", str(first)]).exit_code == 0
    world.restore()

    there, back = on_sqlite(tmp_path / "there"), instance(tmp_path / "back")
    faults = there.run("restore", first, "--with-faults").stderr
    assert there.run("backup", second).exit_code == 0
    assert sorted(back.run("restore", second, "--with-faults").stderr.splitlines()) == sorted(faults.splitlines())

    for one in (there, back):
        assert written(one.app) == rows
        assert one.run("audit", "verify").exit_code == 0
        with one.app.app_context():
            known = set(db.session.scalars(select(Blob.sha256)))
            db.session.remove()
        assert files_of(one.app) == {name: content for name, content in files.items() if name in known}
        with one.app.app_context():
            db.engine.dispose()
