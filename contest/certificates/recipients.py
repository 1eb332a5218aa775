"""How the names of the recipients are set: as large as they fit, and no line ends inside a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contest.certificates.balance import balance, cut
from contest.certificates.breaking import wrap
from contest.certificates.design import Design
from contest.certificates.typography import LOOKS, PEN_SIZE, face_of, scale_of
from contest.printing.fonts import MILLIMETRES_PER_POINT

NAME_LINE, PEN_LINE = LOOKS["names"].leading, LOOKS["pen_names"].leading
SEPARATOR = " · "
GAP = 0.2  # free on each side of the dot between two persons, in parts of the size


@dataclass(frozen=True)
class Person:
    """An author as printed: the real name, and the pen names that stand in brackets."""

    name: str
    pen_names: str = ""


@dataclass(frozen=True)
class Names:
    """Recipients in lines; `under` are the lines of pen names below a single author."""

    size: float
    rows: tuple[tuple[Person, ...], ...]
    under: tuple[str, ...]
    height: float


@dataclass(frozen=True)
class Recipients:
    """Whom a certificate names, and how wide their lines may be.

    :ivar measure: of the longest line, in millimetres
    """

    people: Sequence[Person]
    design: Design
    measure: float

    def set(self, largest: float) -> Names | None:
        """Set the names no larger than a cap.

        :param largest: in points of the house's look; a design with larger names has a cap larger by as much
        :return: None if they are wider than the sheet at any size allowed
        """
        if len(self.people) == 1:
            return self._single(self.people[0], largest)
        return next(self._groups(largest), None)

    @property
    def _scale(self) -> float:
        return scale_of(self.design, "names")

    def _name(self, text: str, size: float) -> float:
        return face_of(self.design, "names").width(text, size)

    def _pen(self, text: str, size: float) -> float:
        return face_of(self.design, "pen_names").width(text, size)

    def _single(self, person: Person, largest: float) -> Names:
        """Set one author as large as keeps clear of the edges; pen names stand below and never shrink the name."""
        pen_size = PEN_SIZE * self._scale
        under: tuple[str, ...] = ()
        if person.pen_names:
            under = wrap(f"({person.pen_names})", face_of(self.design, "pen_names"), pen_size, self.measure)
        ladder = self.design.zones["names"].sizes
        sizes = [size for size in ladder if size <= max(largest * self._scale, ladder[-1])]
        size = next((size for size in sizes if self._name(person.name, size) <= self.measure * 0.86), sizes[-1])
        lines = wrap(person.name, face_of(self.design, "names"), size, self.measure)
        height = (len(lines) * size * NAME_LINE + len(under) * pen_size * PEN_LINE) * MILLIMETRES_PER_POINT
        return Names(size, tuple((Person(line),) for line in lines), under, height)

    def _groups(self, largest: float) -> Iterator[Names]:
        """Give the settings of a group that keep to the measure, the best first.

        Two or three stand on one line if they fit there, else on a line each; more share lines, three at most, four
        from seven persons on.
        """
        people = self.people
        count = len(people)
        if count <= 3:
            yield from self._one_line(largest)
            settings = [(size, [[person] for person in people]) for size in (22, 18, 16, 15) if size * count <= 54]
            most = count
        else:
            sizes, most = ((18, 16, 15), 3) if count <= 6 else ((16, 15, 14, 13), 4)
            settings = [(size, self._share_lines(size)) for size in sizes]
        smallest = settings[-1][0]
        for size, rows in settings:
            if (size <= largest and len(rows) <= most) or size == smallest:
                yield from self._fitting(rows, size, self.measure)

    def _one_line(self, largest: float) -> Iterator[Names]:
        for size in (22, 20, 18):
            if size <= largest:
                yield from self._fitting([list(self.people)], size, self.measure * 0.92)

    def _fitting(self, rows: Sequence[Sequence[Person]], house_size: int, measure: float) -> Iterator[Names]:
        size = house_size * self._scale
        if max(self._row_width(row, size) for row in rows) <= measure:
            height = len(rows) * size * NAME_LINE * MILLIMETRES_PER_POINT
            yield Names(size, tuple(tuple(row) for row in rows), (), height)

    def _share_lines(self, house_size: int) -> list[list[Person]]:
        size = house_size * self._scale
        counts = balance([self._person_width(person, size) for person in self.people], self._gap(size), self.measure)
        return cut(self.people, counts)

    def _person_width(self, person: Person, size: float) -> float:
        if not person.pen_names:
            return self._name(person.name, size)
        return self._name(f"{person.name} ", size) + self._pen(f"({person.pen_names})", size)

    def _row_width(self, row: Sequence[Person], size: float) -> float:
        return sum(self._person_width(person, size) for person in row) + self._gap(size) * (len(row) - 1)

    def _gap(self, size: float) -> float:
        return self._name(SEPARATOR, size) + 2 * GAP * size * MILLIMETRES_PER_POINT
