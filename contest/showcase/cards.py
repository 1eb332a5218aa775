"""What a card says: one sentence about a work or about the results, small enough to be read on a telephone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Final
from unicodedata import normalize

from contest.showcase.listing import Work, names_in_short

DESIGN: Final = 1
"""Of the drawing: another one draws every card again."""

SIZES: Final = ((48, "xl"), (84, "l"), (130, "m"), (200, "s"))
"""The longest title, in letters, that is set in a size; a longer one is set in the smallest."""


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card.

    :ivar headline: the title of a work; empty where the card is about all results
    :ivar prizes: names of its prizes; on the card of all results nothing
    :ivar more: authors that are not named
    :ivar works: number of works that received a prize, on the card of all results
    """

    contest: str
    contest_name: str
    headline: str = ""
    prizes: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    more: int = 0
    outlet: str = ""
    works: int = 0
    decision: str = ""
    decided_on: str = ""

    @property
    def size(self) -> str:
        """In what size the headline is set, so that the longest stays within its four lines."""
        return next((name for longest, name in SIZES if len(self.headline) <= longest), "xs")

    @property
    def facts(self) -> str:
        """SHA-256 of everything on it: the same words give the same picture."""
        written = json.dumps([DESIGN, asdict(self)], ensure_ascii=False, sort_keys=True)
        return sha256(normalize("NFC", written).encode()).hexdigest()


def cards_of(copy: Mapping[str, Any], works: Mapping[str, Work]) -> dict[str, Card]:
    """The cards of a published decision, by code of the work; that of all results has none.

    A work whose prizes are all suspended has no card: what is shared must not say that it won.
    """
    contest, decision = copy["contest"], copy["decision"]
    names = {"contest": contest["short_name"], "contest_name": contest["name"]}
    standing = [work for work in works.values() if not work.is_suspended]
    cards = {"": Card(**names, works=len(standing), decision=decision["number"], decided_on=decision["decided_on"])}
    for work in standing:
        authors, more = names_in_short(work.authors)
        cards[work.code] = Card(
            **names,
            headline=work.title,
            prizes=tuple(prize.name for prize in work.prizes if not prize.suspended),
            authors=tuple(authors),
            more=more,
            outlet=work.line["unit"] or work.outlet,
        )
    return cards
