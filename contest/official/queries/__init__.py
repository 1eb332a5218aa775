"""Finding what documents are made of."""

from contest.official.queries.drafts import draft_of
from contest.official.queries.figures import counted_works, jurors_work, numbers_of
from contest.official.queries.offered import Offer, offer, offers
from contest.official.queries.scored import council_of, groups_of, papers_of, sealed_words
from contest.official.queries.winning import adopted_words, payments_of, sections_first, sections_in_force

__all__ = [
    "Offer",
    "adopted_words",
    "council_of",
    "counted_works",
    "draft_of",
    "groups_of",
    "jurors_work",
    "numbers_of",
    "offer",
    "offers",
    "papers_of",
    "payments_of",
    "sealed_words",
    "sections_first",
    "sections_in_force",
]
