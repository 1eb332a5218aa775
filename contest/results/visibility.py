"""Who may see what, and from which moment on: the one table of stage, role and fact.

The way from sealing to the wall has eight moments. A fact is seen by a role from one moment on, sometimes until
another; before that it is as if it did not exist. Money is never public, and scores are not unless the regulation opens
them (`gates.open_scores`): then everybody has them from the publication on, without a name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Final


@unique
class Moment(StrEnum):
    """Where a contest stands between the first sheet and the wall."""

    JUDGING = "judging"
    SEALED = "sealed"
    PROPOSED = "proposed"
    APPROVED = "approved"
    POSTED = "posted"
    DECIDED = "decided"
    PREPARED = "prepared"
    PUBLISHED = "published"

    @property
    def rank(self) -> int:
        """Place in the order of moments."""
        return _ORDER[self]


_ORDER: Final = {moment: number for number, moment in enumerate(Moment)}


@unique
class Viewer(StrEnum):
    """In what quality somebody looks."""

    PUBLIC = "public"
    AUTHOR = "author"
    OUTLET = "outlet"
    JUROR = "juror"
    CHAIR = "chair"
    SECRETARY = "secretary"
    ORGANIZER = "organizer"
    OBSERVER = "observer"
    PAYER = "payer"


@unique
class Fact(StrEnum):
    """What there is to be seen."""

    COMPLETENESS = "completeness"
    """How many sheets are in and which entries are flagged, without any mark."""
    STANDINGS = "standings"
    """Marks, means, places and their reasons."""
    PROPOSAL = "proposal"
    """Which entry is proposed for which tier."""
    MONEY = "money"
    """The sum that goes with an award."""
    POSTED_LIST = "posted_list"
    """Titles, names and tiers on the public notice."""
    DECISION = "decision"
    """The copy frozen at the decision."""
    OWN_LINE = "own_line"
    """To each winner, the line that will be printed of their own prize."""
    OWN_SEVERITY = "own_severity"
    """To each juror, how they mark beside the rest of their panel."""
    RESULTS = "results"
    """The public results."""
    SCORES = "scores"
    """Every mark that counts, under pseudonyms of the jurors, to compute the result again."""


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another, both included."""

    first: Moment
    last: Moment = Moment.PUBLISHED

    def covers(self, moment: Moment) -> bool:
        """Say whether a moment lies within."""
        return self.first.rank <= moment.rank <= self.last.rank


_OFFICE = (Viewer.SECRETARY, Viewer.ORGANIZER, Viewer.OBSERVER, Viewer.CHAIR)
_EVERYONE = tuple(Viewer)


def _rows(fact: Fact, viewers: Iterable[Viewer], span: Span) -> dict[tuple[Fact, Viewer], Span]:
    return {(fact, viewer): span for viewer in viewers}


VISIBLE: Final[dict[tuple[Fact, Viewer], Span]] = {
    **_rows(Fact.COMPLETENESS, _OFFICE, Span(Moment.JUDGING)),
    **_rows(Fact.STANDINGS, _OFFICE, Span(Moment.SEALED)),
    **_rows(Fact.PROPOSAL, _OFFICE, Span(Moment.PROPOSED)),
    **_rows(Fact.MONEY, (Viewer.SECRETARY, Viewer.ORGANIZER), Span(Moment.PROPOSED)),
    **_rows(Fact.MONEY, (Viewer.PAYER,), Span(Moment.DECIDED)),
    **_rows(Fact.POSTED_LIST, _EVERYONE, Span(Moment.POSTED, Moment.POSTED)),
    **_rows(Fact.DECISION, _OFFICE, Span(Moment.DECIDED)),
    **_rows(Fact.OWN_LINE, (Viewer.AUTHOR, Viewer.OUTLET), Span(Moment.DECIDED)),
    **_rows(Fact.OWN_SEVERITY, (Viewer.JUROR, Viewer.CHAIR), Span(Moment.SEALED)),
    **_rows(Fact.RESULTS, _EVERYONE, Span(Moment.PUBLISHED)),
    **_rows(Fact.SCORES, _EVERYONE, Span(Moment.PUBLISHED)),
}
"""No row, no sight."""

OPENED: Final = frozenset({Fact.SCORES})
"""What nobody sees, whatever the table says, unless the regulation opens it."""


def may_see(fact: Fact, viewers: Iterable[Viewer], moment: Moment, *, opened: bool = False) -> bool:
    """Say whether somebody in any of these qualities sees a fact at a moment.

    :param opened: whether the regulation opens what stays closed without its word
    """
    if fact in OPENED and not opened:
        return False
    return any((span := VISIBLE.get((fact, viewer))) is not None and span.covers(moment) for viewer in viewers)


def viewers(roles: Iterable[str], *, signed_in: bool) -> frozenset[Viewer]:
    """Tell in what qualities somebody looks: everyone is the public, whoever signs in may be an author."""
    held = {Viewer(role) for role in roles}
    return frozenset(held | {Viewer.PUBLIC} | ({Viewer.AUTHOR} if signed_in else set()))


@unique
class Task(StrEnum):
    """What staff may be entitled to do with results."""

    SETTLE = "settle"
    SEAL = "seal"
    ADVANCE = "advance"
    PROPOSE = "propose"
    APPROVE = "approve"
    POST = "post"
    DECIDE = "decide"
    PUBLISH = "publish"
    CARRY_ON = "carry_on"
    AMEND = "amend"


MAY: Final[dict[Task, frozenset[Viewer]]] = {
    Task.SETTLE: frozenset({Viewer.CHAIR, Viewer.ORGANIZER}),
    Task.SEAL: frozenset({Viewer.SECRETARY, Viewer.ORGANIZER}),
    Task.ADVANCE: frozenset({Viewer.SECRETARY, Viewer.ORGANIZER}),
    Task.PROPOSE: frozenset({Viewer.CHAIR, Viewer.ORGANIZER}),
    Task.APPROVE: frozenset({Viewer.ORGANIZER}),
    Task.POST: frozenset({Viewer.SECRETARY, Viewer.ORGANIZER}),
    Task.DECIDE: frozenset({Viewer.ORGANIZER}),
    Task.PUBLISH: frozenset({Viewer.ORGANIZER}),
    Task.CARRY_ON: frozenset({Viewer.ORGANIZER}),
    Task.AMEND: frozenset({Viewer.ORGANIZER}),
}


def may_do(task: Task, viewers: Iterable[Viewer]) -> bool:
    """Say whether somebody in any of these qualities is entitled to a task."""
    return not MAY[task].isdisjoint(viewers)
