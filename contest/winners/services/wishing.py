"""What somebody wishes printed otherwise, as changes of a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from contest.winners import lines, refusals
from contest.winners.lines import Author, Change, Line


@dataclass(frozen=True, slots=True)
class Wish:
    """A line as somebody wants it to read.

    :ivar names: name and pen names of each author, in the order in which they stand now
    :ivar order: the place of each of these authors, counted from 1, as they are to stand
    """

    title: str
    unit: str
    names: Sequence[tuple[str, str]]
    order: Sequence[int]


def changes_of(line: Line, wish: Wish) -> list[Change]:
    """Say what a line would have to change in.

    :raise NameMissing, NotAnOrder, NothingAsked: if it is no line, or the same
    """
    authors = tuple(
        Author(author.subject, lines.tidy(name), lines.tidy(pen_names))
        for author, (name, pen_names) in zip(line.authors, wish.names, strict=True)
    )
    if sorted(wish.order) != list(range(1, len(line.authors) + 1)):
        raise refusals.NotAnOrder(count=len(line.authors))
    for place, author in enumerate(authors, 1):
        if not author.name:
            raise refusals.NameMissing(field=f"name_{place}")
    if not line.is_of_newsroom and not lines.tidy(wish.title):
        raise refusals.NameMissing(field="title")
    wished = replace(line, title=lines.tidy(wish.title), unit=lines.tidy(wish.unit), authors=authors)
    standing = tuple(sorted(range(1, len(wish.order) + 1), key=lambda place: wish.order[place - 1]))
    asked = lines.changes(line, wished, standing)
    if not asked:
        raise refusals.NothingAsked
    return asked
