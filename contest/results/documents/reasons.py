"""Why a work stands where it stands, in sentences that can be read aloud to whoever complains.

They are made of a line of a sealed result and of nothing else: the sheets that count and those that do not, how they
become one figure, every comparison on the way to the place, every floor, quota, band and vote that gave a prize or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from contest.regulations.schema import Regulation
from contest.regulations.scoring import Criterion
from contest.results.documents import going_on, marking, placing, winning
from contest.results.documents.figures import Figures, plain, points

Line = Mapping[str, Any]


@dataclass(frozen=True)
class Voice:
    """What the sentences need to know besides the figures.

    :ivar rubric: criteria of the category of the work, as its round was opened
    :ivar jurors: what each juror is called here, by subject: the name, or a number where names are not told
    :ivar shown: writes the code of a work as people see it
    :ivar acts: what is said of each recorded act, by its number
    :ivar result: the sealed result
    :ivar group: the group of the result in which the work stands
    :ivar group_name: what the group is called
    :ivar tells_chair: whether it is said which sheet is the chair's, by which everybody knows whose it is
    """

    regulation: Regulation
    rubric: tuple[Criterion, ...]
    jurors: Mapping[str, str]
    shown: Callable[[str], str]
    acts: Mapping[int, str]
    result: Mapping[str, Any]
    group: Mapping[str, Any]
    group_name: str
    tells_chair: bool = True

    @property
    def figures(self) -> Figures:
        """How figures are shown."""
        return Figures.of(self.regulation)

    def juror(self, subject: str) -> str:
        """Name a juror."""
        return self.jurors.get(subject) or _("a juror")

    def criterion(self, code: str) -> str:
        """Name a criterion; its code where the rubric no longer has it."""
        return next((criterion.name for criterion in self.rubric if criterion.code == code), code)

    def act(self, number: int | None) -> str:
        """Say which recorded act: its number in the round and, where it is known, its day and reason."""
        if number is None:
            return _("a recorded act")
        told = self.acts.get(number)
        if told is None:
            return _("recorded act No. %(number)s", number=number)
        return _("recorded act No. %(number)s (%(told)s)", number=number, told=told)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One sheet that counts."""

    juror: str
    notes: tuple[str, ...]
    marks: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True)
class Part:
    """Sentences about one thing."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that led to the place and the prize of one work."""

    entry: str
    columns: tuple[tuple[str, str], ...]
    """Name and, where it is not 1, weight of each criterion."""
    rows: tuple[SheetRow, ...] = ()
    means: tuple[str, ...] = ()
    figure: str = ""
    figure_name: str = ""
    parts: tuple[Part, ...] = field(default=())


def explain(line: Line, voice: Voice) -> Explanation:
    """Put the reasons of one line of a sealed result into words."""
    parts = (
        Part(_("How the figure came about"), tuple(marking.sentences(line, voice))),
        Part(_("Why this place"), tuple(placing.sentences(line, voice))),
        Part(_("Who goes on"), tuple(going_on.sentences(line, voice))),
        Part(_("Which prize"), tuple(winning.sentences(line, voice))),
    )
    told = tuple(part for part in parts if part.sentences)
    if "mean" not in line:
        return Explanation(line["entry"], (), parts=told)
    return Explanation(
        entry=line["entry"],
        columns=tuple((each.name, "" if each.weight == 1 else plain(each.weight)) for each in voice.rubric),
        rows=tuple(_rows(line, voice)),
        means=tuple(voice.figures.mean(line["criteria"].get(each.code, 0)) for each in voice.rubric),
        figure=voice.figures.mean(line["aggregate"]),
        figure_name=ngettext("%(num)s sheet", "%(num)s sheets", len(line["sheets"])),
        parts=told,
    )


def _rows(line: Line, voice: Voice) -> Iterator[SheetRow]:
    def order(sheet: Mapping[str, Any]) -> tuple[bool, str]:
        return not (sheet["chair"] and voice.tells_chair), voice.juror(sheet["juror"])

    for sheet in sorted(line["sheets"], key=order):
        notes = [
            *([_("chair")] if sheet["chair"] and voice.tells_chair else []),
            *([_("additional juror")] if sheet["third"] else []),
            *([_("corrected, revision %(number)s", number=sheet["revision"])] if sheet["revision"] > 1 else []),
        ]
        yield SheetRow(
            juror=voice.juror(sheet["juror"]),
            notes=tuple(notes),
            marks=tuple(points(sheet["marks"][each.code]) for each in voice.rubric),
            total=points(sheet["total"]),
        )
