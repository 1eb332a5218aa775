"""A text that does not say what the data says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from contest.errors import N_
from contest.regulations.articles import RULES, Article, Clause
from contest.regulations.problems import Problem
from contest.regulations.vietnamese import places

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation

RULE_WITHOUT_ARTICLE = N_(
    "No clause states the rule “%(rule)s”, so no refusal could cite it; name it in the rules of one."
)
RULE_TWICE = N_("The rule “%(rule)s” is stated by two clauses; a refusal could not say which.")
UNKNOWN_PLACE = N_("There is nothing to fill {%(name)s} with; the names are: %(known)s.")
STRAY_BRACE = N_("A brace stands alone; places to fill are written like {publication_first}.")
TABLE_MISSING = N_("The text shows no table “%(table)s”, so entrants could not read it.")
NO_NUMBER = N_("The register number must contain {number}.")
REGISTER_PLACE = N_("The register number knows only {number} and {year}.")

PLACE = re.compile(r"\{([A-Za-z0-9_]+)\}")


def contradictions(regulation: Regulation) -> Iterator[Problem]:
    """Find rules without an article, places that nothing fills and tables that are missing."""
    known = places(regulation)
    stated: set[str] = set()
    tables: set[str] = set()
    for path, _article, clause in _clauses(regulation):
        for rule in clause.rules:
            if rule in stated:
                yield Problem(f"{path}.rules", RULE_TWICE, {"rule": rule})
            stated.add(rule)
        tables.add(clause.table or "")
        for text in (clause.text, *clause.points):
            yield from _text(text, set(known), path)
    for rule in RULES:
        if rule not in stated:
            yield Problem("chapters", RULE_WITHOUT_ARTICLE, {"rule": rule})
    for table in ("criteria", "prizes"):
        if table not in tables:
            yield Problem("chapters", TABLE_MISSING, {"table": table})
    yield from _text(regulation.certificate.wording, set(known), "certificate.wording")
    yield from _register(regulation.certificate.register_format)


def _clauses(regulation: Regulation) -> Iterator[tuple[str, Article, Clause]]:
    for i, chapter in enumerate(regulation.chapters, 1):
        for j, article in enumerate(chapter.articles, 1):
            for k, clause in enumerate(article.clauses, 1):
                yield f"chapters[#{i}].articles[#{j}].clauses[#{k}]", article, clause


def _text(text: str, known: set[str], path: str) -> Iterator[Problem]:
    for name in PLACE.findall(text):
        if name not in known:
            yield Problem(path, UNKNOWN_PLACE, {"name": name, "known": ", ".join(sorted(known))})
    if set(PLACE.sub("", text)) & {"{", "}"}:
        yield Problem(path, STRAY_BRACE)


def _register(pattern: str) -> Iterator[Problem]:
    if "{number}" not in pattern:
        yield Problem("certificate.register_format", NO_NUMBER)
    if set(pattern.replace("{number}", "").replace("{year}", "")) & {"{", "}"}:
        yield Problem("certificate.register_format", REGISTER_PLACE)
