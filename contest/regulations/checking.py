"""Everything that can be said of a draft before it is adopted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from contest.regulations import amending, document, schema
from contest.regulations.changes import Change, Translate, changes
from contest.regulations.problems import Problem, RegulationInvalid
from contest.regulations.schema import Regulation


@dataclass(frozen=True)
class Check:
    """What is wrong with a draft, and what it would change.

    :ivar regulation: the draft as objects, or None while it is not a regulation
    """

    regulation: Regulation | None
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...]


def checked(
    text: str,
    *,
    before: Regulation | None = None,
    before_text: str | None = None,
    slug: str | None = None,
    in_use: Iterable[str] = (),
    now: datetime | None = None,
    translate: Translate = str,
) -> Check:
    """Check a draft alone, and against the version in force where there is one.

    :param now: None to leave out what an amendment may not do
    :param translate: turns the names of settings into the reader's language
    """
    differing: tuple[Change, ...] = ()
    try:
        if before_text is not None:
            differing = changes(document.read(before_text), document.read(text), translate)
        regulation = schema.parse(text)
    except RegulationInvalid as refusal:
        return Check(None, tuple(refusal.problems), ())
    problems: tuple[Problem, ...] = ()
    if now is not None:
        problems = tuple(amending.obstacles(before, regulation, slug=slug or "", in_use=in_use, now=now))
    return Check(regulation, problems, differing)
