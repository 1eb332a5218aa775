"""Every act has a sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import contest
from contest.audit.sentences import SENTENCES
from contest.council.stages import Step
from contest.interests.kinds import State
from contest.results.models import ActKind

HOUSE = Path(contest.__file__).parent


def recorded() -> Iterator[str]:
    """The names of acts that stand in the source as they are."""
    for file in HOUSE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"audit.record", "record_erasure", "_record"}:
                for constant in ast.walk(node.args[0]) if node.args else ():
                    if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                        name = constant.value
                        if (
                            name.count(".") == 1
                            and not name.endswith("_")
                            and all(part.replace("_", "").isalpha() for part in name.split("."))
                        ):
                            yield name


def test_every_act_in_the_source_has_a_sentence():
    assert sorted(set(recorded()) - SENTENCES.keys()) == []


def test_every_act_of_results_and_of_meetings_has_a_sentence():
    named = {f"result.{kind}" for kind in ActKind} | {f"meeting.{step}" for step in Step}
    named |= {f"interest.{state}" for state in State}

    assert sorted(named - SENTENCES.keys()) == []
