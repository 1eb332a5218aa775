"""What sealed rounds were bound to, and by what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from contest.audit.commitment import FORMAT
from contest.database import db
from contest.judging.models import Assignment, Ballot, Round, ScoreSheet, Sitting
from contest.regulations.models import Contest, RegulationVersion
from contest.results.models import RoundCommitment


def sheets_in_force(round_: Round) -> Select[ScoreSheet]:
    """Ask for the last sheet of each juror for each work of a round; those that only compare are none of them."""
    later = aliased(ScoreSheet)
    replaced = select(later.id).where(
        later.assignment_id == ScoreSheet.assignment_id, later.revision > ScoreSheet.revision
    )
    return (
        select(ScoreSheet)
        .join(ScoreSheet.assignment)
        .where(Assignment.round_id == round_.id, ~Assignment.advisory, ~replaced.exists())
    )


def leaves_of(round_: Round) -> list[str]:
    """Give a leaf for each sheet and ballot that counts in a round, in ascending order: nobody sees whose it is."""
    later = aliased(Ballot)
    replaced = select(later.id).where(
        later.sitting_id == Ballot.sitting_id,
        later.question == Ballot.question,
        later.voter_id == Ballot.voter_id,
        later.revision > Ballot.revision,
    )
    ballots = select(Ballot).join(Ballot.sitting).where(Sitting.round_id == round_.id, ~replaced.exists())
    sheets = {sheet.receipt for sheet in db.session.scalars(sheets_in_force(round_))}
    return sorted(sheets | {ballot.leaf for ballot in db.session.scalars(ballots)})


def commitments_of(contest: Contest) -> Sequence[RoundCommitment]:
    """List what the sealed rounds of a contest were bound to, in the order of sealing."""
    found = select(RoundCommitment).join(RoundCommitment.round).where(Round.contest_id == contest.id)
    return db.session.scalars(found.order_by(RoundCommitment.at, RoundCommitment.round_id)).all()


def newest_commitments(contest: Contest) -> dict[str, RoundCommitment]:
    """Give the commitment in force of each sealed round, by the code of the round."""
    return {each.round.code: each for each in commitments_of(contest)}


def commitment_of(round_: Round) -> RoundCommitment | None:
    """Give the commitment in force of a round."""
    found = select(RoundCommitment).where(RoundCommitment.round_id == round_.id)
    return db.session.scalar(found.order_by(RoundCommitment.version.desc()).limit(1))


def commitment_at(round_: Round, at: datetime) -> RoundCommitment | None:
    """Give the commitment that was in force of a round at a moment."""
    found = select(RoundCommitment).where(RoundCommitment.round_id == round_.id, RoundCommitment.at <= at)
    return db.session.scalar(found.order_by(RoundCommitment.version.desc()).limit(1))


def proof_of(contest: Contest, *, with_salts: bool = False) -> dict[str, Any] | None:
    """Give what the sealed rounds are bound to, for everybody; None where they were sealed before there was any.

    :param with_salts: also by what each sheet finds its leaf: for those alone who may see the sheets
    """
    found = newest_commitments(contest)
    if not found:
        return None
    proof: dict[str, Any] = {
        "format": FORMAT,
        "contest": contest.slug,
        "rounds": [
            {"round": code, "version": each.version, "root": each.root, "leaves": each.leaves}
            for code, each in found.items()
        ],
    }
    if with_salts:
        leaves = {leaf for each in found.values() for leaf in each.leaves}
        rounds = [each.round_id for each in found.values()]
        sheets = select(ScoreSheet).join(ScoreSheet.assignment).where(Assignment.round_id.in_(rounds))
        salted = [sheet for sheet in db.session.scalars(sheets) if sheet.salt and sheet.receipt in leaves]
        proof["salts"] = {sheet.sha256: sheet.salt for sheet in salted}
    return proof


def regulation_texts(contest: Contest) -> dict[str, str]:
    """Give every version of the regulation that was adopted, by its hash."""
    versions = select(RegulationVersion.sha256, RegulationVersion.text).filter_by(contest_id=contest.id)
    return {row.sha256: row.text for row in db.session.execute(versions.order_by(RegulationVersion.number))}
