"""A commitment: one number that binds many things without telling any of them.

Each thing becomes a *leaf*, the hash of its own hash with a salt that only its owner holds. Whoever knows thing and
salt finds the leaf; whoever sees the leaf can guess nothing. The *root* over all leaves in ascending order is published
before the things are; nothing can be exchanged, added or left out afterwards without another root.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

FORMAT = 1


def leaf(salt: str, fingerprint: str) -> str:
    """Hide the hash of a sheet or ballot behind its salt: SHA-256 of ``salt:hash``, in hexadecimal."""
    return sha256(f"{salt}:{fingerprint}".encode()).hexdigest()


def root(leaves: Iterable[str]) -> str:
    """Bind all leaves, in ascending order; that of no leaf is the hash of nothing.

    A leaf is hashed after the byte 0, two neighbours after the byte 1; one without a neighbour goes up as it is.
    """
    level = _first_level(sorted(leaves))
    while len(level) > 1:
        level = _above(level)
    return level[0].hex() if level else sha256(b"").hexdigest()


class Step(NamedTuple):
    """A neighbour on the way from a leaf to the root."""

    hash: str
    is_left: bool


def path(leaves: Iterable[str], of: str) -> list[Step]:
    """Give the neighbours from a leaf up to the root, with which anybody who holds the leaf finds the root again.

    :raise ValueError: if the leaf is not among them
    """
    ordered = sorted(leaves)
    place, level, steps = ordered.index(of), _first_level(ordered), []
    while len(level) > 1:
        neighbour = place ^ 1
        if neighbour < len(level):
            steps.append(Step(level[neighbour].hex(), neighbour < place))
        place, level = place // 2, _above(level)
    return steps


def root_from(of: str, steps: Iterable[Step]) -> str:
    """Find the root from a leaf and its neighbours."""
    found = sha256(b"\0" + bytes.fromhex(of)).digest()
    for step in steps:
        other = bytes.fromhex(step.hash)
        found = sha256(b"\1" + (other + found if step.is_left else found + other)).digest()
    return found.hex()


def _first_level(ordered: Sequence[str]) -> list[bytes]:
    return [sha256(b"\0" + bytes.fromhex(each)).digest() for each in ordered]


def _above(level: Sequence[bytes]) -> list[bytes]:
    pairs = range(0, len(level), 2)
    return [sha256(b"\1" + b"".join(level[at : at + 2])).digest() if at + 1 < len(level) else level[at] for at in pairs]
