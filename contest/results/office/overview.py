"""Where the contest stands between the score sheets and the wall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import render_template

from contest import clock
from contest.judging import queries as judging
from contest.judging.models import Round
from contest.regulations.scoring import RoundRule
from contest.results import gates, queries, services
from contest.results.gates import Act
from contest.results.models import ActKind, Decision, Posting, Publication, RecordedAct
from contest.results.office.blueprint import bp, why_not
from contest.web import wall
from contest.web.addresses import current_contest


@dataclass(frozen=True)
class RoundStep:
    """One round on the way: its rule, its row when there is one, how many works, and who advanced them."""

    rule: RoundRule
    row: Round | None
    works: int
    complete: int
    sealed_by: str
    advanced: RecordedAct | None
    went_on: int
    is_last: bool


@dataclass(frozen=True)
class WayStep:
    """One step after the rounds: done by whom and when, or what keeps it from being done.

    :ivar waits_for: the body whose approval is next, where the regulation names it
    """

    act: Act
    at: datetime | None
    by: str
    note: str
    missing: str | None
    is_next: bool
    waits_for: str | None


@bp.get("")
def overview() -> str:
    """Show the whole way, every step with who did it and when, and what blocks the next one."""
    contest = current_contest
    acts = queries.acts_of(contest, ActKind.ADVANCED, ActKind.PROPOSED, ActKind.PREPARED)
    return render_template(
        "results/overview.html",
        rounds=_round_steps({act.round_id: act for act in acts if act.kind is ActKind.ADVANCED}),
        way=_way({act.kind: act for act in acts}),
        moment=queries.moment_of(contest),
        parent=services.parent_of(contest),
    )


def _round_steps(advanced: Mapping[int | None, RecordedAct]) -> list[RoundStep]:
    contest = current_contest
    rows = {row.code: row for row in judging.rounds_of(contest)}
    counts = judging.counts_of_rounds(contest)
    sealers = judging.people({row.sealed_by_id for row in rows.values() if row.sealed_by_id is not None})
    steps = []
    for rule in contest.regulation.rounds:
        row = rows.get(rule.code)
        coverage = judging.coverage(row, rule.minimum_sheets) if row is not None and row.sealed_at is None else None
        sealer = sealers.get(row.sealed_by_id) if row is not None and row.sealed_by_id is not None else None
        steps.append(
            RoundStep(
                rule=rule,
                row=row,
                works=sum(counts.get(row.id, {}).values()) if row is not None else 0,
                complete=coverage.complete if coverage is not None else 0,
                sealed_by=sealer.name if sealer is not None else "",
                advanced=advanced.get(row.id) if row is not None else None,
                went_on=_went_on(advanced.get(row.id)) if row is not None else 0,
                is_last=rule is contest.regulation.rounds[-1],
            )
        )
    return steps


def _went_on(act: RecordedAct | None) -> int:
    """How many works an act sent on, of those that the reader may hear of."""
    return len(set(act.choice["entries"]) - wall.names()) if act is not None else 0


def _way(acts: Mapping[ActKind, RecordedAct]) -> list[WayStep]:
    contest = current_contest
    now, situation = clock.now(), queries.situation_of(contest)
    approvals = queries.approvals_of(contest)
    found: dict[Act, Callable[[], RecordedAct | Posting | Decision | Publication | None]] = {
        Act.PROPOSE: lambda: acts.get(ActKind.PROPOSED),
        Act.APPROVE: lambda: approvals[-1] if approvals else None,
        Act.POST: lambda: queries.newest_posting(contest),
        Act.DECIDE: lambda: queries.newest_decision(contest),
        Act.PREPARE: lambda: acts.get(ActKind.PREPARED),
        Act.PUBLISH: lambda: queries.publication_of(contest),
    }
    steps: list[WayStep] = []
    for act in situation.way:
        finished = gates.is_done(act, situation.stage)
        row = found[act]() if finished else None
        steps.append(
            WayStep(
                act=act,
                at=row.at if row is not None else None,
                by=row.by.name if row is not None and row.by is not None else "",
                note=_note(act, row, approvals),
                missing=None if finished else why_not(act, situation, now),
                is_next=not finished and not any(step.is_next for step in steps),
                waits_for=situation.next_body if act is Act.APPROVE and not finished else None,
            )
        )
    return steps


def _note(act: Act, row: RecordedAct | Posting | Decision | Publication | None, approvals: list[RecordedAct]) -> str:
    """What stands beside who did a step: the approving bodies, the number of the decision."""
    if act is Act.APPROVE:
        return "; ".join(
            ", ".join(part for part in (each.choice["body"], each.choice["number"]) if part) for each in approvals
        )
    return row.number if isinstance(row, Decision) else ""
