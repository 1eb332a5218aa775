"""Which works fall to whom: every possible category, genre and topic, dealt out to the first that takes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from contest.regulations.prizes import Group, ThematicPrize
    from contest.regulations.schema import Regulation
    from contest.regulations.scoring import PanelRule

Chooser = TypeVar("Chooser", "Group", "PanelRule", "ThematicPrize")


class Dealt(NamedTuple):
    """What came of dealing out every possible work.

    :ivar idle: codes of those to whom no work falls
    :ivar left: genres, by category, of which some work falls to nobody
    """

    idle: frozenset[str]
    left: dict[str, list[str]]


def dealt(choosers: Sequence[Chooser], regulation: Regulation) -> Dealt:
    """Deal out every possible work to the first that takes it.

    Topics are bits of a number, so that even the largest regulation is dealt out in an instant.
    """
    bits = {term.code: 1 << place for place, term in enumerate(regulation.topics)}
    every_topic = (1 << len(regulation.topics)) - 1
    rest = {(category.code, genre): every_topic for category in regulation.categories for genre in category.genres}
    idle = set()
    for chooser in choosers:
        categories, genres = frozenset(chooser.categories), frozenset(chooser.genres)
        topics: Sequence[str] = getattr(chooser, "topics", ())
        wanted = sum({bits.get(topic, 0) for topic in topics}) if topics else every_topic
        falls = False
        for (category, genre), left in rest.items():
            if left & wanted and (not categories or category in categories) and (not genres or genre in genres):
                rest[category, genre] = left & ~wanted
                falls = True
        if not falls:
            idle.add(chooser.code)
    nobody: dict[str, list[str]] = {}
    for (category, genre), left in rest.items():
        if left:
            nobody.setdefault(category, []).append(genre)
    return Dealt(frozenset(idle), nobody)


def leads_nowhere(chooser: Chooser, regulation: Regulation) -> bool:
    """Say whether something chosen by does not exist; then it is that which is to be corrected."""
    known = {term.code for terms in (regulation.categories, regulation.genres, regulation.topics) for term in terms}
    named = (*chooser.categories, *chooser.genres, *getattr(chooser, "topics", ()))
    return not known.issuperset(named)
