"""Which states of a draft are worth going back to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

PAUSE = timedelta(minutes=1)
MOST = 40
MUCH = 20  # characters of a comment


@dataclass(frozen=True)
class Text:
    """What stands in the fields of a sheet, as typed."""

    marks: Mapping[str, str]
    comment: str


def is_worth_keeping(old: Text, new: Text, *, kept_at: datetime | None, now: datetime) -> bool:
    """Say whether a state of a draft should be kept that is about to be typed over.

    One state a minute is enough while somebody types; but what takes away a mark, or much of the comment, may be a slip
    of the hand, and then the state just before it is the one that is wanted back.

    :param kept_at: when a state was kept last, or typing began; None if nobody knows
    """
    if not any(old.marks.values()) and not old.comment:
        return False
    taken = any(text and not new.marks.get(code) for code, text in old.marks.items())
    shorter = len(old.comment) - len(new.comment) >= min(MUCH, len(old.comment) or MUCH)
    return taken or shorter or kept_at is None or now - kept_at >= PAUSE
