"""A text that does not say what the data says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from contest.errors import N_
from contest.regulations.articles import Clause
from contest.regulations.mentions import rules_used, unmentioned
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
NOT_TOLD = N_("The text does not tell this: show the table “%(table)s” or name the place {%(place)s} in a clause.")
NO_NUMBER = N_("The register number must contain {number}.")
REGISTER_PLACE = N_("The register number knows only {number} and {year}.")

PLACE = re.compile(r"\{([A-Za-z0-9_]+)\}")


def structure(regulation: Regulation) -> Iterator[Problem]:
    """Find rules without an article, or with two, and settings that the text does not tell."""
    stated: set[str] = set()
    tables: set[str] = set()
    named: set[str] = set()
    for path, clause in _clauses(regulation):
        for rule in clause.rules:
            if rule in stated:
                yield Problem(f"{path}.rules", RULE_TWICE, {"rule": rule})
            stated.add(rule)
        if clause.table:
            tables.add(clause.table)
        for text in (clause.text, *clause.points):
            named.update(PLACE.findall(text))
    for rule in rules_used(regulation):
        if rule not in stated:
            yield Problem("chapters", RULE_WITHOUT_ARTICLE, {"rule": rule})
    for mention in unmentioned(regulation, tables, named):
        if mention.places:
            yield Problem(mention.path, NOT_TOLD, {"table": mention.table, "place": mention.places[-1]})
        else:
            yield Problem("chapters", TABLE_MISSING, {"table": mention.table})


def places_to_fill(regulation: Regulation) -> Iterator[Problem]:
    """Find places in the text that nothing fills."""
    known = frozenset(places(regulation))
    names = ", ".join(sorted(known))
    for path, clause in _clauses(regulation):
        for text in (clause.text, *clause.points):
            yield from _text(text, known, names, path)
    yield from _text(regulation.certificate.wording, known, names, "certificate.wording")


def register(regulation: Regulation) -> Iterator[Problem]:
    """Find a register number without its number, or with something that nothing fills."""
    pattern = regulation.certificate.register_format
    if "{number}" not in pattern:
        yield Problem("certificate.register_format", NO_NUMBER)
    if set(pattern.replace("{number}", "").replace("{year}", "")) & {"{", "}"}:
        yield Problem("certificate.register_format", REGISTER_PLACE)


def _clauses(regulation: Regulation) -> Iterator[tuple[str, Clause]]:
    for i, chapter in enumerate(regulation.chapters, 1):
        for j, article in enumerate(chapter.articles, 1):
            for k, clause in enumerate(article.clauses, 1):
                yield f"chapters[#{i}].articles[#{j}].clauses[#{k}]", clause


def _text(text: str, known: frozenset[str], names: str, path: str) -> Iterator[Problem]:
    for name in dict.fromkeys(PLACE.findall(text)):
        if name not in known:
            yield Problem(path, UNKNOWN_PLACE, {"name": name, "known": names})
    if set(PLACE.sub("", text)) & {"{", "}"}:
        yield Problem(path, STRAY_BRACE)
