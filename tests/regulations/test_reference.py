"""docs/regulation.md is true: every example runs, every setting is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from contest.regulations import document, presets, schema
from contest.regulations.articles import RULES
from contest.regulations.shape import Part
from contest.regulations.vietnamese import places

REFERENCE = (Path(__file__).parents[2] / "docs" / "regulation.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```toml\n(.*?)^```", REFERENCE, re.MULTILINE | re.DOTALL)
PROSE = re.sub(r"^```.*?^```", "", REFERENCE, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.splitlines()[0][:40])
def test_an_example_put_into_the_preset_checks(example):
    values = document.read(presets.text("quang_ngai_2025"))
    values.update(document.read(example))

    assert schema.checked(values)


def test_there_is_an_example_for_every_part_of_the_document():
    shown = {key for example in EXAMPLES for key in document.read(example)}

    assert set(schema.Regulation.model_fields) - shown == {"format", "slug", "language", "genres"}


def parts(model, seen):
    seen.add(model)
    for field in model.model_fields.values():
        for kind in (field.annotation, *get_args(field.annotation)):
            if isinstance(kind, type) and issubclass(kind, Part) and kind not in seen:
                parts(kind, seen)
    return seen


def test_every_setting_is_in_the_reference():
    names = {
        field.alias or name for model in parts(schema.Regulation, set()) for name, field in model.model_fields.items()
    }

    documented = set(re.findall(r"\b[a-z_]+\b", " ".join(re.findall(r"`([^`]+)`", PROSE))))
    assert names - documented == set()
    assert set(RULES) - documented == set()


def test_every_place_of_a_round_is_in_the_reference():
    filled = places(schema.parse(presets.text("quang_ngai_2025")))

    for name in filled:
        if name.startswith("so_khao_"):
            assert name.replace("so_khao", "<code>") in REFERENCE
