"""Codes of certificates: twenty characters in five groups, of which the last four watch over the others.

A code has 80 random bits, so it cannot be guessed, and is written in Crockford's base 32, which leaves out I, L, O
and U. The check is a Reed-Solomon code over the field of 32 elements with four check characters: up to four wrong
characters never pass for a code, and a single wrong one is found by its place. What is found is told, never mended: a
mended code would be a guess about somebody's paper.
"""

from __future__ import annotations

import re
import secrets
from itertools import pairwise

from contest.errors import N_, ContestError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MEANT = str.maketrans("OIL", "011")  # what people write for a nought and a one
BETWEEN = re.compile(r"[\s.\-‐-―−_]+")
GROUP, LENGTH, CHECKS = 4, 20, 4

# The field: powers of 2 modulo x⁵ + x² + 1, and their logarithms.
POWERS = [1]
for _ in range(30):
    _next = POWERS[-1] << 1
    POWERS.append(_next ^ 0b100101 if _next & 0b100000 else _next)
LOGARITHMS = {power: exponent for exponent, power in enumerate(POWERS)}


class CodeUnreadable(ContestError):
    """What was typed is not a code; the sentence says where to look again."""

    message = N_("A code has 20 characters in five groups of four.")
    status = 422
    field = "code"


class WrongLength(CodeUnreadable):
    """Characters are missing, or there are too many."""

    message = N_("A code has 20 characters; %(count)s were typed. Compare it with the paper once more.")


class LetterNotUsed(CodeUnreadable):
    """A character that no code has."""

    message = N_(
        "The character “%(letter)s” at place %(place)s is not used in codes. Compare it with the paper once more."
    )


class Mistyped(CodeUnreadable):
    """One character does not fit the others, and it is known which."""

    message = N_(
        "Character %(place)s, “%(letter)s” in the group %(group)s, does not fit. Compare it with the paper once more."
    )


class DoesNotAddUp(CodeUnreadable):
    """Several characters do not fit."""

    message = N_("Some characters do not fit together. Compare the code with the paper, character by character.")


def _times(a: int, b: int) -> int:
    return 0 if not a or not b else POWERS[(LOGARITHMS[a] + LOGARITHMS[b]) % 31]


def _generator() -> list[int]:
    """Multiply (x − 2)(x − 2²)(x − 2³)(x − 2⁴); in this field minus is plus."""
    product = [1]
    for root in range(1, CHECKS + 1):
        shifted = [*product, 0]
        for place, factor in enumerate(product):
            shifted[place + 1] ^= _times(factor, POWERS[root])
        product = shifted
    return product


GENERATOR = _generator()


def _checks(values: list[int]) -> list[int]:
    """Divide by the generator: the remainder makes the whole a multiple of it."""
    rest = [*values, *[0] * CHECKS]
    for place in range(len(values)):
        factor = rest[place]
        for offset, weight in enumerate(GENERATOR):
            rest[place + offset] ^= _times(weight, factor)
    return rest[-CHECKS:]


def _syndromes(values: list[int]) -> list[int]:
    """Evaluate at the roots of the generator: all noughts for a code, and for nothing near one."""
    found = []
    for root in range(1, CHECKS + 1):
        total = 0
        for value in values:
            total = _times(total, POWERS[root]) ^ value
        found.append(total)
    return found


def make(number: int) -> str:
    """Write a number of 80 bits as a code.

    :param number: from 0 up to, but not including, 2⁸⁰
    """
    values = [(number >> 5 * place) & 31 for place in reversed(range(LENGTH - CHECKS))]
    return "".join(ALPHABET[value] for value in [*values, *_checks(values)])


def new() -> str:
    """Draw a code that nobody can foresee."""
    return make(secrets.randbits(80))


def shown(code: str) -> str:
    """Write a code as it is printed, in groups."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read(typed: str) -> str:
    """Read what somebody typed, pasted or scanned as a code: in any case, with any separators, O for 0, I or L for 1.

    The whole address of a QR code is taken too.

    :return: the twenty characters without separators
    :raise CodeUnreadable: with the sentence that says what is wrong, and at which place if that is known
    """
    plain = typed.partition("#")[0].rstrip("/").rpartition("/")[2]
    letters = BETWEEN.sub("", plain).upper().translate(MEANT)
    for place, letter in enumerate(letters, 1):
        if letter not in ALPHABET:
            raise LetterNotUsed(letter=letter, place=place)
    if len(letters) != LENGTH:
        raise WrongLength(count=len(letters))
    values = [ALPHABET.index(letter) for letter in letters]
    syndromes = _syndromes(values)
    if not any(syndromes):
        return letters
    wrong = _single_error(syndromes)
    if wrong is None:
        raise DoesNotAddUp
    raise Mistyped(place=wrong + 1, letter=letters[wrong], group=wrong // GROUP + 1)


def _single_error(syndromes: list[int]) -> int | None:
    """Find the one place that explains all syndromes: each is then the one before times the power of the place."""
    if not all(syndromes):
        return None
    steps = {(LOGARITHMS[b] - LOGARITHMS[a]) % 31 for a, b in pairwise(syndromes)}
    if len(steps) != 1:
        return None
    place = LENGTH - 1 - steps.pop()
    return place if place >= 0 else None
