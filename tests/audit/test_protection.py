"""The database itself refuses to change what is written once, and rows past the log are found."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, insert, literal_column, select, update
from sqlalchemy.exc import DBAPIError

from contest import audit, clock
from contest.audit import protection
from contest.audit.models import AuditHead, AuditLine
from contest.audit.protection import PROTECTED
from contest.database import db, transaction
from contest.regulations.models import RegulationVersion
from tests.makers.regulations import make_contest
from tests.tampering import tampering


@pytest.mark.parametrize(
    "change",
    [
        update(RegulationVersion).values(text="Khác"),
        delete(RegulationVersion),
        update(AuditLine).values(action="khac"),
        delete(AuditLine),
        update(AuditHead).values(number=1),
        delete(AuditHead),
    ],
)
def test_what_is_written_once_is_neither_changed_nor_removed(app, change):
    """No screen and no statement of the application does it. (A7)"""
    make_contest()

    with pytest.raises(DBAPIError, match="written once"), transaction():
        db.session.execute(change)


def test_every_protected_table_has_its_triggers(app):
    assert protection.unprotected(db.session.connection()) == []


def test_a_table_robbed_of_a_trigger_is_named(app):
    with transaction():
        protection.lift(db.session.connection())

    assert protection.unprotected(db.session.connection()) == list(PROTECTED)


def test_a_row_put_in_past_the_log_is_named_and_so_is_one_that_was_altered(app):
    """(F5)"""
    contest = make_contest()
    found = db.session.scalars(select(RegulationVersion)).one()
    with tampering():
        row = {column.name: getattr(found, column.name) for column in RegulationVersion.__table__.columns}
        db.session.execute(insert(RegulationVersion).values(row | {"id": 99, "number": 9}))
        found.text += "#"

    flaws = {(flaw.wrong, flaw.key) for flaw in audit.flaws() if flaw.table == "regulation_version"}
    assert flaws == {("invented", "99"), ("altered", str(found.id))}
    assert audit.verify(contest.id) is None


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    ("column", "spelling"),
    [
        ("adopted_at", "substr(adopted_at, 1, 19)"),
        ("adopted_at", "replace(adopted_at, ' ', 'T')"),
        ("adopted_at", "'0001-01-01 00:00:00+07:00'"),
        ("text", "CAST(X'80' AS TEXT)"),
        ("number", "1.5"),
    ],
)
def test_a_row_that_is_kept_in_another_way_or_cannot_be_read_is_named(app, column, spelling):
    """What the program reads as the same, the database may not find or sort as the same. (F5)"""
    contest = make_contest()
    key = str(db.session.scalar(select(RegulationVersion.id)))
    with tampering():
        db.session.execute(update(RegulationVersion).values({column: literal_column(spelling)}))

    for flaws in (audit.flaws(), audit.flaws(contest.id)):
        assert [(flaw.wrong, flaw.table, flaw.key) for flaw in flaws] == [("altered", "regulation_version", key)]


@pytest.mark.only_on("postgresql")
def test_a_moment_beyond_all_time_is_named(app):
    """(F5)"""
    make_contest()
    with tampering():
        db.session.execute(update(RegulationVersion).values(adopted_at=literal_column("'infinity'")))

    assert [(flaw.wrong, flaw.table) for flaw in audit.flaws()] == [("altered", "regulation_version")]


def test_rows_from_before_are_bound_once(app):
    make_contest()
    with tampering():
        db.session.execute(update(AuditLine).values(bound=None))
    before = len(list(audit.flaws()))
    with transaction():
        bound = audit.bind_older_rows(clock.now())

    assert before == bound == 1
    assert list(audit.flaws()) == []
    with transaction():
        assert audit.bind_older_rows(clock.now()) == 0
