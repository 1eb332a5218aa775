"""docs/regulation.md is true: every example runs, every setting is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest

from contest.regulations import document, presets, schema
from contest.regulations.articles import RULES
from contest.regulations.scoring import RECORDED
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


def within(annotation):
    """Everything an annotation is made of."""
    yield annotation
    for kind in get_args(annotation):
        yield from within(kind)


def parts(model, seen):
    seen.add(model)
    for field in model.model_fields.values():
        for kind in within(field.annotation):
            if isinstance(kind, type) and issubclass(kind, Part) and kind not in seen:
                parts(kind, seen)
    return seen


FIELDS = [(name, field) for model in parts(schema.Regulation, set()) for name, field in model.model_fields.items()]
NAMES = {field.alias or name for name, field in FIELDS}
QUOTED = " ".join(re.findall(r"`([^`]+)`", PROSE))


def keys(value):
    """Every name that a document writes, however deep."""
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


def test_every_setting_is_in_the_reference():
    documented = set(re.findall(r"\b[a-z_]+\b", QUOTED))

    assert len(NAMES) > 130
    assert NAMES - documented == set()
    assert set(RULES) - documented == set()


def test_every_setting_is_in_an_example():
    shown = set().union(*(keys(document.read(example)) for example in EXAMPLES))

    assert NAMES - shown == {"format", "slug", "language"}


def test_every_choice_of_a_setting_is_in_the_reference():
    choices = {
        choice
        for _, field in FIELDS
        for kind in within(field.annotation)
        if get_origin(kind) is Literal
        for choice in get_args(kind)
        if isinstance(choice, str) and choice not in RULES
    }

    assert len(choices) > 70
    assert {choice for choice in choices if f'"{choice}"' not in QUOTED} == set()


def test_every_tie_break_is_in_the_reference():
    assert {
        tie for tie in ("highest_sheet", "earlier_receipt", "chair_sheet", *RECORDED) if f'"{tie}"' not in QUOTED
    } == set()
    assert '"criterion:<code>"' in QUOTED


def test_the_text_that_is_said_to_tell_everything_does():
    told = document.read(EXAMPLES[-1])["chapters"]
    for name in presets.NAMES:
        values = document.read(presets.text(name))
        assert schema.checked({**values, "chapters": told})


def test_every_place_of_a_round_is_in_the_reference():
    filled = places(schema.parse(presets.text("quang_ngai_2025")))

    for name in filled:
        if name.startswith("so_khao_"):
            assert name.replace("so_khao", "<code>") in REFERENCE
