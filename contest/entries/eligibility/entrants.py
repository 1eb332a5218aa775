"""Who may enter works, through whom, and how many through one newsroom or branch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contest.entries.eligibility.case import Case
from contest.entries.eligibility.facts import Channel, Unit
from contest.entries.findings import Finding, Severity
from contest.entries.parts import Part
from contest.errors import N_

if TYPE_CHECKING:
    from contest.regulations.entering import Entrants

CLOSED = {
    Channel.AUTHOR: N_("In this contest authors do not send works themselves; a newsroom or branch sends them."),
    Channel.OUTLET: N_("In this contest newsrooms do not send works."),
    Channel.BRANCH: N_("In this contest branches of the association do not send works."),
}
_SERVING = {
    "staff": N_("%(name)s serves in the organisation of this contest and may not enter works."),
    "juror": N_("%(name)s is a juror of this contest and may not enter works."),
}
_NAMESAKE = {
    "staff": N_("Somebody named %(name)s serves in the organisation. Check whether it is the same person."),
    "juror": N_("A juror is named %(name)s. Check whether it is the same person."),
}
BRANCH = "branch"
"""The kind of unit that sends works and publishes none."""


def channel_of(kind: str | None) -> Channel:
    """Tell who sends when a work is sent for a unit of a kind, or for none."""
    if kind is None:
        return Channel.AUTHOR
    return Channel.BRANCH if kind == BRANCH else Channel.OUTLET


def through(case: Case) -> Iterator[Finding]:
    """A work is sent by whom the regulation lets send."""
    sender = case.facts.sender
    if sender is None:
        return
    if sender.through not in case.regulation.entrants.through:
        yield case.finding(Severity.BLOCKS, "through", CLOSED[sender.through])
    elif sender.unit:
        yield case.finding(Severity.FINE, "through", N_("Sent through %(unit)s"), params={"unit": sender.unit})


def places_left(unit: Unit, rule: Entrants) -> int | None:
    """Count the works that a newsroom or branch may still send; None for no limit."""
    quota = rule.quota_of(unit.name)
    return None if quota is None else max(0, quota - unit.works_sent)


def places_of_unit(case: Case) -> Iterator[Finding]:
    """A newsroom or branch may send so many works; the author reads how many are left."""
    unit = case.facts.unit
    if unit is None:
        return
    quota, left = case.regulation.entrants.quota_of(unit.name), places_left(unit, case.regulation.entrants)
    if quota is None or left is None:
        return
    known: dict[str, str | int] = {"unit": unit.name, "limit": quota}
    if not left:
        text = N_("%(unit)s already has %(count)s works in this contest; at most %(limit)s may be sent.")
        yield case.finding(Severity.BLOCKS, "works_per_unit", text, params=known | {"count": unit.works_sent})
    else:
        text = N_("With this work %(unit)s has sent %(count)s of %(limit)s works; %(left)s are left.")
        yield case.finding(
            Severity.FINE, "works_per_unit", text, params=known | {"count": unit.works_sent + 1, "left": left - 1}
        )


def excluded(case: Case) -> Iterator[Finding]:
    """Who organises or judges may not enter.

    Senders learn it of themselves. Of the others only the secretariat does: whoever types a stranger's name or
    address must not read from the answer who judges the contest, nor from its absence who does not.
    """
    entrants, sender = case.regulation.entrants, case.facts.sender
    barred = {
        role for role, may in (("staff", entrants.staff_may_enter), ("juror", entrants.jurors_may_enter)) if not may
    }
    if not barred:
        return
    if sender is not None and sender.serves_as in barred:
        text = _SERVING[sender.serves_as]
        yield case.finding(Severity.BLOCKS, "excluded_entrants", text, Part.BYLINES, {"name": sender.name})
    for author in case.authors:
        for role, severity, texts in (
            (author.serves_as, Severity.BLOCKS, _SERVING),
            (author.namesake_of, Severity.WARNS, _NAMESAKE),
        ):
            if role in barred:
                yield case.finding(
                    severity, "excluded_entrants", texts[role], Part.BYLINES, {"name": author.name}, for_staff=True
                )
    if case.authors:
        text = N_("The secretariat checks that nobody named here organises or judges this contest.")
        yield case.finding(Severity.FINE, "excluded_entrants", text, Part.BYLINES)
