"""When and where the parts of a work appeared, how many they are and how long."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from contest.entries.eligibility.case import Case
from contest.entries.eligibility.facts import Published
from contest.entries.findings import Finding, Severity
from contest.entries.parts import Part
from contest.errors import N_

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation


def window(case: Case) -> Iterator[Finding]:
    """Enough instalments must have appeared in the publication window; the share is exact, and all of one is one.

    Where earlier instalments come along, those never entered before are left out of the count, and one at least
    must lie inside.
    """
    parts = case.facts.instalments
    if not any(part.published_on for part in parts):
        return
    span = case.regulation.calendar.publication
    days: dict[str, str | int] = {"first": f"{span.first:%d/%m/%Y}", "last": f"{span.last:%d/%m/%Y}"}
    counted = [part for part in parts if not _comes_along(part, case.regulation)]
    inside = sum(part.published_on is not None and part.published_on in span for part in counted)
    needed = needed_inside(len(counted), case.regulation)
    counts = days | {"inside": inside, "all": len(counted), "needed": needed}
    alone = len(parts) == 1
    rule = "publication_window" if alone else "window_share"
    if inside < needed and alone:
        text = N_("The work appeared on %(day)s, outside the time from %(first)s to %(last)s.")
        day = f"{parts[0].published_on:%d/%m/%Y}"
        yield case.finding(Severity.BLOCKS, rule, text, Part.INSTALMENTS, days | {"day": day})
    elif inside < needed and not counted:
        text = N_("No instalment appeared from %(first)s to %(last)s. At least one must.")
        yield case.finding(Severity.BLOCKS, rule, text, Part.INSTALMENTS, days)
    elif inside < needed:
        text = N_(
            "Only %(inside)s of %(all)s instalments appeared from %(first)s to %(last)s. At least %(needed)s must."
        )
        yield case.finding(Severity.BLOCKS, rule, text, Part.INSTALMENTS, counts)
    elif inside < len(counted):
        text = N_("%(inside)s of %(all)s instalments appeared in time; %(needed)s are enough.")
        yield case.finding(Severity.FINE, rule, text, Part.INSTALMENTS, counts)
    else:
        text = N_("Published in time, from %(first)s to %(last)s.")
        yield case.finding(Severity.FINE, "publication_window", text, params=days)
    yield from _earlier(case, len(parts) - len(counted))


def _earlier(case: Case, along: int) -> Iterator[Finding]:
    first = f"{case.regulation.calendar.publication.first:%d/%m/%Y}"
    if along and along < len(case.facts.instalments):
        text = N_("%(count)s instalments from before %(first)s come along, never entered before.")
        yield case.finding(
            Severity.FINE, "earlier_instalments", text, Part.INSTALMENTS, {"count": along, "first": first}
        )
    if case.limits.earlier_instalments != "merge":
        return
    known = sum(part.entered_before and _is_early(part, case.regulation) for part in case.facts.instalments)
    if known:
        text = N_(
            "%(count)s instalments from before %(first)s were entered once already; they count as outside the time."
        )
        yield case.finding(
            Severity.WARNS, "earlier_instalments", text, Part.INSTALMENTS, {"count": known, "first": first}
        )


def _is_early(part: Published, regulation: Regulation) -> bool:
    return part.published_on is not None and part.published_on < regulation.calendar.publication.first


def _comes_along(part: Published, regulation: Regulation) -> bool:
    """Say whether an instalment from before the window merges into the work without being counted."""
    merging = regulation.limits.earlier_instalments == "merge"
    return merging and not part.entered_before and _is_early(part, regulation)


def needed_inside(instalments: int, regulation: Regulation) -> int:
    """Count the instalments that must lie in the window: the share, rounded up exactly, and one at least."""
    return max(1, math.ceil(regulation.limits.window_share * instalments))


def number(case: Case) -> Iterator[Finding]:
    """A series may not be longer than its category allows."""
    count = len(case.facts.instalments)
    limit = case.limits.instalments_in(case.category)
    if count > limit:
        text = N_("The series has %(count)s instalments; at most %(limit)s may enter.")
        yield case.finding(Severity.BLOCKS, "max_instalments", text, Part.INSTALMENTS, {"count": count, "limit": limit})
    elif count:
        text = N_("No more than %(limit)s instalments.")
        yield case.finding(Severity.FINE, "max_instalments", text, Part.INSTALMENTS, {"limit": limit})


def outlets(case: Case) -> Iterator[Finding]:
    """An outlet outside the list only warns: the list may be behind, and the secretariat knows the licences."""
    parts = case.facts.instalments
    for outlet in sorted({part.outlet for part in parts if part.licensed is False and part.outlet}):
        text = N_(
            "%(outlet)s is not in the list of press agencies of that day. The secretariat will check its licence."
        )
        yield case.finding(Severity.WARNS, "licensed_outlet", text, Part.INSTALMENTS, {"outlet": outlet})
    if parts and all(part.licensed for part in parts):
        text = N_("Published by a licensed press agency.")
        yield case.finding(Severity.FINE, "licensed_outlet", text, Part.INSTALMENTS)


def length(case: Case) -> Iterator[Finding]:
    """What is longer than recommended is only noted."""
    parts = case.facts.instalments
    words = max((part.words for part in parts if part.words is not None), default=0)
    limit = case.limits.words_in(case.category)
    if limit is not None and words > limit:
        text = N_(
            "An instalment has %(count)s words; %(limit)s are recommended. You may still send it; jurors see this note."
        )
        yield case.finding(Severity.WARNS, "length", text, Part.INSTALMENTS, {"count": words, "limit": limit})
    minutes = max((part.minutes for part in parts if part.minutes is not None), default=0)
    limit = case.limits.minutes_in(case.category)
    if limit is not None and minutes > limit:
        text = N_(
            "An instalment lasts %(count)s minutes; %(limit)s are recommended. You may still send it; "
            "jurors see this note."
        )
        yield case.finding(Severity.WARNS, "length", text, Part.INSTALMENTS, {"count": minutes, "limit": limit})
