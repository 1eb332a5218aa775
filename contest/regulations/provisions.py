"""The text of a regulation ready to be set on a page or on paper: numbered, filled in, with its tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from contest.regulations.articles import POINT_LETTERS, ROMAN, Placed, TableKind, placed_clauses
from contest.regulations.tables import Table, tables
from contest.regulations.vietnamese import fill, places

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation


@dataclass(frozen=True)
class NumberedTable:
    """A table with its number in the document."""

    number: int
    table: Table


@dataclass(frozen=True)
class SetClause:
    """A clause as it is read; an article's only clause has no number."""

    number: int | None
    anchor: str
    text: str
    points: tuple[tuple[str, str], ...]
    tables: tuple[NumberedTable, ...]


@dataclass(frozen=True)
class SetArticle:
    """An article as it is read."""

    number: int
    title: str
    clauses: tuple[SetClause, ...]

    @property
    def anchor(self) -> str:
        """The fragment of the address at which the article stands on the page."""
        return f"dieu-{self.number}"


@dataclass(frozen=True)
class SetChapter:
    """A chapter as it is read."""

    number: str
    title: str
    articles: tuple[SetArticle, ...]


def provisions(regulation: Regulation) -> tuple[SetChapter, ...]:
    """Set the whole text: numbers given, values filled in, tables made."""
    clauses = _SetClauses(regulation)
    placed = list(placed_clauses(regulation.chapters))
    set_chapters = []
    for number, in_chapter in groupby(placed, key=lambda at: at.chapter):
        chapter = regulation.chapters[number - 1]
        of_articles = groupby(in_chapter, key=lambda at: at.article)
        set_articles = tuple(
            SetArticle(article_number, article.title, tuple(clauses.set(at) for at in of_article))
            for article, (article_number, of_article) in zip(chapter.articles, of_articles, strict=True)
        )
        set_chapters.append(SetChapter(ROMAN[number - 1], chapter.title, set_articles))
    return tuple(set_chapters)


class _SetClauses:
    """Sets clauses in the order of the document, counting the tables on the way."""

    def __init__(self, regulation: Regulation) -> None:
        self.regulation = regulation
        self.values = places(regulation)
        self.tables = 0

    def set(self, at: Placed) -> SetClause:
        clause = at.clause
        letters = zip(POINT_LETTERS, clause.points, strict=False)
        return SetClause(
            at.number,
            at.anchor,
            fill(clause.text, self.values),
            tuple((letter, fill(text, self.values)) for letter, text in letters),
            tuple(self._numbered(clause.table)) if clause.table else (),
        )

    def _numbered(self, kind: TableKind) -> Iterator[NumberedTable]:
        for table in tables(kind, self.regulation):
            self.tables += 1
            yield NumberedTable(self.tables, table)
