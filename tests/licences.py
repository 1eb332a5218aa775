"""Write the list of everything that is installed to run the program, with its version and its licence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "licences.md"
HEAD = """# Licences

Everything that `requirements.txt` pins and installs to run the program, as each package says of itself. Written by
`make licences`; a test compares it with `requirements.txt` and with what is installed.

| package | version | licence |
|---|---|---|
"""

KNOWN = {
    "OSI Approved :: Apache Software License": "Apache-2.0",
    "OSI Approved :: BSD License": "BSD",
    "OSI Approved :: GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "OSI Approved :: GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "OSI Approved :: ISC License (ISCL)": "ISC",
    "OSI Approved :: MIT License": "MIT",
    "OSI Approved :: MIT No Attribution License (MIT-0)": "MIT-0",
    "OSI Approved :: Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "OSI Approved :: Python Software Foundation License": "PSF-2.0",
    "OSI Approved :: The Unlicense (Unlicense)": "Unlicense",
    "OSI Approved :: zlib/libpng License": "Zlib",
}

SAID_IN_A_FILE = {"pysqlite3": "Zlib"}
"""Packages that carry their licence and name it nowhere else."""


class Package(NamedTuple):
    """One package that is installed."""

    name: str
    version: str
    licence: str


def pinned() -> dict[str, str]:
    """Read names and versions from the lock file."""
    text = (ROOT / "requirements.txt").read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z,]+\])?==(\S+?)(?:\s|$)", text, re.MULTILINE))


def licence_of(package: Distribution) -> str:
    """Tell the licence of a package: its expression, else what its classifiers say, else its own short word."""
    about = package.metadata
    if about.get("License-Expression"):
        return str(about["License-Expression"])
    said = [line.removeprefix("License :: ") for line in about.get_all("Classifier", []) if line.startswith("License")]
    if said:
        return " / ".join(sorted({KNOWN.get(each, each.removeprefix("OSI Approved :: ")) for each in said}))
    return " ".join(str(about.get("License") or "").split())[:60] or SAID_IN_A_FILE.get(package.name, "")


def packages() -> Iterator[Package]:
    """Everything that is pinned, as it is installed here."""
    for name, version in sorted(pinned().items()):
        yield Package(name, version, licence_of(distribution(name)))


def page() -> str:
    """Write the page."""
    return HEAD + "".join(f"| {name} | {version} | {licence} |\n" for name, version, licence in packages())


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
