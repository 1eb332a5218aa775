"""The outcome of a round as it is frozen: canonical JSON with codes and exact values, words made where it is shown.

Fractions are written "n/d", points are hundredths, jurors are random subject ids, entries are their codes. Nothing in
it is a name.
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
