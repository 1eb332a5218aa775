"""Hold a work against the regulation: facts in, findings out.

Every rule that a machine can check is one function below, and the same functions serve the draft while it is typed,
the moment of submission, the secretariat's dossier and the self check of somebody who has not signed in. Facts that
are not known (None) are not judged. The order in which instalments or authors were typed never matters.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from contest.entries.findings import Finding, Severity
from contest.entries.parts import Part
from contest.errors import N_

if TYPE_CHECKING:
    from contest.regulations.schema import Category, Regulation


@dataclass(frozen=True)
class Published:
    """One instalment as it appeared.

    :ivar licensed: whether the outlet stands in the list of press agencies on that day; None when none is named
    """

    published_on: date | None = None
    outlet: str = ""
    licensed: bool | None = None
    words: int | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class Author:
    """One person behind the work.

    :ivar works_entered: other works of the same person that are counted in this contest
    :ivar serves_as: ``staff`` or ``juror`` when this very person has such a role in the contest, else empty
    :ivar namesake_of: the same, when somebody with the same folded name has the role
    """

    name: str
    works_entered: int = 0
    serves_as: str = ""
    namesake_of: str = ""


@dataclass(frozen=True)
class SameWork:
    """Another entry of the contest that looks like this one.

    :ivar certain: whether address or title and person are the same, rather than only the folded names
    """

    code: str
    category: str
    certain: bool


@dataclass(frozen=True)
class Award:
    """A prize the work has won before."""

    name: str
    level: str


@dataclass(frozen=True)
class Facts:
    """All that the rules look at.

    :ivar submitter: who sends the work, when that is none of the authors
    """

    category: str
    instalments: tuple[Published, ...] = ()
    authors: tuple[Author, ...] = ()
    submitter: Author | None = None
    awards: tuple[Award, ...] = ()
    files: Mapping[str, int] | None = field(default_factory=dict)
    statements: Mapping[str, int] | None = field(default_factory=dict)
    same_works: tuple[SameWork, ...] = ()


def check(facts: Facts, regulation: Regulation) -> tuple[Finding, ...]:
    """List what the regulation says of a work, what stops it first.

    :return: at least one finding for every rule that could be judged on these facts
    """
    category = regulation.category(facts.category)
    findings = [
        *_window(facts, regulation),
        *_instalments(facts, regulation),
        *_authors(facts, category, regulation),
        *_works_per_author(facts, regulation),
        *_entrants(facts, regulation),
        *_same_work(facts, regulation),
        *_awards(facts, regulation),
        *_outlets(facts, regulation),
        *_length(facts, regulation),
        *_dossier(facts, category, regulation),
        *_statements(facts, regulation),
    ]
    order = list(Severity)
    return tuple(sorted(findings, key=lambda finding: order.index(finding.severity)))


def _window(facts: Facts, regulation: Regulation) -> Iterator[Finding]:
    """Enough instalments must have appeared in the publication window; the share is exact, and all of one is one."""
    window = regulation.calendar.publication
    dates = [part.published_on for part in facts.instalments]
    if not any(dates):
        return
    inside = sum(1 for day in dates if day is not None and day in window)
    needed = needed_inside(len(dates), regulation)
    rule = "publication_window" if len(dates) == 1 else "window_share"
    span: dict[str, str | int] = {"first": f"{window.first:%d/%m/%Y}", "last": f"{window.last:%d/%m/%Y}"}
    counts = span | {"inside": inside, "all": len(dates), "needed": needed}
    cited = regulation.cite(rule)
    if inside < needed and len(dates) == 1:
        text = N_("The work appeared on %(day)s, outside the time from %(first)s to %(last)s.")
        span["day"] = f"{dates[0]:%d/%m/%Y}"
        yield Finding(rule, Severity.BLOCKS, cited, text, span, Part.INSTALMENTS)
    elif inside < needed:
        text = N_(
            "Only %(inside)s of %(all)s instalments appeared from %(first)s to %(last)s. At least %(needed)s must."
        )
        yield Finding(rule, Severity.BLOCKS, cited, text, counts, Part.INSTALMENTS)
    elif inside < len(dates):
        text = N_("%(inside)s of %(all)s instalments appeared in time; %(needed)s are enough.")
        yield Finding(rule, Severity.FINE, cited, text, counts, Part.INSTALMENTS)
    else:
        text = N_("Published in time, from %(first)s to %(last)s.")
        yield Finding("publication_window", Severity.FINE, regulation.cite("publication_window"), text, span)


def needed_inside(instalments: int, regulation: Regulation) -> int:
    """Count the instalments that must lie in the window: the share of a series, rounded up, exactly."""
    return math.ceil(regulation.limits.window_share * instalments) if instalments > 1 else instalments


def _instalments(facts: Facts, regulation: Regulation) -> Iterator[Finding]:
    limit = regulation.limits.max_instalments
    if not facts.instalments:
        return
    cited = regulation.cite("max_instalments")
    if len(facts.instalments) > limit:
        text = N_("The series has %(count)s instalments; at most %(limit)s may enter.")
        counts = {"count": len(facts.instalments), "limit": limit}
        yield Finding("max_instalments", Severity.BLOCKS, cited, text, counts, Part.INSTALMENTS)
    else:
        text = N_("No more than %(limit)s instalments.")
        yield Finding("max_instalments", Severity.FINE, cited, text, {"limit": limit}, Part.INSTALMENTS)


def _authors(facts: Facts, category: Category, regulation: Regulation) -> Iterator[Finding]:
    if not facts.authors:
        return
    cited, limit = regulation.cite("max_authors"), category.max_authors
    counts: dict[str, str | int] = {"count": len(facts.authors), "limit": limit, "category": category.name}
    if len(facts.authors) > limit:
        text = N_("The work names %(count)s authors; in %(category)s at most %(limit)s may be named.")
        yield Finding("max_authors", Severity.BLOCKS, cited, text, counts, Part.BYLINES)
    else:
        text = N_("No more than %(limit)s authors.")
        yield Finding("max_authors", Severity.FINE, cited, text, counts, Part.BYLINES)


def _works_per_author(facts: Facts, regulation: Regulation) -> Iterator[Finding]:
    limit = regulation.limits.works_per_author
    if not facts.authors or limit is None:
        return
    cited = regulation.cite("works_per_author")
    over = [author for author in facts.authors if author.works_entered >= limit]
    for author in over:
        text = N_("%(name)s already has %(count)s works in this contest; at most %(limit)s may enter.")
        counts: dict[str, str | int] = {"name": author.name, "count": author.works_entered, "limit": limit}
        yield Finding("works_per_author", Severity.BLOCKS, cited, text, counts, Part.BYLINES)
    if not over:
        text = N_("No author has more than %(limit)s works.")
        yield Finding("works_per_author", Severity.FINE, cited, text, {"limit": limit}, Part.BYLINES)


_SERVING = {
    "staff": N_("%(name)s serves in the organisation of this contest and may not enter works."),
    "juror": N_("%(name)s is a juror of this contest and may not enter works."),
}
_NAMESAKE = {
    "staff": N_("Somebody named %(name)s serves in the organisation. The secretariat will see whether it is you."),
    "juror": N_("A juror is named %(name)s. The secretariat will see whether it is the same person."),
}


def _entrants(facts: Facts, regulation: Regulation) -> Iterator[Finding]:
    """Who organises or judges may not enter; the very person is stopped, a namesake is only looked at."""
    allowed = {"staff": regulation.entrants.staff_may_enter, "juror": regulation.entrants.jurors_may_enter}
    cited = regulation.cite("excluded_entrants")
    clean = True
    for author in (*facts.authors, *([facts.submitter] if facts.submitter else ())):
        for role, severity, texts in (
            (author.serves_as, Severity.BLOCKS, _SERVING),
            (author.namesake_of, Severity.WARNS, _NAMESAKE),
        ):
            if role and not allowed[role]:
                clean = False
                yield Finding("excluded_entrants", severity, cited, texts[role], {"name": author.name}, Part.BYLINES)
    if facts.authors and clean:
        text = N_("Nobody named organises or judges this contest.")
        yield Finding("excluded_entrants", Severity.FINE, cited, text, part=Part.BYLINES)


def _same_work(facts: Facts, regulation: Regulation) -> Iterator[Finding]:
    """The same work may not stand in the contest twice, in another category even less."""
    cited = regulation.cite("one_category")
    for other in facts.same_works:
        if not other.certain:
            severity = Severity.WARNS
            text = N_("%(code)s has the same title and an author of the same name. The secretariat will compare them.")
        elif other.category != facts.category:
            severity = Severity.BLOCKS
            text = N_("The same work is entered as %(code)s in another category; it may enter only one.")
        else:
            severity = Severity.BLOCKS
            text = N_("The same work is already entered as %(code)s.")
        yield Finding("one_category", severity, cited, text, {"code": other.code}, Part.INSTALMENTS)
    if not facts.same_works and facts.instalments:
        text = N_("Not entered a second time.")
        yield Finding("one_category", Severity.FINE, cited, text, part=Part.INSTALMENTS)


def _awards(facts: Facts, regulation: Regulation) -> Iterator[Finding]:
    rule = regulation.prior_awards
    cited = regulation.cite("prior_awards")
    names = {level.code: level.name for level in rule.levels}
    for award in facts.awards:
        known: dict[str, str | int] = {"award": award.name, "level": names.get(award.level, award.level)}
        if rule.refuses(award.level):
            text = N_("The work has won %(award)s (%(level)s); such works may not enter.")
            yield Finding("prior_awards", Severity.BLOCKS, cited, text, known, Part.DECLARATIONS)
        else:
            text = N_("Declared: the work has won %(award)s (%(level)s).")
            yield Finding("prior_awards", Severity.FINE, cited, text, known, Part.DECLARATIONS)
    if not facts.awards:
        text = N_("If this work has already won a prize, declare its level, date and organiser.")
        yield Finding("prior_awards", Severity.DECLARE, cited, text, part=Part.DECLARATIONS)


def _outlets(facts: Facts, regulation: Regulation) -> Iterator[Finding]:
    """An outlet outside the list only warns: the list may be behind, and the secretariat knows the licences."""
    cited = regulation.cite("licensed_outlet")
    unknown = sorted({part.outlet for part in facts.instalments if part.licensed is False and part.outlet})
    for outlet in unknown:
        text = N_(
            "%(outlet)s is not in the list of press agencies of that day. The secretariat will check its licence."
        )
        yield Finding("licensed_outlet", Severity.WARNS, cited, text, {"outlet": outlet}, Part.INSTALMENTS)
    if facts.instalments and all(part.licensed for part in facts.instalments):
        text = N_("Published by a licensed press agency.")
        yield Finding("licensed_outlet", Severity.FINE, cited, text, part=Part.INSTALMENTS)


def _length(facts: Facts, regulation: Regulation) -> Iterator[Finding]:
    cited = regulation.cite("length")
    limits = regulation.limits
    longest = max((part.words for part in facts.instalments if part.words is not None), default=0)
    limit = limits.max_words_per_instalment
    if limit is not None and longest > limit:
        text = N_(
            "An instalment has %(count)s words; %(limit)s are recommended. You may still send it; jurors see this note."
        )
        counts = {"count": longest, "limit": limit}
        yield Finding("length", Severity.WARNS, cited, text, counts, Part.INSTALMENTS)
    longest = max((part.minutes for part in facts.instalments if part.minutes is not None), default=0)
    limit = limits.max_minutes_per_instalment
    if limit is not None and longest > limit:
        text = N_(
            "An instalment lasts %(count)s minutes; %(limit)s are recommended. You may still send it; "
            "jurors see this note."
        )
        counts = {"count": longest, "limit": limit}
        yield Finding("length", Severity.WARNS, cited, text, counts, Part.INSTALMENTS)


def _dossier(facts: Facts, category: Category, regulation: Regulation) -> Iterator[Finding]:
    if facts.files is None:
        return
    cited = regulation.cite("dossier")
    missing = [slot for slot in category.slots if slot.required and not facts.files.get(slot.code)]
    for slot in missing:
        text = N_("The dossier lacks: %(slot)s.")
        yield Finding("dossier", Severity.BLOCKS, cited, text, {"slot": slot.name}, Part.DOSSIER)
    for slot in category.slots:
        if facts.files.get(slot.code, 0) > slot.max_count:
            text = N_("%(slot)s takes at most %(limit)s files.")
            known: dict[str, str | int] = {"slot": slot.name, "limit": slot.max_count}
            yield Finding("dossier", Severity.BLOCKS, cited, text, known, Part.DOSSIER)
    if not missing:
        yield Finding("dossier", Severity.FINE, cited, N_("All required files are there."), part=Part.DOSSIER)


def _statements(facts: Facts, regulation: Regulation) -> Iterator[Finding]:
    """What must be declared must be declared in its present wording."""
    if facts.statements is None:
        return
    cited = regulation.cite("statements")
    required = [statement for statement in regulation.statements if statement.required]
    lacking = sum(1 for statement in required if facts.statements.get(statement.code) != statement.version)
    if lacking:
        text = N_("%(count)s of %(all)s required declarations are not yet made.")
        counts = {"count": lacking, "all": len(required)}
        yield Finding("statements", Severity.BLOCKS, cited, text, counts, Part.DECLARATIONS)
    elif required:
        text = N_("All required declarations are made.")
        yield Finding("statements", Severity.FINE, cited, text, part=Part.DECLARATIONS)
