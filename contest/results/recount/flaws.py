"""What is wrong with a bundle, each at its place; the sentences are message ids for whoever shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from contest.errors import N_, ContestError
from contest.regulations.problems import Problem

MOST = 50
"""So many are listed; whoever has more corrects these first."""

LINE = N_("%(file)s, line %(line)s")
CELL = N_("%(file)s, line %(line)s, column %(column)s")


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong.

    :ivar file: name of the file in the bundle, empty when it is the bundle as a whole
    :ivar message: message id, with ``%(name)s`` places for the parameters
    """

    file: str
    message: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    line: int = 0
    column: str = ""

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """Write it out with its place."""
        said = translate(self.message)
        if self.parameters:
            said %= self.parameters
        place = self.file
        if self.line:
            known = {"file": self.file, "line": self.line, "column": self.column}
            place = translate(CELL if self.column else LINE) % known
        return f"{place}: {said}" if place else said


@dataclass(frozen=True, slots=True)
class RegulationFlaw:
    """One thing that is wrong with a regulation of the bundle."""

    file: str
    problem: Problem

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """Write it out with its place."""
        return f"{self.file}, {self.problem.place(translate)}: {self.problem.sentence(translate)}"


class BundleRefused(ContestError):
    """What lies at the path cannot be recounted, with everything that is wrong with it."""

    message = N_("This cannot be recounted; places to correct: %(count)s.")
    status = 422

    def __init__(self, flaws: Iterable[Flaw | RegulationFlaw]) -> None:
        self.flaws = tuple(flaws)
        super().__init__(count=len(self.flaws))


class Flaws:
    """Collects what is wrong, and stops the reading when there is too much of it."""

    def __init__(self) -> None:
        self._found: list[Flaw | RegulationFlaw] = []

    def add(self, file: str, message: str, *, line: int = 0, column: str = "", **parameters: Any) -> None:
        """Note one more.

        :raise BundleRefused: when there are as many as are listed
        """
        self._found.append(Flaw(file, message, parameters, line, column))
        if len(self._found) >= MOST:
            raise BundleRefused(self._found)

    def add_problem(self, file: str, problem: Problem) -> None:
        """Note what is wrong with a regulation.

        :raise BundleRefused: when there are as many as are listed
        """
        self._found.append(RegulationFlaw(file, problem))
        if len(self._found) >= MOST:
            raise BundleRefused(self._found)

    def refuse(self, file: str, message: str, *, line: int = 0, column: str = "", **parameters: Any) -> NoReturn:
        """Note one that makes it useless to read on.

        :raise BundleRefused: always
        """
        raise BundleRefused([*self._found, Flaw(file, message, parameters, line, column)])

    def check(self) -> None:
        """Pass when nothing is wrong.

        :raise BundleRefused: otherwise
        """
        if self._found:
            raise BundleRefused(self._found)


def shown(value: object, longest: int = 60) -> str:
    """Write a value from a hostile file so that it fits into a sentence."""
    text = str(value)
    printed = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[:longest])
    return printed + ("…" if len(text) > longest else "")
