"""The outcome of a round as it is frozen: canonical JSON with codes and exact values, words made where it is shown.

Fractions are written "n/d", points are hundredths, money is đồng, jurors are random subject ids, works are their codes,
newsrooms the names they print under. Nothing in it is the name of a person. ``conclude(material)`` makes the outcome,
``document(outcome, contest=…, regulation=…, sealed_at=…)`` writes it:

.. code-block:: text

    format        2
    contest       slug
    round         code
    regulation    SHA-256 of the regulation that ruled at the sealing
    sealed_at     moment in UTC, with microseconds
    out           {entry: "rejected" | "withdrawn"}, admitted works that left the contest
    groups        [group], in the order of the regulation: groups of the prizes in the last round, else categories
    ungrouped     [line], works that no group takes; they have no place
    votes         [vote], on works first, then on prizes over the groups
    special       [prize]   ┐
    thematic      [prize]   │ only in the last round
    collective    [prize]   │
    money         totals    ┘

    group         group        code
                  lines        [line], best first; works of one place by code
                  unplaced     [line], works without a countable sheet or vote, with null places; empty once sealed
                  advancement  {join, terms: [{term, limit, seats, edge}], going}; not in the last round.
                               term: share | top | floor | flagged | carried; limit: "n/d", number, hundredths or null;
                               edge: the last place that goes on by this term, or null
                  tiers        [{tier, quota | null, floor, exact, given, accepted}]; only in the last round.
                               accepted: number of the act that accepts fewer than an exact quota, or null

    line          entry, category
                  place | null, tied_with: [entry]
                  steps        [{rule, value, among, outcome}], every comparison on the way to the place.
                               rule: mean | carried | ballot | votes | criterion:CODE | highest_sheet |
                               earlier_receipt | chair_sheet | vote | lot | act; outcome: separated | equal | skipped;
                               value: "n/d", for earlier_receipt the moment, or null
                  settled      number of the act whose order decided the last step, or null
        scored:   mean         what the place rests on: aggregate and bonus
                  aggregate    of the sheets alone
                  bonus        [{bonus, points}]
                  criteria     {code: "n/d"}
                  aggregation  mean | trimmed | median | sum: what was done with so many sheets
                  dropped      [{of, low: ["n/d"], high: ["n/d"]}], values that trimming left out; of: total | CODE
                  minimum      sheets that the regulation asks for
                  lowest, highest   of the sheets that count, "n/d"
                  spread, limit     what is compared with what the jurors may differ by; limit null without a rule
                  measure, consequence  of that rule, or null
                  accepted     number of the act that lets exactly these sheets stand, or null
                  sheets       [{juror, revision, chair, third, marks: {code: hundredths}, total, sha256}]
                  left_out     [{juror, revision, third, why, sha256}]; why: recused | other_rubric |
                               third_not_needed | replaced_by_third
        voted:    carried      code of the tier, "yes", or null
                  counts       [count]
        advancing: advanced    bool; passed: [term]
        prizes:   tier         code | null: what the group gives it
                  answers      [{tier, why, limit}] from the highest tier down; why: given | below_floor | quota_full |
                               above_band | not_carried
                  replaced_by  code of the special prize for which the prize of the tier was given back, or null
                  prizes       [code], all that the work takes in the end: of its tier, special, thematic

    count         {question, ballot, of, needed, yes, no, casting, carried}: of members counted, votes needed,
                  whether the chair's vote decided. A vote on tiers: {question, ballot, of, needed, tiers: {code:
                  number}, casting, carried: code | null}. A ranking: {question, ballot, papers, sum}.
    vote          {question, panel, kind, ballots: [{ballot, members, present, cast, quorum, counts, left_out: {why:
                  number}}]}. why: not_a_member | not_present | twice | too_many. No voter is named.

    prize         {prize, by, quota, floor | null, candidates: number, open: bool, act, settled, winners: [winner],
                  passed_over: [{subject, why}]}. act: number of the act that chose; passed_over: who was named
                  by the act or carried by the vote and cannot have it: not_a_candidate | quota_full | below_floor
    winner        {subject, mean, count, works, points, replaces}: those that apply, else null.
                  subject: entry, in collective prizes the newsroom; replaces: the tier given back

    totals        {base_salary: {on, amount} | null, prizes: [{prize, count, each, multiple, in_kind, worth, total}],
                  total, worth}: each and total are paid out, worth is listed and not paid
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from fractions import Fraction
from hashlib import sha256
from typing import Any

from contest.audit.chain import canonical
from contest.results.acts import Decided
from contest.results.advancement import Advancement, Passed
from contest.results.awards import Answer, Award, TierCount
from contest.results.extra_prizes import ExtraPrize, Winner
from contest.results.money import Spent, Totals
from contest.results.outcome import AnyStanding, GroupOutcome, RoundOutcome
from contest.results.ranking import Place, Step
from contest.results.tally import Exact, Sheet, Standing
from contest.results.voting import Count, Held, Vote, Voted

FORMAT = 2

Json = dict[str, Any]


def exact(value: Exact | None) -> str | None:
    """Write a value as it is compared: "8733/1"."""
    return None if value is None else f"{value.numerator}/{value.denominator}"


def fraction(text: str | None) -> Fraction | None:
    """Read what `exact` wrote."""
    return None if text is None else Fraction(text)


def fingerprint(document: Mapping[str, Any]) -> str:
    """Hash a document in its canonical form: SHA-256, in hexadecimal."""
    return sha256(canonical(document)).hexdigest()


def document(outcome: RoundOutcome, *, contest: str, regulation: str, sealed_at: datetime) -> Json:
    """Write everything a round came to; it is what a sealing freezes and what a recount computes.

    :param contest: slug
    :param regulation: SHA-256 of the regulation that ruled at the sealing
    :return: plain values; marks are those of the material and not to be changed
    """
    written: Json = {
        "format": FORMAT,
        "contest": contest,
        "round": outcome.material.code,
        "regulation": regulation,
        "sealed_at": sealed_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "out": {work.entry: work.out for work in outcome.material.works if work.out},
        "groups": [_group(group, outcome) for group in outcome.groups],
        "ungrouped": [_unplaced(standing, outcome) for standing in outcome.ungrouped],
    }
    votes = [*outcome.votes, *(prize.vote for prize in outcome.extra_prizes if prize.vote is not None)]
    written["votes"] = [_vote(vote) for vote in votes]
    if outcome.is_last:
        written["special"] = [_prize(prize) for prize in outcome.special]
        written["thematic"] = [_prize(prize) for prize in outcome.thematic]
        written["collective"] = [_prize(prize) for prize in outcome.collective]
        written["money"] = _totals(outcome.money) if outcome.money is not None else None
    return written


# Groups and lines ----------------------------------------------------------------------------------------------------


def _group(group: GroupOutcome, outcome: RoundOutcome) -> Json:
    lines = [_line(place, outcome) for place in group.places]
    unplaced = [_unplaced(standing, outcome) for standing in group.unplaced]
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


def _unplaced(standing: AnyStanding, outcome: RoundOutcome) -> Json:
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
        line["counts"] = [_count(count) for count in standing.counts]


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


# Prizes --------------------------------------------------------------------------------------------------------------


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


def _prize(prize: ExtraPrize) -> Json:
    return {
        "prize": prize.code,
        "by": prize.by,
        "quota": prize.quota,
        "floor": prize.floor,
        "candidates": prize.candidates,
        "open": prize.is_open,
        "act": prize.act,
        "settled": prize.settled,
        "winners": [_winner(winner) for winner in prize.winners],
        "passed_over": [{"subject": subject, "why": str(why)} for subject, why in prize.passed_over],
    }


def _winner(winner: Winner) -> Json:
    return {
        "subject": winner.subject,
        "mean": exact(winner.mean),
        "count": _count(winner.count) if winner.count is not None else None,
        "works": winner.works,
        "points": exact(winner.points),
        "replaces": winner.replaces,
    }


def _totals(money: Totals) -> Json:
    salary = {"on": money.salary_on.isoformat(), "amount": money.salary} if money.salary_on is not None else None
    return {
        "base_salary": salary,
        "prizes": [_spent(spent) for spent in money.spent],
        "total": money.total,
        "worth": money.worth,
    }


def _spent(spent: Spent) -> Json:
    payment = spent.payment
    return {
        "prize": spent.prize,
        "count": spent.count,
        "each": payment.amount,
        "multiple": exact(payment.multiple),
        "in_kind": payment.in_kind,
        "worth": payment.worth,
        "total": spent.total,
    }


# Votes ---------------------------------------------------------------------------------------------------------------


def _vote(vote: Vote) -> Json:
    held = [_held(held) for held in vote.held]
    return {"question": vote.question, "panel": vote.panel, "kind": vote.kind, "ballots": held}


def _held(held: Held) -> Json:
    return {
        "ballot": held.ballot,
        "members": held.members,
        "present": held.present,
        "cast": held.cast,
        "quorum": exact(held.quorum),
        "counts": held.counts,
        "left_out": dict(held.left_out),
    }


def _count(count: Count) -> Json:
    written: Json = {"question": count.question, "ballot": count.ballot}
    if count.papers:
        return {**written, "papers": count.papers, "sum": count.sum}
    written |= {"of": count.of, "needed": count.needed, "casting": count.casting, "carried": count.carried}
    if count.tiers is not None:
        return {**written, "tiers": dict(count.tiers)}
    return {**written, "yes": count.yes, "no": count.no}
