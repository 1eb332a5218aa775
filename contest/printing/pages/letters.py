"""From a text to its glyphs: shaped by HarfBuzz, in whole units as Pango counts them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from io import BytesIO

import uharfbuzz
from fontTools.ttLib import TTFont

from contest.printing.fonts import font_bytes

UNITS = 1024  # to a pixel, as in Pango
FEATURES = {"lnum": True}
SPACED_FEATURES = FEATURES | {"liga": False, "clig": False, "dlig": False}
SHAPED = 4096  # texts kept: what stands on every sheet of a batch is shaped once


@dataclass(frozen=True)
class Style:
    """One style of one family, as `contest.printing.fonts` names it."""

    family: str
    weight: int = 400
    slant: str = "normal"


@dataclass(frozen=True)
class Shaped:
    """A text on one line.

    :ivar shown: operators that show it, glyphs named by their numbers in the whole font
    :ivar width: in pixels
    :ivar texts: what each glyph stands for
    """

    shown: str
    width: float
    texts: tuple[tuple[int, str], ...]


class Letters:
    """One style, ready to shape texts and to be cut down."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self._face = uharfbuzz.Face(font_bytes(style.family, style.weight, style.slant))
        self.em: int = self._face.upem
        self._font = uharfbuzz.Font(self._face)
        extents = self._font.get_font_extents("ltr")
        self.ascender, self.descender = extents.ascender, extents.descender
        self._advances: dict[int, int] = {}

    @cached_property
    def box(self) -> list[int]:
        """The smallest box around every glyph, in thousandths of the size."""
        head = TTFont(BytesIO(self._face.blob.data), lazy=True)["head"]
        return [round(side * 1000 / self.em) for side in (head.xMin, head.yMin, head.xMax, head.yMax)]

    def advance(self, glyph: int) -> int:
        """Give the width of a glyph in thousandths of the size."""
        if glyph not in self._advances:
            self._font.scale = (self.em, self.em)
            self._advances[glyph] = round(self._font.get_glyph_h_advance(glyph) * 1000 / self.em)
        return self._advances[glyph]

    def line(self, size: float) -> tuple[float, float]:
        """Give ascent and descent of a line in pixels."""
        scale = int(size * UNITS)
        return round(self.ascender * scale / self.em) / UNITS, round(-self.descender * scale / self.em) / UNITS

    def baseline(self, size: float, height: float) -> float:
        """Tell how far below the top of a line of a given height its baseline is."""
        ascent, descent = self.line(size)
        return (height - ascent - descent) / 2 + ascent

    def shape(self, text: str, size: float, spacing: float = 0.0) -> Shaped:
        """Shape a text.

        :param size: in pixels
        :param spacing: between letters, in pixels
        """
        return _shape(self, text, size, spacing)

    def glyphs(self, text: str, scale: int, features: dict[str, bool]) -> list[tuple[int, int, int, int, int]]:
        """Give glyph, place in the text, advance and offsets of every glyph, in units of the scale."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        self._font.scale = (scale, scale)
        uharfbuzz.shape(self._font, buffer, features)
        return [
            (info.codepoint, info.cluster, position.x_advance, position.x_offset, position.y_offset)
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]

    def cut(self, wanted: frozenset[int]) -> tuple[bytes, dict[int, int]]:
        """Cut the font down to some glyphs.

        :return: the smaller font, and the new number of every glyph in it
        """
        chosen = uharfbuzz.SubsetInput()
        chosen.glyph_set.update(wanted)
        chosen.flags = uharfbuzz.SubsetFlags.NO_HINTING
        plan = uharfbuzz.SubsetPlan(self._bare, chosen)
        content: bytes = plan.execute().blob.data
        return content, dict(plan.old_to_new_glyph_mapping)

    @property
    def _bare(self) -> uharfbuzz.Face:
        """The font without what only shaping needs: ten times as fast to cut down."""
        return _bare(self.style)

    @property
    def face(self) -> uharfbuzz.Face:
        """The whole font."""
        return self._face


@cache
def letters(style: Style) -> Letters:
    """Give a style; its font is read once in a process."""
    return Letters(style)


@cache
def _bare(style: Style) -> uharfbuzz.Face:
    face = letters(style).face
    kept = uharfbuzz.SubsetInput()
    kept.glyph_set.update(range(face.glyph_count))
    kept.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.RETAIN_GIDS
    dropped = (b"GSUB", b"GPOS", b"GDEF", b"DSIG", b"name", b"post", b"OS/2", b"cmap", b"BASE", b"STAT", b"kern")
    kept.sets(uharfbuzz.SubsetInputSets.DROP_TABLE_TAG).update(int.from_bytes(table, "big") for table in dropped)
    return uharfbuzz.Face(uharfbuzz.subset(face, kept).blob.data)


@lru_cache(SHAPED)
def _shape(letters: Letters, text: str, size: float, spacing: float) -> Shaped:
    scale = int(size * UNITS)
    exact = scale / UNITS
    between = int(spacing * UNITS)
    before = between // 2
    glyphs = letters.glyphs(text, scale, SPACED_FEATURES if between else FEATURES)
    last = len(glyphs) - 1
    shown, total = ["[<"], 0
    texts = []
    for place, (glyph, cluster, advance, offset, raised) in enumerate(glyphs):
        width = advance
        if between and place > 0:  # the space between two letters is shared, half on each
            width, offset = width + before, offset + before
        if between and place < last:
            width += between - before
        # From here on as WeasyPrint writes it: widths in whole thousandths, and what is over cut off.
        shift = offset / exact
        if shift:
            shown.append(f">{-shift}<")
        # A mark that is put above its letter is shown by itself, raised.
        shown.append(f">] TJ {raised / 1000} Ts [<{glyph:04x}>] TJ 0 Ts [<" if raised else f"{glyph:04x}")
        kerning = int(letters.advance(glyph) + shift - width * 1000 / UNITS / exact)
        if kerning:
            shown.append(f">{kerning}<")
        total += width
        end = glyphs[place + 1][1] if place < last else len(text)
        texts.append((glyph, text[cluster:end]))
    # As CSS counts it, there is space also after the last letter, where nobody sees it.
    return Shaped("".join([*shown, ">] TJ"]).replace("<>", " "), total / UNITS + spacing, tuple(dict.fromkeys(texts)))
