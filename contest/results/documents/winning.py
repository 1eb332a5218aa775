"""Why a work receives a prize, or none: what every tier answered, and every prize over all groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from contest.results.documents.figures import points
from contest.results.prize_rules import name_of, prizes_by_code

if TYPE_CHECKING:
    from contest.results.documents.reasons import Voice

Line = Mapping[str, Any]


def sentences(line: Line, voice: Voice) -> Iterator[str]:
    """Say what each tier answered, from the highest down, and which prizes over all groups the work takes."""
    names = {code: prize.name for code, prize in prizes_by_code(voice.regulation).items()}
    for answer in line.get("answers", ()):
        yield _answer(answer, line, names)
    for kind in ("special", "thematic"):
        for prize in voice.result.get(kind, ()):
            yield from _over_all(prize, line, voice)
    if line.get("replaced_by"):
        yield _(
            "The prize of its tier (%(tier)s) is given back for %(special)s; nobody moves up into its place.",
            tier=names.get(line["tier"], line["tier"]),
            special=names.get(line["replaced_by"], line["replaced_by"]),
        )
    if "prizes" in line and not line["prizes"]:
        yield _("The work receives no prize.")


def _answer(answer: Mapping[str, Any], line: Line, names: Mapping[str, str]) -> str:
    tier, limit = names.get(answer["tier"], answer["tier"]), answer["limit"]
    if answer["why"] == "below_floor":
        return _("%(tier)s: the figure is below its floor of %(floor)s points.", tier=tier, floor=points(limit))
    if answer["why"] == "quota_full":
        return _("%(tier)s: all %(quota)s prizes went to better works.", tier=tier, quota=limit)
    if answer["why"] == "above_band":
        return _("%(tier)s: the figure lies above its band.", tier=tier)
    if answer["why"] == "not_carried":
        return _("%(tier)s: the vote did not carry it.", tier=tier)
    if "mean" in line and limit:
        return _(
            "%(tier)s: its floor of %(floor)s points is reached and a prize is free.", tier=tier, floor=points(limit)
        )
    return _("%(tier)s: a prize is free, and the work receives it.", tier=tier)


def _over_all(prize: Mapping[str, Any], line: Line, voice: Voice) -> Iterator[str]:
    name = name_of(voice.regulation, prize["prize"])
    if any(winner["subject"] == line["entry"] for winner in prize["winners"]):
        if prize["by"] == "mean":
            yield _(
                "%(prize)s: it has the best figure of the %(count)s works that can receive it.",
                prize=name,
                count=prize["candidates"],
            )
        elif prize["by"] == "vote":
            yield _("%(prize)s: carried by the vote of the council.", prize=name)
        else:
            yield _("%(prize)s: chosen by %(act)s.", prize=name, act=voice.act(prize["act"]))
        if prize["settled"] is not None:
            yield _("Works were equal there; their order is that of %(act)s.", act=voice.act(prize["settled"]))
    for passed in prize["passed_over"]:
        if passed["subject"] == line["entry"]:
            words = {
                "not_a_candidate": _("%(prize)s: named for it, but not among the works that can receive it."),
                "quota_full": _("%(prize)s: named for it, but every prize went to others."),
                "below_floor": _("%(prize)s: named for it, but below its floor."),
            }
            yield words[passed["why"]] % {"prize": name}
