"""What the council of a round can vote on next; the jury room asks for it."""

from __future__ import annotations

from collections.abc import Iterable

from contest.judging import queries as judging
from contest.judging.ballots import Topic
from contest.judging.models import Round
from contest.results.agenda import next_votes
from contest.results.outcome import conclude
from contest.results.queries.material import material_of


@judging.agenda_source
def agenda_of(round_: Round) -> Iterable[Topic]:
    """Find what can be put to the vote in a round now."""
    held: dict[str, int] = {}
    for sitting in judging.sittings_of(round_):
        for topic in judging.topics_of(sitting):
            held[topic.question] = max(topic.ballot, held.get(topic.question, 0))
    return [
        Topic(each.question, each.ballot, each.subjects) for each in next_votes(conclude(material_of(round_)), held)
    ]
