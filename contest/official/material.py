"""What tables and lists are made of, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scored:
    """One work in the order of places.

    :ivar totals: of the sheet of each juror of the group, empty where there is none
    """

    place: str
    code: str
    title: str
    totals: tuple[str, ...]
    lowest: str
    highest: str
    mean: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Group:
    """Works that compete with each other, and who marked them."""

    name: str
    jurors: tuple[str, ...]
    lines: tuple[Scored, ...]


@dataclass(frozen=True, slots=True)
class Payment:
    """One sum that is paid.

    :ivar what: the work or the prize that it is paid for
    :ivar amount: of the prize as it stands now, nought of one that is given no longer
    :ivar paid: what was paid already
    :ivar left: what is still to be paid; below nought what is to be returned
    """

    name: str
    what: str
    prize: str
    unit: str
    amount: int
    paid: int
    left: int


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing counted: what is counted, by what, and how often each.

    :ivar says: what the picture shows, in one sentence
    :ivar is_summed: whether the lines have a sum: not where a work counts in several
    """

    title: str
    by: str
    of: str
    says: str
    lines: tuple[tuple[str, int], ...]
    is_summed: bool = True


@dataclass(frozen=True, slots=True)
class Work:
    """What one juror did in one round."""

    juror: str
    round_name: str
    assigned: int
    sent: int
    recused: int
