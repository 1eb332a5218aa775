"""The design of a certificate: paper, frame, and where each part of the words stands.

All measures are millimetres of an A4 sheet lying; A3 is the same sheet enlarged by the root of two. Nothing here is
read from outside: a design is a value, kept as JSON, and the same design and words give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from math import isfinite
from types import MappingProxyType
from typing import Any

from contest.errors import N_, ContestError

WIDTH, HEIGHT = 297.0, 210.0  # of the sheet on which a design is drawn up
PAPERS = {"A4": 1.0, "A3": 2**0.5}  # enlargement
BORDERS = ("house", "none")
ALIGNMENTS = ("left", "center", "right")
FAMILIES = ("EB Garamond", "Source Serif 4", "Be Vietnam Pro")
SMALLEST, LARGEST = 6.0, 72.0  # sizes, in points
MOST_SIZES = 8
NARROWEST, LOWEST = 10.0, 3.0  # sides of a box
SQUARE_AT_LEAST = 18.0  # a smaller QR code is not read by an old telephone

#: Parts that stand one below the other in the box of an area, unless they have a box of their own.
AREAS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "middle": ("organiser", "title", "ornament", "lead", "names", "unit", "award", "category", "work"),
        "record": ("decision", "register", "code"),
        "sign": ("place", "power", "who"),
    }
)
NEEDED = ("issuing", "names", "award", "decision", "register", "code", "qr", "who")  # never left out
_COLOUR = re.compile("#[0-9a-f]{6}")


class DesignUnusable(ContestError):
    """A design that cannot be drawn."""

    message = N_("The part “%(zone)s” of the design cannot be drawn: %(what)s is not usable.")


@dataclass(frozen=True)
class Box:
    """A rectangle on the sheet, measured from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Zone:
    """How one part of a certificate is set.

    :ivar box: its place; None for a part that stands in its area (`AREAS`), below the part before it
    :ivar sizes: in points, the preferred one first; what the next ones are for is said by `Design.default`
    :ivar align: of lines that are shorter than the box
    :ivar shown: whether it is printed at all
    """

    box: Box | None
    sizes: tuple[float, ...]
    family: str = "EB Garamond"
    align: str = "center"
    colour: str = "#000000"
    shown: bool = True

    def document(self) -> dict[str, Any]:
        """Give the zone as values of JSON."""
        box = self.box
        return {
            "box": None if box is None else [box.x, box.y, box.width, box.height],
            "sizes": list(self.sizes),
            "family": self.family,
            "align": self.align,
            "colour": self.colour,
            "shown": self.shown,
        }


RED = "#8f1d1a"

#: The look of the house. Sizes of the middle go from the loose to the dense setting; those of names are for one author
#: (groups are set in proportion); those of the title of a work are for one line, two lines and so on; those of a prize
#: are for longer and longer names; of the nation's name for Party, motto and State; of the code also its address.
HOUSE: Mapping[str, Zone] = MappingProxyType(
    {
        "issuing": Zone(Box(25, 22.5, 117, 16), (12,)),
        "nation": Zone(Box(155, 22.5, 117, 16), (14.5, 13, 12)),
        "middle": Zone(Box(25, 38, 247, 91.5), ()),
        "organiser": Zone(None, (11.5, 10.5)),
        "title": Zone(None, (39, 36, 33), colour=RED),
        "ornament": Zone(None, ()),
        "lead": Zone(None, (14, 13)),
        "names": Zone(None, (34, 30, 26, 22)),
        "unit": Zone(None, (13.5,)),
        "award": Zone(None, (27, 22, 18), colour=RED),
        "category": Zone(None, (13,)),
        "work": Zone(None, (17, 15, 14, 13)),
        "record": Zone(Box(55, 163.2, 108, 24), (), align="left"),
        "decision": Zone(None, (10.5,), align="left"),
        "register": Zone(None, (10.5,), align="left"),
        "code": Zone(None, (8.2, 7.4), family="Be Vietnam Pro", align="left"),
        "qr": Zone(Box(27, 163.2, 24, 24), ()),
        "sign": Zone(Box(164, 130, 106, 58), ()),
        "place": Zone(None, (13,)),
        "power": Zone(None, (12,)),
        "who": Zone(None, (14,)),
    }
)
AREA_OF = {part: area for area, parts in AREAS.items() for part in parts}


