"""What lies on a juror's desk."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from flask import g, request
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.judging import queries
from contest.judging.marks import rounded_total, total_of
from contest.judging.models import Round
from contest.judging.queries import DeskLine, Done
from contest.judging.views.blueprint import bp
from contest.web.pages import answer
from contest.web.pagination import PER_PAGE, Page, page_number


@dataclass(frozen=True)
class Desk:
    """A juror's works in one round, counted by how far they have come."""

    round: Round
    lines: list[DeskLine]

    def of(self, done: Done | None) -> list[DeskLine]:
        """The works in one state, or all."""
        return self.lines if done is None else self._by_state[done]

    @cached_property
    def _by_state(self) -> dict[Done, list[DeskLine]]:
        found: dict[Done, list[DeskLine]] = {done: [] for done in Done}
        for line in self.lines:
            found[line.done].append(line)
        return found

    @property
    def counts(self) -> dict[Done | None, int]:
        """Number of works in each state, and of all."""
        return {done: len(self.of(done)) for done in (None, *Done)}

    @property
    def following(self) -> DeskLine | None:
        """The work to go on with: one that was begun, else the first untouched."""
        return next(iter([*self.of(Done.begun), *self.of(Done.todo)]), None)

    def total(self, line: DeskLine) -> Fraction | None:
        """The total of the sheet sent for a work, as it is shown; None while there is none."""
        if line.marks is None:
            return None
        return shown_total(self.round, total_of(line.marks, self.round.rubric(line.category)))


def shown_total(round_: Round, total: Fraction) -> Fraction:
    """A total as the regulation of the round shows it, in hundredths of a point."""
    regulation = round_.regulation
    return rounded_total(total, regulation.display_decimals, regulation.display_rounding)


@bp.get("")
def desk() -> Response:
    """Show a juror what is assigned to them, what is done, what is left and until when."""
    rounds = queries.rounds_on_desk(current_user, g.contest)
    if not rounds:
        return answer("judging/empty_desk.html", waiting=_next_rounds())
    asked = request.args.get("vong")
    round_ = next((row for row in rounds if row.code == asked), rounds[0])
    sitting = queries.open_sitting(round_)
    about = {
        "rounds": rounds,
        "round": round_,
        "rule": round_.rule,
        "window": round_.window(),
        "phase": round_.window().phase(clock.now()),
        "sitting": sitting if sitting and queries.may_vote(current_user, round_) else None,
    }
    if round_.rule.is_voted:
        lines = queries.voted_works(current_user, round_)
        return answer("judging/voting_desk.html", works=lines, sittings=queries.sittings_of(round_), **about)
    own = Desk(round_, queries.desk(current_user, round_))
    shown = request.args.get("loc")
    done = Done(shown) if shown in set(Done) else None
    return answer("judging/desk.html", desk=own, done=done, page=_paged(own.of(done)), **about)


def _paged(lines: list[DeskLine]) -> Page:
    pages = max(1, -(-len(lines) // PER_PAGE))
    number = page_number(pages)
    return Page(lines[(number - 1) * PER_PAGE : number * PER_PAGE], len(lines), number, PER_PAGE)


def _next_rounds() -> list[Any]:
    now = clock.now()
    return [rule for rule in g.contest.regulation.rounds if rule.closes > now]
