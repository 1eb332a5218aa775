"""Drawing the certificates of a contest, away from any page that somebody waits for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from flask import current_app

from contest import clock, jobs, storage
from contest.accounts.models import User
from contest.certificates import documents, queries, refusals, services, signing
from contest.certificates.models import Certificate
from contest.database import db, transaction
from contest.jobs.services import Progress
from contest.printing.batch import CHUNK, Sheet
from contest.regulations.models import Contest
from contest.results.models import Decision

LIMIT = 2000 * storage.MEGABYTE


@dataclass(frozen=True)
class Item:
    """One certificate of a drawing.

    :ivar file: where its file lies; None for one that is to be drawn
    :ivar is_packed: whether it goes into the archive and the print file
    """

    id: int
    name: str
    file: Path | None
    is_packed: bool


@jobs.handler(queries.DRAWING)
def draw(job: jobs.Job, progress: Progress) -> dict[str, Any]:
    """Draw what a job asks for."""
    payload = job.payload
    return draw_decision(payload["decision"], again=payload.get("again", True), by_id=job.by_id, progress=progress)


def draw_decision(decision_id: int, *, again: bool = False, by_id: int | None, progress: Progress) -> dict[str, Any]:
    """Draw the certificates that have no file, and put all in force into an archive and a file to print.

    Nothing is locked while it draws; whether the files may still be kept is asked again at the end.

    :param again: draw those that are not public once more
    """
    contest = db.session.get_one(Contest, db.session.get_one(Decision, decision_id).contest_id)
    drawn_now, in_force = queries.to_draw(contest, again=again), queries.in_force(contest)
    if not drawn_now and not in_force:
        raise refusals.NothingPrepared
    items = _items(drawn_now, in_force)
    title = f"Giấy chứng nhận – {(in_force or drawn_now)[0].printed['facts']['contest']}"
    sheets = documents.sheets_of(drawn_now)
    credentials, at = signing.of_settings(current_app.config["SETTINGS"]), clock.now()
    if credentials is not None:
        credentials.check(at)
    db.session.rollback()  # nothing is read from here on: no reading is held open while it draws
    drawn = _draw_files(items, sheets, title, signing.Sealing(credentials, at) if credentials else None, progress)
    with transaction():
        decision = db.session.get_one(Decision, decision_id)
        contest = db.session.get_one(Contest, decision.contest_id)
        # What the shell or the system draws is drawn in the name of whoever recorded the decision.
        by = db.session.get(User, by_id) if by_id is not None else None
        key = services.know_certificate(credentials, now=at) if credentials is not None else None
        services.keep_drawn(contest, decision, drawn, signed_by=key, by=by or decision.by, now=clock.now())
    return {"count": len(sheets)}


def _items(drawn_now: Sequence[Certificate], in_force: Sequence[Certificate]) -> list[Item]:
    """Everything of a drawing, by register number as both lists are."""
    drawn, packed = {each.id for each in drawn_now}, {each.id for each in in_force}
    every = {each.id: each for each in (*drawn_now, *in_force)}
    return [
        Item(
            each.id,
            each.filename,
            storage.path(each.sha256) if each.sha256 is not None and each.id not in drawn else None,
            each.id in packed,
        )
        for each in sorted(every.values(), key=lambda certificate: certificate.number)
    ]


def _draw_files(
    items: Sequence[Item], sheets: Sequence[Sheet], title: str, sealing: signing.Sealing | None, progress: Progress
) -> services.Drawn:
    """Draw and sign sheet by sheet onto the disk; in memory there are never more than a few of them."""
    from contest.certificates import packing  # pikepdf takes a thirtieth of the start, and only certificates need it

    total = len(items)
    progress(0, total)
    singles, print_file = {}, packing.PrintFile(title)
    with TemporaryFile() as packed, TemporaryFile() as joined:
        drawn = documents.draw(sheets, finish=sealing)
        with packing.Archive(packed) as archive:
            for number, item in enumerate(items, 1):
                content = next(drawn) if item.file is None else item.file.read_bytes()
                if item.file is None:
                    singles[item.id] = _keep(BytesIO(content))
                if item.is_packed:
                    archive.add(item.name, content)
                    print_file.add(content)
                if number % CHUNK == 0 or number == total:
                    progress(number, total)
        print_file.save(joined)
        in_set = [item.id for item in items if item.is_packed]
        return services.Drawn(singles, in_set, _keep(packed), _keep(joined))


def _keep(file: BinaryIO) -> storage.Received:
    file.seek(0)
    return storage.receive(file, limit=LIMIT)
