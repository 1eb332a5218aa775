"""Writing documents: plain values as TOML in one canonical way, and regulations back into plain values."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

from pydantic import BaseModel, PlainValidator

from contest.regulations.shape import read_points

BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml(values: Mapping[str, Any]) -> str:
    """Write a plain document: one line for each name at the top, everything else inside it."""
    return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in values.items())


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _text(key)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, Decimal):
        return f"{value:f}" if value.is_finite() and "." in f"{value:f}" else f"{value:f}.0"
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def plain(part: BaseModel) -> dict[str, Any]:
    """Give a regulation, or a part of one, as the plain values of a document; what is not said stays unsaid."""
    return {
        type(part).model_fields[name].alias or name: _plain(getattr(part, name), points=_is_points(part, name))
        for name in type(part).model_fields
        if name in part.model_fields_set and getattr(part, name) is not None
    }


def _plain(value: Any, *, points: bool) -> Any:
    if isinstance(value, BaseModel):
        return plain(value)
    if isinstance(value, Mapping):
        return {key: _plain(item, points=False) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item, points=False) for item in value]
    if isinstance(value, Fraction):
        return str(value)
    return Decimal(value).scaleb(-2) if points else value


def _is_points(part: BaseModel, name: str) -> bool:
    field = type(part).model_fields[name]
    kinds = [field.metadata, *(getattr(kind, "__metadata__", ()) for kind in get_args(field.annotation))]
    return any(isinstance(mark, PlainValidator) and mark.func is read_points for marks in kinds for mark in marks)
