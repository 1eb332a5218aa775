"""The code of an entry: prefix of the category and a number of four digits, ``BDT-0042``.

ASCII in addresses, rows and file names; pages and paper show the prefix with its letters, ``BĐT-0042``.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

ALIAS_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def code(prefix: str, number: int) -> str:
    """Write the code that a number gives."""
    return f"{prefix}-{number:04d}"


def number(written: str) -> int:
    """Read the number of a code."""
    return int(written.rpartition("-")[2])


def following(prefix: str, last: str | None) -> str:
    """Give the code after the last one; numbers of withdrawn works are never given again.

    :param last: the highest code given so far with this prefix, or None
    """
    return code(prefix, number(last) + 1 if last else 1)


def shown(written: str, prefixes: Mapping[str, str]) -> str:
    """Show a code with the letters of its prefix.

    :param prefixes: shown prefix by ASCII prefix
    """
    prefix, _, digits = written.rpartition("-")
    return f"{prefixes.get(prefix, prefix)}-{digits}"


def alias() -> str:
    """Draw the name a work goes by where its makers must not be known: six letters, none easily confused."""
    return "".join(secrets.choice(ALIAS_LETTERS) for _ in range(6))
