"""A juror's sheets as papers to sign: one work's, or all of them in one file."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, g, make_response, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.judging import documents, queries
from contest.judging.documents import Paper
from contest.judging.marks import total_of, written
from contest.judging.models import Round
from contest.judging.queries import OnPaper
from contest.judging.views.blueprint import bp
from contest.judging.views.desk import AT_ONCE, marked_round, shown_total


@bp.get("/<int:assignment_id>/phieu.pdf")
def paper(assignment_id: int) -> Response:
    """Print the score sheet of one work: filled in as far as it is, or blank."""
    found = queries.sheet_of(current_user, g.contest, assignment_id) or abort(404)
    round_ = found.assignment.round
    return _printed(round_, queries.on_paper(current_user, round_, [assignment_id]), "phieu-cham")


@bp.get("/phieu.pdf")
def papers() -> Response:
    """Print all sheets of a juror in a round, some in a file."""
    round_ = marked_round() or abort(404)
    part = request.args.get("phan", 1, type=int)
    ids = [line.id for line in queries.desk(current_user, round_)]
    chosen = ids[(part - 1) * AT_ONCE : part * AT_ONCE] if part > 0 else []
    if not chosen:
        abort(404)
    return _printed(round_, queries.on_paper(current_user, round_, chosen), f"phieu-cham-{round_.code}-{part}")


def _printed(round_: Round, rows: Sequence[OnPaper], file_name: str) -> Response:
    blank = request.args.get("trong") == "1"
    drawn = documents.score_sheets(
        [_paper(round_, row, blank=blank) for row in rows],
        title=_("Score sheets, %(round)s", round=round_.name),
        round_name=round_.name,
        juror=current_user.name,
        letterhead=round_.regulation.letterhead,
        year=clock.local(clock.now()).year,
    )
    response = make_response(drawn)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{file_name}.pdf"'
    return response


def _paper(round_: Round, row: OnPaper, *, blank: bool) -> Paper:
    line, regulation = row.line, round_.regulation
    rubric = round_.rubric(line.category)
    category, content = regulation.category(line.category), row.content
    present = line.present(rubric)
    sent = not blank and not line.by_draft and line.sent_at is not None
    return Paper(
        name=line.name(round_),
        title=line.title,
        category=category.name,
        genre=regulation.genre(content["genre"]).name,
        instalments=len(content["instalments"]),
        rubric=rubric,
        highest=shown_total(round_, total_of({one.code: one.maximum for one in rubric}, rubric)),
        marks={} if blank else {code: written(mark) for code, mark in present.marks.items()},
        comment="" if blank else (row.comment if sent else line.comment) or "",
        total=shown_total(round_, present.total) if present.is_whole and not blank else None,
        blank=blank or (line.draft is None and line.sent_at is None),
        received_at=clock.local(line.sent_at) if sent and line.sent_at else None,
        revision=line.revision or 0,
        fingerprint=row.sha256 or "",
    )
