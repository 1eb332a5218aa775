"""The words of the interface: English message ids in code and templates, one catalogue per language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from babel.support import Translations


def vietnamese() -> Callable[[str], str]:
    """Translate sentences where there is no application, because none is needed or none could start."""
    return Translations.load(Path(__file__).parent, ["vi"]).gettext
