"""The rows' shape: every step up and down again, and no difference to the models at the end."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from contest import create_app, migrations
from contest.config import Settings
from contest.database import db


@pytest.fixture
def empty(tmp_path):
    """An application whose database has no table yet."""
    app = create_app(Settings(instance=tmp_path, base_url="http://localhost", secret_key="k" * 64))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, db.metadata)


def test_migrating_an_empty_database_gives_the_models(empty):
    migrations.upgrade()

    assert migrations.is_current()
    assert differences() == []


def test_migrating_twice_changes_nothing(empty):
    migrations.upgrade()
    migrations.upgrade()

    assert differences() == []


def test_every_step_can_be_taken_back(empty):
    migrations.upgrade()
    migrations.downgrade("base")

    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    migrations.upgrade()
    assert differences() == []


def test_rows_of_another_version_are_refused_and_left_alone(empty):
    migrations.upgrade()
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(migrations.UnknownShape) as refusal:
        migrations.upgrade()

    assert refusal.value.parameters == {"step": "9999"}
    assert differences() == []
