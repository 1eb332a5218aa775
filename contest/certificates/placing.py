"""Where everything stands on the sheet, once it is decided how it is set: lines with their places, ready to be written.

The arithmetic is that of the boxes of CSS: a line is as high as its leading and the letters stand in its middle; parts
of an area stand one below the other. Measures of a design are millimetres and points; those of a page are pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from contest.certificates.design import AREAS, HEIGHT, WIDTH, Box, Design
from contest.certificates.layout import Part, Setting
from contest.certificates.recipients import GAP, SEPARATOR, Person
from contest.certificates.typography import (
    ABOVE,
    LOOKS,
    ORNAMENT_HEIGHT,
    ORNAMENT_WIDTH,
    PEN_SIZE,
    VERB_GAP,
    VERB_RISE,
    VERB_SIZE,
    colour_of,
    leading_of,
    scale_of,
    style_of,
)
from contest.printing.pages import (
    Backdrop,
    Figure,
    Line,
    Page,
    Paragraph,
    Placed,
    Rectangle,
    Run,
    Stamp,
    Style,
    letters,
)

MM, PT = 96 / 25.4, 96 / 72  # pixels
GOLD = "#a87f32"
RULE = 0.7 * PT  # thickness of the rules in the head
SLACK = 0.5  # pixels
FREE = 35.0  # millimetres above the name of the signer, for signature and seal

Content = Paragraph | Figure


@dataclass(frozen=True)
class Words:
    """What is drawn beside the frozen words.

    :ivar code: as printed
    :ivar address: where to look it up, as printed
    :ivar dots: rows of the QR code
    """

    code: str
    address: str
    dots: tuple[bytes, ...]


@dataclass(frozen=True)
class Area:
    """A box in pixels."""

    x: float
    y: float
    width: float
    height: float

    @staticmethod
    def of(box: Box) -> Area:
        """Read a box of a design."""
        return Area(box.x * MM, box.y * MM, box.width * MM, box.height * MM)


@dataclass(frozen=True)
class Block:
    """A part of an area, not yet placed.

    :ivar above: space before it, in pixels
    :ivar place: gives what is drawn, with the top of the block at a height
    """

    above: float
    height: float
    place: Callable[[float], Iterator[Content | Rectangle | Placed]]


@dataclass(frozen=True)
class Standing:
    """A part of an area in its place.

    :ivar top: in pixels
    """

    part: str
    block: Block
    top: float


def place(
    printed: dict[str, Any],
    setting: Setting,
    words: Words,
    design: Design,
    title: str,
    backdrop: Backdrop | None = None,
) -> Page:
    """Give every line its place.

    :param printed: the frozen words
    :param title: of the document
    :param backdrop: the background of the design, if it has one
    """
    everything = list(_Placing(printed, setting, words, design).everything())
    ornaments: list[Placed | Rectangle] = [part for part in everything if isinstance(part, Placed | Rectangle)]
    if design.border == "house":
        ornaments.insert(0, Placed(Stamp.of("border.svg", WIDTH * MM, HEIGHT * MM)))
    content = [part for part in everything if isinstance(part, Paragraph | Figure)]
    return Page(title, WIDTH * MM, HEIGHT * MM, content, ornaments, design.enlargement, backdrop)


def standing(printed: dict[str, Any], setting: Setting, words: Words, design: Design) -> dict[str, Box]:
    """Tell where the parts of areas stand, in millimetres of the sheet: each as high as its lines."""
    return _Placing(printed, setting, words, design).standing()


def beyond(page: Page) -> str | None:
    """Find words that do not stand on the sheet from their first letter to their last."""
    for part in page.content:
        for line in part.lines if isinstance(part, Paragraph) else ():
            across = line.x >= -SLACK and line.x + line.width <= page.width + SLACK
            if not across or not line.runs[0].size * 0.7 <= line.y <= page.height:
                return line.text
    return None


class _Placing:
    """Places the parts of one certificate, in the order in which they are read."""

    def __init__(self, printed: dict[str, Any], setting: Setting, words: Words, design: Design) -> None:
        self.printed = printed
        self.setting = setting
        self.words = words
        self.design = design
        self.above = ABOVE[setting.density]

    def everything(self) -> Iterator[Content | Rectangle | Placed]:
        """Give all parts of the sheet."""
        yield from self._issuing()
        if self.design.zones["nation"].shown:
            yield from self._nation()
        yield from self._area("middle")
        yield from self._area("record")
        yield self._square()
        yield from self._area("sign")

    def run(self, part: str, text: str, size: float, **changes: Any) -> Run:
        """Give a text of a part in its style.

        :param size: in points
        """
        pixels = size * PT
        look = LOOKS[part]
        plain = Run(text, Style(*style_of(self.design, part)), pixels, colour_of(self.design, part))
        return replace(plain, spacing=look.spacing * pixels, **changes)

    def standing(self) -> dict[str, Box]:
        """Give the boxes in which the parts of areas stand."""
        return {
            standing.part: Box(*(side / MM for side in (area.x, standing.top, area.width, standing.block.height)))
            for name in AREAS
            for area in [Area.of(self.design.box(name))]
            for standing in self._stack(name)
            if self.design.stands_in_area(standing.part)
        }

    def _area(self, name: str) -> Iterator[Content | Rectangle | Placed]:
        for standing in self._stack(name):
            yield from standing.block.place(standing.top)

    def _stack(self, name: str) -> Iterator[Standing]:
        """Stack the parts of an area, and place those that have a box of their own."""
        area = Area.of(self.design.box(name))
        stacked = {part: self._block(part, area) for part in AREAS[name] if self.design.stands_in_area(part)}
        blocks = {part: block for part, block in stacked.items() if block is not None}
        top = area.y
        for part in AREAS[name]:
            zone = self.design.zones[part]
            if part in blocks:
                block = blocks[part]
                top += block.above
                if name == "record" and part == "code":
                    top = area.y + area.height - block.height
                yield Standing(part, block, top)
                top += block.height
            elif zone.shown and zone.box is not None:
                own = Area.of(zone.box)
                alone = self._block(part, own)
                if alone is not None:
                    yield Standing(part, alone, own.y + (own.height - alone.height) / 2)

    def _block(self, part: str, area: Area) -> Block | None:
        """Make the block of a part in an area; none if it is not printed on this certificate."""
        above = self.above.get(part, 0.0) * MM
        if part == "names":
            return self._names(above, area)
        if part == "ornament":
            return Block(above, ORNAMENT_HEIGHT * MM, partial(self._ornament, area))
        if part == "code":
            return self._code(area)
        if part not in self.setting.parts:
            return None
        set_part = self.setting.parts[part]
        if part == "award":
            leading = LOOKS["award"].leading * set_part.size * PT
            return Block(above, leading, partial(self._award, area, set_part))
        if part == "who":
            above = FREE * MM
        leading = leading_of(part, self.setting.density) * set_part.size * PT
        tag = "H1" if part == "title" else "P"
        return Block(above, leading * len(set_part.rows), partial(self._paragraph, tag, part, set_part, area, leading))

    def _paragraph(
        self, tag: str, part: str, set_part: Part, area: Area, leading: float, top: float
    ) -> Iterator[Content]:
        lines = [
            self._line((self.run(part, row, set_part.size),), part, area, top + number * leading, leading)
            for number, row in enumerate(set_part.rows)
        ]
        if part == "title" and self.design.zones[part].align == "center":
            # The space after the last letter is not there, but counts in the middle that the eye sees.
            lines = [replace(line, x=line.x + line.runs[0].spacing / 2) for line in lines]
        yield Paragraph(tag, tuple(lines))

    def _line(self, runs: Sequence[Run], part: str, area: Area, top: float, height: float) -> Line:
        """Put runs on a line of a height, aligned as their part is."""
        first = runs[0]
        line = Line(0.0, top + letters(first.style).baseline(first.size, height), tuple(runs))
        free = {"left": 0.0, "center": 0.5, "right": 1.0}[self.design.zones[part].align]
        return replace(line, x=area.x + (area.width - line.width) * free)

    def _names(self, above: float, area: Area) -> Block:
        """Set the recipients: persons in lines, pen names in brackets or on lines of their own."""
        names = self.setting.names
        scale = scale_of(self.design, "names")
        leading, under = names.size * PT * LOOKS["names"].leading, PEN_SIZE * scale * PT * LOOKS["pen_names"].leading

        def put(top: float) -> Iterator[Content]:
            lines = [
                self._line(self._row(row, names.size), "names", area, top + number * leading, leading)
                for number, row in enumerate(names.rows)
            ]
            below = top + len(names.rows) * leading
            lines += [
                self._line((self.run("pen_names", row, PEN_SIZE * scale),), "names", area, below + i * under, under)
                for i, row in enumerate(names.under)
            ]
            yield Paragraph("H2", tuple(lines))

        return Block(above, len(names.rows) * leading + len(names.under) * under, put)

    def _row(self, row: Sequence[Person], size: float) -> list[Run]:
        runs = []
        for number, person in enumerate(row):
            if number:
                dot = self.run("names", SEPARATOR, size, margin=GAP * size * PT)
                runs.append(replace(dot, colour=GOLD))
            if person.pen_names:
                runs.append(self.run("names", f"{person.name} ", size))
                runs.append(self.run("pen_names", f"({person.pen_names})", size))
            else:
                runs.append(self.run("names", person.name, size))
        return runs

    def _award(self, area: Area, award: Part, top: float) -> Iterator[Content]:
        """Set the prize in the middle by itself, with the verb hanging to its left."""
        part = "special" if self.printed["special"] else "award"
        prize = self.run(part, award.rows[0], award.size)
        height = LOOKS["award"].leading * prize.size
        line = self._line((prize,), "award", area, top, height)
        if self.design.zones["award"].align == "center":
            line = replace(line, x=line.x + prize.spacing / 2)
        verb = replace(self.run("verb", self.printed["verb"], VERB_SIZE), colour="#000000")
        if self.design.zones["award"].align == "left":
            line = replace(line, x=line.x + verb.width + VERB_GAP * verb.size)
        small = LOOKS["verb"].leading * verb.size
        above = top + height - (VERB_RISE + LOOKS["verb"].leading) * verb.size
        x = line.x - VERB_GAP * verb.size - verb.width
        hanging = Line(x, above + letters(verb.style).baseline(verb.size, small), (verb,))
        yield Paragraph("P", (hanging, line))

    def _ornament(self, area: Area, top: float) -> Iterator[Placed]:
        stamp = Stamp.of("rule.svg", ORNAMENT_WIDTH * MM, ORNAMENT_HEIGHT * MM)
        yield Placed(stamp, area.x + (area.width - stamp.width) / 2, top)

    def _code(self, area: Area) -> Block:
        sizes = self.design.zones["code"].sizes
        code, address = self.run("code", self.words.code, sizes[0]), self.run("address", self.words.address, sizes[-1])
        first, second = code.size * LOOKS["code"].leading, address.size * LOOKS["address"].leading

        def put(top: float) -> Iterator[Content]:
            yield Paragraph(
                "P",
                (
                    self._line((code,), "code", area, top, first),
                    self._line((address,), "code", area, top + first, second),
                ),
            )

        return Block(0.0, first + second, put)

    def _square(self) -> Figure:
        area = Area.of(self.design.box("qr"))
        side = min(area.width, area.height)
        return Figure(f"Mã tra cứu {self.words.code}", area.x, area.y, side, side, self.words.dots)

    def _issuing(self) -> Iterator[Content | Rectangle]:
        """Set the issuing body below the one above it: a star below for the Party, a rule for the State."""
        area, parts = Area.of(self.design.box("issuing")), self.setting.parts
        leading = LOOKS["issuing"].leading * parts["issuing"].size * PT
        rows = [("issuing", row) for row in parts["issuing"].rows]
        rows += [("issuing_name", row) for row in parts["issuing_name"].rows]
        lines = [
            self._line((self.run(part, row, parts[part].size),), "issuing", area, area.y + number * leading, leading)
            for number, (part, row) in enumerate(rows)
        ]
        below = area.y + len(rows) * leading
        if self.printed["profile"] == "party":
            star = self.run("issuing_star", "*", 14)
            height = star.size * LOOKS["issuing_star"].leading
            lines.append(self._line((star,), "issuing", area, below + 0.6 * MM, height))
        else:
            width = 34 * MM
            yield Rectangle(area.x + (area.width - width) / 2, below + 1.2 * MM, width, RULE)
        yield Paragraph("P", tuple(lines))

    def _nation(self) -> Iterator[Content | Rectangle]:
        """Set the Party's name, underlined; or the State's, with its motto underlined."""
        area = Area.of(self.design.box("nation"))
        first, second, third = self._nation_sizes()
        if self.printed["profile"] == "party":
            line = self._underlined("nation", "ĐẢNG CỘNG SẢN VIỆT NAM", first, 1.2, area, area.y)
            yield from self._with_rule([line], first * 1.2, 0.5)
            return
        leading = LOOKS["nation"].leading * third * PT
        name = self._line(
            (self.run("nation", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", third),), "nation", area, area.y, leading
        )
        motto = self._underlined(
            "motto", "Độc lập - Tự do - Hạnh phúc", second, LOOKS["motto"].leading, area, area.y + leading
        )
        yield from self._with_rule([name, motto], second * LOOKS["motto"].leading, 0.3)

    def _nation_sizes(self) -> tuple[float, float, float]:
        sizes = self.design.zones["nation"].sizes
        return sizes[0], sizes[min(1, len(sizes) - 1)], sizes[-1]

    def _underlined(self, part: str, text: str, size: float, leading: float, area: Area, top: float) -> Line:
        """Set a line in a box of its own, which stands on the baseline of the line around it."""
        run = self.run(part, text, size)
        around = Style(*style_of(self.design, "issuing"))
        strut = letters(around).baseline(12 * PT, LOOKS["nation"].leading * 12 * PT)
        baseline = max(strut, letters(run.style).baseline(run.size, leading * run.size))
        line = self._line((run,), "nation", area, 0.0, 0.0)
        return replace(line, y=top + baseline)

    def _with_rule(self, lines: list[Line], height: float, gap: float) -> Iterator[Content | Rectangle]:
        """Underline the last of some lines by a rule of its own width.

        :param height: of its box, in points
        :param gap: between box and rule, in millimetres
        """
        last = lines[-1]
        (run,) = last.runs
        bottom = last.y + height * PT - letters(run.style).baseline(run.size, height * PT)
        yield Rectangle(last.x, bottom + gap * MM, last.width, RULE)
        yield Paragraph("P", tuple(lines))
