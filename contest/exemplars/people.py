"""How the names of two people agree, as people's names are read and as their place lets them be shortened."""

from __future__ import annotations

from collections.abc import Iterable

from contest.accounts.names import Name, Syllable, Way, likeness
from contest.exemplars.reading import Reading
from contest.exemplars.reasons import Why

OF_NAMES = {
    Way.same: Why.SAME,
    Way.unmarked: Why.UNMARKED,
    Way.turned: Why.TURNED,
    Way.shortened: Why.SHORTENED,
    Way.joined: Why.JOINED,
}
"""What ways in which people's names agree are reasons here; initials alone are none."""

FILLERS = {"van", "thi"}


def people_agree(mine: Reading, theirs: Reading, where: Why) -> set[Why] | None:
    """Give the ways in which the names of two people agree; None if they are different people.

    :param where: how their places agree
    """
    one, other = mine.person, theirs.person
    if mine.born and theirs.born and mine.born != theirs.born:
        return None
    found = likeness(one, other)
    if found is not None and set(found.ways) <= OF_NAMES.keys():
        if where is Why.UNPLACED and (min(len(one.syllables), len(other.syllables)) < 3 or found.certainty < 90):
            return None
        why = {OF_NAMES[way] for way in found.ways}
    elif where is not Why.UNPLACED and _without_middle(one, other, any_word=where is Why.VILLAGE):
        why = {Why.SHORTENED}
    else:
        return None
    return why | ({Why.TITLED} if mine.titled or theirs.titled else set())


def _without_middle(one: Name, other: Name, *, any_word: bool) -> bool:
    """Whether one is the other without one of the names between the family name and the given name.

    :param any_word: whether a name of three words may be without another one than Văn or Thị
    """
    longer, shorter = sorted((one, other), key=lambda name: -len(name.syllables))
    if len(longer.syllables) != len(shorter.syllables) + 1 or len(shorter.syllables) < 2:
        return False
    return any(
        _equal(longer.syllables[:place] + longer.syllables[place + 1 :], shorter.syllables, one, other)
        for place in range(1, len(longer.syllables) - 1)
        if any_word or len(longer.syllables) > 3 or longer.syllables[place].folded in FILLERS
    )


def _equal(mine: Iterable[Syllable], theirs: Iterable[Syllable], one: Name, other: Name) -> bool:
    marked = one.has_marks and other.has_marks
    return all(
        (a.letters, a.tone) == (b.letters, b.tone) if marked else a.folded == b.folded
        for a, b in zip(mine, theirs, strict=True)
    )
