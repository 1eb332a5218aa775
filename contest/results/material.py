"""Everything a round is concluded from, as plain values: works, sheets, members, ballots and recorded acts.

The database gives it to a sealing, a bundle on a disk gives it to a recount; the same material gives the same result.
Nothing in it is a name of a person: jurors and voters are random subject ids or pseudonyms, works are their codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contest.regulations.schema import Regulation
from contest.regulations.scoring import RoundRule
from contest.results.tally import Sheet

DISCREPANCY_ACCEPTED = "discrepancy_accepted"
"""``{"entry": code, "sheets": [[juror, revision], …]}``: the range of exactly these sheets stands."""
TIE_SETTLED = "tie_settled"
"""``{"order": [code, …], "method": "act" | "vote" | "lot"}``: best first, exactly the equal works. The subject is
``prize:CODE`` for a prize over the groups; then the order names what is equal there, works or newsrooms."""
FLAGGED = "flagged"
"""``{"entries": [code, …]}``: go on to the next round."""
BONUS_GIVEN = "bonus_given"
"""``{"bonus": code, "entries": [code, …]}``: have what the bonus is for."""
ACCEPTED_SHORT = "accepted_short"
"""``{"group": code, "tier": code, "given": number}``: so few of an exact number of prizes are given."""
PRIZE_CHOSEN = "prize_chosen"
"""``{"prize": code, "subjects": [code, …]}``: who takes a prize that is given by act; the list may be empty."""
REMARK_ORDERED = "remark_ordered"
"""``{"entry": code, "jurors": [juror, …], "counts": "replace" | "join"}``: marked again after the sealing; these sheets
count instead of the others, or beside them."""
CONCLUDED_AGAIN = "concluded_again"
"""``{"version": number, "before": sha256}``: the round was concluded again, after the result of this hash."""
SITTING = "sitting"
"""``{"ballot": number, "present": [juror, …]}``: who was there; with ``"question"`` or ``"panel"`` only for those."""


@dataclass(frozen=True, slots=True)
class Work:
    """A work as the rules look at it."""

    entry: str
    """Its code."""
    category: str
    genre: str
    topic: str
    outlet: str
    """Key of the newsroom that printed it; empty when none is known."""
    received_at: str
    """Moment of the receipt: ISO 8601 with its offset; empty when it is not known."""
    slots: frozenset[str] = frozenset()
    """Slots of its dossier that hold a file."""
    out: str = ""
    """Why it left the contest after it had been admitted (``rejected``, ``withdrawn``); empty while it is in."""


@dataclass(frozen=True, slots=True)
class Member:
    """A juror on a panel."""

    juror: str
    panel: str
    """Code of the panel, as `RoundRule.panel_for` gives it."""
    chair: bool = False


@dataclass(frozen=True, slots=True)
class Ballot:
    """One paper: what one member voted on one question in one ballot."""

    ballot: int
    """Counted from 1."""
    question: str
    """Empty for the question of the round, else the code of a tier or of a prize."""
    voter: str
    """The juror, or a pseudonym where the vote is secret."""
    choice: Mapping[str, str]
    """By work or newsroom: ``yes`` or ``no``; the code of a tier; ``yes`` in an approval; in a ranking ``1``, ``2``"""
    panel: str = ""
    """The panel that voted; empty where the membership of the voter tells."""


@dataclass(frozen=True, slots=True)
class Act:
    """A recorded act of people; of acts of one kind about one subject the newest counts."""

    number: int
    """Later acts have higher numbers."""
    kind: str
    """One of the kinds above; others are passed over."""
    subject: str
    choice: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RoundMaterial:
    """All that one round is concluded from."""

    code: str
    """Code of the round."""
    regulation: Regulation
    """The version at the opening of the round: rubric, panels and what stands on a ballot."""
    ruling: Regulation
    """The version at the sealing: how sheets are taken together, prizes, money."""
    works: tuple[Work, ...]
    """All that were admitted, those that left the contest since included."""
    sheets: Mapping[str, tuple[Sheet, ...]] = field(default_factory=dict)
    """Newest revision of each sheet, by code of the work."""
    members: tuple[Member, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    acts: tuple[Act, ...] = ()
    accepted_works: tuple[Work, ...] = ()
    """All accepted works of the contest, which the prizes for newsrooms count; given in the last round."""

    @property
    def rule(self) -> RoundRule:
        """The round as it was opened."""
        return self.regulation.round(self.code)

    @property
    def ruled(self) -> RoundRule:
        """The round as it is sealed."""
        return self.ruling.round(self.code)

    @property
    def is_last(self) -> bool:
        """Whether the round gives the prizes."""
        return self.ruling.rounds[-1].code == self.code
