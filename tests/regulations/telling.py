"""What is told of a document, in Vietnamese, without an application: as the shell tells it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from babel.support import Translations

import contest
from contest.regulations import checking, document
from contest.regulations.problems import Problem, RegulationInvalid

VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)


@cache
def catalogue() -> Translations:
    return Translations.load(Path(contest.__file__).parent / "translations", ["vi"])


def problems_of(text: str | bytes) -> tuple[Problem, ...]:
    """Check a file as ``contest regulation check`` does."""
    try:
        return checking.checked(document.decode(text) if isinstance(text, bytes) else text).problems
    except RegulationInvalid as refusal:
        return tuple(refusal.problems)


def told(text: str | bytes) -> list[tuple[str, str]]:
    """Give each place with its sentence; every one must be Vietnamese, whole and short enough to read."""
    translate = catalogue().gettext
    said = [(problem.place(translate), problem.sentence(translate)) for problem in problems_of(text)]
    for place, sentence in said:
        assert place, sentence
        assert place.isprintable(), repr(place)
        assert VIETNAMESE.search(sentence), sentence
        assert "%(" not in sentence, sentence
    return said


def places(text: str | bytes) -> list[str]:
    return [place for place, _ in told(text)]
