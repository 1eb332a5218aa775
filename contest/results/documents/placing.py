"""Why a work has its place: every comparison on the way to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from contest.results.ranking import BALLOT, BY_VOTE, CARRIED
from contest.web.formats import as_datetime

if TYPE_CHECKING:
    from contest.results.documents.reasons import Voice

Line = Mapping[str, Any]

RECORDED = ("vote", "lot", "act")


def sentences(line: Line, voice: Voice) -> Iterator[str]:
    """Say why the work has its place, or why it has none."""
    if line["place"] is None:
        yield _("The work belongs to no group of the prizes, so it has no place.")
        return
    yield _(
        "Place %(place)s of %(count)s in %(group)s.",
        place=line["place"],
        count=len(voice.group["lines"]),
        group=voice.group_name,
    )
    if line["tied_with"]:
        others = ", ".join(map(voice.shown, line["tied_with"]))
        yield _("It shares the place with %(works)s.", works=others)
    for number, step in enumerate(line["steps"]):
        told = _step(step, line, voice, is_first=number == 0)
        if told:
            yield told


def _step(step: Mapping[str, Any], line: Line, voice: Voice, *, is_first: bool) -> str | None:
    rule, outcome, among = step["rule"], step["outcome"], step["among"]
    if is_first and rule == "mean":
        return None  # that works are compared by their figure needs no saying
    if rule in RECORDED:
        return _recorded(rule, outcome, among, line, voice)
    if outcome == "skipped":
        return _(
            "%(count)s works equal: %(rule)s does not decide, as not all have it.", count=among, rule=_name(rule, voice)
        )
    values = {"count": among, "rule": _name(rule, voice), "value": _value(rule, step["value"], voice)}
    if rule in BY_VOTE:
        return _by_vote(rule, outcome)
    if is_first:
        return _("What is compared first is %(rule)s: %(value)s.", **values)
    if outcome == "equal":
        return _("%(count)s works equal: %(rule)s (%(value)s) is equal too.", **values)
    return _("%(count)s works equal: %(rule)s decided, %(value)s here.", **values)


def _by_vote(rule: str, outcome: str) -> str | None:
    """Say what the votes decided; how many there were is said with the ballots."""
    if outcome != "separated":
        return None
    if rule == CARRIED:
        return _("Works for which the council carried a higher prize stand before it, those with a lower one after it.")
    if rule == BALLOT:
        return _("Among works carried for the same, those carried in an earlier ballot stand first.")
    return _("Among works carried for the same, the number of votes decided.")


def _recorded(rule: str, outcome: str, among: int, line: Line, voice: Voice) -> str | None:
    if outcome == "skipped":
        return _("Equal under every rule; no order was needed, for nothing depended on it.") if rule == "act" else None
    act = voice.act(line["settled"])
    if rule == "vote":
        return _("%(count)s works equal: a vote of the council put them in order, by %(act)s.", count=among, act=act)
    if rule == "lot":
        return _("%(count)s works equal: a lot put them in order, by %(act)s.", count=among, act=act)
    return _("%(count)s works equal: the council put them in order, by %(act)s.", count=among, act=act)


def _name(rule: str, voice: Voice) -> str:
    if rule.startswith("criterion:"):
        return _("the mean of “%(criterion)s”", criterion=voice.criterion(rule.removeprefix("criterion:")))
    names = {
        "mean": _("the figure"),
        "highest_sheet": _("the highest single sheet"),
        "earlier_receipt": _("the earlier receipt"),
        "chair_sheet": _("the chair's sheet"),
    }
    return names.get(rule, rule)


def _value(rule: str, value: str | None, voice: Voice) -> str:
    if value is None:
        return _("none")
    if rule == "earlier_receipt":
        return as_datetime(datetime.fromisoformat(value))
    return voice.figures.mean(value)
