"""Why two exemplars may be the same, and how much each reason takes from the certainty."""

from __future__ import annotations

from enum import StrEnum

from contest.errors import N_


class Why(StrEnum):
    """One reason to think that two exemplars are the same."""

    SAME = "same"
    UNMARKED = "unmarked"
    TURNED = "turned"
    SHORTENED = "shortened"
    JOINED = "joined"
    TITLED = "titled"
    WORDED = "worded"
    SLIP = "slip"
    VILLAGE = "village"
    COMMUNE = "commune"
    RENAMED = "renamed"
    UNPLACED = "unplaced"

    @property
    def label(self) -> str:
        """The reason in words, an English msgid."""
        return LABELS[self]


LABELS = {
    Why.SAME: N_("the same name"),
    Why.UNMARKED: N_("the same without marks"),
    Why.TURNED: N_("the same in another order"),
    Why.SHORTENED: N_("the same name, shortened"),
    Why.JOINED: N_("the same, written together"),
    Why.TITLED: N_("the same but for a title or duty"),
    Why.WORDED: N_("the same in full and in short"),
    Why.SLIP: N_("one letter apart, as by a slip of the finger"),
    Why.VILLAGE: N_("in the same village"),
    Why.COMMUNE: N_("in the same commune"),
    Why.RENAMED: N_("in the same commune, by its name then and now"),
    Why.UNPLACED: N_("of one it is not written where"),
}

COST = {Why.UNMARKED: 5, Why.TURNED: 10, Why.SHORTENED: 20, Why.JOINED: 5, Why.TITLED: 2, Why.WORDED: 5, Why.SLIP: 15}
COST |= {Why.UNPLACED: 20, Why.COMMUNE: 2, Why.RENAMED: 4}
"""How much each reason takes from a certainty of 100."""
