"""The frame of the certificate, drawn from formulas: ``python -m contest.certificates.border`` writes the SVG.

It speaks of the place and the trade and of nothing else: guilloche bands of fine lines woven together, a bronze drum
with a star of fourteen rays at each corner, one lotus in the upper band, and the drum once more, pale, behind the
text. There is no emblem of the state, no flag's star, no portrait.

It is made to be printed by an office laser as well as in offset: strokes and fills of two solid inks, no transparency,
no gradient, no line thinner than 0.10 mm, nothing nearer to the edge of the paper than 5 mm. Lengths are millimetres.

Points are complex numbers, which makes a turn a multiplication. A curve is a function from a parameter to a point;
`trace` follows it with cubic arcs whose ends and directions are exact.
"""

from __future__ import annotations

from cmath import exp, phase
from collections.abc import Callable, Iterable
from math import asin, ceil, cos, pi, sqrt
from pathlib import Path

Curve = Callable[[float], complex]

WIDTH, HEIGHT = 297.0, 210.0
AXIS = 12.4  # from the edge of the paper to the middle line of the bands
HALF = 3.6  # from the middle line of a band to its gold rule
CORNER = 8.8  # radius of a corner drum
CORNER_AXIS = AXIS + 1.6  # from the edge to the centre of a corner drum
RAYS = 14
ROSETTE = complex(WIDTH / 2, 97)  # centre of the pale drum

RED, GOLD, PALE, PAPER = "#8f1d1a", "#a87f32", "#f3ead6", "#ffffff"
TURN = 2 * pi


