"""Whether this machine can print as promised, asked once at start instead of found out on paper."""

from __future__ import annotations

import fontpkg
from flask_babel import gettext as _

from contest.printing.folder import print_folder
from contest.printing.fonts import PACKAGED, SYSTEM, VIETNAMESE, face


def check() -> list[str]:
    """List what is missing on this machine, one sentence each with what to do; an empty list means ready."""
    return [*_missing_fonts(), *_missing_libraries(), *_missing_folder()]


def _missing_fonts() -> list[str]:
    sentences = []
    for family, weight, style in (*PACKAGED, *SYSTEM):
        try:
            widths = face(family, weight, style)
        except fontpkg.FontpkgError:
            sentences.append(
                _("The font %(family)s is missing. Install the Python package that brings it.", family=family)
            )
            continue
        except FileNotFoundError:
            sentences.append(
                _("The font %(family)s is missing. Install the system package fonts-liberation2.", family=family)
            )
            continue
        lacking = "".join(letter for letter in VIETNAMESE if not widths.has(letter))
        if lacking:
            sentences.append(_("The font %(family)s lacks the letters %(letters)s.", family=family, letters=lacking))
    return list(dict.fromkeys(sentences))


def _missing_libraries() -> list[str]:
    from weasyprint.text.ffi import harfbuzz_subset

    if harfbuzz_subset:
        return []
    # Without it WeasyPrint still draws, forty times slower, and says so only in its log.
    return [_("The library libharfbuzz-subset is missing. Install the system package libharfbuzz-subset0.")]


def _missing_folder() -> list[str]:
    if (print_folder() / "fonts.css").is_file():
        return []
    return [_("The folder static/print is missing from this installation.")]
