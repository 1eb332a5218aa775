"""How each part of a certificate looks: weight, slant, leading, spacing, and the space above it by density.

Sizes, families and colours are the design's (`contest.certificates.design`); what stands here is the house's hand and
the same in every design.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from contest.certificates.design import FAMILIES, HOUSE, Design
from contest.printing.fonts import MILLIMETRES_PER_POINT, PACKAGED, Face, face


@dataclass(frozen=True)
class Look:
    """The look of one part.

    :ivar leading: height of a line as a multiple of the size; of names and titles so much that the lowest letter (g, ỹ)
        never touches the highest (Ẵ) of the line below
    :ivar spacing: between letters, in parts of the size
    """

    weight: int = 400
    slant: str = "normal"
    leading: float = 1.3
    spacing: float = 0.0


LOOKS: Mapping[str, Look] = {
    "issuing": Look(leading=1.28),
    "issuing_name": Look(600, leading=1.28, spacing=0.01),
    "issuing_star": Look(leading=0.9),
    "nation": Look(600, leading=1.28, spacing=0.01),
    "motto": Look(600, leading=1.28),
    "organiser": Look(500, leading=1.42, spacing=0.045),
    "title": Look(500, leading=1.0, spacing=0.06),
    "ornament": Look(),
    "lead": Look(400, "italic", 1.2),
    "names": Look(600, leading=1.28),
    "pen_names": Look(400, "italic", 1.27),
    "unit": Look(leading=1.26),
    "award": Look(600, leading=1.12, spacing=0.05),
    "special": Look(600, leading=1.12, spacing=0.09),
    "verb": Look(400, "italic", 1.12),
    "category": Look(leading=1.3),
    "work": Look(500, "italic", 1.28),
    "decision": Look(leading=1.42),
    "register": Look(leading=1.42),
    "code": Look(600, leading=1.35, spacing=0.06),
    "address": Look(leading=1.35),
    "place": Look(400, "italic", 1.3),
    "power": Look(600, leading=1.3),
    "who": Look(600, leading=1.15),
}
#: Parts that have no zone of their own take family and colour from the zone that they belong to.
BELONGS = {
    "issuing_name": "issuing",
    "issuing_star": "issuing",
    "motto": "nation",
    "pen_names": "names",
    "special": "award",
    "verb": "award",
    "address": "code",
}
TIGHT_ORGANISER = 1.36  # leading
PEN_SIZE = 15.5  # of pen names on a line of their own
VERB_SIZE, VERB_RISE, VERB_GAP = 14.0, 0.12, 0.5  # "đạt"; the last two in parts of its size
SPECIAL_SIZE = 31.0  # of a special prize, where another has the first size of its zone
ORNAMENT_WIDTH, ORNAMENT_HEIGHT = 62.0, 3.2  # millimetres

#: Space above each part of the middle in millimetres, by density.
PLAIN = {
    "organiser": 0.0,
    "title": 4.2,
    "ornament": 2.0,
    "lead": 1.6,
    "names": 0.4,
    "unit": 0.4,
    "award": 1.6,
    "category": 0.6,
    "work": 0.5,
}
ABOVE: Mapping[str, Mapping[str, float]] = {
    "": PLAIN,
    "airy": PLAIN
    | {"ornament": 2.8, "lead": 2.6, "names": 1.2, "unit": 1.0, "award": 3.4, "category": 1.4, "work": 1.0},
    "snug": PLAIN | {"title": 3.2, "ornament": 1.4, "lead": 0.8, "unit": 0.2, "award": 1.0},
    "tight": PLAIN | {"title": 2.6, "ornament": 1.2, "lead": 0.6, "unit": 0.0, "award": 0.9},
}
#: Which of a zone's sizes a density takes; the last one there is, where it has fewer.
STEP = {"": 0, "airy": 0, "snug": 1, "tight": 2}
STEPS: Mapping[str, Mapping[str, int]] = {
    "organiser": {"tight": 1},
    "title": STEP,
    "lead": {"tight": 1},
}


def size_of(design: Design, part: str, density: str) -> float:
    """Give the size of a part that is set by density, in points."""
    sizes = design.zones[part].sizes
    return sizes[min(STEPS.get(part, {}).get(density, 0), len(sizes) - 1)]


def leading_of(part: str, density: str = "") -> float:
    """Give the height of a line of a part as a multiple of its size."""
    return TIGHT_ORGANISER if part == "organiser" and density == "tight" else LOOKS[part].leading


def style_of(design: Design, part: str) -> tuple[str, int, str]:
    """Choose the style of a part: of its family, as near to its look as there is."""
    look = LOOKS[part]
    return _nearest(design.zones[BELONGS.get(part, part)].family, look.weight, look.slant)


def face_of(design: Design, part: str) -> Face:
    """Give the widths of the letters of a part."""
    return face(*style_of(design, part))


def width(design: Design, part: str, text: str, points: float) -> float:
    """Measure a text of a part on one line, letter spacing included, in millimetres."""
    plain = face_of(design, part).width(text, points)
    return plain + len(text) * LOOKS[part].spacing * points * MILLIMETRES_PER_POINT


def families_with(letter: str, part: str) -> list[str]:
    """List the families that could print a letter in the style of a part."""
    look = LOOKS[part]
    return [family for family in FAMILIES if face(*_nearest(family, look.weight, look.slant)).has(letter)]


def colour_of(design: Design, part: str) -> str:
    """Give the colour of a part."""
    return design.zones[BELONGS.get(part, part)].colour


def scale_of(design: Design, part: str) -> float:
    """Tell how much larger than in the house's look a part is meant to be."""
    return design.zones[part].sizes[0] / HOUSE[part].sizes[0]


@cache
def _nearest(family: str, weight: int, slant: str) -> tuple[str, int, str]:
    styles = [style for style in PACKAGED if style[0] == family]
    return min(styles, key=lambda style: (style[2] != slant, abs(style[1] - weight), style[1]))
