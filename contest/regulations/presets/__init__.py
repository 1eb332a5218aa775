"""Ready regulations to begin a contest with.

Each is a document beside this file and nothing else. Its first line, a comment, gives its place in the list and its
title: ``# Mẫu 3. Xét giải theo khung điểm trung bình``. The comment lines directly below describe it.
"""

from __future__ import annotations

import re
from importlib.resources import files

_HEAD = re.compile(r"# Mẫu ([0-9]+)\. (.+)\n((?:# .+\n)*)")


def _found() -> dict[str, tuple[int, str, str]]:
    found = {}
    for path in files(__package__).iterdir():
        if path.name.endswith(".toml"):
            head = _HEAD.match(path.read_text("utf-8"))
            if head is None:
                raise ValueError(f"{path.name} does not begin with its number and title")
            found[path.name.removesuffix(".toml")] = (
                int(head[1]),
                head[2],
                " ".join(line.removeprefix("# ") for line in head[3].splitlines()),
            )
    return dict(sorted(found.items(), key=lambda preset: preset[1]))


_PRESETS = _found()
_TITLES = {name: title for name, (_, title, _) in _PRESETS.items()}
_DESCRIPTIONS = {name: description for name, (_, _, description) in _PRESETS.items()}
NAMES = tuple(_TITLES)


def title(name: str) -> str:
    """Say in one line what kind of contest a preset is for.

    :raise KeyError: if there is none of that name
    """
    return _TITLES[name]


def description(name: str) -> str:
    """Say in a sentence or two what a preset rules.

    :raise KeyError: if there is none of that name
    """
    return _DESCRIPTIONS[name]


def text(name: str) -> str:
    """Give the document of a preset.

    :raise KeyError: if there is none of that name
    """
    if name not in _TITLES:
        raise KeyError(name)
    return (files(__package__) / f"{name}.toml").read_text("utf-8")
