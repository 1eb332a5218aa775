"""The scores of a contest, where its regulation opens them."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from contest.database import db
from contest.judging.models import Round
from contest.regulations.models import Contest
from contest.results.models import RoundResult
from contest.results.queries.by_hash import frozen
from contest.results.queries.contents import contents_of
from contest.results.queries.sealed import is_newest
from contest.results.queries.way import moment_of, publication_of
from contest.results.recount.contents import Contents
from contest.results.recount.opening import opened
from contest.results.visibility import Fact, Viewer, may_see


def opens_scores(contest: Contest) -> bool:
    """Say whether the scores of a contest become public.

    Only where every round was opened under a regulation that says so, and the newest still says it: jurors mark on the
    word that they were given, and an amendment afterwards opens nothing.
    """
    if contest.version is None or not contest.regulation.gates.open_scores:
        return False
    rounds = select(Round).where(Round.contest_id == contest.id, Round.opened_at.is_not(None))
    return all(
        each.regulation.gates.open_scores for each in db.session.scalars(rounds.options(joinedload(Round.version)))
    )


def scores_are_open(contest: Contest) -> bool:
    """Say whether the scores of a contest are public now."""
    if publication_of(contest) is None or not contest.regulation.gates.open_scores:
        return False
    return may_see(Fact.SCORES, {Viewer.PUBLIC}, moment_of(contest), opened=opens_scores(contest))


def from_open_scores(contest: Contest, make: Callable[[Contents], bytes]) -> bytes | None:
    """Give what is made of the scores that everybody may have; None while they are closed.

    It is made once in a process from the same results: anybody may ask, as often as they like.
    """
    if not scores_are_open(contest):
        return None
    newest = select(RoundResult.sha256).join(RoundResult.round).where(Round.contest_id == contest.id, is_newest())
    hashes = db.session.scalars(newest.order_by(RoundResult.sealed_at, RoundResult.round_id)).all()

    def made() -> bytes | None:
        contents = contents_of(contest)
        return None if contents is None or contents.commitments is None else make(opened(contents))

    return frozen(f"{'+'.join(hashes)}:open_scores:{contest.id}", made) if hashes else None
