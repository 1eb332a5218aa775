"""The whole record of a round."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from contest.audit.chain import canonical
from contest.results.outcome import RoundOutcome
from contest.results.record.figures import Json
from contest.results.record.lines import written_group, written_unplaced
from contest.results.record.prizes import written_prize, written_totals
from contest.results.record.votes import written_vote

FORMAT = 2


def fingerprint(document: Mapping[str, Any]) -> str:
    """Hash a document in its canonical form: SHA-256, in hexadecimal."""
    return sha256(canonical(document)).hexdigest()


def document(outcome: RoundOutcome, *, contest: str, regulation: str, sealed_at: datetime) -> Json:
    """Write everything a round came to; it is what a sealing freezes and what a recount computes.

    :param contest: slug
    :param regulation: SHA-256 of the regulation that ruled at the sealing
    :return: plain values; marks are those of the material and not to be changed
    """
    written: Json = {
        "format": FORMAT,
        "contest": contest,
        "round": outcome.material.code,
        "regulation": regulation,
        "sealed_at": sealed_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "out": {work.entry: work.out for work in outcome.material.works if work.out},
        "groups": [written_group(group, outcome) for group in outcome.groups],
        "ungrouped": [written_unplaced(standing, outcome) for standing in outcome.ungrouped],
    }
    votes = [*outcome.votes, *(prize.vote for prize in outcome.extra_prizes if prize.vote is not None)]
    written["votes"] = [written_vote(vote) for vote in votes]
    if outcome.is_last:
        written["special"] = [written_prize(prize) for prize in outcome.special]
        written["thematic"] = [written_prize(prize) for prize in outcome.thematic]
        written["collective"] = [written_prize(prize) for prize in outcome.collective]
        written["money"] = written_totals(outcome.money) if outcome.money is not None else None
    return written
