"""What a line of the log says, in words: who, what, from what to what, why and from where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WHY = ("reason", "why", "note")
"""Details in which somebody said why."""
BEFORE, AFTER = ("before", "from", "was"), ("after", "to", "now")
HASH = 64
SUBJECT = 22
"""Characters of a hash, and of the random id of a person."""


def why(details: Mapping[str, Any]) -> str:
    """Give the reason that somebody gave."""
    return next((details[name] for name in WHY if isinstance(details.get(name), str) and details[name]), "")


def change(details: Mapping[str, Any]) -> tuple[str, str] | None:
    """Give what was there before and what came in its place, where a line says both or one of them."""
    before = next((said(details[name]) for name in BEFORE if name in details), "")
    after = next((said(details[name]) for name in AFTER if name in details), "")
    return (before, after) if before or after else None


def facts(details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Give everything else that a line says, as name and value."""
    told = {*BEFORE, *AFTER, *(name for name in WHY if isinstance(details.get(name), str))}
    return [(name, said(value)) for name, value in details.items() if name not in told and value not in (None, "", [])]


def subjects(details: Mapping[str, Any], about: str) -> set[str]:
    """Give the random ids of people that a line may name, besides whoever acted."""
    words = {value for value in details.values() if isinstance(value, str) and len(value) == SUBJECT}
    kind, _, name = about.partition(":")
    return words | ({name} if kind == "user" else set())


def said(value: Any) -> str:
    """Write a value of a line in words; a hash by its beginning."""
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {said(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(said(each) for each in value)
    text = str(value)
    return f"{text[:12]}…" if len(text) == HASH and set(text) <= set("0123456789abcdef") else text
