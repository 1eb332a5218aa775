"""The groups of a round with a line for each work."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from contest.results.acts import Decided
from contest.results.advancement import Advancement, Passed
from contest.results.awards import Answer, Award, TierCount
from contest.results.outcome import AnyStanding, GroupOutcome, RoundOutcome
from contest.results.ranking import Place, Step
from contest.results.record.figures import Json, exact
from contest.results.record.votes import written_count
from contest.results.tally import Exact, Sheet, Standing
from contest.results.voting import Voted


def written_group(group: GroupOutcome, outcome: RoundOutcome) -> Json:
    lines = [_line(place, outcome) for place in group.places]
    unplaced = [written_unplaced(standing, outcome) for standing in group.unplaced]
    written: Json = {"group": group.group, "lines": lines, "unplaced": unplaced}
    if group.advancement is not None:
        written["advancement"] = _advancement(group.advancement)
        _add_advancement(lines + unplaced, group.advancement)
    if group.prizes is not None:
        written["tiers"] = [_tier(tier, group.group, outcome.decided) for tier in group.prizes.tiers]
        _add_prizes(lines + unplaced, group.prizes.awards, outcome)
    return written


def _line(place: Place, outcome: RoundOutcome) -> Json:
    line = {
        "entry": place.entry,
        "category": outcome.works[place.entry].category,
        "place": place.place,
        "tied_with": list(place.tied_with),
        "steps": [_step(step) for step in place.steps],
        "settled": place.settled,
    }
    _add_standing(line, place.standing, outcome.decided)
    return line


def written_unplaced(standing: AnyStanding, outcome: RoundOutcome) -> Json:
    line: Json = {
        "entry": standing.entry,
        "category": outcome.works[standing.entry].category,
        "place": None,
        "tied_with": [],
        "steps": [],
        "settled": None,
    }
    _add_standing(line, standing, outcome.decided)
    if outcome.is_last:
        _add_prizes([line], (), outcome)
    return line


def _step(step: Step) -> Json:
    value = step.value if isinstance(step.value, str) else exact(step.value)
    return {"rule": step.rule, "value": value, "among": step.among, "outcome": step.outcome.value}


def _add_standing(line: Json, standing: object, decided: Decided) -> None:
    if isinstance(standing, Standing):
        _add_sheets(line, standing, decided)
    elif isinstance(standing, Voted):
        line["carried"] = standing.carried
        line["counts"] = [written_count(count) for count in standing.counts]


def _add_sheets(line: Json, standing: Standing, decided: Decided) -> None:
    rule = standing.discrepancy
    line["mean"] = exact(standing.mean)
    line["aggregate"] = exact(standing.aggregate)
    line["bonus"] = [{"bonus": each.bonus, "points": each.points} for each in standing.added]
    line["criteria"] = {code: exact(figure) for code, figure in standing.criteria.items()}
    line["aggregation"] = standing.taken
    line["dropped"] = [
        {"of": each.of, "low": list(map(exact, each.low)), "high": list(map(exact, each.high))}
        for each in standing.dropped
    ]
    line["minimum"] = standing.minimum
    line["lowest"] = exact(standing.lowest)
    line["highest"] = exact(standing.highest)
    line["spread"] = exact(standing.spread)
    line["limit"] = rule.limit if rule is not None else None
    line["measure"] = rule.measure if rule is not None else None
    line["consequence"] = rule.consequence if rule is not None else None
    line["accepted"] = decided.accepts(standing)
    line["sheets"] = [_sheet(sheet, total) for sheet, total in zip(standing.used, standing.totals, strict=True)]
    line["left_out"] = [_left_out(sheet) for sheet in standing.left_out]


def _sheet(sheet: Sheet, total: Exact) -> Json:
    return {
        "juror": sheet.juror,
        "revision": sheet.revision,
        "chair": sheet.chair,
        "third": sheet.third,
        "marks": sheet.marks if type(sheet.marks) is dict else dict(sheet.marks),
        "total": exact(total),
        "sha256": sheet.sha256,
    }


def _left_out(sheet: Sheet) -> Json:
    return {
        "juror": sheet.juror,
        "revision": sheet.revision,
        "third": sheet.third,
        "why": str(sheet.left_out),
        "sha256": sheet.sha256,
    }


# Going on ------------------------------------------------------------------------------------------------------------


def _advancement(advancement: Advancement) -> Json:
    terms = [_term(term) for term in advancement.terms]
    return {"join": advancement.join, "terms": terms, "going": len(advancement.entries)}


def _term(term: Passed) -> Json:
    limit = exact(term.limit) if isinstance(term.limit, Fraction) else term.limit
    return {"term": term.term, "limit": limit, "seats": term.seats, "edge": term.edge}


def _add_advancement(lines: Iterable[Json], advancement: Advancement) -> None:
    going = set(advancement.entries)
    for line in lines:
        line["advanced"] = line["entry"] in going
        line["passed"] = list(advancement.passed(line["entry"]))


# Prizes of the tiers --------------------------------------------------------------------------------------------------


def _tier(tier: TierCount, group: str, decided: Decided) -> Json:
    return {
        "tier": tier.tier,
        "quota": tier.quota,
        "floor": tier.floor,
        "exact": tier.exact,
        "given": tier.given,
        "accepted": decided.short.get((group, tier.tier, tier.given)) if tier.is_short else None,
    }


def _add_prizes(lines: Iterable[Json], awards: Iterable[Award], outcome: RoundOutcome) -> None:
    found = {award.entry: award for award in awards}
    taken, replaced = outcome.prizes, outcome.replaced
    for line in lines:
        entry = line["entry"]
        award = found.get(entry)
        line["tier"] = award.tier if award is not None else None
        line["answers"] = [_answer(answer) for answer in award.answers] if award is not None else []
        line["replaced_by"] = replaced.get(entry)
        line["prizes"] = list(taken.get(entry, ()))


def _answer(answer: Answer) -> Json:
    return {"tier": answer.tier, "why": answer.why.value, "limit": answer.limit}
