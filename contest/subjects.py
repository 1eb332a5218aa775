"""One human being as the rooms know them, and what each room says about them.

Every room that keeps personal data has a file ``personal.py`` with two functions: ``export(subject)`` says what the
room keeps about somebody, by purpose; ``erase(subject, now)`` takes it away where it stands in columns of its own. What
is left in free text is found afterwards in all tables alike (`privacy.sweeping`), so that a new table is covered when
it is born. ``KEPT`` names the columns that stay by law.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Subject:
    """Somebody whose data are shown or erased.

    :ivar user_ids: their accounts, none for somebody who was only named
    :ivar person_ids: the rows of people that mean them
    :ivar subjects: random ids under which the log and hashed rows know them
    :ivar names: every form of their name that was found, the longest first
    :ivar pen_names: the same of their pen names, and of a unit that nobody else belongs to
    :ivar addresses: e-mail addresses and telephone numbers in every form in which they are written
    :ivar pseudonym: what stands in place of the name after an erasure
    """

    user_ids: frozenset[int]
    person_ids: frozenset[int]
    subjects: frozenset[str]
    names: tuple[str, ...] = ()
    pen_names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    emails: frozenset[str] = frozenset()
    pseudonym: str = ""


@dataclass(frozen=True)
class Section:
    """What is kept for one purpose.

    :ivar key: a short name for the file
    :ivar title, purpose: message ids
    :ivar rows: what is kept: message id of the field and value
    """

    key: str
    title: str
    purpose: str
    rows: list[dict[str, Any]] = field(default_factory=list)


NO_ADDRESS = "da-xoa@example.invalid"
"""Stands where an address was; nothing can be sent there."""

GONE = "[đã xóa]"
"""Stands where a telephone number was, or words that said nothing but who somebody is."""


def section(key: str, title: str, purpose: str, rows: Iterable[Mapping[str, Any]]) -> list[Section]:
    """Make a section, or none where there is nothing to tell."""
    found = [dict(row) for row in rows]
    return [Section(key, title, purpose, found)] if found else []
