"""Prizes over the groups, and the money of all."""

from __future__ import annotations

from contest.results.extra_prizes import ExtraPrize, Winner
from contest.results.money import Spent, Totals
from contest.results.record.figures import Json, exact
from contest.results.record.votes import written_count


def written_prize(prize: ExtraPrize) -> Json:
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
        "count": written_count(winner.count) if winner.count is not None else None,
        "works": winner.works,
        "points": exact(winner.points),
        "replaces": winner.replaces,
    }


def written_totals(money: Totals) -> Json:
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
