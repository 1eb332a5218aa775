"""How the sheets or votes of a work became what its place rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import ngettext

from contest.results.documents.figures import plain, points
from contest.results.prize_rules import name_of

if TYPE_CHECKING:
    from contest.results.documents.reasons import Voice

Line = Mapping[str, Any]

MOST_TERMS = 15
"""Longer sums are not written out."""


def sentences(line: Line, voice: Voice) -> Iterator[str]:
    """Say how the figure came about, or what the votes were."""
    if "mean" in line:
        yield from _weights(voice)
        yield from _aggregation(line, voice)
        yield from _bonus(line, voice)
        yield from _exactness(line, voice)
        yield from _discrepancy(line, voice)
        yield from _left_out(line, voice)
    for count in line.get("counts", ()):
        yield _count(count, voice)
        if count.get("carried") and count["question"] in ("", line.get("tier")):
            return  # from here on the work stood in no ballot any more


def _weights(voice: Voice) -> Iterator[str]:
    weighted = [
        _("“%(criterion)s” %(weight)s times", criterion=each.name, weight=plain(each.weight))
        for each in voice.rubric
        if each.weight != 1
    ]
    if weighted:
        yield _(
            "In the total of a sheet marks count as often as their weight says: %(list)s.", list=", ".join(weighted)
        )


def _aggregation(line: Line, voice: Voice) -> Iterator[str]:
    of_criteria = voice.regulation.round(voice.result["round"]).aggregation.of == "criterion"
    if of_criteria:
        yield _criteria_apart(line, voice)
    totals = sorted((Fraction(sheet["total"]) for sheet in line["sheets"]), reverse=True)
    figure = voice.figures.mean(line["aggregate"])
    for dropped in line["dropped"]:
        yield _dropped(dropped, voice)
    if of_criteria or not totals:
        return
    kind = line["aggregation"]
    if kind == "sum":
        yield _("The totals of the sheets are added: %(sum)s = %(figure)s points.", sum=_sum(totals), figure=figure)
    elif kind == "median":
        yield from _median(totals, figure)
    else:
        kept = _kept(totals, line["dropped"])
        if len(kept) == 1:
            yield _("One sheet counts, so its total is the figure: %(figure)s points.", figure=figure)
        else:
            yield _(
                "The mean of the %(count)s totals: (%(sum)s) : %(count)s = %(figure)s points.",
                sum=_sum(kept),
                count=len(kept),
                figure=figure,
            )


def _kept(totals: Sequence[Fraction], dropped: Sequence[Mapping[str, Any]]) -> list[Fraction]:
    """The totals that trimming left."""
    kept = list(totals)
    for each in dropped:
        if each["of"] == "total":
            for value in (*each["high"], *each["low"]):
                kept.remove(Fraction(value))
    return kept


def _sum(totals: Sequence[Fraction]) -> str:
    if len(totals) > MOST_TERMS:
        return points(sum(totals, Fraction()))
    return " + ".join(map(points, totals))


def _median(totals: Sequence[Fraction], figure: str) -> Iterator[str]:
    order = "; ".join(map(points, totals))
    if len(totals) % 2:
        yield _("The totals in order: %(order)s. The one in the middle counts: %(figure)s.", order=order, figure=figure)
    else:
        yield _(
            "The totals in order: %(order)s. The mean of the two in the middle counts: %(figure)s.",
            order=order,
            figure=figure,
        )


def _criteria_apart(line: Line, voice: Voice) -> str:
    terms = [
        f"{voice.figures.mean(line['criteria'][each.code])}" + (f" × {plain(each.weight)}" if each.weight != 1 else "")
        for each in voice.rubric
    ]
    return _(
        "Each criterion is taken together for itself, and the figures are added: %(sum)s = %(figure)s points.",
        sum=" + ".join(terms),
        figure=voice.figures.mean(line["aggregate"]),
    )


def _dropped(dropped: Mapping[str, Any], voice: Voice) -> str:
    values = {
        "high": "; ".join(map(points, dropped["high"])),
        "low": "; ".join(map(points, dropped["low"])),
    }
    if dropped["of"] == "total":
        return _("Left out by the regulation: the highest (%(high)s) and the lowest (%(low)s).", **values)
    return _(
        "Left out by the regulation under “%(criterion)s”: the highest (%(high)s) and the lowest (%(low)s).",
        criterion=voice.criterion(dropped["of"]),
        **values,
    )


def _bonus(line: Line, voice: Voice) -> Iterator[str]:
    names = {bonus.code: bonus.name for bonus in voice.regulation.round(voice.result["round"]).bonus}
    for bonus in line["bonus"]:
        name = names.get(bonus["bonus"], bonus["bonus"])
        yield _("Bonus “%(bonus)s”: %(points)s points are added.", bonus=name, points=points(bonus["points"]))
    if line["bonus"]:
        yield _("With the bonus the figure is %(figure)s points.", figure=voice.figures.mean(line["mean"]))


def _exactness(line: Line, voice: Voice) -> Iterator[str]:
    if not voice.figures.is_exact(line["mean"]):
        yield _(
            "Exactly the figure is %(exact)s; it is rounded only to be shown, and works are compared by the exact one.",
            exact=points(line["mean"]),
        )


def _discrepancy(line: Line, voice: Voice) -> Iterator[str]:
    if line["limit"] is None or Fraction(line["spread"]) <= Fraction(line["limit"]):
        return
    values = {"spread": points(line["spread"]), "limit": points(line["limit"])}
    if line["measure"] == "distance":
        yield _(
            "A sheet lies %(spread)s points from the mean of all; the regulation allows %(limit)s.",
            **values,
        )
    else:
        yield _("The jurors differ by %(spread)s points; the regulation allows %(limit)s.", **values)
    if line["accepted"] is not None:
        yield _("The sheets stand by %(act)s.", act=voice.act(line["accepted"]))
    elif line["consequence"] == "flag":
        yield _("The regulation has this shown and leaves the sheets as they are.")
    elif line["consequence"] == "third_replaces":
        yield _("So one more juror marked the work, and that sheet alone counts.")
    elif line["consequence"] == "third_joins":
        yield _("So one more juror marked the work, and that sheet counts with the others.")


def _left_out(line: Line, voice: Voice) -> Iterator[str]:
    words = {
        "recused": _("Not counted: the sheet of %(juror)s, who stepped back from this work."),
        "other_rubric": _("Not counted: the sheet of %(juror)s, made on another rubric."),
        "third_not_needed": _("Not counted: the sheet of %(juror)s, an additional one that the others make needless."),
        "replaced_by_third": _("Not counted: the sheet of %(juror)s; the additional one stands in its place."),
        "replaced_by_remark": _(
            "Not counted: the sheet of %(juror)s; the work was marked again by others after a complaint."
        ),
    }
    for sheet in line["left_out"]:
        yield words[sheet["why"]] % {"juror": voice.juror(sheet["juror"])}


def _count(count: Mapping[str, Any], voice: Voice) -> str:
    """Say what one ballot on one question came to for the work."""
    if "papers" in count:
        return _(
            "Ballot %(ballot)s, works put in order by %(papers)s members: the places add up to %(sum)s; the smaller "
            "the sum, the better.",
            **_plain(count),
        )
    if "tiers" in count:
        named = ", ".join(f"{_prize(code, voice)} {number}" for code, number in count["tiers"].items())
        told = _(
            "Ballot %(ballot)s, a prize named by each member: %(named)s. %(needed)s of %(of)s votes for it or a higher "
            "one are needed.",
            named=named or _("none"),
            **_plain(count),
        )
        carried = count["carried"]
        told += " " + (_("Carried: %(prize)s.", prize=_prize(carried, voice)) if carried else _("Nothing is carried."))
    else:
        told = _question(count, voice) + " "
        told += ngettext("%(num)s vote for it", "%(num)s votes for it", count["yes"])
        if count.get("no"):
            told += ", " + ngettext("%(num)s against it", "%(num)s against it", count["no"])
        told += "; " + _("%(needed)s of %(of)s are needed.", **_plain(count))
        told += " " + (_("Carried.") if count["carried"] else _("Not carried."))
    if count.get("casting"):
        told += " " + _("Half were for it, and the chair's vote decided.")
    return told


def _question(count: Mapping[str, Any], voice: Voice) -> str:
    if count["question"]:
        return _("Ballot %(ballot)s on %(prize)s:", ballot=count["ballot"], prize=_prize(count["question"], voice))
    return _("Ballot %(ballot)s:", ballot=count["ballot"])


def _plain(count: Mapping[str, Any]) -> dict[str, Any]:
    return {key: count.get(key) for key in ("ballot", "of", "needed", "papers", "sum")}


def _prize(code: str, voice: Voice) -> str:
    return name_of(voice.regulation, code)
