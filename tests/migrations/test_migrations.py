"""The rows' shape: every step up and down again, and no difference to the models at the end."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, Table, inspect, make_url, text

from contest import create_app, migrations
from contest.database import db
from tests import engines


@pytest.fixture
def empty(tmp_path):
    """An application whose database has no table yet."""
    app = create_app(engines.settings(tmp_path))
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


INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname",
}
"""How an engine tells its indexes."""


def shape() -> tuple[object, ...]:
    """Keys and checks of every table, and every index: comparing with the models leaves them out."""
    rows = inspect(db.engine)
    checks = {
        name: (
            rows.get_pk_constraint(name)["constrained_columns"],
            sorted((check["name"], check["sqltext"]) for check in rows.get_check_constraints(name)),
        )
        for name in rows.get_table_names()
    }
    with db.engine.connect() as connection:
        indexes = connection.execute(text(INDEXES[connection.dialect.name]))
        return checks | {"alembic_version": []}, [
            (name, " ".join(sql.replace('"', "").split())) for name, sql in indexes if sql
        ]


def test_migrating_step_by_step_gives_the_checks_and_indexes_of_the_models(empty):
    migrations.upgrade()
    migrated = shape()
    migrations.downgrade("base")
    db.create_all()

    assert migrated == shape()


MOMENT = datetime(2025, 8, 20, 2, tzinfo=UTC)
FIRST: dict[type[Any], object] = {bool: True, datetime: MOMENT, date: MOMENT.date(), dict: {}, str: "1"}
"""What stands in a column of a first row, by the kind of its values; a number is one, or refers to a first row."""


def put(connection: Connection, name: str, **values: object) -> None:
    """Write the first row of a table."""
    rows = Table(name, MetaData(), autoload_with=connection)
    kinds = {about.name: about.type for about in rows.columns if not about.nullable}
    connection.execute(rows.insert(), {key: FIRST.get(kind.python_type, 1) for key, kind in kinds.items()} | values)


def test_the_jury_room_moves_into_rows_that_are_there(empty):
    migrations.upgrade("0001")
    with db.engine.begin() as connection:
        for name in ("person", "user", "contest", "regulation_version", "entry", "entry_revision", "round"):
            put(connection, name)
        put(connection, "assignment", recused_at=None)
        put(connection, "score_sheet", submitted_at=MOMENT)
        put(connection, "conflict", kind="declared", note="Vợ tôi viết.")

    migrations.upgrade()
    with db.engine.connect() as connection:
        interest = connection.execute(text("SELECT contest_id, user_id, entry_id, kind, state, note FROM interest"))
        assert interest.all() == [(1, 1, 1, "declared", "declared", "Vợ tôi viết.")]
        assert str(connection.scalar(text("SELECT sent_at FROM assignment"))).startswith("2025-08-20 02:00:00")
        assert connection.scalar(text("SELECT count(*) FROM score_sheet")) == 1

    migrations.downgrade("0001")
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT juror_id, entry_id, note FROM conflict")).all() == [
            (1, 1, "Vợ tôi viết.")
        ]


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


@pytest.mark.only_on("postgresql")
def test_a_database_that_sorts_by_a_language_is_refused(tmp_path):
    chosen = engines.settings(tmp_path)
    app = create_app(chosen)
    sorting = make_url(chosen.database_url).set(database="sorts_by_a_language")
    with app.app_context():
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(
                text(
                    "CREATE DATABASE sorts_by_a_language TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'vi'"
                    " LOCALE 'C.UTF-8'"
                )
            )
        db.engine.dispose()

    other = create_app(engines.settings(tmp_path, database_url=sorting.render_as_string(hide_password=False)))
    with other.app_context():
        with pytest.raises(migrations.SortedOtherwise):
            migrations.upgrade()
        db.engine.dispose()
