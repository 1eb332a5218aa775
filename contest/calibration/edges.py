"""From the outcome of a scored round: the marks as the model takes them, and the edges where something is decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from contest.calibration.estimates import Edge, Scored
from contest.calibration.linking import Mark
from contest.regulations.scoring import Criterion
from contest.results.awards import Prizes, Why
from contest.results.outcome import GroupOutcome, RoundOutcome
from contest.results.tally import LeftOut, Sheet, Standing


def total(marks: Mapping[str, int], rubric: Sequence[Criterion]) -> float | None:
    """Add a sheet up, in hundredths of a point; None when it is not of this rubric."""
    if marks.keys() != {criterion.code for criterion in rubric}:
        return None
    return float(sum(marks[criterion.code] * criterion.weight for criterion in rubric))


def top(rubric: Iterable[Criterion]) -> float:
    """The most that a sheet can have, in hundredths of a point."""
    return float(sum(criterion.maximum * criterion.weight for criterion in rubric))


def marks_of(outcome: RoundOutcome, advisory: Mapping[str, Sequence[Sheet]]) -> tuple[Mark, ...]:
    """Every mark that says something of its juror: those that count, those that do not, and the advisory ones.

    Sheets of jurors who stepped back are left out.
    """
    rubrics, sheets = outcome.material.rule.rubrics, outcome.material.sheets
    found = []
    for work in outcome.works.values():
        rubric = rubrics.get(work.category, ())
        for sheet in chain(sheets.get(work.entry, ()), advisory.get(work.entry, ())):
            points = total(sheet.marks, rubric) if sheet.left_out is not LeftOut.RECUSED else None
            if points is not None:
                found.append(Mark(work.entry, sheet.juror, work.category, points * 100 / top(rubric)))
    return tuple(sorted(found))


def scored_of(outcome: RoundOutcome) -> tuple[Scored, ...]:
    """How the figure of each ranked work follows from what it is worth."""
    rubrics = outcome.material.rule.rubrics
    return tuple(
        Scored(
            standing.entry,
            outcome.works[standing.entry].category,
            group.group,
            top(rubrics[outcome.works[standing.entry].category]),
            times=len(standing.totals) if standing.taken == "sum" else 1,
            bonus=float(sum(each.points for each in standing.added)),
        )
        for group in outcome.groups
        for standing in group.standings
        if isinstance(standing, Standing) and standing.is_ranked
    )


def edges_of(outcome: RoundOutcome) -> tuple[Edge, ...]:
    """Every edge of a scored round: of who goes on, or of the tiers."""
    if outcome.material.rule.is_voted:
        return ()
    return tuple(chain.from_iterable(map(_edges, outcome.groups)))


def _edges(group: GroupOutcome) -> Iterator[Edge]:
    places = [place.entry for place in group.places]
    if group.advancement is not None:
        for term in group.advancement.terms:
            if term.term not in ("share", "top", "floor"):
                continue
            yield Edge(
                group.group,
                term.term,
                tuple(entry for entry in places if entry in term.entries),
                tuple(entry for entry in places if entry not in term.entries),
                float(term.limit) if term.term == "floor" and term.limit is not None else None,
            )
    if group.prizes is not None:
        yield from _edges_of_tiers(group.group, group.prizes, places)


def _edges_of_tiers(group: str, prizes: Prizes, places: Sequence[str]) -> Iterator[Edge]:
    """Between each tier and what lies below it: its floor where that kept the next work out, else the places."""
    tiers = [tier.tier for tier in prizes.tiers]
    rank = {award.entry: tiers.index(award.tier) for award in prizes.awards if award.tier is not None}
    for question in prizes.questions:
        rank |= {
            entry: tiers.index(tier)
            for entry, tier in zip(question.entries, question.prizes, strict=True)
            if tier is not None
        }
    kept_out = {award.entry: {answer.tier: answer for answer in award.answers} for award in prizes.awards}
    for number, tier in enumerate(prizes.tiers):
        inside = tuple(entry for entry in places if rank.get(entry, len(tiers)) <= number)
        outside = tuple(entry for entry in places if rank.get(entry, len(tiers)) > number)
        if not outside or tier.quota == 0:
            continue
        answer = kept_out.get(outside[0], {}).get(tier.tier)
        by_floor = answer is not None and answer.why is Why.BELOW_FLOOR
        if by_floor or inside:
            yield Edge(group, tier.tier, inside, outside, float(tier.floor) if by_floor else None)
