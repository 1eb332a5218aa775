"""The shell door that prints the standings of a round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _

from contest import clock
from contest.audit.chain import canonical
from contest.errors import N_, ContestError
from contest.judging import queries as judging
from contest.regulations import queries as contests
from contest.regulations.models import Contest, NoSuchContest
from contest.results import queries, standings
from contest.results.documents import Figures
from contest.results.prize_rules import name_of


class NoSuchRound(ContestError):
    """A code that no round of the contest has."""

    message = N_("This contest has no round %(round)s. Its rounds: %(known)s.")


class NotSealedYet(ContestError):
    """Marks show only once the round is sealed."""

    message = N_("The %(round)s is not sealed yet; its marks show only after that. Open things: %(count)s.")


@click.command("tally")
@click.argument("code", metavar="ROUND")
@click.option("--contest", "slug", help="Address of the contest; the current one when left out.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole result with its reasons, as canonical JSON.")
@with_appcontext
def tally(code: str, slug: str | None, as_json: bool) -> None:
    """Print the standings of a sealed round, best first."""
    contest = contests.contest_by_slug(slug) if slug else contests.current_contest()
    if contest is None:
        raise NoSuchContest
    result = _result(contest, code)
    if as_json:
        click.echo(canonical(result).decode())
        return
    for line in _lines(contest, result):
        click.echo(line)


def _result(contest: Contest, code: str) -> Mapping[str, Any]:
    regulation = contest.regulation
    known = {rule.code: rule.name for rule in regulation.rounds}
    round_ = judging.round_of(contest, code) if code in known else None
    if code not in known or round_ is None:
        raise NoSuchRound(round=code, known=", ".join(known))
    result = queries.result_of(round_)
    if result is None:
        open_ = len(queries.assess(round_, contest, clock.now()).blockers)
        raise NotSealedYet(round=known[code], count=open_)
    return result


def _lines(contest: Contest, result: Mapping[str, Any]) -> Iterator[str]:
    """Write the standings as lines: place, code, figure or votes, and what follows from it."""
    regulation = queries.ruling(contest)
    figures = Figures.of(regulation)
    for group in result["groups"]:
        if not group["lines"]:
            continue
        yield group["group"]
        for line in group["lines"]:
            figure = figures.mean(line["mean"]) if "mean" in line else _votes(line)
            follows = ", ".join(name_of(regulation, prize) for prize in line.get("prizes", ()))
            if line.get("advanced"):
                follows = _("Goes on")
            yield f"  {line['place']:>4}  {line['entry']:<10} {figure:>8}  {follows}".rstrip()
    for kind in ("special", "thematic", "collective"):
        for prize in result.get(kind, ()):
            named = ", ".join(winner["subject"] for winner in prize["winners"])
            yield f"{name_of(regulation, prize['prize'])}: {named or '–'}"


def _votes(line: Mapping[str, Any]) -> str:
    """Write the count that says most of a work."""
    count = standings.telling_count(line)
    if count is None:
        return "–"
    if "papers" in count:
        return str(count["sum"])
    if "tiers" in count:
        return str(count["carried"] or "–")
    return f"{count['yes']}/{count['of']}"
