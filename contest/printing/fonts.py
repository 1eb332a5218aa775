"""Where the letters come from: whole font files, one per style, of the ``fontpkg`` packages and of the system.

A variable font is pinned to its style here, once and in hundredths of a second. Left to WeasyPrint it would be pinned
anew for every document, at a fifth of a second each and with the hour of drawing in the bytes.

Official documents need the widths of Times New Roman, which only a system package brings. It is asked for by the
letters it holds, not by name alone: Debian 12 has two packages with a font of that name, and the older one
(fonts-liberation 1.07) lacks half of the Vietnamese letters, which then come out in another face in mid-word.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path

import fontpkg
import uharfbuzz
from fontTools.ttLib import TTFont

from contest.errors import N_, ContestError

MILLIMETRES_PER_POINT = 25.4 / 72

#: Styles of font packages that our style sheets name (``static/print/fonts.css``), with the package they come from and
#: the place on the axes of a variable font. A display cut is the same font at a larger optical size.
PACKAGED: dict[tuple[str, int, str], tuple[str, dict[str, float]]] = {
    ("EB Garamond", 400, "normal"): ("EB Garamond", {"wght": 400}),
    ("EB Garamond", 500, "normal"): ("EB Garamond", {"wght": 500}),
    ("EB Garamond", 600, "normal"): ("EB Garamond", {"wght": 600}),
    ("EB Garamond", 400, "italic"): ("EB Garamond", {"wght": 400}),
    ("EB Garamond", 500, "italic"): ("EB Garamond", {"wght": 500}),
    ("Source Serif 4", 400, "normal"): ("Source Serif 4", {"wght": 400, "opsz": 11}),
    ("Source Serif 4", 600, "normal"): ("Source Serif 4", {"wght": 600, "opsz": 11}),
    ("Source Serif 4", 700, "normal"): ("Source Serif 4", {"wght": 700, "opsz": 11}),
    ("Source Serif 4", 400, "italic"): ("Source Serif 4", {"wght": 400, "opsz": 11}),
    ("Source Serif 4 Display", 500, "normal"): ("Source Serif 4", {"wght": 500, "opsz": 36}),
    ("Be Vietnam Pro", 400, "normal"): ("Be Vietnam Pro", {}),
    ("Be Vietnam Pro", 600, "normal"): ("Be Vietnam Pro", {}),
}

#: Styles of the system package fonts-liberation2, with their names there.
SYSTEM = {
    ("Liberation Serif", 400, "normal"): "Regular",
    ("Liberation Serif", 400, "italic"): "Italic",
    ("Liberation Serif", 700, "normal"): "Bold",
    ("Liberation Serif", 700, "italic"): "Bold Italic",
    ("Liberation Mono", 400, "normal"): "Regular",
}

VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ"
    "0123456789.,;:!?()–-“”‘’/₫"
)


class LetterMissing(ContestError):
    """A letter that the font cannot print; it would come out as a box."""

    message = N_("The letter “%(letter)s” in “%(text)s” cannot be printed. Please write it differently.")


def font_bytes(family: str, weight: int = 400, style: str = "normal") -> bytes:
    """Read the font of a style as a file with nothing left to vary.

    :raise fontpkg.FontpkgError: if its package is missing
    :raise FileNotFoundError: if it is missing from the system, or no style of ours
    """
    key = (family, weight, style)
    if key in SYSTEM:
        return _system_font_file(family, SYSTEM[key]).read_bytes()
    if key not in PACKAGED:
        raise FileNotFoundError(f"no font {family} {weight} {style}")
    package, axes = PACKAGED[key]
    content = fontpkg.path(package, weight=weight, style=style, nearest=True).read_bytes()
    return _pinned(content, axes) if axes else content


def _pinned(content: bytes, axes: dict[str, float]) -> bytes:
    """Fix a variable font at a place on its axes, keeping every glyph and feature."""
    face = uharfbuzz.Face(content)
    wanted = uharfbuzz.SubsetInput()
    wanted.keep_everything()
    for axis, value in axes.items():
        wanted.pin_axis_location(face, axis, value)
    pinned: bytes = uharfbuzz.subset(face, wanted).blob.data
    return pinned


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
        font = TTFont(BytesIO(font_bytes(family, weight, style)))
        self._em: int = font["head"].unitsPerEm
        self._names: dict[int, str] = font.getBestCmap()
        self._metrics = font["hmtx"].metrics
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
            self._advances[letter] = self._metrics[self._names[ord(letter)]][0] / self._em
        return self._advances[letter]


@cache
def face(family: str, weight: int = 400, style: str = "normal") -> Face:
    """Give the widths of a style; a font is read once in a process."""
    return Face(family, weight, style)
