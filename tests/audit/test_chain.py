"""The audit log finds whatever does not fit."""

from __future__ import annotations

import pytest
from sqlalchemy import literal_column, select, update

from contest import audit, clock
from contest.audit.chain import canonical
from contest.audit.models import AuditLine
from contest.database import db, transaction
from tests.tampering import tampering


@pytest.fixture
def lines(app):
    with transaction():
        for number in range(5):
            audit.record("thing.done", contest_id=3, about=f"thing:{number}", now=clock.now(), details={"n": number})
    return db.session.scalars(select(AuditLine).order_by(AuditLine.number)).all()


def test_an_untouched_chain_verifies(lines):
    assert audit.verify(3) is None


def test_chains_of_different_contests_do_not_mix(lines):
    with transaction():
        line = audit.record("thing.done", contest_id=4, now=clock.now())

    assert line.number == 1
    assert audit.verify(3) is None
    assert audit.verify(4) is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("about", "thing:9"),
        ("action", "thing.undone"),
        ("details", {"n": 8}),
        ("actor", "somebody"),
        ("hash", "0" * 64),
        ("origin", {}),
        ("bound", {}),
    ],
)
def test_an_altered_line_is_named(lines, column, value):
    with tampering():
        setattr(db.session.scalar(select(AuditLine).filter_by(number=3)), column, value)

    assert audit.verify(3).number == 3


@pytest.mark.parametrize(
    ("column", "spelling"),
    [
        ("bound", "'null'"),
        ("origin", "' null '"),
        ("details", "'null'"),
        ("details", "'[1]'"),
        pytest.param(
            "details",
            "'" + "[" * 50_000 + "]" * 50_000 + "'",
            id="deeper than anybody reads",
            marks=pytest.mark.only_on("sqlite"),  # the other one refuses to keep it
        ),
    ],
)
def test_a_line_that_says_nothing_in_another_way_or_nothing_at_all_is_named(lines, column, spelling):
    """The null of JSON is no empty column: whoever reads what lines bind would stop at it. (F5)"""
    with tampering():
        altered = update(AuditLine).where(AuditLine.number == 3)
        db.session.execute(altered.values({column: literal_column(spelling)}))

    assert audit.verify(3).number == 3
    list(audit.flaws())
    list(audit.flaws(3))


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    "spelling",
    [
        "substr(at, 1, 19)",
        "replace(at, ' ', 'T')",
        "at || '+00:00'",
        "CAST(X'80' AS TEXT)",
        "'0001-01-01 00:00:00+07:00'",
    ],
)
def test_a_moment_that_is_kept_in_another_way_is_named(lines, spelling):
    """The database sorts moments as words: the same moment under another zone would stand elsewhere. (F5)"""
    with tampering():
        altered = update(AuditLine).where(AuditLine.number == 3)
        db.session.execute(altered.values(at=literal_column(spelling)))

    assert audit.verify(3).number == 3


def test_a_missing_line_is_noticed_at_the_next_one(lines):
    with tampering():
        db.session.delete(db.session.scalar(select(AuditLine).filter_by(number=2)))

    assert audit.verify(3).number == 3


def test_two_lines_that_changed_places_are_noticed(lines):
    with tampering():
        second, third = lines[1], lines[2]
        second.about, third.about = third.about, second.about

    assert audit.verify(3).number == 2


def test_canonical_json_is_one_text_for_one_value():
    composed, decomposed = "Qu\u1ea3ng", "Qua\u0309ng"

    assert canonical({"b": 1, "a": composed}) == canonical({"a": decomposed, "b": 1})
    assert canonical({"a": composed}) == '{"a":"Quảng"}'.encode()
