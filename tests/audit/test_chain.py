"""The audit log finds whatever does not fit."""

from __future__ import annotations

import pytest
from sqlalchemy import select

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
