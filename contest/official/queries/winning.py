"""Prizes as they stand now, and who is paid for them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from contest.database import db
from contest.official.material import Payment
from contest.official.setting import long_date
from contest.regulations.models import Contest
from contest.results import lists
from contest.results import queries as results
from contest.results.models import Decision
from contest.winners import queries as winners


def sections_first(contest: Contest) -> Sequence[lists.Section]:
    """The list as the decision gave it, before anything of it was changed; before the decision, as it is proposed."""
    first = first_decision(contest)
    if first is not None:
        return lists.of_copy(results.copy_of(first))
    written = [
        *results.lines_of(contest, results.awards_of(contest)),
        *results.collective_lines_of(contest, results.collective_awards_of(contest)),
    ]
    return lists.grouped(results.sections_of(contest), written)


def sections_in_force(contest: Contest) -> Sequence[lists.Section]:
    """The prizes that stand now: without those that are suspended, which nobody receives or is invited for."""
    newest = results.newest_decision(contest)
    return lists.of_copy(lists.in_force(results.copy_of(newest))) if newest is not None else sections_first(contest)


def first_decision(contest: Contest) -> Decision | None:
    """The decision that gave the prizes; its version is that of the list it gave, which may not be the first."""
    return db.session.scalar(select(Decision).filter_by(contest_id=contest.id, amended_as=None))


def payments_of(contest: Contest) -> list[Payment]:
    """What is paid to whom, in the order of the decision; a group that has not chosen is named whole.

    Below stand those who were paid for a prize that they have no longer.
    """
    return [
        Payment(
            name=each.name or ", ".join(author.name for author in each.line.authors),
            what=each.line.title,
            prize=each.line.prize,
            unit=each.line.unit,
            amount=each.amount,
            paid=each.paid,
            left=each.left,
        )
        for each in winners.payees(contest)
    ]


def adopted_words(contest: Contest) -> str:
    """Say by which decision the regulation was adopted, as it follows its name."""
    version = contest.version
    if version is None or not version.decision_number:
        return ""
    return f" (ban hành kèm theo Quyết định số {version.decision_number} {long_date(version.decision_date)})"
