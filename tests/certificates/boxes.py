"""What is wrong with a certificate, measured in the boxes of its letters: the ink of every glyph on its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import normalize

import uharfbuzz

from contest.certificates import codes
from contest.certificates.design import Design
from contest.certificates.layout import set_certificate
from contest.certificates.placing import MM, Words, place
from contest.certificates.wording import Printed, tidy
from contest.printing.pages import Line, Page, Paragraph, Style, letters
from contest.web.quoting import quoted

INSIDE = (20.0, 21.0, 277.0, 189.0)  # millimetres: what the frame leaves free
MIDDLE = (37.5, 130.0)  # of its height: the part that adapts, which may touch neither head nor foot
TOUCHING = 0.02  # millimetres by which ink of two lines may meet: nothing that a printer shows


class Ink(NamedTuple):
    """A rectangle of ink, in millimetres."""

    left: float
    top: float
    right: float
    bottom: float


def page_of(printed: Printed, design: Design | None = None) -> Page:
    """Set words and give them their places.

    :raise ContestError: if they cannot be set
    """
    chosen, tidied = design or Design.default(), tidy(printed)
    words = Words(codes.shown(codes.make(7)), f"giai.example/tra-cuu/{codes.shown(codes.make(7))}", (b"\xff" * 8,))
    return place(tidied, set_certificate(tidied, chosen), words, chosen, "Giấy chứng nhận")


def faults(printed: Printed) -> list[str]:
    """List what is wrong with a certificate, in words; nothing for one that is well."""
    return faults_of(page_of(printed), tidy(printed))


def faults_of(page: Page, printed: Printed) -> list[str]:
    """List what is wrong with a page on which these words stand."""
    lines = [line for part in page.content if isinstance(part, Paragraph) for line in part.lines]
    inked = [(line, list(ink(line))) for line in lines]
    return [*_outside(inked), *_met(inked), *_strangers(lines), *_broken(page, printed)]


def ink(line: Line) -> Iterator[Ink]:
    """Measure the ink of every glyph of a line."""
    x = line.x
    for run in line.runs:
        style, scale = letters(run.style), run.size / letters(run.style).em
        font = uharfbuzz.Font(style.face)
        at = x + run.margin
        for glyph, _, advance, across, raised in style.glyphs(run.text, style.em, {"lnum": True}):
            extents = font.get_glyph_extents(glyph)
            left = at + (across + extents.x_bearing) * scale
            top = line.y - (raised + extents.y_bearing) * scale
            if extents.width:
                yield Ink(left / MM, top / MM, (left + extents.width * scale) / MM, (top - extents.height * scale) / MM)
            at += advance * scale + run.spacing
        x += run.width


def _outside(inked: list[tuple[Line, list[Ink]]]) -> Iterator[str]:
    """Name lines that leave the frame, or the zone that they adapt in."""
    left, top, right, bottom = INSIDE
    for line, boxes in inked:
        for box in boxes:
            if box.left < left or box.top < top or box.right > right or box.bottom > bottom:
                yield f"{line.text!r} leaves the frame"
                break
        middle = line.y / MM
        if MIDDLE[0] < middle < MIDDLE[1] and line.x / MM < 160 and max(box.bottom for box in boxes) > MIDDLE[1]:
            yield f"{line.text!r} reaches into the foot"


def _met(inked: list[tuple[Line, list[Ink]]]) -> Iterator[str]:
    """Name lines whose letters touch."""
    for number, (line, boxes) in enumerate(inked):
        for other, others in inked[number + 1 :]:
            if other.y == line.y:
                continue
            if any(_meet(box, another) for box in boxes for another in others if _near(box, another)):
                yield f"{line.text!r} touches {other.text!r}"


def _near(one: Ink, other: Ink) -> bool:
    return one.top < other.bottom - TOUCHING and other.top < one.bottom - TOUCHING


def _meet(one: Ink, other: Ink) -> bool:
    return one.left < other.right - TOUCHING and other.left < one.right - TOUCHING


def _strangers(lines: list[Line]) -> Iterator[str]:
    """Name letters that none of our fonts has."""
    for line in lines:
        for run in line.runs:
            style: Style = run.style
            if style.family not in ("EB Garamond", "Be Vietnam Pro"):
                yield f"{run.text!r} is set in {style.family}"
            if any(glyph == 0 for glyph, *_ in letters(style).glyphs(run.text, 1000, {})):
                yield f"{run.text!r} has a letter that is drawn as a box"


def _broken(page: Page, printed: Printed) -> Iterator[str]:
    """Name what does not stand as it was written: names over two lines, words that are lost, a word left alone."""
    names = next(part for part in page.content if isinstance(part, Paragraph) and part.tag == "H2")
    for author in printed["authors"]:
        if not any(author["name"] in line.text for line in names.lines):
            yield f"the name {author['name']!r} is broken"
        for pen_name in filter(None, author["pen_names"].split(", ")):
            if not any(pen_name in line.text for line in names.lines):
                yield f"the pen name {pen_name!r} is broken"
    text = " ".join(line.text for part in page.content if isinstance(part, Paragraph) for line in part.lines)
    if normalize("NFC", text) != text:
        yield "the words are not composed"
    if printed["work"] and quoted(printed["work"]) not in text:
        yield f"the title {printed['work']!r} is not whole"
    for part in page.content:
        title = isinstance(part, Paragraph) and part.lines[0].text.startswith("“")
        if title and len(part.lines) > 1 and len(part.lines[-1].text.split()) < 2:
            yield f"{part.lines[-1].text!r} stands alone"