@dataclass(frozen=True)
class Design:
    """A way to draw certificates.

    :ivar paper: a key of `PAPERS`; the sheet always lies
    :ivar border: the frame of the house, or none
    :ivar background: SHA-256 of a stored image or PDF page that covers the sheet, under everything else
    :ivar zones: every part by its name
    """

    paper: str = "A4"
    border: str = "house"
    background: str | None = None
    zones: Mapping[str, Zone] = field(default_factory=lambda: HOUSE)

    @staticmethod
    def default() -> Design:
        """Give the look of the house."""
        return _DEFAULT

    @staticmethod
    def of(document: Mapping[str, Any]) -> Design:
        """Read a design as `document` writes it; whatever is left out is as in the look of the house.

        :raise DesignUnusable: if it cannot be drawn, with the name of the part
        """
        known = {each.name for each in fields(Design)}
        for name in document:
            _require(name in known, "design", name)
        paper, border = document.get("paper", "A4"), document.get("border", "house")
        background = document.get("background")
        _require(paper in PAPERS, "design", "paper")
        _require(border in BORDERS, "design", "border")
        hexadecimal = isinstance(background, str) and re.fullmatch("[0-9a-f]{64}", background)
        _require(background is None or bool(hexadecimal), "design", "background")
        zones = dict(HOUSE)
        given = document.get("zones", {})
        _require(isinstance(given, Mapping), "design", "zones")
        for name, values in given.items():
            _require(name in HOUSE and isinstance(values, Mapping), str(name), "zone")
            zones[name] = _zone(name, values)
        return Design(paper, border, background, MappingProxyType(zones))

    def document(self) -> dict[str, Any]:
        """Give the design as values of JSON."""
        return {
            "paper": self.paper,
            "border": self.border,
            "background": self.background,
            "zones": {name: zone.document() for name, zone in self.zones.items()},
        }

    @property
    def enlargement(self) -> float:
        """How much larger than A4 the paper is."""
        return PAPERS[self.paper]

    @cached_property
    def is_house(self) -> bool:
        """Whether every part stands as in the look of the house."""
        return dict(self.zones) == dict(HOUSE)

    def box(self, part: str) -> Box:
        """Give the box that a part stands in: its own, or that of its area."""
        box = self.zones[part].box or self.zones[AREA_OF[part]].box
        if box is None:
            raise DesignUnusable(zone=AREA_OF[part], what="box")
        return box

    def stands_in_area(self, part: str) -> bool:
        """Say whether a part is stacked with the others of its area."""
        zone = self.zones[part]
        return zone.shown and zone.box is None

    def with_zone(self, name: str, **changes: Any) -> Design:
        """Give the design with one part changed."""
        return replace(self, zones=MappingProxyType({**self.zones, name: replace(self.zones[name], **changes)}))


_DEFAULT = Design()


def _zone(name: str, values: Mapping[str, Any]) -> Zone:
    house = HOUSE[name]
    known = {each.name for each in fields(Zone)}
    for key in values:
        _require(key in known, name, str(key))
    box = house.box if "box" not in values else _box(name, values["box"])
    _require(box is not None or name in AREA_OF, name, "box")
    sizes = values.get("sizes", house.sizes)
    _require(isinstance(sizes, list | tuple) and all(_is_number(size) for size in sizes), name, "sizes")
    _require(len(sizes) <= MOST_SIZES and bool(sizes) == bool(house.sizes), name, "sizes")
    _require(all(SMALLEST <= size <= LARGEST for size in sizes), name, "sizes")
    zone = Zone(
        box,
        tuple(float(size) for size in sizes),
        values.get("family", house.family),
        values.get("align", house.align),
        values.get("colour", house.colour),
        values.get("shown", True),
    )
    _require(zone.family in FAMILIES, name, "family")
    _require(zone.align in ALIGNMENTS, name, "align")
    _require(isinstance(zone.colour, str) and bool(_COLOUR.fullmatch(zone.colour)), name, "colour")
    _require(zone.shown is True or (zone.shown is False and name not in NEEDED), name, "shown")
    return zone


def _box(name: str, value: Any) -> Box | None:
    if value is None:
        return None
    _require(isinstance(value, list | tuple) and len(value) == 4 and all(map(_is_number, value)), name, "box")
    box = Box(*map(float, value))
    inside = min(box.x, box.y) >= 0 and box.x + box.width <= WIDTH + 0.01 and box.y + box.height <= HEIGHT + 0.01
    _require(inside and box.width >= NARROWEST and box.height >= LOWEST, name, "box")
    _require(name != "qr" or min(box.width, box.height) >= SQUARE_AT_LEAST, name, "box")
    return box


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _require(holds: bool, zone: str, what: str) -> None:
    if not holds:
        raise DesignUnusable(zone=zone, what=what)
