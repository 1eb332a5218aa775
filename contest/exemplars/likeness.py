"""Whether two exemplars may be the same person, unit or model, and why.

A person's name is read as people's names are; where both are known to be in one place, a middle name may be missing as
well. The name of a unit or a model is read as words in full, and the places in it are compared as places. Somebody of
the same name elsewhere is somebody else. The sets on which this is held to its promise are made in
``tests/exemplars/mentions.py``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from contest.exemplars.kinds import ExemplarKind
from contest.exemplars.localities import Province
from contest.exemplars.people import people_agree
from contest.exemplars.reading import Reading, Written, read_exemplar
from contest.exemplars.reasons import COST, Why
from contest.exemplars.slips import meet
from contest.exemplars.units import units_agree
from contest.exemplars.whereabouts import Whereabouts
from contest.exemplars.wording import GENERAL


class Alike(NamedTuple):
    """That two exemplars may be the same.

    :ivar certainty: up to 100, for sorting; never a probability
    """

    certainty: int
    why: tuple[Why, ...]


@lru_cache(maxsize=65536)
def compare(one: Written, other: Written, province: Province | None = None) -> Alike | None:
    """Say whether two exemplars may be the same, and why; None if they are different.

    :param province: what is known of its places; without it places are compared by their names
    """
    if one.kind is not other.kind:
        return None
    mine, theirs = read_exemplar(one, province), read_exemplar(other, province)
    where = _places_agree(mine.where, theirs.where)
    if where is None:
        return None
    named = people_agree(mine, theirs, where) if one.kind is ExemplarKind.PERSON else units_agree(mine, theirs)
    if named is None:
        return None
    why = {*named, where}
    return Alike(100 - sum(COST.get(each, 0) for each in why), tuple(each for each in Why if each in why))


def _places_agree(mine: Whereabouts, theirs: Whereabouts) -> Why | None:
    """How two places may be the same; None if they are different."""
    if mine.villages and theirs.villages and not meet(mine.villages, theirs.villages):
        return None
    if mine.communes and theirs.communes:
        if not mine.communes & theirs.communes:
            return None
        if mine.former and theirs.former and not mine.former & theirs.former:
            return None
        if mine.villages & theirs.villages:
            return Why.VILLAGE
        return Why.RENAMED if mine.former != theirs.former else Why.COMMUNE
    if mine.names and theirs.names:
        return Why.COMMUNE if mine.names & theirs.names else None
    return Why.UNPLACED


class Pair(NamedTuple):
    """Two exemplars that may be the same, by their keys, and why."""

    one: int
    other: int
    alike: Alike


def pairs(written: Mapping[int, Written], province: Province | None = None) -> list[Pair]:
    """Every two exemplars that may be the same, the surest first.

    Only those are compared that share a word and may be in the same place, so that thousands take no time.

    :param written: exemplars by a number
    """
    found = []
    for one, other in _candidates(written, province):
        alike = compare(written[one], written[other], province)
        if alike is not None:
            found.append(Pair(one, other, alike))
    return sorted(found, key=lambda pair: (-pair.alike.certainty, pair.one, pair.other))


def _candidates(written: Mapping[int, Written], province: Province | None) -> Iterator[tuple[int, int]]:
    shelves: dict[tuple[ExemplarKind, str, str], list[int]] = defaultdict(list)
    for number, each in sorted(written.items()):
        reading = read_exemplar(each, province)
        words = _shelf_words(reading)
        near: set[int] = set()
        communes = reading.where.communes
        for word in words:
            for commune in (*communes, "") if communes else ("", "*"):
                near.update(shelves.get((each.kind, word, commune), ()))
        yield from ((other, number) for other in near)
        for word in words:
            for commune in (*communes, "*") if communes else ("", "*"):
                shelves[each.kind, word, commune].append(number)


def _shelf_words(reading: Reading) -> set[str]:
    """Words of which two exemplars that are the same share at least one, but for a slip."""
    if reading.person.syllables:
        return {reading.person.joined, *(each.folded for each in reading.person.syllables)}
    rare = {word.folded for word in reading.words} - GENERAL
    return rare | {word.folded for word in reading.words[:1]}
