"""Lots that anybody can draw again: an order that follows from a random seed and what is drawn, from nothing else."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from hashlib import sha256

METHOD = "sha256(seed:code), smallest first"
"""What is recorded beside the seed, so that the drawing can be repeated with any tool."""


def new_seed() -> str:
    """Draw a seed: 128 bits, in hexadecimal."""
    return secrets.token_hex(16)


def draw(codes: Iterable[str], seed: str) -> list[str]:
    """Put codes in the order in which the lot draws them.

    Each code is hashed together with the seed; the smaller the hash, the earlier it is drawn. Nobody can know the
    order before the seed is drawn, and nobody can change it afterwards.
    """
    return sorted(set(codes), key=lambda code: sha256(f"{seed}:{code}".encode()).hexdigest())
