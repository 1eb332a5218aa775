"""Where style sheets and pictures of printed matter lie."""

from __future__ import annotations

from pathlib import Path

#: Relative addresses of documents and style sheets are read from here.
BASE = "file:///print/"


def print_folder() -> Path:
    """Find ``static/print``: inside the package when installed from a wheel, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "static" / "print"
    return inside if inside.is_dir() else package.parent / "static" / "print"
