"""Remembering who the works are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from contest.database import db
from contest.exemplars.models import Exemplar, ExemplarKind
from contest.web.text import fold


def same_exemplar(row: Mapping[str, Any]) -> str:
    """Say by what two mentions are taken for the same: the folded name and place."""
    return fold(f"{row['name']} {row['locality']}")[:255]


def remember(contest_id: int, rows: Iterable[Mapping[str, Any]]) -> list[Exemplar]:
    """Find the exemplars that a work names, and add those nobody has named before.

    :param rows: name, kind, topic, locality and unit as the author typed them
    :return: one exemplar for each row with a name, in the same order, none twice
    """
    named = {same_exemplar(row): row for row in rows if row["name"]}
    known = {
        found.folded: found
        for found in db.session.scalars(
            select(Exemplar).where(Exemplar.contest_id == contest_id, Exemplar.folded.in_(named))
        )
    }
    for folded, row in named.items():
        if folded not in known:
            known[folded] = Exemplar(
                contest_id=contest_id,
                name=row["name"],
                folded=folded,
                kind=ExemplarKind(row["kind"] or ExemplarKind.PERSON),
                topic=row["topic"],
                locality=row["locality"],
                unit=row["unit"],
            )
            db.session.add(known[folded])
    db.session.flush()
    return [known[folded] for folded in named]
