"""What goes with a work: prizes already won, files, declarations."""

from __future__ import annotations

from collections.abc import Iterator

from contest.entries.eligibility.case import Case
from contest.entries.findings import Finding, Severity
from contest.entries.parts import Part
from contest.errors import N_


def awards(case: Case) -> Iterator[Finding]:
    """A prize already won is declared, and one of a refused level keeps the work out."""
    rule = case.regulation.prior_awards
    names = {level.code: level.name for level in rule.levels}
    for award in case.facts.awards:
        known = {"award": award.name, "level": names.get(award.level, award.level)}
        if rule.refuses(award.level):
            text = N_("The work has won %(award)s (%(level)s); such works may not enter.")
            yield case.finding(Severity.BLOCKS, "prior_awards", text, Part.DECLARATIONS, known)
        else:
            text = N_("Declared: the work has won %(award)s (%(level)s).")
            yield case.finding(Severity.FINE, "prior_awards", text, Part.DECLARATIONS, known)
    if not case.facts.awards:
        text = N_("If this work has already won a prize, declare its level, date and organiser.")
        yield case.finding(Severity.DECLARE, "prior_awards", text, Part.DECLARATIONS)


def files(case: Case) -> Iterator[Finding]:
    """Every required slot holds a file, and none more than it takes."""
    held = case.facts.files
    if held is None:
        return
    missing = [slot for slot in case.category.slots if slot.required and not held.get(slot.code)]
    for slot in missing:
        yield case.finding(
            Severity.BLOCKS, "dossier", N_("The dossier lacks: %(slot)s."), Part.DOSSIER, {"slot": slot.name}
        )
    for slot in case.category.slots:
        if held.get(slot.code, 0) > slot.max_count:
            text = N_("%(slot)s takes at most %(limit)s files.")
            known: dict[str, str | int] = {"slot": slot.name, "limit": slot.max_count}
            yield case.finding(Severity.BLOCKS, "dossier", text, Part.DOSSIER, known)
    if not missing:
        yield case.finding(Severity.FINE, "dossier", N_("All required files are there."), Part.DOSSIER)


def statements(case: Case) -> Iterator[Finding]:
    """What must be declared must be declared in its present wording."""
    made = case.facts.statements
    if made is None:
        return
    required = [statement for statement in case.regulation.statements if statement.required]
    lacking = sum(1 for statement in required if made.get(statement.code) != statement.version)
    if lacking:
        text = N_("%(count)s of %(all)s required declarations are not yet made.")
        counts: dict[str, str | int] = {"count": lacking, "all": len(required)}
        yield case.finding(Severity.BLOCKS, "statements", text, Part.DECLARATIONS, counts)
    elif required:
        yield case.finding(Severity.FINE, "statements", N_("All required declarations are made."), Part.DECLARATIONS)
