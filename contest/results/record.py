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
    votes         [vote], only in rounds with one
    special       [prize]   ┐
    thematic      [prize]   │ only in the last round
    collective    [prize]   │
    money         totals    ┘

    group         group        code
                  lines        [line], best first; works of one place by code
                  unplaced     [line], works without a countable sheet or vote; always empty once sealed
                  advancement  {join, terms: [{term, limit, seats, edge}], going}; not in the last round.
                               term: share | top | floor | flagged | carried; limit: "n/d", number, hundredths or null;
                               edge: the last place that goes on by this term, or null
                  tiers        [{tier, quota | null, floor, exact, given, accepted}]; only in the last round.
                               accepted: number of the act that accepts fewer than an exact quota, or null

    line          entry, category
                  place | null, tied_with: [entry]
                  steps        [{rule, value, among, outcome}], every comparison on the way to the place.
                               rule: mean | carried | votes | criterion:CODE | highest_sheet | earlier_receipt |
                               chair_sheet | vote | lot | act; outcome: separated | equal | skipped;
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
from contest.results.outcome import Outcome
from contest.results.ranking import ACT, Compared, Place
from contest.results.tally import Standing

FORMAT = 1


def exact(value: Fraction | int | None) -> str | None:
    """Write a fraction as it is compared: "8733/1"."""
    if value is None:
        return None
    value = Fraction(value)
    return f"{value.numerator}/{value.denominator}"


def fraction(text: str | None) -> Fraction | None:
    """Read what `exact` wrote."""
    return None if text is None else Fraction(text)


def fingerprint(document: Mapping[str, Any]) -> str:
    """Hash a document in its canonical form: SHA-256, in hexadecimal."""
    return sha256(canonical(document)).hexdigest()


def document(
    outcomes: Iterable[Outcome],
    *,
    contest: str,
    round_code: str,
    regulation: str,
    sealed_at: datetime,
    out: Mapping[str, str],
    accepted: Mapping[str, int],
    settled: Mapping[frozenset[str], int],
) -> dict[str, Any]:
    """Write everything a round came to.

    :param regulation: SHA-256 of the regulation the result was computed under
    :param out: entries that left the round, with the code of the reason
    :param accepted: number of the act that accepted the range of an entry's sheets
    :param settled: number of the act that settled a tie
    """
    return {
        "format": FORMAT,
        "contest": contest,
        "round": round_code,
        "regulation": regulation,
        "sealed_at": sealed_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "out": dict(out),
        "categories": [_category(outcome, accepted, settled) for outcome in outcomes],
    }


def _category(outcome: Outcome, accepted: Mapping[str, int], settled: Mapping[frozenset[str], int]) -> dict[str, Any]:
    written: dict[str, Any] = {"category": outcome.category}
    answers = {award.entry: award for award in outcome.prizes.awards} if outcome.prizes else {}
    acts = {entry: act for entries, act in settled.items() for entry in entries}
    lines = [_line(place) for place in outcome.places]
    for line in lines:
        line["accepted"] = accepted.get(line["entry"])
        line["settled"] = acts.get(line["entry"]) if _was_ordered(line["steps"][-1]) else None
    if outcome.advancement is not None:
        going = set(outcome.advancement.entries)
        written["advancement"] = {"seats": outcome.advancement.seats, "edge": outcome.advancement.edge}
        for line in lines:
            line["advanced"] = line["entry"] in going
    if outcome.prizes is not None:
        written["tiers"] = [
            {"tier": tier.tier, "quota": tier.quota, "floor": tier.floor, "given": tier.given}
            for tier in outcome.prizes.tiers
        ]
        for line in lines:
            award = answers[line["entry"]]
            line["tier"] = award.tier
            line["answers"] = [
                {"tier": answer.tier, "why": str(answer.why), "limit": answer.limit} for answer in award.answers
            ]
    written["lines"] = lines
    return written


def _was_ordered(step: Mapping[str, Any]) -> bool:
    """Say whether the last comparison was an order that people chose; one for another set of works was passed over."""
    return step["rule"] == ACT and step["outcome"] != Compared.SKIPPED


def _line(place: Place) -> dict[str, Any]:
    standing = place.standing
    return {
        "entry": place.entry,
        "place": place.place,
        "mean": exact(place.mean),
        "criteria": {code: exact(mean) for code, mean in standing.criteria.items()},
        "lowest": standing.lowest,
        "highest": standing.highest,
        "limit": standing.limit,
        "tied_with": list(place.tied_with),
        "steps": [
            {"rule": step.rule, "value": exact(step.value), "among": step.among, "outcome": str(step.outcome)}
            for step in place.steps
        ],
        **_sheets(standing),
    }


def _sheets(standing: Standing) -> dict[str, Any]:
    return {
        "sheets": [
            {
                "juror": sheet.juror,
                "revision": sheet.revision,
                "chair": sheet.chair,
                "marks": dict(sheet.marks),
                "sha256": sheet.sha256,
            }
            for sheet in standing.used
        ],
        "left_out": [
            {"juror": sheet.juror, "revision": sheet.revision, "why": str(sheet.left_out)}
            for sheet in standing.left_out
        ],
    }
