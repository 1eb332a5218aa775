"""How the names of two units or models agree: word for word in full, the places in them as places."""

from __future__ import annotations

from collections.abc import Collection

from contest.exemplars.reading import Reading, marks_of
from contest.exemplars.reasons import Why
from contest.exemplars.slips import is_slip, is_syllable, meet, slipped
from contest.exemplars.whereabouts import Level, Word
from contest.exemplars.wording import GENERAL

LONG = 4
"""Letters of a word, and words of a name, from which on a slip is believed that leaves a word which there is."""


def units_agree(mine: Reading, theirs: Reading) -> set[Why] | None:
    """Give the ways in which the names of two units or models agree; None if they are different ones."""
    known = mine.where.names | theirs.where.names
    ones, at_one = _without_place(mine.words, known)
    others, at_other = _without_place(theirs.words, known)
    if not _same_level(mine, theirs) or not _fits(at_one, at_other, theirs) or not _fits(at_other, at_one, mine):
        return None
    return _same_words(ones, others) or (_same_words(mine.words, theirs.words) if at_one or at_other else None)


def _same_level(mine: Reading, theirs: Reading) -> bool:
    """Places that both names say themselves must be the same; a unit of a village is none of the commune."""
    for level in (Level.VILLAGE, Level.COMMUNE):
        ones, others = ({name for each, name in reading.own if each is level} for reading in (mine, theirs))
        if ones and others and not meet(ones, others):
            return False
        if level is Level.VILLAGE and ((ones and not theirs.where.villages) or (others and not mine.where.villages)):
            return False
    return True


def _fits(place: str, other: str, theirs: Reading) -> bool:
    """Whether a place at the end of a name, without a word for its kind, is one that the other says, if it says any."""
    said = {name for _, name in theirs.own} | ({other} if other else set())
    return not place or not said or meet({place}, said)


def _without_place(words: tuple[Word, ...], known: Collection[str]) -> tuple[tuple[Word, ...], str]:
    """Words without the name of a known place at their end, and that name."""
    for length in range(min(4, len(words) - 1), 0, -1):
        name = " ".join(word.folded for word in words[-length:])
        if name in known or any(slipped(name, each) for each in known):
            return words[:-length], name
    return words, ""


def _same_words(ones: tuple[Word, ...], others: tuple[Word, ...]) -> set[Why] | None:
    if len(ones) != len(others):
        return None
    why: set[Why] = set()
    pairs = list(zip(ones, others, strict=True))
    different = [(a, b) for a, b in pairs if a.folded != b.folded]
    if len(different) > 1 or (different and not _may_slip(*different[0], pairs)):
        return None
    if different:
        why.add(Why.SLIP)
    same = [pair for pair in pairs if pair not in different and pair[0].folded not in GENERAL]
    marked = all(any(word.marked != word.folded for word in words) for words in zip(*same, strict=True))
    if any(marks_of(a) != marks_of(b) for a, b in same):
        if marked:
            return None
        why.add(Why.UNMARKED)
    return why or {Why.SAME}


def _may_slip(one: Word, other: Word, pairs: list[tuple[Word, Word]]) -> bool:
    """Whether two different words in otherwise equal names are one word with a slip of the finger."""
    if sum(len(word.folded) for word, _ in pairs) < 8 or not is_slip(one.folded, other.folded):
        return False
    if (one.folded in GENERAL) != (other.folded in GENERAL) or not (
        is_syllable(one.folded) and is_syllable(other.folded)
    ):
        return True
    return len(pairs) > LONG and min(len(one.folded), len(other.folded)) >= LONG
