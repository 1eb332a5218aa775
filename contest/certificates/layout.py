"""How the words of a certificate are set on the sheet: sizes and line ends, decided from widths alone.

In the look of the house the sheet has three zones (in millimetres from its top): a head to 38, the middle to 129.5, a
foot from 130 on. Only the middle adapts, so that every seal of a batch falls on the same place. The one measurement is
the width of a run of text in the font that will be embedded; a height is lines times size times leading. What is
decided here is given its place by `contest.certificates.placing`.

Nothing is scaled, condensed, hyphenated or clipped. Names come first: they are set as large as they fit. If the middle
then grows too high, it is set more densely, and only in the densest setting do the names give way to the title. What
does not fit even then is refused, with a sentence that says what to do. A part that a design puts into a box of its own
is set there, at the first of its sizes that fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from contest.certificates.breaking import LineTooLong, together, wrap
from contest.certificates.design import AREAS, Design
from contest.certificates.recipients import Names, Person, Recipients
from contest.certificates.typography import (
    ABOVE,
    BELONGS,
    LOOKS,
    ORNAMENT_HEIGHT,
    SPECIAL_SIZE,
    face_of,
    families_with,
    leading_of,
    size_of,
    width,
)
from contest.errors import N_, ContestError
from contest.printing.fonts import MILLIMETRES_PER_POINT, LetterMissing
from contest.web.quoting import quoted

__all__ = ["DoesNotFit", "LineTooLong", "Setting", "TooManyAuthors", "set_certificate", "together"]

MEASURE = 226.0 / 247.0  # the longest line of the middle, in parts of its width
TITLE_MEASURE = 0.94  # of a work, in parts of that
ORGANISER_MEASURE = 170.0 / 247.0
ORGANISER_SPACED = 12.2 / 11.5  # the plain width of this size is that of the size with its letter spacing
HEAD_LINES = 3
MOST_AUTHORS = 10  # on one sheet
AIRY = 10.0  # spare height from which the middle is opened up
VERB_ROOM = 40.0  # "đạt" hangs to the left of the award, which stays centred by itself
TIGHT_AWARD = 24 / 27  # the tight setting never has the first size of the award in full


class DoesNotFit(ContestError):
    """More text than a certificate holds at sizes that can be read from a wall."""

    message = N_(
        "The text for “%(work)s” does not fit on one certificate. "
        "Shorten the title, or issue one certificate to each author."
    )


class TooManyAuthors(ContestError):
    """More names than belong on one sheet."""

    message = N_(
        "“%(work)s” has %(count)s authors; one certificate holds at most %(most)s names. "
        "Issue one certificate to each author."
    )


class LetterNotInFamily(LetterMissing):
    """A letter that the family of a part lacks, and others have."""

    message = N_(
        "The font %(family)s lacks the letter “%(letter)s” of “%(text)s”. Write it differently, or choose another font "
        "for this part in the template of the certificate: %(families)s."
    )


@dataclass(frozen=True)
class Density:
    """One way to set the middle, from loose to tight.

    :ivar fixed: height of everything in the middle of the house that is the same on every certificate
    :ivar special: what the larger letters of a special prize add
    :ivar largest_name: cap on the size of names, in points
    :ivar titles: which sizes of the title of a work it may take, each with the most lines
    """

    name: str
    fixed: float
    special: float
    largest_name: int
    titles: tuple[tuple[int, int], ...]


LOOSE, DENSE, DENSER, DENSEST = ((0, 1), (1, 2), (2, 3)), ((1, 2), (2, 3), (3, 4)), ((2, 3), (3, 4)), ((3, 4),)
DENSITIES = (
    Density("", 68.4, 1.6, 34, LOOSE),
    Density("snug", 64.1, 1.6, 34, LOOSE),
    Density("tight", 58.7, 0.0, 34, DENSE),
    Density("tight", 58.7, 0.0, 26, DENSE),
    Density("tight", 58.7, 0.0, 22, DENSER),
    Density("tight", 58.7, 0.0, 16, DENSER),
    Density("tight", 58.7, 0.0, 14, DENSER),
    Density("tight", 58.7, 0.0, 13, DENSEST),
)
UNIT_HEIGHT = 6.0  # counted in `fixed` for the line of the unit


@dataclass(frozen=True)
class Part:
    """The lines of one part, all at one size in points."""

    size: float
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Setting:
    """Sizes and line ends of one certificate.

    :ivar parts: what is printed, by name; the recipients apart
    :ivar spare: height left over in the middle, in millimetres
    """

    density: str
    names: Names
    parts: Mapping[str, Part]
    spare: float


def set_certificate(printed: Mapping[str, Any], design: Design | None = None) -> Setting:
    """Decide how the frozen words of a certificate are set.

    :param printed: as `contest.certificates.wording` makes them
    :param design: the look of the house when left out
    :raise DoesNotFit: if the words need more room than the sheet has
    :raise LineTooLong: if a line or a word is wider than its place
    :raise TooManyAuthors: if there are more than ten names
    :raise contest.printing.fonts.LetterMissing: if a letter cannot be printed
    """
    people = [Person(author["name"], author["pen_names"]) for author in printed["authors"]]
    if len(people) > MOST_AUTHORS:
        raise TooManyAuthors(work=str(printed["work"]), count=len(people), most=MOST_AUTHORS)
    return _Setter(printed, design or Design.default(), people).set()


class _Setter:
    """Sets one certificate."""

    def __init__(self, printed: Mapping[str, Any], design: Design, people: Sequence[Person]) -> None:
        self.printed = printed
        self.design = design
        self.people = people
        self.area = design.box("middle")
        self.measure = self.area.width * MEASURE

    def set(self) -> Setting:
        """Set everything: what has one place first, then the middle as loosely as it fits."""
        parts = {**self._head(), **self._single_lines(), **self._boxed()}
        flowing = self._flowing()
        names = self._boxed_names()
        for density in DENSITIES:
            with _naming(self.design, "names"):
                chosen = names or Recipients(self.people, self.design, self.measure).set(density.largest_name)
            if chosen is None:
                continue
            room = self._room(density, flowing, 0.0 if names else chosen.height)
            title = self._title(density.titles, room)
            if title is None:
                continue
            spare = room - self._height("work", title) if title.rows else room
            loose = "airy" if not density.name and spare > AIRY else density.name
            middle = {name: part for name, part in flowing.items() if name != "award"}
            for name in ("organiser", "title", "lead"):
                if name in flowing:
                    middle[name] = Part(size_of(self.design, name, loose), flowing[name].rows)
            if "award" in flowing:
                middle["award"] = self._award(flowing["award"], loose)
            if title.rows:
                middle["work"] = title
            return Setting(loose, chosen, {**parts, **middle}, spare)
        raise DoesNotFit(work=str(self.printed["work"]), field="middle")

    def _text(self, part: str) -> str:
        if part == "work":
            return quoted(self.printed["work"]) if self.printed["work"] else ""
        return str(self.printed[part])

    def _wrap(self, part: str, text: str, size: float, measure: float) -> tuple[str, ...]:
        with _naming(self.design, part):
            return wrap(text, face_of(self.design, part), size, measure) if text else ()

    def _height(self, name: str, part: Part) -> float:
        return len(part.rows) * part.size * leading_of(name) * MILLIMETRES_PER_POINT

    def _head(self) -> dict[str, Part]:
        box = self.design.box("issuing")
        for size in self.design.zones["issuing"].sizes:
            superior = self._wrap("issuing", self.printed["superior"], size, box.width)
            issuer = self._wrap("issuing_name", self.printed["issuer"], size, box.width)
            height = size * LOOKS["issuing"].leading * MILLIMETRES_PER_POINT
            if len(superior) + len(issuer) <= max(HEAD_LINES, int(box.height / height)):
                return {"issuing": Part(size, superior), "issuing_name": Part(size, issuer)}
        raise LineTooLong(text=self.printed["issuer"], field="issuing")

    def _single_lines(self) -> dict[str, Part]:
        """Set the lines that never break."""
        rows = {"power": tuple(self.printed["power"])}
        parts = {}
        for area in ("record", "sign"):
            for name in AREAS[area]:
                zone = self.design.zones[name]
                if zone.shown and name != "code":  # the code is given with its address when the sheet is drawn
                    lines = rows.get(name, (str(self.printed[name]),))
                    parts[name] = self._on_one_line(name, lines, zone.sizes, self.design.box(name).width)
        return parts

    def _on_one_line(self, name: str, rows: tuple[str, ...], sizes: Sequence[float], measure: float) -> Part:
        for size in sizes:
            with _naming(self.design, name):
                widest = max(rows, key=lambda row: width(self.design, name, row, size))
                if width(self.design, name, widest, size) <= measure:
                    return Part(size, rows)
        raise LineTooLong(text=widest, field=name)

    def _flowing(self) -> dict[str, Part]:
        """Set what stands in the middle, all but the names and the title of the work; sizes may still be changed."""
        parts: dict[str, Part] = {}
        for name in ("organiser", "title", "lead", "unit", "award", "category"):
            text = self._text(name)
            if not self.design.stands_in_area(name) or not text:
                continue
            size = self.design.zones[name].sizes[0]
            if name == "organiser":
                measure = self.area.width * ORGANISER_MEASURE
                parts[name] = Part(size, self._wrap(name, text, size * ORGANISER_SPACED, measure))
            elif name in ("unit", "category"):
                parts[name] = Part(size, self._wrap(name, text, size, self.measure))
            elif name == "award":
                parts[name] = self._award_size(text, self.measure - VERB_ROOM)
            else:
                parts[name] = self._on_one_line(name, (text,), (size,), self.measure)
        return parts

    def _award_size(self, text: str, measure: float) -> Part:
        """Choose the size of the line that names the prize: as usual, or smaller for a long name."""
        special = self.printed["special"]
        sizes = self.design.zones["award"].sizes
        largest = sizes[0] * SPECIAL_SIZE / 27
        spaced = 1 + LOOKS["special"].spacing
        letters = face_of(self.design, "award")
        with _naming(self.design, "award"):
            if special and letters.width(text, largest * spaced) <= measure:
                return Part(largest, (text,))
            for size in sizes[1 if special else 0 :]:
                if letters.width(text, size * spaced) <= measure:
                    return Part(size, (text,))
            raise LineTooLong(text=text)

    def _award(self, award: Part, density: str) -> Part:
        usual = self.design.zones["award"].sizes[0]
        return Part(usual * TIGHT_AWARD, award.rows) if density == "tight" and award.size >= usual else award

    def _room(self, density: Density, flowing: Mapping[str, Part], names: float) -> float:
        """Tell how much height is left for the title of the work."""
        extra = 0.0
        for name, lines in (("organiser", 2), ("category", 1)):
            if name in flowing:
                extra += self._height(name, Part(flowing[name].size, flowing[name].rows[lines:]))
                if len(flowing[name].rows) < lines:
                    extra -= self._height(name, Part(flowing[name].size, ("",)))
        if self.design.stands_in_area("unit"):
            extra += (self._height("unit", flowing["unit"]) if "unit" in flowing else 0.0) - UNIT_HEIGHT
        if "category" not in flowing and self.design.stands_in_area("category"):
            extra -= self._height("category", Part(self.design.zones["category"].sizes[0], ("",)))
        special = density.special if self.printed["special"] else 0.0
        return self.area.height - density.fixed + self._saved(density.name) - extra - names - special

    def _saved(self, density: str) -> float:
        """Tell how much lower the fixed parts of the middle are than in the look of the house."""
        if self.design.is_house:
            return 0.0
        house = Design.default()
        return sum(
            _fixed_height(house, name, density)
            - (_fixed_height(self.design, name, density) if self.design.stands_in_area(name) else 0.0)
            for name in AREAS["middle"]
        )

    def _title(self, ladder: Sequence[tuple[int, int]], room: float) -> Part | None:
        """Set the title of the work at the largest size that keeps to its number of lines and to the room.

        :return: without rows if there is none here; None if it does not fit
        """
        text = self._text("work")
        if not text or not self.design.stands_in_area("work"):
            return Part(0.0, ()) if room >= 0 else None
        sizes = self.design.zones["work"].sizes
        for step, most in ladder:
            size = sizes[min(step, len(sizes) - 1)]
            part = Part(size, self._wrap("work", text, size, self.measure * TITLE_MEASURE))
            if len(part.rows) <= most and self._height("work", part) <= room:
                return part
        return None

    def _boxed(self) -> dict[str, Part]:
        """Set the parts of the middle that have a box of their own."""
        parts = {}
        for name in AREAS["middle"]:
            zone = self.design.zones[name]
            text = "" if name in ("names", "ornament") else self._text(name)
            if zone.shown and zone.box is not None and text:
                parts[name] = self._in_box(name, text)
        return parts

    def _in_box(self, name: str, text: str) -> Part:
        box = self.design.box(name)
        for size in self.design.zones[name].sizes:
            spaced = size * (1 + LOOKS[name].spacing * 2)
            try:
                part = Part(size, self._wrap(name, text, spaced, box.width))
            except LineTooLong:
                continue
            if self._height(name, part) <= box.height:
                return part
        raise LineTooLong(text=str(self.printed[name]), field=name)

    def _boxed_names(self) -> Names | None:
        box = self.design.zones["names"].box
        if box is None:
            return None
        recipients = Recipients(self.people, self.design, box.width)
        for largest in (34, 30, 26, 22, 20, 18, 16, 15, 14, 13):
            with _naming(self.design, "names"):
                names = recipients.set(largest)
            if names is not None and names.height <= box.height:
                return names
        raise DoesNotFit(work=str(self.printed["work"]), field="names")


@contextmanager
def _naming(design: Design, part: str) -> Iterator[None]:
    """Let a refusal name the part of the design that it comes from, and the families that would do."""
    try:
        yield
    except LineTooLong as refusal:
        refusal.field = refusal.field or BELONGS.get(part, part)
        raise
    except LetterMissing as refusal:
        letter, text = str(refusal.parameters["letter"]), refusal.parameters["text"]
        others = families_with(letter, part)
        if not others:
            raise
        family = design.zones[BELONGS.get(part, part)].family
        words = {"letter": letter, "text": text, "family": family, "families": ", ".join(others)}
        raise LetterNotInFamily(**words, field=BELONGS.get(part, part)) from refusal


def _fixed_height(design: Design, name: str, density: str) -> float:
    """Tell what a part takes of the middle on every certificate."""
    above = ABOVE[density][name]
    if name in ("names", "work"):
        return above
    if name == "ornament":
        return above + ORNAMENT_HEIGHT
    size = design.zones[name].sizes[0] if name in ("unit", "category") else size_of(design, name, density)
    if name == "award" and density == "tight":
        size = design.zones[name].sizes[0] * TIGHT_AWARD
    lines = 2 if name == "organiser" else 1
    return above + lines * size * leading_of(name, density) * MILLIMETRES_PER_POINT
