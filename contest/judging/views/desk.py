"""What lies on a juror's desk."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

from flask import g, request
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.judging import queries
from contest.judging.marks import rounded_total
from contest.judging.models import Round
from contest.judging.queries import DeskLine, Done
from contest.judging.views.blueprint import bp
from contest.judging.window import Phase
from contest.web.pages import answer
from contest.web.pagination import PER_PAGE, Page, page_number
from contest.web.text import fold, tidy

AT_ONCE = 25
"""Sheets printed in one file: the drawing of more would keep others waiting."""


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
        """What the juror gives a work in all at present, as it is shown; None while a criterion has no mark."""
        total = line.total(self.round.rubric(line.category))
        return None if total is None else shown_total(self.round, total)

    def shown(self, done: Done | None, words: str, order: Ordering) -> list[DeskLine]:
        """The works in one state whose code or title has these words, in this order; the first to mark stay first."""
        lines = self.of(done)
        if words:
            wanted = fold(words)
            lines = [line for line in lines if wanted in fold(f"{line.name(self.round)} {line.title}")]
        if order is Ordering.total:
            return sorted(lines, key=self._by_total)
        if order is Ordering.state:
            return sorted(lines, key=lambda line: (not line.first, list(Done).index(line.done)))
        return lines

    def _by_total(self, line: DeskLine) -> tuple[bool, bool, Fraction]:
        total = line.total(self.round.rubric(line.category))
        return not line.first, total is None, -(total or Fraction(0))


class Ordering(StrEnum):
    """How a juror may order the desk."""

    code = "ma"
    total = "diem"
    state = "trang-thai"


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
    phase = round_.window().phase(clock.now())
    about = {
        "rounds": rounds,
        "round": round_,
        "rule": round_.rule,
        "window": round_.window(),
        "phase": phase,
        "undeclared": phase in (Phase.announced, Phase.open) and not queries.has_declared(current_user.id, round_),
        "sitting": sitting if sitting and queries.may_vote(current_user, round_) else None,
    }
    if round_.rule.is_voted:
        lines = queries.voted_works(current_user, round_)
        return answer("judging/voting_desk.html", works=lines, sittings=queries.sittings_of(round_), **about)
    own = Desk(round_, queries.desk(current_user, round_))
    done, order = _chosen(Done, "loc"), _chosen(Ordering, "xep") or Ordering.code
    words = tidy(request.args.get("tim", ""))[:100]
    kept = {"vong": round_.code, "tim": words or None, "xep": None if order is Ordering.code else str(order)}
    return answer(
        "judging/desk.html",
        desk=own,
        done=done,
        order=order,
        words=words,
        kept=kept,
        page=_paged(own.shown(done, words, order)),
        parts=range(1, -(-len(own.lines) // AT_ONCE) + 1),
        at_once=AT_ONCE,
        **about,
    )


Choice = TypeVar("Choice", bound=StrEnum)


def _chosen(kind: type[Choice], name: str) -> Choice | None:
    given = request.args.get(name)
    return kind(given) if given in set(kind) else None


def marked_round() -> Round | None:
    """The round that is asked for, or the latest, of those in which the juror has works to mark."""
    rounds = [row for row in queries.rounds_on_desk(current_user, g.contest) if not row.rule.is_voted]
    asked = request.args.get("vong")
    return next((row for row in rounds if row.code == asked), next(iter(rounds), None))


def _paged(lines: list[DeskLine]) -> Page:
    pages = max(1, -(-len(lines) // PER_PAGE))
    number = page_number(pages)
    return Page(lines[(number - 1) * PER_PAGE : number * PER_PAGE], len(lines), number, PER_PAGE)


def _next_rounds() -> list[Any]:
    now = clock.now()
    return [rule for rule in g.contest.regulation.rounds if rule.closes > now]