def _number(value: float) -> str:
    """Write hundredths of a millimetre in the fewest letters."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    if text in ("", "-0", "0"):
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def _pair(point: complex) -> str:
    return f"{_number(point.real)} {_number(point.imag)}".replace(" -", "-")


def _snap(point: complex) -> complex:
    return complex(round(point.real, 2), round(point.imag, 2))


def trace(curve: Curve, start: float, stop: float, arcs: int, *, closed: bool = False) -> str:
    """Follow a curve as a path of cubic arcs.

    Every arc starts where the last one was written to end, so that rounding never adds up along a strand.
    """
    step = (stop - start) / arcs
    here = _snap(curve(start))
    written = [f"M{_pair(here)}c"]
    for index in range(arcs):
        a, b = start + index * step, start + (index + 1) * step
        leave, arrive = _direction(curve, a) * step / 3, _direction(curve, b) * step / 3
        end = _snap(curve(b))
        written.append(" ".join(_pair(_snap(point - here)) for point in (curve(a) + leave, curve(b) - arrive, end)))
        here = end
    return written[0] + " ".join(written[1:]).replace(" -", "-") + ("Z" if closed else "")


def _direction(curve: Curve, at: float, reach: float = 1e-5) -> complex:
    return (curve(at + reach) - curve(at - reach)) / (2 * reach)


def polygon(points: Iterable[complex], *, closed: bool = True) -> str:
    """Join points by straight lines."""
    return "M" + "L".join(_pair(point) for point in points) + ("Z" if closed else "")


def circle(centre: complex, radius: float) -> str:
    """Draw a circle as two half turns."""
    across = _number(2 * radius)
    half = f"a{_number(radius)} {_number(radius)} 0 1 0 "
    return f"M{_pair(centre - radius)}{half}{across} 0{half}-{across} 0Z"


def rectangle(inset: float) -> str:
    """Draw a rectangle at a distance from the edge of the paper."""
    far = complex(WIDTH, HEIGHT) - complex(inset, inset)
    return f"M{_pair(complex(inset, inset))}H{_number(far.real)}V{_number(far.imag)}H{_number(inset)}Z"


def stroke(paths: Iterable[str], ink: str, width: float, fill: str = "none") -> str:
    """Put paths on paper with one pen."""
    return f'<path d="{"".join(paths)}" fill="{fill}" stroke="{ink}" stroke-width="{width}" stroke-linejoin="round"/>'


def knock_out(path: str) -> str:
    """Let the paper show through where a path is."""
    return f'<path d="{path}" fill="{PAPER}"/>'


def zigzag(centre: complex, outer: float, inner: float, points: int) -> list[complex]:
    """Give the corners of a star with so many points, the first one up."""
    return [centre - 1j * (inner if k % 2 else outer) * exp(1j * pi * k / points) for k in range(2 * points)]


def band(centre: complex, along: complex, length: float) -> list[str]:
    """Weave a band: ten strands of gold around four of red, each family evenly spread in phase.

    The number of waves is whole, so both ends of a side look alike.

    :param along: 1 for a band that lies, 1j for one that stands
    """
    waves = round(length / 13.5)

    def strand(height: float, count: float, shift: float) -> str:
        def curve(t: float) -> complex:
            return centre + along * (t + 1j * height * cos(TURN * count * t / length + shift))

        return trace(curve, -length / 2, length / 2, ceil(count * 4))

    gold = [strand(HALF - 0.55, waves, TURN * k / 10) for k in range(10)]
    core = [strand(1.15, 2 * waves, TURN * (k + 0.5) / 4) for k in range(4)]
    return [stroke(gold, GOLD, 0.11), stroke(core, RED, 0.13)]


def drum(centre: complex, radius: float = CORNER) -> list[str]:
    """Draw a bronze drum seen from above: star, peacock eyes, combs, circles joined by tangents, saw teeth."""
    unit = radius / 9

    def around(count: int, distance: float, shift: float = 0.0) -> list[complex]:
        return [centre - 1j * distance * unit * exp(1j * TURN * (k + shift) / count) for k in range(count)]

    def comb(count: int, inner: float, outer: float) -> list[str]:
        teeth = zip(around(count, inner), around(count, outer), strict=True)
        return [polygon(tooth, closed=False) for tooth in teeth]

    eyes = []
    for distance in (2.35, 2.8, 3.2):
        for tip in around(RAYS, distance - 0.62, 0.5):
            wing = (tip - centre) / abs(tip - centre) * distance * unit
            spread = exp(0.115j)
            eyes.append(polygon((centre + wing / spread, tip, centre + wing * spread), closed=False))

    beads, ties = around(22, 5.32), []
    for bead, following in zip(beads, beads[1:] + beads[:1], strict=True):
        # A tangent that leaves one bead on its outer side and reaches the next on its inner side.
        way = following - bead
        lean = asin(2 * 0.5 * unit / abs(way))
        offset = 1j * 0.5 * unit * exp(1j * (phase(way) + lean))
        ties.append(polygon((bead - offset, following + offset), closed=False))
    circles = [circle(bead, size * unit) for bead in beads for size in (0.5, 0.16)]

    rings = [circle(centre, distance * unit) for distance in (3.5, 4.5, 6.15, 7.1, 8.32, 8.62)]
    return [
        knock_out(circle(centre, radius + 0.75)),
        stroke(ties + circles, GOLD, 0.1),
        stroke(comb(84, 3.72, 4.3) + comb(126, 6.35, 6.95) + eyes, GOLD, 0.1),
        stroke([polygon(zigzag(centre, 8.2 * unit, 7.2 * unit, 56))], GOLD, 0.11),
        stroke(rings, GOLD, 0.12),
        stroke([circle(centre, radius)], RED, 0.22),
        stroke([polygon(zigzag(centre, 3.25 * unit, 1.15 * unit, RAYS))], RED, 0.1, fill=RED),
    ]


def petal(root: complex, tip: complex, breadth: float, inset: float = 1.0) -> str:
    """Draw a pointed petal from its root to its tip; a smaller inset gives a vein that echoes the edge."""
    axis = tip - root
    side = axis / abs(axis) * 1j * breadth * inset
    foot = root + axis * (1 - inset) * 0.12

    def at(height: float, sideways: float) -> str:
        return _pair(foot + axis * inset * height + side * sideways)

    return f"M{at(0, 0)}C{at(0.14, -0.42)} {at(0.62, -0.62)} {at(1, 0)}C{at(0.62, 0.62)} {at(0.14, 0.42)} {at(0, 0)}Z"


def lotus(root: complex, size: float) -> list[str]:
    """Draw nine petals, the outermost first, so that the nearer ones cover them."""
    drawn = []
    for lean, length, breadth in ((1.26, 1.12, 0.44), (0.93, 1.08, 0.5), (0.6, 1.04, 0.54), (0.29, 1.06, 0.56)):
        for side in (-1, 1):
            tip = root - 1j * size * length * exp(1j * side * lean)
            drawn.append(stroke([petal(root, tip, size * breadth)], RED, 0.16, PAPER))
            drawn.append(stroke([petal(root, tip, size * breadth, inset) for inset in (0.8, 0.6)], GOLD, 0.1))
    tip = root - 1j * size * 1.14
    drawn.append(stroke([petal(root, tip, size * 0.58)], RED, 0.16, PAPER))
    drawn.append(stroke([petal(root, tip, size * 0.58, inset) for inset in (0.82, 0.64, 0.46)], GOLD, 0.1))
    return drawn


def crest(centre: complex) -> list[str]:
    """Open a window in the upper band for the lotus on its water; the rules of the frame run past it."""
    half, tall = 15.0, HALF - 0.12
    window = [centre + complex(x, y) for x, y in ((-half, -tall), (half, -tall), (half, tall), (-half, tall))]
    sheaves = []
    for side in (-1, 1):
        for k in range(5):
            reach, depth = HALF - 0.5 - k * 0.72, 4.6 + k * 0.7

            def at(inward: float, height: float, side: int = side) -> str:
                return _pair(centre + complex(side * (half - inward), height))

            sheaves.append(
                f"M{at(0, -reach)}C{at(depth * 0.6, -reach)} {at(depth, -reach * 0.4)} {at(depth, 0)}"
                f"S{at(depth * 0.6, reach)} {at(0, reach)}"
            )
        edge = centre + side * half
        sheaves.append(polygon((edge - 1j * HALF, edge + 1j * HALF), closed=False))
    water = []
    for k in range(3):
        reach, level = 5.2 - k * 1.4, centre + 1j * (2.42 + k * 0.33)
        water.append(f"M{_pair(level - reach)}Q{_pair(level + 0.5j - 0.33j * k)} {_pair(level + reach)}")
    return [
        knock_out(polygon(window)),
        stroke(sheaves, GOLD, 0.12),
        *lotus(centre + 2.2j, 4.6),
        stroke(water, GOLD, 0.1),
    ]


def rosette(centre: complex) -> list[str]:
    """Draw the pale drum behind the text: four rings of waves whose folds are multiples of the fourteen rays."""
    drawn = []
    for middle, swing, folds, strands in ((51, 3.4, 28, 8), (42, 5.2, 14, 10), (30.5, 5.6, 14, 10), (20, 3.6, 28, 6)):
        woven = []
        for k in range(strands):

            def curve(t: float, shift: float = TURN * k / strands) -> complex:
                return centre - 1j * (middle + swing * cos(folds * t + shift)) * exp(1j * t)  # noqa: B023 - used at once

            woven.append(trace(curve, 0, TURN, folds * 4, closed=True))
        drawn.append(stroke(woven, PALE, 0.16))
    star = polygon(zigzag(centre, 14.5, 14.5 / (1 + sqrt(3.2)), RAYS))
    drawn.append(stroke([star, *(circle(centre, radius) for radius in (15.6, 16.1, 55.2, 56))], PALE, 0.2))
    return drawn


def border() -> str:
    """Draw the whole sheet, A4 lying, as an SVG document."""
    middle = complex(WIDTH, HEIGHT) / 2
    drawn = rosette(ROSETTE)
    for y in (AXIS, HEIGHT - AXIS):
        drawn += band(complex(middle.real, y), 1, WIDTH - 2 * AXIS)
    for x in (AXIS, WIDTH - AXIS):
        drawn += band(complex(x, middle.imag), 1j, HEIGHT - 2 * AXIS)
    drawn.append(stroke([rectangle(AXIS - HALF), rectangle(AXIS + HALF)], GOLD, 0.16))
    drawn.append(stroke([rectangle(AXIS - HALF - 0.7)], RED, 0.55))
    drawn.append(stroke([rectangle(AXIS + HALF + 0.7)], RED, 0.22))
    for x in (CORNER_AXIS, WIDTH - CORNER_AXIS):
        for y in (CORNER_AXIS, HEIGHT - CORNER_AXIS):
            drawn += drum(complex(x, y))
    drawn += crest(complex(middle.real, AXIS))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:g}mm" height="{HEIGHT:g}mm" '
        f'viewBox="0 0 {WIDTH:g} {HEIGHT:g}">{"".join(drawn)}</svg>\n'
    )


if __name__ == "__main__":
    from contest.printing.folder import print_folder

    Path(print_folder() / "border.svg").write_text(border(), encoding="utf-8")
