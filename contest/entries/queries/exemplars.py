"""Which works are about whom, also under names that were found to be the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import defer

from contest.database import db
from contest.entries.models import SENT, Entry, EntryState, RevisionExemplar
from contest.exemplars.models import Exemplar
from contest.exemplars.queries import STANDS_FOR, told_together

ACCEPTED = (EntryState.ACCEPTED,)


def works_about(exemplar_id: int, states: Collection[EntryState] = ACCEPTED) -> Select[Entry]:
    """Select the works that are about an exemplar or one merged into it, by code; each once.

    :param exemplar_id: of one that is not merged itself
    :param states: of works that are meant; the public may hear of accepted ones at most
    """
    named = (
        select(RevisionExemplar.revision_id)
        .where(RevisionExemplar.exemplar_id.in_(told_together(exemplar_id)))
        .where(RevisionExemplar.revision_id == Entry.revision_id)
    )
    return select(Entry).where(named.exists(), Entry.state.in_(states)).order_by(Entry.code, Entry.id)


def names_exemplar(contest_id: int, states: Collection[EntryState] = ACCEPTED) -> ColumnElement[bool]:
    """Whether a work is about an exemplar or one merged into it: a condition on `Exemplar`.

    :param states: of works that are meant
    """
    named = (
        select(STANDS_FOR)
        .join(RevisionExemplar, RevisionExemplar.exemplar_id == Exemplar.id)
        .join(Entry, Entry.revision_id == RevisionExemplar.revision_id)
        .where(Entry.contest_id == contest_id, Entry.state.in_(states))
        .correlate(None)
    )
    return Exemplar.id.in_(named)


def works_by_exemplar(exemplar_ids: Collection[int]) -> dict[int, list[Entry]]:
    """List the works that stand in the contest and are about some exemplars, by exemplar, for those who merge them.

    :param exemplar_ids: of exemplars that are not merged; works about those merged into them count as theirs
    """
    rows = db.session.execute(
        select(STANDS_FOR, Entry)
        .join(RevisionExemplar, RevisionExemplar.exemplar_id == Exemplar.id)
        .join(Entry, Entry.revision_id == RevisionExemplar.revision_id)
        .where(STANDS_FOR.in_(exemplar_ids), Entry.state.in_(SENT))
        .options(defer(Entry.draft))
        .order_by(Entry.code, Entry.id)
    )
    found: dict[int, list[Entry]] = defaultdict(list)
    for exemplar_id, entry in rows:
        if entry not in found[exemplar_id]:
            found[exemplar_id].append(entry)
    return found
