"""What a bundle holds, as values: every sealed round with its material, and what it came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contest.results.material import RoundMaterial
from contest.results.tally import Sheet


@dataclass(frozen=True, slots=True)
class Assigned:
    """One work given to one juror: when, whether it was given back, and when the first and newest sheet arrived.

    Moments are in UTC as they are written; empty for what did not happen.
    """

    entry: str
    juror: str
    panel: str
    chair: bool
    third: bool
    assigned_at: str = ""
    recused_at: str = ""
    first_sheet_at: str = ""
    last_sheet_at: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """How a sheet arrived: what its hash binds besides the marks.

    :ivar comment: SHA-256 of the comment, which itself may name people and stays at home
    :ivar typed_by: pseudonym of whoever typed it from paper, else empty
    """

    received_at: str = ""
    comment: str = ""
    typed_by: str = ""


@dataclass(frozen=True, slots=True)
class SealedRound:
    """One round with everything that its result rests on.

    :ivar regulation: SHA-256 of the version under which it was opened
    :ivar ruling: SHA-256 of the version under which it was sealed
    :ivar superseded: sheets that a later revision replaced, by work; they decide nothing
    :ivar sent: how each sheet arrived, by work, juror and revision
    :ivar recorded: who recorded an act and when, by its number
    :ivar sha256: of the frozen result, as the log of the contest has it; empty when it was never sealed
    """

    material: RoundMaterial
    regulation: str
    ruling: str
    sealed_at: str
    opened_at: str = ""
    superseded: Mapping[str, tuple[Sheet, ...]] = field(default_factory=dict)
    assignments: tuple[Assigned, ...] = ()
    sent: Mapping[tuple[str, str, int], Sent] = field(default_factory=dict)
    recorded: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """A contest as far as it is sealed.

    :ivar texts: regulations by their SHA-256
    :ivar result: what the rounds came to, as frozen; None where there is nothing to compare with
    :ivar commitments: what the rounds were bound to, as its file says it; None where they were sealed before there were
        any
    :ivar log: the log of the contest as its file says it; None while a round is open, whose sheets could be guessed
    """

    contest: str
    texts: Mapping[str, str]
    rounds: tuple[SealedRound, ...]
    result: Mapping[str, Any] | None = None
    commitments: Mapping[str, Any] | None = None
    log: bytes | None = None
