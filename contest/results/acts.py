"""What recorded acts have decided, read from their choices; an act that does not say what it should decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from contest.results import material
from contest.results.material import Act
from contest.results.ranking import ACT, Order
from contest.results.tally import Standing

Sheets: TypeAlias = frozenset[tuple[str, int]]
"""The very sheets a standing rests on: juror and revision."""
PRIZE = "prize:"
REPLACE, JOIN = "replace", "join"


def sheets_of(standing: Standing) -> Sheets:
    """Name the very sheets a standing rests on, so that an act about them is not carried over to others."""
    return frozenset((sheet.juror, sheet.revision) for sheet in standing.used)


@dataclass(frozen=True, slots=True)
class Choice:
    """Who takes a prize that is given by act, in the order of the act."""

    subjects: tuple[str, ...]
    act: int


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who was present at a ballot; at those of one question or one panel when it names them."""

    ballot: int
    present: frozenset[str]
    question: str | None = None
    panel: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Who marked a work again after the sealing, and whether their sheets stand alone or beside the others."""

    jurors: frozenset[str]
    replaces: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """Everything that acts have decided in a round."""

    accepted: Mapping[str, tuple[Sheets, int]] = field(default_factory=dict)
    """Sheets that stand although they differ, by work, with the act."""
    orders: Mapping[frozenset[str], Order] = field(default_factory=dict)
    prize_orders: Mapping[str, Mapping[frozenset[str], Order]] = field(default_factory=dict)
    flagged: frozenset[str] = frozenset()
    bonuses: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Works by bonus."""
    short: Mapping[tuple[str, str, int], int] = field(default_factory=dict)
    """Acts by group, tier, and number of prizes that they accept."""
    chosen: Mapping[str, Choice] = field(default_factory=dict)
    sittings: tuple[Sitting, ...] = ()
    remarks: Mapping[str, Remark] = field(default_factory=dict)
    """Works that were marked again."""

    def accepts(self, standing: Standing) -> int | None:
        """Give the act that lets exactly these sheets stand although they differ; None when there is none."""
        sheets, act = self.accepted.get(standing.entry, (None, None))
        return act if sheets is not None and standing.is_discrepant and sheets == sheets_of(standing) else None

    def present(self, question: str, panel: str) -> dict[int, frozenset[str]]:
        """Give who was recorded as present at each ballot on a question; the closest record counts."""
        fitting = [
            sitting
            for sitting in self.sittings
            if sitting.question in (None, question) and sitting.panel in (None, panel)
        ]
        fitting.sort(key=lambda sitting: (sitting.panel is not None, sitting.question is not None))
        return {sitting.ballot: sitting.present for sitting in fitting}


def decided(acts: Iterable[Act]) -> Decided:
    """Read acts, the newest of one kind about one subject; orders of equal works are told apart by the works."""
    kinds: dict[str, list[Act]] = {}
    for act in sorted(acts, key=lambda act: act.number):
        kinds.setdefault(act.kind, []).append(act)
    prize_orders: dict[str, dict[frozenset[str], Order]] = {}
    orders: dict[frozenset[str], Order] = {}
    for act in kinds.get(material.TIE_SETTLED, ()):
        order = _order(act)
        if order is not None:
            is_prize = act.subject.startswith(PRIZE)
            place = prize_orders.setdefault(act.subject.removeprefix(PRIZE), {}) if is_prize else orders
            place[frozenset(order.entries)] = order
    return Decided(
        accepted=dict(_accepted(kinds.get(material.DISCREPANCY_ACCEPTED, ()))),
        orders=orders,
        prize_orders=prize_orders,
        flagged=frozenset(
            entry for act in _newest(kinds.get(material.FLAGGED, ())) for entry in _texts(act.choice.get("entries"))
        ),
        bonuses=_bonuses(kinds.get(material.BONUS_GIVEN, ())),
        short=dict(_short(kinds.get(material.ACCEPTED_SHORT, ()))),
        chosen=dict(_chosen(kinds.get(material.PRIZE_CHOSEN, ()))),
        sittings=tuple(_sittings(kinds.get(material.SITTING, ()))),
        remarks=dict(_remarks(kinds.get(material.REMARK_ORDERED, ()))),
    )


def _newest(acts: Iterable[Act]) -> Iterable[Act]:
    return {act.subject: act for act in acts}.values()


def _texts(value: Any) -> tuple[str, ...]:
    """Read a list of texts; anything else is empty."""
    if not isinstance(value, list | tuple):
        return ()
    return tuple(dict.fromkeys(each for each in value if isinstance(each, str)))


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _order(act: Act) -> Order | None:
    entries = _texts(act.choice.get("order"))
    method = act.choice.get("method", ACT)
    return Order(entries, method, act.number) if len(entries) > 1 and isinstance(method, str) else None


def _accepted(acts: Iterable[Act]) -> Iterator[tuple[str, tuple[Sheets, int]]]:
    for act in acts:
        entry, sheets = act.choice.get("entry"), act.choice.get("sheets")
        if isinstance(entry, str) and isinstance(sheets, list | tuple):
            yield entry, (frozenset(tuple(each) for each in sheets if _is_sheet(each)), act.number)


def _is_sheet(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) == 2
        and isinstance(value[0], str)
        and _number(value[1]) is not None
    )


def _bonuses(acts: Iterable[Act]) -> dict[str, frozenset[str]]:
    """Collect works by bonus; of acts about one subject the newest for that bonus counts."""
    newest = {(act.subject, act.choice.get("bonus")): act for act in acts if isinstance(act.choice.get("bonus"), str)}
    found: dict[str, frozenset[str]] = {}
    for (_, bonus), act in newest.items():
        found[str(bonus)] = found.get(str(bonus), frozenset()) | frozenset(_texts(act.choice.get("entries")))
    return found


def _short(acts: Iterable[Act]) -> Iterator[tuple[tuple[str, str, int], int]]:
    for act in acts:
        group, tier, given = act.choice.get("group"), act.choice.get("tier"), _number(act.choice.get("given"))
        if isinstance(group, str) and isinstance(tier, str) and given is not None:
            yield (group, tier, given), act.number


def _chosen(acts: Iterable[Act]) -> Iterator[tuple[str, Choice]]:
    for act in acts:
        prize, subjects = act.choice.get("prize"), act.choice.get("subjects")
        if isinstance(prize, str) and isinstance(subjects, list | tuple):
            yield prize, Choice(_texts(subjects), act.number)


def _remarks(acts: Iterable[Act]) -> Iterator[tuple[str, Remark]]:
    for act in acts:
        entry, jurors = act.choice.get("entry"), _texts(act.choice.get("jurors"))
        if isinstance(entry, str):
            yield entry, Remark(frozenset(jurors), act.choice.get("counts") == REPLACE)


def _sittings(acts: Iterable[Act]) -> Iterator[Sitting]:
    """Read who was present; a later record of the same ballot takes the place of an earlier one.

    An empty question is that of the round, an empty panel is none.
    """
    found: dict[tuple[int, str | None, str | None], Sitting] = {}
    for act in acts:
        ballot, question, panel = _number(act.choice.get("ballot")), act.choice.get("question"), act.choice.get("panel")
        if ballot is None or not isinstance(question, str | None) or not isinstance(panel, str | None):
            continue
        sitting = Sitting(ballot, frozenset(_texts(act.choice.get("present"))), question, panel or None)
        found[ballot, question, panel or None] = sitting
    yield from found.values()
