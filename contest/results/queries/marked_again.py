"""A sealed round in which works are marked again: what it would be concluded from now."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from contest.accounts.models import User
from contest.database import db
from contest.entries.models import Entry
from contest.judging import queries as judging
from contest.judging.models import Round
from contest.results.freezing import thawed
from contest.results.material import REMARK_ORDERED, Act, RoundMaterial
from contest.results.queries.acts import acts_in
from contest.results.queries.sealed import newest_result, out_of, ruling_of
from contest.results.tally import Sheet


def material_again(round_: Round) -> RoundMaterial | None:
    """What the round was sealed with, and besides only the acts since and the sheets of those who mark again.

    Nothing else that became of the works since reaches it, and it is ruled by the regulation of the first sealing: what
    changes then changes by the marks alone. A work that went out of the contest before it was marked again stands as it
    was sealed. None before the sealing.
    """
    sealed = newest_result(round_)
    if sealed is None:
        return None
    kept = thawed(
        sealed.material, code=round_.code, regulation=round_.regulation, ruling=ruling_of(round_, sealed.result)
    )
    found = {entry: list(sheets) for entry, sheets in kept.sheets.items()}
    acts = [act.plain for act in acts_in(round_)]
    void = _void_orders(round_, kept, acts)
    left = {act.choice["entry"] for act in void}
    rows = judging.sheets_in_force(round_, remarking=True)
    entries, jurors = {row.entry_id for row in rows}, {row.juror_id for row in rows}
    codes = dict(db.session.execute(select(Entry.id, Entry.code).where(Entry.id.in_(entries))).all())
    subjects = dict(db.session.execute(select(User.id, User.subject).where(User.id.in_(jurors))).all())
    for row in rows:
        if codes[row.entry_id] in left:
            continue
        found.setdefault(str(codes[row.entry_id]), []).append(
            Sheet(
                juror=subjects[row.juror_id],
                marks=row.marks,
                chair=row.is_chair,
                revision=row.revision,
                sha256=row.sha256,
            )
        )
    return replace(
        kept,
        sheets={entry: tuple(sheets) for entry, sheets in found.items()},
        acts=tuple(act for act in acts if act not in void),
    )


def _void_orders(round_: Round, kept: RoundMaterial, acts: list[Act]) -> list[Act]:
    """The orders since the last sealing to mark works again that were withdrawn or rejected meanwhile."""
    before, gone = {act.number for act in kept.acts}, out_of(round_)
    return [
        act for act in acts if act.kind == REMARK_ORDERED and act.number not in before and act.choice["entry"] in gone
    ]
