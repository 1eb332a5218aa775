"""Drawing all certificates of a decision, away from any page that somebody waits for."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from flask import current_app

from contest import clock, jobs, storage
from contest.accounts.models import User
from contest.certificates import documents, packing, queries, refusals, services, signing
from contest.database import db, transaction
from contest.jobs.services import Progress
from contest.printing.batch import CHUNK, Sheet
from contest.regulations.models import Contest
from contest.results.models import Decision

LIMIT = 2000 * storage.MEGABYTE


@jobs.handler(queries.DRAWING)
def draw(job: jobs.Job, progress: Progress) -> dict[str, Any]:
    """Draw what a job asks for. Doing it twice keeps the same files."""
    return draw_decision(job.payload["decision"], by_id=job.by_id, progress=progress)


def draw_decision(decision_id: int, *, by_id: int | None, progress: Progress) -> dict[str, Any]:
    """Draw all certificates of a decision, keep them one by one, as an archive and as a file to print.

    Nothing is locked while it draws; whether the files may still be kept is asked again at the end.
    """
    decision = db.session.get_one(Decision, decision_id)
    certificates = queries.certificates_of(decision)
    if not certificates:
        raise refusals.NothingPrepared
    names = [each.filename for each in certificates]
    title = f"Giấy chứng nhận – {certificates[0].printed['facts']['contest']}"
    sheets = documents.sheets_of(certificates)
    credentials, at = signing.of_settings(current_app.config["SETTINGS"]), clock.now()
    if credentials is not None:
        credentials.check(at)
    db.session.rollback()  # nothing is read from here on: no reading is held open while it draws
    drawn = _draw_files(sheets, names, title, signing.Sealing(credentials, at) if credentials else None, progress)
    with transaction():
        decision = db.session.get_one(Decision, decision_id)
        contest = db.session.get_one(Contest, decision.contest_id)
        # What the shell or the system draws is drawn in the name of whoever recorded the decision.
        by = db.session.get(User, by_id) if by_id is not None else None
        key = services.know_certificate(credentials, now=at) if credentials is not None else None
        services.keep_drawn(contest, decision, drawn, signed_by=key, by=by or decision.by, now=clock.now())
    return {"count": len(sheets)}


def _draw_files(
    sheets: Sequence[Sheet], names: Sequence[str], title: str, sealing: signing.Sealing | None, progress: Progress
) -> services.Drawn:
    """Draw and sign sheet by sheet onto the disk; in memory there are never more than a few of them."""
    total = len(sheets)
    progress(0, total)
    singles, print_file = [], packing.PrintFile(title)
    with TemporaryFile() as packed, TemporaryFile() as joined:
        with packing.Archive(packed) as archive:
            for number, content in enumerate(documents.draw(sheets, finish=sealing), 1):
                singles.append(_keep(BytesIO(content)))
                archive.add(names[number - 1], content)
                print_file.add(content)
                if number % CHUNK == 0 or number == total:
                    progress(number, total)
        print_file.save(joined)
        return services.Drawn(singles, _keep(packed), _keep(joined))


def _keep(file: BinaryIO) -> storage.Received:
    file.seek(0)
    return storage.receive(file, limit=LIMIT)
