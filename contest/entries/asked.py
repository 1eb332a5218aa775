"""What is asked of an instalment besides day and press agency: what its category names, else what its medium asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contest.errors import N_

if TYPE_CHECKING:
    from contest.regulations.entering import Category


@dataclass(frozen=True)
class Asked:
    """One field of an instalment."""

    name: str
    required: bool


TITLE = Asked("title", required=False)
BY_MEDIUM = {
    "print": (Asked("issue", True), Asked("page", False), Asked("words", False), Asked("url", False)),
    "online": (Asked("url", True), Asked("words", False)),
    "radio": (Asked("channel", True), Asked("minutes", True), Asked("hour", False), Asked("url", False)),
    "tv": (Asked("channel", True), Asked("minutes", True), Asked("hour", False), Asked("url", False)),
}
MISSING = {
    "title": N_("Title of instalment %(number)s"),
    "url": N_("Address of instalment %(number)s"),
    "issue": N_("Issue number of instalment %(number)s"),
    "page": N_("Page of instalment %(number)s"),
    "channel": N_("Channel of instalment %(number)s"),
    "hour": N_("Hour of instalment %(number)s"),
    "minutes": N_("Duration of instalment %(number)s"),
    "words": N_("Number of words of instalment %(number)s"),
}
"""What is said of a field that was left empty."""


def fields_of(category: Category) -> tuple[Asked, ...]:
    """List the fields of an instalment in the order in which they are asked; its title is always one of them."""
    named = category.instalment_fields
    if named is None:
        return (TITLE, *BY_MEDIUM[category.medium])
    return (Asked("title", "title" in named), *(Asked(name, True) for name in named if name != "title"))
