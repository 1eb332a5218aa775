"""Bars as SVG, drawn by us: letters as outlines, so that the picture needs no font and repeats no word of its table."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from html import escape
from io import BytesIO

import pypdfium2
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

from contest.printing.drawing import draw
from contest.printing.fonts import font_bytes
from contest.printing.official.balance import balanced
from contest.printing.official.language import Chart, dotted

WIDTH = 165.0
"""Millimetres, as wide as the text of an upright sheet."""
LABEL = 80.0
"""Room of the words at most; a longer name takes several lines."""
FIGURE = 14.0
STEP = 6.4
BAR = 4.2
SIZE = 3.7
"""Height of the letters, in millimetres."""
LINE = 4.4
"""From one line of a name to the next."""
DOTS_PER_MILLIMETRE = 8
MILLIMETRES_A_POINT = 25.4 / 72


def height(chart: Chart) -> float:
    """Give the height of a chart in millimetres."""
    return sum(_step(label) for label, _ in chart.bars) + 1 if chart.bars else STEP + 1


def svg(chart: Chart) -> str:
    """Draw a chart as SVG, one millimetre a unit."""
    longest = max((value for _, value in chart.bars), default=0) or 1
    begin = max((_width(line) for label, _ in chart.bars for line in _lines(label)), default=0.0) + 3
    room = WIDTH - begin - FIGURE
    drawn, top = [], 0.5
    for label, value in chart.bars:
        lines = _lines(label)
        middle = top + (_step(label) - STEP) / 2
        base = middle + BAR - 0.9
        first = base - LINE * (len(lines) - 1) / 2
        drawn += [_text(line, begin - 2, first + LINE * number, ends=True) for number, line in enumerate(lines)]
        length = room * value / longest
        if value:
            drawn.append(f'<rect x="{begin:.2f}" y="{middle:.2f}" width="{length:.2f}" height="{BAR}" fill="#555"/>')
        drawn.append(_text(dotted(value), begin + length + 1.5, base))
        top += _step(label)
    rule = f'<rect x="{begin - 0.15:.2f}" y="0" width="0.3" height="{height(chart):.2f}" fill="#000"/>'
    size = f'width="{WIDTH}mm" height="{height(chart):.2f}mm" viewBox="0 0 {WIDTH} {height(chart):.2f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{rule}{"".join(drawn)}</svg>'


def address(chart: Chart) -> str:
    """Give a chart as an address that a page can show."""
    return "data:image/svg+xml;base64," + b64encode(svg(chart).encode()).decode()


def png(chart: Chart) -> bytes:
    """Give a chart as a PNG picture, for what cannot show SVG."""
    size = f"{WIDTH}mm {height(chart):.2f}mm"
    page = (
        f'<html lang="vi"><head><title>{escape(chart.says)}</title><style>@page {{ size: {size}; margin: 0 }}'
        f"body {{ margin: 0 }} img {{ display: block; width: {WIDTH}mm }}</style></head>"
        f'<body><img alt="{escape(chart.says)}" src="{address(chart)}"></body></html>'
    )
    with pypdfium2.PdfDocument(draw(page, css=())) as opened:
        picture = opened[0].render(scale=DOTS_PER_MILLIMETRE * 25.4 / 72).to_pil().convert("L")
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


@cache
def _font() -> TTFont:
    return TTFont(BytesIO(font_bytes("Liberation Serif")))


@cache
def _glyph(letter: str) -> tuple[str, float]:
    """Outline of a letter and its advance, in units of the font."""
    font = _font()
    name = font.getBestCmap().get(ord(letter), ".notdef")
    pen = SVGPathPen(font.getGlyphSet(), ntos=lambda value: str(round(value)))
    font.getGlyphSet()[name].draw(pen)
    return pen.getCommands(), font["hmtx"][name][0]


def _scale() -> float:
    return SIZE / float(_font()["head"].unitsPerEm)


def _width(text: str) -> float:
    return sum(_glyph(letter)[1] for letter in text) * _scale()


@cache
def _lines(label: str) -> tuple[str, ...]:
    """Break a name that is wider than its room."""
    return balanced(label, LABEL - 3, SIZE / MILLIMETRES_A_POINT, 400) or ("",)


def _step(label: str) -> float:
    """From a bar to the next: more where the name takes several lines."""
    return STEP + LINE * (len(_lines(label)) - 1)


def _text(text: str, x: float, y: float, *, ends: bool = False) -> str:
    """Outline a line of text that begins, or ends, at a place."""
    at = x - _width(text) if ends else x
    drawn = []
    for letter in text:
        outline, advance = _glyph(letter)
        if outline:
            drawn.append(
                f'<path transform="translate({at:.2f} {y:.2f}) scale({_scale():.6f} -{_scale():.6f})" d="{outline}"/>'
            )
        at += advance * _scale()
    return "".join(drawn)
