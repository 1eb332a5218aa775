"""The frame."""

import re

from contest.certificates import border
from contest.printing.folder import print_folder


def test_the_frame_in_use_is_what_the_formulas_draw():
    assert (print_folder() / "border.svg").read_text("utf-8") == border.border()


def test_the_frame_is_strokes_and_fills_of_solid_inks():
    drawn = border.border()

    assert set(re.findall(r"<(\w+)", drawn)) == {"svg", "path"}
    assert set(re.findall(r"#[0-9a-f]{6}", drawn)) == {border.RED, border.GOLD, border.PALE, border.PAPER}
    assert min(map(float, re.findall(r'stroke-width="([\d.]+)"', drawn))) >= 0.1
