"""What a secretary may do with a work, and when. Values in, refusals out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from contest.entries.models import EntryState
from contest.entries.parts import LABELS, SLOT, Part
from contest.errors import N_
from contest.regulations.articles import RULES
from contest.regulations.models import DECIDED, PROPOSED, Stage
from contest.screening.refusals import (
    AlreadyAccepted,
    AlreadyRejected,
    DateNotAhead,
    DateTooLate,
    EntryWithdrawn,
    NothingNamed,
    PrizesDecided,
    PrizesProposed,
    ReasonForExceptionMissing,
    ReasonMissing,
    RejectedBefore,
)

if TYPE_CHECKING:
    from contest.regulations.schema import Category, Regulation


class ActKind(StrEnum):
    """One thing done to a dossier."""

    ACCEPT = "accept"
    RETURN = "return"
    REJECT = "reject"
    NOTE = "note"
    CHECK = "check"

    @property
    def label(self) -> str:
        """Message id of what was done."""
        return ACT_LABELS[self]

    @property
    def mark(self) -> str:
        """Name of the mark that shows the act in the history."""
        return ACT_MARKS[self]


ACT_LABELS = {
    ActKind.ACCEPT: N_("Accepted as valid"),
    ActKind.RETURN: N_("Returned to be completed"),
    ActKind.REJECT: N_("Rejected"),
    ActKind.NOTE: N_("Note of the secretariat"),
    ActKind.CHECK: N_("Checked against the regulation again"),
}
ACT_MARKS = {
    ActKind.ACCEPT: "ok",
    ActKind.RETURN: "fix",
    ActKind.REJECT: "no",
    ActKind.NOTE: "gone",
    ActKind.CHECK: "now",
}

DECISIONS = (ActKind.ACCEPT, ActKind.RETURN, ActKind.REJECT)
"""Acts that change the state of a work and that its author hears of."""

STATES = {
    ActKind.ACCEPT: EntryState.ACCEPTED,
    ActKind.RETURN: EntryState.RETURNED,
    ActKind.REJECT: EntryState.REJECTED,
}

GROUNDS = {
    "publication_window": N_("published or broadcast outside the window"),
    "window_share": N_("too few instalments inside the window"),
    "max_instalments": N_("too many instalments"),
    "max_authors": N_("too many authors"),
    "works_per_author": N_("too many works by one author"),
    "excluded_entrants": N_("sent by somebody who may not enter"),
    "one_category": N_("entered in two categories"),
    "prior_awards": N_("has won a prize that excludes it"),
    "licensed_outlet": N_("not published by a licensed press agency"),
    "dossier": N_("the dossier is incomplete"),
    "receipt": N_("sent outside the hours of receipt"),
    "length": N_("over the length"),
    "true_story": N_("not a true story, or not about the theme"),
    "statements": N_("a declaration is missing or untrue"),
    "works_per_unit": N_("more works than its newsroom or branch may send"),
    "through": N_("sent by somebody through whom works are not taken"),
    "same_topic": N_("the same topic as another work of an author in another category"),
    "earlier_instalments": N_("instalments from before the window that were entered already"),
}


@dataclass(frozen=True)
class Shown:
    """What the secretary had in front of them when deciding.

    :ivar revision_id: the revision that was in force then
    :ivar act_id: the latest decision then, 0 when there was none
    """

    revision_id: int
    act_id: int


@dataclass(frozen=True)
class Item:
    """Something a work can be returned for: a step of the form, or one slot of the dossier.

    :ivar label: message id of a step; the regulation's own words for a slot
    """

    code: str
    label: str
    is_slot: bool = False


def check_stage(kind: ActKind, stage: Stage) -> None:
    """Refuse to decide about a work once the prizes are proposed; notes and checks stay possible.

    What comes to light about a work from then on is handled as a complaint, and after the decision as a revocation.
    """
    if kind in DECISIONS and stage in DECIDED:
        raise PrizesDecided
    if kind in DECISIONS and stage in PROPOSED:
        raise PrizesProposed


def check_state(kind: ActKind, state: EntryState) -> None:
    """Refuse an act that the state of the work does not allow; notes and checks are always possible."""
    if kind not in DECISIONS:
        return
    if state is EntryState.WITHDRAWN:
        raise EntryWithdrawn
    if kind is ActKind.ACCEPT and state is EntryState.ACCEPTED:
        raise AlreadyAccepted
    if kind is ActKind.REJECT and state is EntryState.REJECTED:
        raise AlreadyRejected
    if kind is ActKind.RETURN and state is EntryState.REJECTED:
        raise RejectedBefore


def possible(state: EntryState, stage: Stage = Stage.RUNNING) -> frozenset[ActKind]:
    """Tell which decisions the state of a work, and the stage of its contest, allow."""
    if stage in DECIDED or stage in PROPOSED:
        return frozenset()
    allowed = {
        EntryState.RECEIVED: DECISIONS,
        EntryState.RETURNED: DECISIONS,
        EntryState.ACCEPTED: (ActKind.RETURN, ActKind.REJECT),
        EntryState.REJECTED: (ActKind.ACCEPT,),
    }
    return frozenset(allowed.get(state, ()))


def check_acceptance(blocks: int, reason: str) -> None:
    """Refuse to accept, without a word, a work that the regulation stops."""
    if blocks and not reason:
        raise ReasonForExceptionMissing


def check_return(
    items: Collection[str], reason: str, until: datetime, *, known: Collection[str], now: datetime, opens: datetime
) -> None:
    """Refuse a return that the author could not follow.

    :param until: exclusive
    :param known: codes of what this work can be returned for
    :param opens: when the first round opens; once it is open its date no longer limits
    """
    if not items or not set(items) <= set(known):
        raise NothingNamed
    if not reason:
        raise ReasonMissing
    if until <= now:
        raise DateNotAhead
    if now < opens < until:
        raise DateTooLate(opens=opens)


def items_of(category: Category) -> Iterator[Item]:
    """List what a work of a category can be returned for, in the order of the form."""
    for part in Part:
        yield Item(part.value, LABELS[part])
        if part is Part.DOSSIER:
            for slot in category.slots:
                yield Item(SLOT + slot.code, slot.name, is_slot=True)


def grounds_of(regulation: Regulation) -> list[tuple[str, str, str]]:
    """List the rules a work can be rejected on, in the order of the articles.

    :return: code of the rule, article as cited, message id of what it means
    """
    stated = []
    for rule in RULES:
        try:
            place = [int(number) for number in re.findall(r"\d+", regulation.anchor(rule))]
        except KeyError:  # a regulation need not state every rule
            continue
        stated.append((place, rule, regulation.cite(rule), GROUNDS[rule]))
    return [(rule, article, meaning) for _place, rule, article, meaning in sorted(stated)]
