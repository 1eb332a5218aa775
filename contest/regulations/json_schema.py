"""The document described as JSON Schema, so that editors complete it, explain it and check it while one types."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from contest.regulations.field_names import SETTINGS, called
from contest.regulations.schema import Regulation
from contest.regulations.shape import Part

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# What settings mean that are the same wherever they stand, or that their names say already.
MEANINGS = {
    "code": "By this the rest of the document and every entry refer to it: letters without marks, digits and _.",
    "name": "What people call it; it may be changed at any time, the code may not.",
    "title": "The heading.",
    "text": "The words that are shown.",
    "version": "Raised whenever the text changes, because what somebody agreed to is one version of it.",
    "required": "Whether nothing is sent without it.",
    "quota": "How many are given at most.",
    "floor": "The least exact mean, in points.",
    "points": "How many points.",
    "maximum": "The highest mark, in points.",
    "low": "The lowest mark that means this.",
    "high": "The highest mark that means this.",
    "limit": "How many points are still no discrepancy.",
    "works": "How many works.",
    "since": "The first day on which it is in force.",
    "money": "Đồng, or a table with amount, multiple, in_kind and worth.",
    "profile": "Party organs write under the name of the Party, others under the national motto.",
    "signer_title": "The office of whoever signs.",
    "signer_name": "The name of whoever signs.",
    "genres": "The genres, or which of them it is for.",
    "topics": "The topics, or which of them it is for.",
    "categories": "The categories, or which of them it is for.",
    "slots": "The places of the dossier.",
    "criteria": "The lines of the score sheet.",
    "guidance": "What marks mean, best level first.",
    "clauses": "The clauses of the article; one alone is not numbered.",
    "articles": "The articles of the chapter; they are numbered through the document.",
    "max_instalments": "How many instalments a work has at most.",
    "by_role": "Other numbers for works in single roles.",
    "bonus": "What is added for works or authors that have something more.",
    "staff_may_enter": "Whether the secretariat and the organizers may enter.",
    "levels": "The levels of awards that an author can declare.",
    "refused_levels": "Codes of the levels that keep a work out.",
    "from_tiers": "Codes of the tiers among whose winners it is drawn.",
    "kind": "Which of the ways named here.",
    "by": "By which way it is decided.",
    "vote": "How the council votes.",
}


def described() -> dict[str, Any]:
    """Give the JSON Schema of a regulation, each setting with its name and what it means."""
    schema: dict[str, Any] = {"$schema": DIALECT, **Regulation.model_json_schema()}
    meanings = {part.__name__.lower(): _meanings(part) for part in _parts(Part)}
    for parent, key, setting in settings(schema):
        name = called(SETTINGS, parent, key) or key
        setting["title"] = name[:1].upper() + name[1:]
        if "description" not in setting:
            said = meanings[parent].get(key) or MEANINGS.get(key) or _of_table(setting, schema)
            setting["description"] = said or f"{setting['title']}."
    return schema


def _parts(above: type[Part]) -> Iterator[type[Part]]:
    for part in above.__subclasses__():
        yield part
        yield from _parts(part)


def _meanings(part: type[Part]) -> dict[str, str]:
    """Read what stands below the settings of a table in our own source.

    Pydantic can do that too, but then for every table at every start, which takes a thirtieth of it.
    """
    found = {}
    for model in reversed([each for each in part.__mro__ if issubclass(each, Part)]):
        source = ast.parse(inspect.getsource(model)).body
        for line, below in pairwise(
            [line for whole in source if isinstance(whole, ast.ClassDef) for line in whole.body]
        ):
            match line, below:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                    found[part.model_fields[name].alias or name] = inspect.cleandoc(words)
    return found


def settings(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Walk through the settings of every table: the table's title, the setting's key, and its schema."""
    for table in (schema, *schema["$defs"].values()):
        for key, setting in table.get("properties", {}).items():
            yield table["title"].lower(), key, setting


def _of_table(setting: dict[str, Any], schema: dict[str, Any]) -> str | None:
    """Give what the table says of itself that a setting consists of."""
    whole = setting.get("items", setting)
    reference = whole.get("$ref", "").rpartition("/")[2]
    description: str | None = schema["$defs"].get(reference, {}).get("description")
    return description
