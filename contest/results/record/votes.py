"""Votes, and what they came to for each work."""

from __future__ import annotations

from contest.results.record.figures import Json, exact
from contest.results.voting import Count, Held, Vote


def written_vote(vote: Vote) -> Json:
    held = [_held(held) for held in vote.held]
    return {"question": vote.question, "panel": vote.panel, "kind": vote.kind, "ballots": held}


def _held(held: Held) -> Json:
    return {
        "ballot": held.ballot,
        "members": held.members,
        "present": held.present,
        "cast": held.cast,
        "quorum": exact(held.quorum),
        "counts": held.counts,
        "left_out": dict(held.left_out),
    }


def written_count(count: Count) -> Json:
    written: Json = {"question": count.question, "ballot": count.ballot}
    if count.papers:
        return {**written, "papers": count.papers, "sum": count.sum}
    written |= {"of": count.of, "needed": count.needed, "casting": count.casting, "carried": count.carried}
    if count.tiers is not None:
        return {**written, "tiers": dict(count.tiers)}
    return {**written, "yes": count.yes, "no": count.no}
