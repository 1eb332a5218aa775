"""How the words of a certificate are set on the sheet: sizes and line ends, decided from widths alone.

The sheet has three zones (in millimetres from its top): a head to 38, the middle to 129.5, a foot from 130 on. Only
the middle adapts, so that every seal of a batch falls on the same place. The one measurement is the width of a run of
text in the font that will be embedded; a height is lines times size times line height. The style sheet
``static/print/certificate.css`` draws what is decided here and uses the same numbers.

Nothing is scaled, condensed, hyphenated or clipped. Names come first: they are set as large as they fit. If the middle
then grows too high, it is set more densely, and only in the densest setting do the names give way to the title. What
does not fit even then is refused, with a sentence that says what to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from contest.certificates.balance import balance, cut
from contest.errors import N_, ContestError
from contest.printing.fonts import MILLIMETRES_PER_POINT, Face, face

MIDDLE = 91.5  # height of the zone that adapts
MEASURE = 226.0  # the longest line in it
HEAD_COLUMN = 117.0  # width of each half of the head
HEAD_LINES = 3
SIGNER_COLUMN, FOOT_COLUMN = 106.0, 108.0  # right and left of the foot
MOST_AUTHORS = 10  # on one sheet
AIRY = 10.0  # spare height from which the middle is opened up

NAME_LINE, PEN_LINE, WORK_LINE = 1.24, 1.25, 1.26  # line heights, as multiples of the size
SINGLE_NAME_LINE = 1.18
PEN_SIZE, UNIT_SIZE, CATEGORY_SIZE, ORGANISER_SIZE = 15.5, 13.5, 13.0, 11.5
ORGANISER_SPACED = 12.2  # the size whose plain width is that of ORGANISER_SIZE with its letter spacing
ORGANISER_MEASURE = 170.0
AWARD_SIZE, AWARD_SPACED = 31.0, 1.09
AWARD_SIZES = (27.0, 22.0, 18.0)  # a prize with a long name is set smaller; the tight setting never above its own 24
AWARD_MEASURE = MEASURE - 40  # "đạt" hangs to the left of the award, which stays centred by itself
SEPARATOR = " · "
NOT_LAST = ("Loạt", "–", "-", "xã", "huyện", "tỉnh", "phường", "thôn", "số", "kỳ")  # kept with the word after it


class DoesNotFit(ContestError):
    """More text than a certificate holds at sizes that can be read from a wall."""

    message = N_(
        "The text for “%(work)s” does not fit on one certificate. "
        "Shorten the title, or issue one certificate to each author."
    )


class LineTooLong(ContestError):
    """Words that stand on one line, or a single word, wider than their place."""

    message = N_("“%(text)s” is too long for its line on the certificate. Write it shorter.")


class TooManyAuthors(ContestError):
    """More names than belong on one sheet."""

    message = N_(
        "“%(work)s” has %(count)s authors; one certificate holds at most %(most)s names. "
        "Issue one certificate to each author."
    )


@dataclass(frozen=True)
class Density:
    """One way to set the middle, from loose to tight.

    :ivar fixed: height of everything in the middle that is the same on every certificate
    :ivar special: what the larger letters of a special prize add
    :ivar largest_name: cap on the size of names, in points
    :ivar titles: sizes of the title in points, each with the most lines it may take
    """

    css: str
    fixed: float
    special: float
    largest_name: int
    titles: tuple[tuple[int, int], ...]


DENSITIES = (
    Density("", 69.2, 1.6, 34, ((17, 1), (15, 2), (14, 3))),
    Density("snug", 64.9, 1.6, 34, ((17, 1), (15, 2), (14, 3))),
    Density("tight", 58.4, 0.0, 34, ((15, 2), (14, 3), (13, 4))),
    Density("tight", 58.4, 0.0, 26, ((15, 2), (14, 3), (13, 4))),
    Density("tight", 58.4, 0.0, 22, ((14, 3), (13, 4))),
    Density("tight", 58.4, 0.0, 16, ((14, 3), (13, 4))),
    Density("tight", 58.4, 0.0, 14, ((14, 3), (13, 4))),
    Density("tight", 58.4, 0.0, 13, ((13, 4),)),
)
UNIT_HEIGHT = 6.0  # counted in `fixed` for the line of the unit


@dataclass(frozen=True)
class Person:
    """An author as printed: the real name, and the pen names that stand in brackets."""

    name: str
    pen_names: str = ""


@dataclass(frozen=True)
class Names:
    """Recipients in lines; `under` are the lines of pen names below a single author."""

    size: int
    rows: tuple[tuple[Person, ...], ...]
    under: tuple[str, ...]
    height: float


@dataclass(frozen=True)
class Setting:
    """Everything the style sheet needs to know about one certificate."""

    density: str
    award: str
    names: Names
    superior: tuple[str, ...]
    issuer: tuple[str, ...]
    organiser: tuple[str, ...]
    unit: tuple[str, ...]
    category: tuple[str, ...]
    work_size: int
    work: tuple[str, ...]
    spare: float


def _name() -> Face:
    return face("EB Garamond", 600)


def _pen() -> Face:
    return face("EB Garamond", 400, "italic")


def _work() -> Face:
    return face("EB Garamond", 500, "italic")


def _caps() -> Face:
    return face("EB Garamond", 500)


def _plain() -> Face:
    return face("EB Garamond", 400)


def set_certificate(printed: Mapping[str, Any]) -> Setting:
    """Decide how the frozen words of a certificate are set.

    :param printed: as `contest.certificates.wording` makes them
    :raise DoesNotFit: if the words need more room than the sheet has
    :raise TooManyAuthors: if there are more than ten names
    :raise contest.printing.fonts.LetterMissing: if a letter cannot be printed
    """
    people = [Person(author["name"], author["pen_names"]) for author in printed["authors"]]
    work = str(printed["work"])
    if len(people) > MOST_AUTHORS:
        raise TooManyAuthors(work=work, count=len(people), most=MOST_AUTHORS)
    _check_single_lines(printed)
    award = set_award(printed["award"], special=printed["special"])
    superior = wrap(printed["superior"], _plain(), 12, HEAD_COLUMN)
    issuer = wrap(printed["issuer"], _name(), 12, HEAD_COLUMN)
    if len(superior) + len(issuer) > HEAD_LINES:
        raise LineTooLong(text=printed["issuer"])
    organiser = wrap(printed["organiser"], _caps(), ORGANISER_SPACED, ORGANISER_MEASURE)
    unit = wrap(printed["unit"], _plain(), UNIT_SIZE, MEASURE) if printed["unit"] else ()
    category = wrap(printed["category"], _plain(), CATEGORY_SIZE, MEASURE) if printed["category"] else ()

    extra = (
        (len(organiser) - 2) * ORGANISER_SIZE * 1.42 * MILLIMETRES_PER_POINT
        + (len(unit) * UNIT_SIZE * 1.25 * MILLIMETRES_PER_POINT - UNIT_HEIGHT)
        + (len(category) - 1) * CATEGORY_SIZE * 1.3 * MILLIMETRES_PER_POINT
    )
    for density in DENSITIES:
        names = set_names(people, density.largest_name)
        if names is None:
            continue
        room = MIDDLE - density.fixed - extra - names.height - (density.special if printed["special"] else 0)
        title = set_title(work, density.titles, room) if work else (density.titles[0][0], (), 0.0)
        if title is None or title[2] > room:
            continue
        size, rows, height = title
        spare = room - height
        loose = "airy" if not density.css and spare > AIRY else density.css
        return Setting(loose, award, names, superior, issuer, organiser, unit, category, size, rows, spare)
    raise DoesNotFit(work=work)


def set_award(text: str, *, special: bool) -> str:
    """Choose the size of the line that names the prize: as usual, or smaller for a long name.

    :return: the class of the style sheet, empty for the usual size
    :raise LineTooLong: if it is wider than its place at the smallest size
    """
    if special and _name().width(text, AWARD_SIZE * AWARD_SPACED) <= AWARD_MEASURE:
        return ""
    for size in AWARD_SIZES[1 if special else 0 :]:
        if _name().width(text, size * AWARD_SPACED) <= AWARD_MEASURE:
            return "" if size == AWARD_SIZES[0] else f"award-{size:.0f}"
    raise LineTooLong(text=text)


def wrap(text: str, letters: Face, points: float, measure: float) -> tuple[str, ...]:
    """Break a text into balanced lines.

    :raise LineTooLong: if one of its words is wider than the measure
    """
    pieces = together(text)
    widths = [letters.width(piece, points) for piece in pieces]
    if max(widths) > measure:
        raise LineTooLong(text=text)
    counts = balance(widths, letters.width(" ", points), measure)
    return tuple(" ".join(line) for line in cut(pieces, counts))


def together(text: str) -> list[str]:
    """Split a text into the pieces between which a line may end.

    "Loạt 5 kỳ:", a number with its noun, the name of a place with what it is, and the last two words stay together.
    """
    words = normalize("NFC", text).split()
    pieces: list[str] = []
    held = False
    for word in words:
        if held:
            pieces[-1] += f" {word}"
        else:
            pieces.append(word)
        held = word.strip("“”").isdigit() or word.strip("“”") in NOT_LAST
    if len(pieces) > 3:
        pieces[-2:] = [" ".join(pieces[-2:])]
    return pieces


def set_title(work: str, ladder: Sequence[tuple[int, int]], room: float) -> tuple[int, tuple[str, ...], float] | None:
    """Set the title of the work at the largest size that keeps to its number of lines and to the room.

    :return: size in points, lines and height, or None
    """
    for size, most in ladder:
        rows = wrap(f"“{work}”", _work(), size, MEASURE * 0.94)
        height = len(rows) * size * WORK_LINE * MILLIMETRES_PER_POINT
        if len(rows) <= most and height <= room:
            return size, rows, height
    return None


def set_names(people: Sequence[Person], largest: int) -> Names | None:
    """Set the recipients no larger than a cap; a line never ends inside a person.

    :return: None if they are wider than the sheet at any size allowed
    """
    if len(people) == 1:
        return _single_name(people[0], largest)
    return next(_groups(people, largest), None)


def _single_name(person: Person, largest: int) -> Names:
    """Set one author as large as keeps clear of the edges; pen names stand below and never shrink the name."""
    under = wrap(f"({person.pen_names})", _pen(), PEN_SIZE, MEASURE) if person.pen_names else ()
    sizes = [size for size in (34, 30, 26, 22) if size <= max(largest, 22)]
    size = next((size for size in sizes if _name().width(person.name, size) <= MEASURE * 0.86), sizes[-1])
    lines = wrap(person.name, _name(), size, MEASURE)
    height = (len(lines) * size * SINGLE_NAME_LINE + len(under) * PEN_SIZE * PEN_LINE) * MILLIMETRES_PER_POINT
    return Names(size, tuple((Person(line),) for line in lines), under, height)


def _groups(people: Sequence[Person], largest: int) -> Iterator[Names]:
    """Give the settings of a group that keep to the measure, the best first.

    Two or three stand on one line if they fit there, else on a line each; more share lines, three at most, four from
    seven persons on.
    """
    count = len(people)
    if count <= 3:
        yield from _one_line(people, largest)
        settings = [(size, [[person] for person in people]) for size in (22, 18, 16, 15) if size * count <= 54]
        most = count
    else:
        sizes, most = ((18, 16, 15), 3) if count <= 6 else ((16, 15, 14, 13), 4)
        settings = [(size, _share_lines(people, size)) for size in sizes]
    smallest = settings[-1][0]
    for size, rows in settings:
        if (size <= largest and len(rows) <= most) or size == smallest:
            yield from _fitting(rows, size, MEASURE)


def _one_line(people: Sequence[Person], largest: int) -> Iterator[Names]:
    for size in (22, 20, 18):
        if size <= largest:
            yield from _fitting([list(people)], size, MEASURE * 0.92)


def _fitting(rows: Sequence[Sequence[Person]], size: int, measure: float) -> Iterator[Names]:
    if max(_row_width(row, size) for row in rows) <= measure:
        height = len(rows) * size * NAME_LINE * MILLIMETRES_PER_POINT
        yield Names(size, tuple(tuple(row) for row in rows), (), height)


def _share_lines(people: Sequence[Person], size: int) -> list[list[Person]]:
    counts = balance([_person_width(person, size) for person in people], _gap(size), MEASURE)
    return cut(people, counts)


def _person_width(person: Person, size: float) -> float:
    if not person.pen_names:
        return _name().width(person.name, size)
    return _name().width(f"{person.name} ", size) + _pen().width(f"({person.pen_names})", size)


def _row_width(row: Sequence[Person], size: float) -> float:
    return sum(_person_width(person, size) for person in row) + _gap(size) * (len(row) - 1)


def _gap(size: float) -> float:
    """Measure the dot between two persons with its space: the style sheet pads it by a fifth of the size each side."""
    return _name().width(SEPARATOR, size) + 0.4 * size * MILLIMETRES_PER_POINT


def _check_single_lines(printed: Mapping[str, Any]) -> None:
    """Refuse a line that never breaks if it is wider than its place or holds a letter that cannot be printed."""
    lines = [
        (printed["title"], _caps(), 39 * 1.06, MEASURE),
        (printed["lead"], _pen(), 14, MEASURE),
        (printed["decision"], _plain(), 10.5, FOOT_COLUMN),
        (printed["register"], _plain(), 10.5, FOOT_COLUMN),
        (printed["place"], _pen(), 13, SIGNER_COLUMN),
        *((line, _name(), 12, SIGNER_COLUMN) for line in printed["power"]),
        (printed["who"], _name(), 14, SIGNER_COLUMN),
    ]
    for text, letters, points, measure in lines:
        if letters.width(text, points) > measure:
            raise LineTooLong(text=text)
