"""Why a work goes on to the next round, or does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from contest.results.documents.figures import points

if TYPE_CHECKING:
    from contest.results.documents.reasons import Voice

Line = Mapping[str, Any]


def sentences(line: Line, voice: Voice) -> Iterator[str]:
    """Say which terms the work meets, and what follows."""
    if "advanced" not in line:
        return
    advancement = voice.group["advancement"]
    for term in advancement["terms"]:
        yield _term(term, term["term"] in line["passed"])
    if len(advancement["terms"]) > 1:
        yield (_("One of these is enough.") if advancement["join"] == "any" else _("All of these are needed."))
    yield _("It goes on.") if line["advanced"] else _("It does not go on.")


def _term(term: Mapping[str, Any], met: bool) -> str:
    limit, edge = term["limit"], term["edge"]
    if term["term"] == "share":
        told = _(
            "The best %(share)s of the category, that is %(seats)s works and everyone equal with the last.",
            share=_share(limit),
            seats=term["seats"],
        )
    elif term["term"] == "top":
        told = _("The best %(seats)s works of the category and everyone equal with the last.", seats=limit)
    elif term["term"] == "floor":
        told = _("A figure of %(floor)s points at least.", floor=points(limit))
    elif term["term"] == "flagged":
        told = _("Named by the chair in a recorded act.")
    else:
        told = _("Carried by the vote of the round.")
    if edge is not None:
        told += " " + _("The last place that goes on is %(edge)s.", edge=edge)
    return told + " " + (_("Met.") if met else _("Not met."))


def _share(limit: str) -> str:
    share = Fraction(limit)
    return _("half") if share == Fraction(1, 2) else f"{share.numerator}/{share.denominator}"
