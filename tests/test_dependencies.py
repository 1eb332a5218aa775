"""What the program stands on: listed, pinned with hashes, used, and under a licence that somebody has looked at."""

from __future__ import annotations

import ast
import re
import sys
from configparser import ConfigParser
from importlib.metadata import packages_distributions
from pathlib import Path

from tests import licences

ROOT = Path(__file__).parent.parent

USED_WITHOUT_IMPORT = {
    "bootstrap-flask": "its style sheet is served",
    "brotli": "fontTools writes woff2 with it",
    "fontpkg-be-vietnam-pro": "a font",
    "fontpkg-eb-garamond": "a font",
    "fontpkg-newsreader": "a font",
    "fontpkg-source-serif-4": "a font",
    "pydyf": "WeasyPrint writes with it, and our drawing depends on how",
    "tzdata": "zoneinfo reads it where the system has none",
}


def bare(requirement: str) -> str:
    """The name of a package without version and extras, as packages are compared."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!;~ ]", requirement.strip())[0]).lower()


def listed() -> set[str]:
    """The packages that setup.cfg asks for."""
    parser = ConfigParser()
    parser.read(ROOT / "setup.cfg", "utf-8")
    return {bare(line) for line in parser["options"]["install_requires"].splitlines() if line.strip()}


def imported() -> set[str]:
    """The modules of others that the program imports."""
    found = set()
    for path in (ROOT / "contest").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"contest"}


def optional() -> set[str]:
    """The packages of the extras."""
    parser = ConfigParser()
    parser.read(ROOT / "setup.cfg", "utf-8")
    extras = parser["options.extras_require"]
    return {bare(line) for name in extras if name != "check" for line in extras[name].splitlines() if line.strip()}


def test_everything_that_is_imported_is_asked_for_and_nothing_else():
    packages = packages_distributions()
    used = {module: {bare(name) for name in packages.get(module, ())} for module in imported()}
    wanted = listed() | optional()

    assert {module for module, names in used.items() if not names & wanted} == set()
    assert listed() - set().union(*used.values()) == set(USED_WITHOUT_IMPORT)


def test_everything_that_is_installed_is_pinned_with_its_hashes():
    """What comes from an index is compared with what was looked at when it was pinned. (G6)"""
    for name in ("requirements.txt", "requirements-check.txt"):
        text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
        lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]

        assert [line for line in lines if "==" not in line or "--hash=sha256:" not in line] == []
    assert {name for name in listed() if name not in {bare(each) for each in licences.pinned()}} == set()


def test_every_licence_is_written_down_and_was_looked_at():
    told = {
        name: (version, licence)
        for name, version, licence in re.findall(
            r"^\| (\S+) \| (\S+) \| (.*?) \|$", licences.PAGE.read_text("utf-8"), re.MULTILINE
        )
        if version != "version"
    }

    assert {name: version for name, (version, _) in told.items()} == licences.pinned()
    assert {package.name for package in licences.packages() if package.licence != told[package.name][1]} == set()
    assert [name for name, (_, licence) in told.items() if not licence] == []
