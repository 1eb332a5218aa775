"""What paper ballots are checked against: the rounds that take them, their works, jurors, and what is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from contest.judging.ballots import Question
from contest.regulations.scoring import Criterion
from contest.web.text import fold


@dataclass(frozen=True, slots=True)
class Work:
    """A work in a round."""

    id: int
    code: str
    shown: str
    """The code with the letters of its prefix."""
    title: str
    category: str


@dataclass(frozen=True, slots=True)
class Juror:
    """Somebody who judges in a round."""

    id: int
    subject: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """The newest sheet of a juror for a work."""

    revision: int
    marks: Mapping[str, int]
    comment: str


@dataclass(frozen=True, slots=True)
class Given:
    """A work given to a juror."""

    assignment_id: int
    recused: bool = False
    newest: Recorded | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """The newest ballot of a member on one question of one sitting."""

    choice: Mapping[str, str]
    typed: bool
    """Whether it was typed from paper; a ballot that the member cast stands."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One question at one sitting of the council.

    :ivar offered: works or newsrooms that a member votes on, by id of the member
    :ivar cast: by id of the member
    """

    ballot: int
    question: Question
    name: str
    """What the question is called: of a tier or a prize, else of the round."""
    offered: Mapping[int, frozenset[str]]
    cast: Mapping[int, Cast] = field(default_factory=dict)

    @property
    def subjects(self) -> frozenset[str]:
        """Everything that is voted on."""
        return frozenset[str]().union(*self.offered.values())


@dataclass(frozen=True, slots=True)
class Round:
    """A round that takes paper: opened and not sealed."""

    code: str
    name: str
    rubrics: Mapping[str, tuple[Criterion, ...]]
    works: tuple[Work, ...]
    jurors: tuple[Juror, ...]
    given: Mapping[tuple[int, int], Given]
    """By id of the work and of the juror."""
    topics: tuple[Topic, ...] = ()

    def works_called(self, text: str) -> list[Work]:
        """Find works by their code, with the letters as shown or without."""
        asked = fold(text).replace(" ", "")
        return [work for work in self.works if asked in (fold(work.code), fold(work.shown))]

    def jurors_called(self, text: str) -> list[Juror]:
        """Find jurors by address or by name, capitals and accents aside."""
        asked = fold(text)
        return [juror for juror in self.jurors if asked in (fold(juror.email), fold(juror.name))]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion of every rubric."""
        return tuple(criterion for rubric in self.rubrics.values() for criterion in rubric)
