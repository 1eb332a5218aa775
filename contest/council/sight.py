"""What somebody who stays away from works may see of a meeting.

They hear that a work is being discussed, because they sit in the room and go out for it; never which, what was said,
proposed or voted about it. Figures that would tell by subtraction go as a whole: an order of works names the missing
place, and so do votes of which each paper has a fixed number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

OPEN_KINDS = frozenset({"yes_no", "tier"})
"""Ways of voting in which the figures of one work say nothing of another's."""


class Lined(Protocol):
    """A line, an item or anything else that may be about works."""

    @property
    def about(self) -> Collection[int]:
        """The works that it is about, by entry id."""


About = TypeVar("About", bound=Lined)


def is_withheld(thing: Lined, barred: Collection[int]) -> bool:
    """Say whether somebody does not learn of a thing because of the works that it is about."""
    return any(entry in barred for entry in thing.about)


def seen(things: Iterable[About], barred: Collection[int]) -> list[About]:
    """Leave out what somebody does not learn of."""
    return [thing for thing in things if not is_withheld(thing, barred)]


def visible_rows(question: Mapping[str, Any], barred: Collection[int]) -> Sequence[Mapping[str, Any]] | None:
    """Give the figures of a question that somebody may see; None where they may see none of them.

    :param question: as a line about a closed ballot keeps it
    """
    rows: Sequence[Mapping[str, Any]] = question["rows"]
    left = [row for row in rows if row["entry"] not in barred]
    if len(left) < len(rows) and question["kind"] not in OPEN_KINDS:
        return None
    return left
