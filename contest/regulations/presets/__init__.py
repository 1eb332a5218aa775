"""Ready regulations to begin a contest with."""

from __future__ import annotations

from importlib.resources import files

NAMES = ("quang_ngai_2025",)


def text(name: str) -> str:
    """Give the document of a preset.

    :raise KeyError: if there is none of that name
    """
    if name not in NAMES:
        raise KeyError(name)
    return (files(__package__) / f"{name}.toml").read_text("utf-8")
