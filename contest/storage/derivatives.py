"""What people look at: pages as images, images without metadata, streams a browser plays."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Select, bindparam, delete, select

from contest import jobs
from contest.database import db
from contest.errors import N_
from contest.storage import files, limited
from contest.storage.errors import ParserFailed
from contest.storage.models import Blob, Derivative, DerivedState, Kind
from contest.storage.services import register

JOB = "storage.derive"
SECONDS = 60

PROBLEMS = {
    "codec": N_("No browser plays this kind of recording; use the original file."),
    "stopped": N_("This file could not be prepared for viewing in the page; use the original file."),
}

Made = list[dict[str, Any]]
Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    """Tell nobody."""


class CannotDraw(Exception):
    """There will be nothing to look at; the code names the sentence in `PROBLEMS`."""


def derive_later(
    blob: Blob, *, now: datetime, contest_id: int | None = None, by: Any = None, like: Blob | None = None
) -> None:
    """Ask, in the transaction in which a file arrives, for what people will look at. Once per content is enough.

    A content that was forgotten and comes again is asked for again: what was made of it went with it.

    :param like: a file that looks the same, whose derivatives serve for both if they are made by then
    """
    if blob.kind is None or blob.derived != DerivedState.NONE:
        return
    blob.derived = DerivedState.WAITING
    key = f"{JOB}:{blob.sha256}:{blob.created_at.isoformat()}"
    payload = {"sha256": blob.sha256} | ({"like": like.sha256} if like else {})
    jobs.enqueue(JOB, payload, key=key, contest_id=contest_id, by=by, now=now)


def make(original: Path, kind: str, folder: Path, progress: Progress = _silent) -> Made:
    """Make everything there is to look at of a file, outside any transaction.

    :param progress: is told how many pages are drawn, and of how many
    :raise CannotDraw: with the code of the reason
    """
    if kind == Kind.DOCX:
        printed = _made("printed.py", "pdf", original, folder)
        return _pages(Path(printed[0]["file"]), folder, progress) + printed
    if kind == Kind.PDF:
        return _pages(original, folder, progress)
    if kind == Kind.IMAGE:
        return _made("drawing.py", "images", original, folder)
    return _made("drawing.py", "media", original, folder, kind=kind)


def _pages(document: Path, folder: Path, progress: Progress) -> Made:
    """Draw all pages, some at a time: each process has the time for so many and no more."""
    made: Made = []
    total = 1
    while len(made) < total:
        answer = _ask("drawing.py", "pages", document, folder, first=len(made) + 1)
        if not answer["made"]:
            break
        made += answer["made"]
        total = answer["pages"]
        progress(len(made), total)
    return made


def remember(blob: Blob, made: Made) -> None:
    """Record what was made of a file, in place of what may have been made before."""
    db.session.execute(delete(Derivative).filter_by(original_sha256=blob.sha256))
    for part in made:
        kept = register(part["received"], media_type=part["type"])
        db.session.add(
            Derivative(
                original_sha256=blob.sha256,
                part=part["part"],
                position=part["position"],
                sha256=kept.sha256,
                media_type=part["type"],
                size=kept.size,
                width=part.get("width"),
                height=part.get("height"),
                seconds=part.get("seconds"),
            )
        )
    blob.derived, blob.derived_problem = DerivedState.DONE, None
    db.session.flush()


def share(blob: Blob, like: str) -> bool:
    """Let a file be looked at through what was made of another that looks the same.

    :return: whether there was anything made of the other
    """
    made = derivatives_of([like]).get(like, [])
    for one in made:
        db.session.add(
            Derivative(
                original_sha256=blob.sha256,
                part=one.part,
                position=one.position,
                sha256=one.sha256,
                media_type=one.media_type,
                size=one.size,
                width=one.width,
                height=one.height,
                seconds=one.seconds,
            )
        )
    if made:
        blob.derived, blob.derived_problem = DerivedState.DONE, None
        db.session.flush()
    return bool(made)


def remember_failure(blob: Blob, code: str) -> None:
    """Record why there is nothing to look at, as the sentence people will read."""
    blob.derived, blob.derived_problem = DerivedState.FAILED, PROBLEMS[code]
    db.session.flush()


def derivatives_of(originals: Collection[str]) -> Mapping[str, list[Derivative]]:
    """What there is to look at of several files, in order, by the SHA-256 of each; one query."""
    found: dict[str, list[Derivative]] = defaultdict(list)
    if originals:
        for row in db.session.scalars(_derivatives(), {"originals": list(originals)}):
            found[row.original_sha256].append(row)
    return found


@cache
def _derivatives() -> Select[Derivative]:
    wanted = Derivative.original_sha256.in_(bindparam("originals", expanding=True))
    return select(Derivative).where(wanted).order_by(Derivative.original_sha256, Derivative.position)


def in_workspace() -> TemporaryDirectory[str]:
    """A folder on the disk of the store that goes when one is done."""
    return TemporaryDirectory(dir=files.workspace())


def _made(file: str, function: str, original: Path, folder: Path, **arguments: Any) -> Made:
    made: Made = _ask(file, function, original, folder, **arguments)["made"]
    return made


def _ask(file: str, function: str, original: Path, folder: Path, **arguments: Any) -> dict[str, Any]:
    try:
        answer = limited.ask(file, function, seconds=SECONDS, path=str(original), folder=str(folder), **arguments)
    except ParserFailed as error:
        raise CannotDraw("stopped") from error
    if "failed" in answer:
        raise CannotDraw(answer["failed"])
    return answer
