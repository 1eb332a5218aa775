"""Slips of the finger: a letter left out or doubled, or two exchanged."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

ONSETS = "b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|ph|qu|r|s|t|th|tr|v|x|"
RIMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|e|ec|em|en|eng|eo|ep|et|i|ia|ich|iec|iem|ien|ieng|iep|iet|ieu|im|in|inh|"
    "ip|it|iu|o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oc|oe|oen|oeo|oet|oi|om|on|ong|ooc|oong|op|ot|u|ua|"
    "uan|uang|uat|uay|uc|ue|uech|uenh|ui|um|un|ung|uo|uoc|uoi|uom|uon|uong|uop|uot|uou|up|ut|uu|uy|uya|uych|uyen|uyet|"
    "uynh|uyt|uyu|y|yem|yen|yet|yeu"
)
SYLLABLE = re.compile(rf"(?:{ONSETS})(?:{RIMES})")


@lru_cache(maxsize=8192)
def is_syllable(folded: str) -> bool:
    """Say whether letters without marks can be a syllable of Vietnamese, or are a number; after a slip seldom."""
    return SYLLABLE.fullmatch(folded) is not None or folded.isdigit()


def is_slip(one: str, other: str) -> bool:
    """Say whether two words are one slip apart. Another letter in place of one is none: Thạnh and Thắng are two."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    at = next((place for place, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs), None)
    if at is None:
        return True
    if len(one) == len(other):
        return one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[at + 1 :] == shorter[at:]


def meet(mine: Collection[str], theirs: Collection[str]) -> bool:
    """Whether a name is in both, perhaps with a slip of the finger or a word more."""
    return any(one == other or slipped(one, other) for one in mine for other in theirs)


def slipped(one: str, other: str, *, anything: bool = False) -> bool:
    """Whether two names of places are one slip apart.

    :param anything: also where the slip leaves a word that there is
    """
    ones, others = one.split(), other.split()
    if len(ones) != len(others):
        return False
    unequal = [(a, b) for a, b in zip(ones, others, strict=True) if a != b]
    return len(unequal) == 1 and is_slip(*unequal[0]) and (anything or not all(map(is_syllable, unequal[0])))
