"""Words that stand in the log for good."""

from __future__ import annotations

import re

from sqlalchemy import select

from contest.accounts.models import Person
from contest.accounts.refusals import NamesSomebody
from contest.database import db
from contest.web.text import fold

CONTACT = re.compile(r"\S@\S|(?:\d[\s.-]?){9}")
"""An address, or so many figures that they can be called."""


def check_names_nobody(text: str, *, field: str = "reason") -> None:
    """Pass words that may stand in a line of the log: no erasure reaches them there.

    One word alone is no name: it may mean anything.

    :param field: of the form in which they were typed
    :raise NamesSomebody: if they name somebody who is known here, an address or a telephone number
    """
    said = _words(text)
    names = db.session.scalars(select(Person.name).where(Person.erased_at.is_(None)).distinct())
    if CONTACT.search(text) or any(" " in name.strip() and _words(name) in said for name in names):
        raise NamesSomebody(field=field)


def _words(text: str) -> str:
    return f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "
