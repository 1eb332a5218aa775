"""Drawing all certificates of a decision, away from any page that somebody waits for."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from contest import clock, jobs, storage
from contest.accounts.models import User
from contest.certificates import documents, packing, queries, refusals, services
from contest.database import db, transaction
from contest.jobs.services import Progress
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
    db.session.rollback()  # nothing is read from here on: no reading is held open while it draws

    total = len(sheets)
    progress(0, total)
    files = documents.draw(sheets, progress=lambda done: progress(done, total))
    drawn = services.Drawn(
        singles=[_keep(file) for file in files],
        archive=_keep(packing.archive(zip(names, files, strict=True))),
        print_file=_keep(packing.print_file(files, title=title)),
    )
    with transaction():
        decision = db.session.get_one(Decision, decision_id)
        contest = db.session.get_one(Contest, decision.contest_id)
        # What the shell or the system draws is drawn in the name of whoever recorded the decision.
        by = db.session.get(User, by_id) if by_id is not None else None
        services.keep_drawn(contest, decision, drawn, by=by or decision.by, now=clock.now())
    progress(total, total)
    return {"count": total}


def _keep(content: bytes) -> storage.Received:
    return storage.receive(BytesIO(content), limit=LIMIT)
