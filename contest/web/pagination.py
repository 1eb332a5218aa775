"""Long lists, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request
from sqlalchemy import Select, func, select

from contest.database import db

PER_PAGE = 50


@dataclass(frozen=True)
class Page:
    """One page of a list."""

    items: list[Any]
    total: int
    page: int
    per_page: int

    @property
    def pages(self) -> int:
        """Number of pages, at least one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def first(self) -> int:
        """Number of the first row shown, counted from 1; 0 when there is none."""
        return (self.page - 1) * self.per_page + 1 if self.total else 0

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return min(self.page * self.per_page, self.total)


def page_number(pages: int) -> int:
    """Read the page that the address asks for; what is no number or lies outside becomes the nearest page."""
    asked = request.args.get("trang", "1")
    return min(max(int(asked), 1), pages) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def paginate(
    statement: Select[*tuple[Any, ...]], *, per_page: int = PER_PAGE, total: int | None = None, scalars: bool = True
) -> Page:
    """Fetch the page that the address asks for.

    :param total: number of rows, where the caller knows it already
    :param scalars: whether a row is one object; otherwise rows come as they are selected
    """
    if total is None:
        counted = statement.order_by(None).options().with_only_columns(func.count(), maintain_column_froms=True)
        total = db.session.scalar(counted) if not statement._group_by_clauses else None
        if total is None:
            total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    page = page_number(max(1, -(-total // per_page)))
    limited = statement.limit(per_page).offset((page - 1) * per_page)
    items = list(db.session.scalars(limited) if scalars else db.session.execute(limited))
    return Page(items, total, page, per_page)
