"""The door to a table: the same address as the page that shows it, with ``dang=xlsx``, ``csv`` or ``json``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import wraps
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Protocol, cast

from flask import abort, g, request, send_file
from flask_login import current_user
from sqlalchemy import Select
from werkzeug.wrappers import Response as AnyResponse

from contest import audit, clock
from contest.database import db, transaction
from contest.web.access import ask_for_proof
from contest.web.tables import plain, xlsx
from contest.web.tables.description import Table

ASKED, WHICH = "dang", "bang"
IN_MEMORY = 2**20
AT_ONCE = 500

Maker = Callable[..., Table]


class Writer(Protocol):
    """Writes a table into a file, and says how many rows it had."""

    def __call__(self, table: Table, target: IO[bytes], *, now: datetime) -> int: ...


FORMATS: dict[str, tuple[str, Writer]] = {
    "xlsx": (xlsx.XLSX, xlsx.write),
    "csv": (plain.CSV, plain.write_csv),
    "json": (plain.JSON, plain.write_json),
}


def offered(*makers: Maker) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a page give its tables as files.

    A table is made from what the address says, like the page: whoever is refused the page by its guard or by the wall
    is refused the table, and what the page asks for beyond that, its table asks for as well.

    :param makers: make the tables, in the order of the page; each takes what the view takes
    """

    def offering(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def page_or_table(**values: Any) -> Any:
            kind = request.args.get(ASKED)
            if kind is None or request.method == "POST":
                return view(**values)
            which = request.args.get(WHICH, "1")
            if kind not in FORMATS or which not in map(str, range(1, len(makers) + 1)):
                abort(404)
            return as_attachment(makers[int(which) - 1](**values), kind)

        page_or_table.tables = len(makers)  # type: ignore[attr-defined]  # read by whoever walks over all tables
        return page_or_table

    return offering


def as_attachment(table: Table, kind: str) -> AnyResponse:
    """Answer with a table as a file; one that holds how to reach people asks who is there, and is recorded.

    The file is whole before the first byte is sent, on disk where it is large: what fails on the way is an error and
    no half file, and a slow reader keeps no transaction open.
    """
    asked = ask_for_proof() if table.personal else None
    if asked is not None:
        return asked
    now = clock.now()
    media_type, write = FORMATS[kind]
    made = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by the answer
    try:
        count = write(table, cast(IO[bytes], made), now=now)
    except BaseException:
        made.close()
        raise
    size = made.tell()
    made.seek(0)
    if table.personal:
        _record(table, kind, count, now)
    name = f"{table.name}-{g.contest.slug}-{clock.local(now):%Y%m%d-%H%M}.{kind}"
    answer = send_file(cast(IO[bytes], made), mimetype=media_type, as_attachment=True, download_name=name)
    answer.content_length = size
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _record(table: Table, kind: str, count: int, now: datetime) -> None:
    """Say in the log who took a table; of what was searched for only that it was, because people search for names."""
    filters = sorted(set(request.args) - {ASKED, WHICH})
    with transaction():
        audit.record(
            "table.exported",
            contest_id=g.contest.id,
            by=current_user,
            about=f"table:{table.name}",
            now=now,
            details={"format": kind, "rows": count, "filters": filters},
        )


def streamed(statement: Select[*tuple[Any, ...]], *, scalars: bool = True) -> Iterator[Any]:
    """Read all rows of a list, some hundreds at a time.

    :param scalars: whether a row is one object; otherwise rows come as they are selected
    """
    by_parts = statement.execution_options(yield_per=AT_ONCE)
    with db.session.scalars(by_parts) if scalars else db.session.execute(by_parts) as rows:
        yield from rows
