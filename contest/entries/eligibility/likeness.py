"""The same work, the same text or the same topic a second time."""

from __future__ import annotations

from collections.abc import Iterator

from contest.entries.eligibility.case import Case
from contest.entries.eligibility.facts import Likeness
from contest.entries.findings import Finding, Severity
from contest.entries.parts import Part
from contest.errors import N_


def same_work(case: Case) -> Iterator[Finding]:
    """The same work may not stand in the contest twice, in another category even less.

    The same address or file may be allowed with a warning; the same title by the same person never is; a namesake's
    is only looked at.
    """
    same_text = {"refuse": Severity.BLOCKS, "warn": Severity.WARNS}[case.limits.same_text]
    for other in sorted(case.facts.same_works, key=lambda other: other.code):
        severity, part = same_text, Part.INSTALMENTS
        if other.likeness is Likeness.NAME:
            severity = Severity.WARNS
            text = N_("%(code)s has the same title and an author of the same name. The secretariat will compare them.")
        elif other.likeness is Likeness.FILE:
            part = Part.DOSSIER
            text = N_("%(code)s has the same file in its dossier.")
        elif other.likeness is Likeness.ADDRESS and same_text is Severity.WARNS:
            text = N_("%(code)s names the same address. The secretariat will compare them.")
        elif other.category != case.facts.category:
            severity = Severity.BLOCKS
            text = N_("The same work is entered as %(code)s in another category; it may enter only one.")
        else:
            severity = Severity.BLOCKS
            text = N_("The same work is already entered as %(code)s.")
        yield case.finding(severity, "one_category", text, part, {"code": other.code})
    if not case.facts.same_works and case.facts.instalments:
        yield case.finding(Severity.FINE, "one_category", N_("Not entered a second time."), Part.INSTALMENTS)


def same_topic(case: Case) -> Iterator[Finding]:
    """An author's works on one topic in two categories may be refused, or only noted."""
    rule, topic = case.limits.same_topic, case.facts.topic
    if rule == "ignore" or not topic or not case.authors:
        return
    severity = Severity.BLOCKS if rule == "refuse" else Severity.WARNS
    names = {category.code: category.name for category in case.regulation.categories}
    clean = True
    for author in case.authors:
        others = {work.category for work in author.works if work.topic == topic} - {case.facts.category}
        for category in sorted(others):
            clean = False
            text = N_("%(name)s has already entered a work on the same topic in %(category)s.")
            known = {"name": author.name, "category": names.get(category, category)}
            yield case.finding(severity, "same_topic", text, params=known)
    if clean:
        yield case.finding(Severity.FINE, "same_topic", N_("No author has entered the topic in another category."))
