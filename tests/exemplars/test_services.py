from __future__ import annotations

from flask import Flask

from contest.database import db, transaction
from contest.exemplars import queries
from contest.exemplars.services import remember
from tests.makers.regulations import make_contest


def row(name: str, locality: str = "Ba Tơ", kind: str = "person") -> dict[str, str]:
    return {"name": name, "kind": kind, "topic": "kinh_te", "locality": locality, "unit": ""}


def test_the_same_name_at_the_same_place_is_remembered_once(app: Flask) -> None:
    contest = make_contest()

    with transaction():
        first = remember(contest.id, [row("Đinh Thị Rế"), row("Tổ dân vận thôn 3", kind="collective")])
        second = remember(contest.id, [row("đinh thị  rế"), row("Đinh Thị Rế", "Sơn Hà"), row("")])

    assert second[0] is first[0]
    assert len({one.id for one in (*first, *second)}) == 3


def test_exemplars_are_found_without_marks(app: Flask) -> None:
    contest = make_contest()
    with transaction():
        remember(contest.id, [row("Đinh Thị Rế"), row("Phạm Văn Lý", "Lý Sơn")])

    assert [one.name for one in db.session.scalars(queries.alive(contest.id, "dinh ba to"))] == ["Đinh Thị Rế"]
    assert db.session.scalars(queries.alive(contest.id, "%")).all() == []
