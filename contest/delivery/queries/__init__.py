"""Finding what was printed and taken, and who was told of which certificate."""

from contest.delivery.queries.printing import (
    downloads,
    last_copies,
    print_of,
    prints,
    to_be_printed,
    unspoiled,
)
from contest.delivery.queries.telling import (
    Told,
    addressed_copy,
    letter_of,
    letters_about,
    mark_of,
    told,
)

__all__ = [
    "Told",
    "addressed_copy",
    "downloads",
    "last_copies",
    "letter_of",
    "letters_about",
    "mark_of",
    "print_of",
    "prints",
    "to_be_printed",
    "told",
    "unspoiled",
]
