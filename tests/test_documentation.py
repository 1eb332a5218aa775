"""The README tells of every setting and every command, and of none that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import click

from contest.config import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
SECURITY = (ROOT / "docs" / "security.md").read_text("utf-8")
CASES = {"A": 10, "B": 9, "C": 10, "D": 6, "E": 8, "F": 6, "G": 8}
"""How many abuse cases each group has."""


def test_every_setting_stands_in_the_table_of_the_readme():
    told = set(re.findall(r"^\| `CONTEST_(\w+)`", README, re.MULTILINE))

    assert told == {name.upper() for name in Settings.model_fields}


def test_every_command_stands_in_the_table_of_the_readme(app):
    table = README.partition("## Commands")[2].partition("\n## ")[0]
    missing = []
    for name, command in app.cli.commands.items():
        if f"`contest {name}" not in table:
            missing.append(name)
        if isinstance(command, click.Group):
            missing += [f"{name} {inner}" for inner in command.commands if inner not in table]

    assert missing == []


def test_every_picture_of_the_readme_is_there():
    pictures = re.findall(r"\]\((docs/[^)]+\.png)\)", README)

    assert pictures
    assert [picture for picture in pictures if not (ROOT / picture).exists()] == []


def test_every_page_that_the_readme_leads_to_is_there():
    pages = re.findall(r"\]\((?!http)([^)#]+)\)", README)

    assert [page for page in pages if not (ROOT / page).exists()] == []


def test_every_abuse_case_has_a_test_that_is_there():
    rows = re.findall(r"^\| \*\*([A-G]\d+)\*\* \|(.+)\|$", SECURITY, re.MULTILINE)
    named = {case: re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", row) for case, row in rows}

    assert list(named) == [f"{group}{number}" for group, last in CASES.items() for number in range(1, last + 1)]
    assert [case for case, tests in named.items() if not tests] == []
    assert [test for tests in named.values() for test in tests if not is_there(*test)] == []


def is_there(file: str, name: str) -> bool:
    """Say whether a file holds a test of this name."""
    path = ROOT / file
    return path.exists() and re.search(rf"^ *def {name}\(", path.read_text("utf-8"), re.MULTILINE) is not None
