"""The text of the regulation, numbered by itself, and the article of each rule.

Articles are numbered through the document, clauses within an article, points with the letters of Vietnamese legal
texts. A rule that software applies is named at the clause that states it, so that every refusal can cite its ground.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from pydantic import Field

from contest.regulations.shape import Line, Name, Part, Prose

Rule = Literal[
    "publication_window",
    "window_share",
    "max_instalments",
    "max_authors",
    "works_per_author",
    "excluded_entrants",
    "one_category",
    "prior_awards",
    "licensed_outlet",
    "dossier",
    "receipt",
    "length",
    "true_story",
    "statements",
    "works_per_unit",
    "through",
    "same_topic",
    "earlier_instalments",
]
RULES: tuple[Rule, ...] = get_args(Rule)
WHEN_USED: tuple[Rule, ...] = ("works_per_unit", "through", "same_topic", "earlier_instalments")
"""Rules that must be stated only where the regulation uses their setting; see `mentions.rules_used`."""

TableKind = Literal[
    "categories",
    "limits",
    "dossier",
    "statements",
    "calendar",
    "rounds",
    "criteria",
    "judging",
    "prizes",
    "gates",
]

POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


class Clause(Part):
    """A clause; places such as ``{publication_first}`` are filled from the data of the same document."""

    text: Prose
    points: Annotated[tuple[Prose, ...], Field(max_length=len(POINT_LETTERS))] = ()
    """Lettered points below the text."""
    table: TableKind | None = None
    """A table set from the data of the same document, below the text."""
    rules: tuple[Rule, ...] = ()
    """The rules that this clause states."""


class Article(Part):
    """An article; one clause alone is not numbered."""

    title: Name
    clauses: Annotated[tuple[Clause, ...], Field(min_length=1, max_length=40)]


class Chapter(Part):
    """A chapter of the regulation."""

    title: Line
    articles: Annotated[tuple[Article, ...], Field(min_length=1, max_length=60)]


@dataclass(frozen=True)
class Placed:
    """A clause at its place in the document."""

    chapter: int
    article: int
    number: int | None
    clause: Clause

    @property
    def citation(self) -> str:
        """The words by which the clause is cited."""
        return f"Điều {self.article}" if self.number is None else f"khoản {self.number} Điều {self.article}"

    @property
    def anchor(self) -> str:
        """The fragment of the address at which the clause stands on the page."""
        return f"dieu-{self.article}" if self.number is None else f"dieu-{self.article}-khoan-{self.number}"


def placed_clauses(chapters: tuple[Chapter, ...]) -> Iterator[Placed]:
    """Walk through the clauses in the order of the document, each with its numbers."""
    article_number = 0
    for chapter_number, chapter in enumerate(chapters, 1):
        for article in chapter.articles:
            article_number += 1
            alone = len(article.clauses) == 1
            for number, clause in enumerate(article.clauses, 1):
                yield Placed(chapter_number, article_number, None if alone else number, clause)


def places_of_rules(chapters: tuple[Chapter, ...]) -> dict[str, Placed]:
    """Find where each rule is stated; where it is stated twice, the first place counts."""
    places: dict[str, Placed] = {}
    for placed in placed_clauses(chapters):
        for rule in placed.clause.rules:
            places.setdefault(rule, placed)
    return places
