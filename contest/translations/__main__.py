"""Collect the sentences of code and templates into the catalogues: ``python -m contest.translations``.

A sentence that is new has no Vietnamese yet and is named at the end; one that is gone is dropped. The English catalogue
is complete by itself, because English is what sentences are written in.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SOURCES = {"contest": [("**.py", "python")], "templates": [("**.*", "jinja2")]}
ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)  # a date that changes by itself would only hide true changes
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "N_": None}


def everything_said() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """List where code and templates say something: the file, the message id (two, if it counts), the context."""
    for folder, methods in SOURCES.items():
        for name, _line, message, _comments, context in extract_from_dir(
            str(ROOT / folder), method_map=methods, keywords=KEYWORDS
        ):
            yield f"{folder}/{name}", message, context


def sentences() -> Catalog:
    """Collect every message id, with the files it stands in."""
    found = Catalog(project="contest", fuzzy=False)
    for file, message, context in everything_said():
        found.add(message, locations=[(file, 0)], context=context)
    return found


def catalogue(language: str) -> Path:
    """Say where the catalogue of a language lies."""
    return HERE / language / "LC_MESSAGES" / "messages.po"


def written(catalog: Catalog, path: Path) -> None:
    """Write a catalogue in the one form that shows only true changes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        write_po(out, catalog, width=120, sort_output=True, include_lineno=False)


def filled(message: Message, known: Catalog | None) -> str | tuple[str, ...] | list[str] | None:
    """Give the translation of a message: from the catalogue that was, or the English sentence itself."""
    if known is None:
        return message.id if isinstance(message.id, str) else tuple(message.id)
    before = known.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
    return before.string if before is not None and before.string else None


def main() -> None:
    """Write both catalogues; fail with the sentences that have no Vietnamese."""
    found = sentences()
    missing: list[object] = []
    for language in ("vi", "en"):
        path, known = catalogue(language), None
        if language == "vi":
            with path.open("rb") as file:
                known = read_po(file, locale=language)
        catalog = Catalog(
            locale=language,
            project="contest",
            fuzzy=False,
            header_comment="# The sentences of the press contest system.",
            creation_date=ALWAYS,
            revision_date=ALWAYS,
        )
        for message in found:
            if message.id:
                string = filled(message, known)
                catalog.add(message.id, string, locations=message.locations, context=message.context)
                missing += [message.id] if not string else []
        written(catalog, path)
    if missing:
        sys.exit("\n".join(["without Vietnamese:", *(f"  {message!r}" for message in missing)]))


if __name__ == "__main__":
    main()
