"""Where the letters come from: whole font files, one per style, of the ``fontpkg`` packages and of the system.

Official documents need the widths of Times New Roman, which only a system package brings. It is asked for by the
letters it holds, not by name alone: Debian 12 has two packages with a font of that name, and the older one
(fonts-liberation 1.07) lacks half of the Vietnamese letters, which then come out in another face in mid-word.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

import fontpkg
from fontTools.ttLib import TTFont

from contest.errors import N_, ContestError

MILLIMETRES_PER_POINT = 25.4 / 72

#: Families of the packages that our style sheets name (`static/print/fonts.css`), with the styles in use.
PACKAGED = (
    ("EB Garamond", 400, "normal"),
    ("EB Garamond", 400, "italic"),
    ("Source Serif 4", 400, "normal"),
    ("Source Serif 4", 400, "italic"),
    ("Be Vietnam Pro", 400, "normal"),
    ("Be Vietnam Pro", 600, "normal"),
)

#: Families of the system package fonts-liberation2, with the styles in use.
SYSTEM = (
    ("Liberation Serif", 400, "normal"),
    ("Liberation Serif", 400, "italic"),
    ("Liberation Serif", 700, "normal"),
    ("Liberation Serif", 700, "italic"),
    ("Liberation Mono", 400, "normal"),
)

STYLE_NAMES = {
    (400, "normal"): "Regular",
    (400, "italic"): "Italic",
    (700, "normal"): "Bold",
    (700, "italic"): "Bold Italic",
}

VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ"
    "0123456789.,;:!?()–-“”‘’/₫"
)


class LetterMissing(ContestError):
    """A letter that the font cannot print; it would come out as a box."""

    message = N_("The letter “%(letter)s” in “%(text)s” cannot be printed. Please write it differently.")


@cache
def font_file(family: str, weight: int = 400, style: str = "normal") -> Path:
    """Find the file of a style; a variable font answers for every weight.

    :raise fontpkg.FontpkgError: if no package has the family or the style
    :raise FileNotFoundError: if it is a font of the system, and missing there
    """
    if (family, weight, style) in SYSTEM:
        return _system_font_file(family, STYLE_NAMES[weight, style])
    return fontpkg.path(family, weight=weight, style=style, nearest=True)


def _system_font_file(family: str, style: str) -> Path:
    """Ask fontconfig for the newest file of a family and style that holds the Vietnamese letters."""
    if program := shutil.which("fc-list"):
        wanted = f"{family}:style={style}:charset=1ea1 1ef9 20ab"
        answer = subprocess.run(  # noqa: S603 - the words come from SYSTEM above
            [program, "--format=%{fontversion} %{file}\n", wanted],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        found = [line.split(" ", 1) for line in answer.stdout.splitlines() if line]
        if found:
            return Path(max(found, key=lambda line: int(line[0]))[1])
    raise FileNotFoundError(f"no font {family} {style} with Vietnamese letters")


class Face:
    """Widths of one style of one family, read from the file that will be embedded.

    Kerning is left out: it mostly narrows a line, so what fits by this measure fits on paper.
    """

    def __init__(self, family: str, weight: int = 400, style: str = "normal") -> None:
        font = TTFont(font_file(family, weight, style))
        self._em: int = font["head"].unitsPerEm
        self._names: dict[int, str] = font.getBestCmap()
        self._glyphs = font.getGlyphSet(location={"wght": weight} if "fvar" in font else None)
        self._advances: dict[str, float] = {}

    def has(self, letter: str) -> bool:
        """Say whether the font can print a letter."""
        return ord(letter) in self._names

    def width(self, text: str, points: float) -> float:
        """Measure a text on one line, in millimetres.

        :raise LetterMissing: if the font has no glyph for a letter
        """
        return sum(self._advance(letter, text) for letter in text) * points * MILLIMETRES_PER_POINT

    def _advance(self, letter: str, text: str) -> float:
        if letter not in self._advances:
            if not self.has(letter):
                raise LetterMissing(letter=letter, text=text)
            self._advances[letter] = self._glyphs[self._names[ord(letter)]].width / self._em
        return self._advances[letter]


@cache
def face(family: str, weight: int = 400, style: str = "normal") -> Face:
    """Give the widths of a style; a font is read once in a process."""
    return Face(family, weight, style)
