"""The JSON Schema says of a document what the check says."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import contest.regulations.presets
from contest.regulations import document, json_schema, presets
from tests.regulations.changing import GONE, changed
from tests.regulations.contradictions import PRESET, SOUND
from tests.regulations.mutations import WIDE

NAMES = sorted(path.stem for path in Path(contest.regulations.presets.__file__).parent.glob("*.toml"))
SCHEMA = json_schema.described()
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def in_json(value):
    """Give a document as editors hand it to their validator: days and moments as texts."""
    if isinstance(value, dict):
        return {key: in_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [in_json(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat() if value.tzinfo else f"{value.isoformat()}+07:00"
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def wrong(values):
    return [".".join(map(str, error.absolute_path)) for error in VALIDATOR.iter_errors(in_json(values))]


def test_the_schema_is_one():
    of_schemas = Draft202012Validator(Draft202012Validator.META_SCHEMA)

    assert list(of_schemas.iter_errors(json.loads(json.dumps(SCHEMA)))) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_preset_fits_the_schema(name):
    assert wrong(document.read(presets.text(name))) == []


@pytest.mark.parametrize("what", SOUND)
def test_every_sound_document_fits_the_schema(what):
    assert wrong(SOUND[what]) == []


def test_a_document_that_says_nearly_everything_fits_the_schema():
    assert wrong(WIDE) == []


@pytest.mark.parametrize(
    ("place", "value", "where"),
    [
        ("colour", "red", ""),
        ("name", GONE, ""),
        ("name", 5, "name"),
        ("limits.window_share", Decimal("0.5"), "limits.window_share"),
        ("calendar.posting", {"first": date(2025, 9, 20)}, "calendar.posting"),
        ("rounds.so_khao.panels", "juries", "rounds.0.panels"),
        ("rounds.so_khao.discrepancy", {"limit": 20, "consequence": "shout"}, "rounds.0.discrepancy"),
        ("prizes.A.money", "15 triệu", "prizes.0.money"),
        ("awarding.method", "luck", "awarding.method"),
        ("categories.BAO_IN.genres", [], "categories.0.genres"),
    ],
)
def test_what_the_check_refuses_for_its_shape_does_not_fit_the_schema(place, value, where):
    assert wrong(changed(PRESET, {place: value})) == [where]


def test_every_setting_is_explained():
    silent = [
        f"{table}.{key}" for table, key, setting in json_schema.settings(SCHEMA) if not setting.get("description")
    ]

    assert silent == []
