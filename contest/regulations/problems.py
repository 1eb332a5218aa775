"""What is wrong with a document: every problem at its path, none thrown away.

The sentences are English message ids; whoever shows them translates them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from pydantic_core import ErrorDetails

from contest.clock import ZONE
from contest.errors import N_, ContestError
from contest.regulations import shape
from contest.regulations.belonging import Homes, strange

LINE = N_("line %(line)s")
WHOLE = N_("the whole document")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and where.

    :ivar path: where in the document, such as ``categories[BAO_IN].max_authors``
    :ivar message: message id, with ``%(name)s`` places for the parameters
    :ivar line: the line instead of the path, when the text cannot be read as TOML
    """

    path: str
    message: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    line: int | None = None

    def place(self, translate: Callable[[str], str] = str) -> str:
        """Write out where the problem is."""
        if self.line is not None:
            return translate(LINE) % {"line": self.line}
        return self.path or translate(WHOLE)

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """Write the problem out."""
        sentence = translate(self.message)
        if not self.parameters:
            return sentence
        return sentence % {name: _shown(value) for name, value in self.parameters.items()}

    def __str__(self) -> str:
        return f"{self.place()}: {self.sentence()}"


def _shown(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value.astimezone(ZONE):%H:%M, %d/%m/%Y}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


MOST = 500
AND_MORE = N_("There is more to correct; the first %(count)s places are told here.")


def told(problems: Iterable[Problem]) -> list[Problem]:
    """List problems, each once, up to as many as anybody reads."""
    found = list(islice(_once(problems), MOST + 1))
    return found if len(found) <= MOST else [*found[:MOST], Problem("", AND_MORE, {"count": MOST})]


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    seen: set[str] = set()
    for problem in problems:
        said = str(problem)
        if said not in seen:
            seen.add(said)
            yield problem


class RegulationInvalid(ContestError):
    """A document that is no regulation, with everything that is wrong with it."""

    message = N_("This is not a regulation yet; places to correct: %(count)s.")
    status = 422
    field = "text"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(count=len(self.problems))


SENTENCES: dict[str, str] = {
    "missing": N_("This is missing."),
    "string_type": N_("Expected a text in quotation marks."),
    "string_too_short": N_("This must not be empty."),
    "string_too_long": N_("This is too long: %(max_length)s characters at most."),
    "string_unicode": N_("This text contains characters that are not valid Unicode."),
    "int_type": N_("Expected a whole number without quotation marks."),
    "int_from_float": N_("Expected a whole number without quotation marks."),
    "bool_type": N_("Expected true or false, without quotation marks."),
    "greater_than_equal": N_("This must be at least %(ge)s."),
    "less_than_equal": N_("This must be at most %(le)s."),
    "literal_error": N_("Expected one of: %(expected)s."),
    "tuple_type": N_("Expected a list in square brackets."),
    "dict_type": N_("Expected a table."),
    "model_type": N_("Expected a table."),
    "too_short": N_("At least %(min_length)s must be named here."),
    "too_long": N_("At most %(max_length)s may be named here."),
}
FORMS: dict[str, str] = {
    shape.CODE: N_("A code begins with a letter and has only letters without marks, digits and _, 40 at most."),
    shape.PRIZE_CODE: N_(
        "The code of a prize begins with a letter and has only capital letters without marks, digits and _, "
        "10 at most, such as CD_KT."
    ),
    shape.PREFIX: N_("Expected one to six capital letters without marks, such as BDT."),
    shape.SLUG: N_("Expected small letters without marks, digits and single hyphens, such as giai-bao-chi-2026."),
    shape.TIE_BREAK: N_(
        "Expected criterion: with the code of a criterion, or one of: highest_sheet, earlier_receipt, chair_sheet, "
        "vote, lot, act."
    ),
}
"""What a text that must be written in a certain way looks like, by its pattern."""
OTHERWISE = N_("This value is not of the kind expected here.")


def from_shape(errors: Sequence[ErrorDetails], document: Mapping[str, Any], known: Homes) -> list[Problem]:
    """Turn what pydantic found into problems with sentences of ours.

    :param known: where the names of the document belong
    """
    return [_problem(error, document, known) for error in errors[: MOST + 1]]


def _problem(error: ErrorDetails, document: Mapping[str, Any], known: Homes) -> Problem:
    context: dict[str, Any] = dict(error.get("ctx", {}))
    path = path_of(error["loc"], document)
    if error["type"] == "extra_forbidden":
        table = path_of(error["loc"][:-1], document)
        return Problem(path, *strange(str(error["loc"][-1]), re.sub(r"\[[^]]*\]", "", table), known))
    if error["type"] == "regulation":
        return Problem(path, error["msg"], context.get("parameters", {}))
    if "expected" in context:
        context["expected"] = str(context["expected"]).replace(" or ", ", ").replace("'", "")
    return Problem(path, FORMS.get(context.get("pattern", "")) or SENTENCES.get(error["type"], OTHERWISE), context)


def path_of(location: Sequence[int | str], document: Any) -> str:
    """Write a place as ``rounds[so_khao].opens``: an item by its code where it has one, else by its number from 1.

    Steps that lead into no table of the document are names of alternatives and are left out.
    """
    path = ""
    here = document
    for step in location:
        if isinstance(step, int):
            here = here[step] if isinstance(here, list | tuple) and step < len(here) else None
            code = here.get("code") if isinstance(here, dict) else None
            named = isinstance(code, str) and len(code) <= 40 and code.isprintable() and code.strip()
            path += f"[{code}]" if named else f"[#{step + 1}]"
        elif isinstance(here, dict):
            here = here.get(step)
            path += f".{_key(step)}" if path else _key(step)
    return path


def _key(name: str) -> str:
    """Write a name so that it fits on a line, whatever somebody typed there."""
    short = name if len(name) <= 60 else f"{name[:60]}…"
    return short if short.isprintable() else repr(short)
