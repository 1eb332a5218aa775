"""A juror's own works side by side, in the order of their totals, and sending what is complete together."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import transaction
from contest.errors import ContestError
from contest.judging import own_totals, queries, services
from contest.judging.forms import SendAllForm
from contest.judging.models import Round
from contest.judging.own_totals import OwnLine
from contest.judging.queries import DeskLine
from contest.judging.sheets import unexplained
from contest.judging.views.blueprint import bp, viewer
from contest.judging.views.desk import marked_round, shown_total
from contest.regulations.scoring import Criterion
from contest.web.pages import answer
from contest.web.refusals import words


@dataclass(frozen=True)
class Row:
    """One work of a juror in the comparison.

    :ivar total: as it is shown, of the marks given so far
    :ivar state: sent, correction, ready, unexplained (a low mark needs a comment), open (marks are missing),
        late (the round takes in none now) or todo
    """

    work: DeskLine
    own: OwnLine
    total: Fraction
    state: str


@dataclass(frozen=True)
class Table:
    """A juror's works of one category, best first."""

    category: str
    rubric: tuple[Criterion, ...]
    highest: Fraction
    rows: list[Row]


@bp.get("/so-sanh")
def compare() -> Response:
    """Show a juror their own works of a round in the order of their own totals."""
    round_ = marked_round() or abort(404)
    tables = _tables(round_)
    return answer("judging/compare.html", ready=len(_ready(tables)), tables=tables, **_about(round_))


@bp.route("/so-sanh/gui", methods=["GET", "POST"])
def send_all() -> Response:
    """Ask once, then send every sheet that is complete. Each is a sheet of its own: one refused keeps none back."""
    round_ = marked_round() or abort(404)
    form, code = SendAllForm(), round_.code
    if form.validate_on_submit():
        sent, refused = _send(form.versions)
        if sent:
            flash(ngettext("%(num)s sheet was received.", "%(num)s sheets were received.", sent))
        if not refused:
            return redirect(url_for(".compare", vong=code), code=303)
        round_ = marked_round() or abort(404)
        return _confirmation(round_, SendAllForm(formdata=None), refused, status=409)
    return _confirmation(round_, form, [], status=422 if form.errors else 200)


def _confirmation(round_: Round, form: SendAllForm, refused: list[tuple[str, str]], *, status: int) -> Response:
    tables = _tables(round_)
    ready = _ready(tables)
    form.name({row.work.id: row.work.version or 0 for row in ready})
    page = render_template("judging/send_all.html", form=form, ready=ready, unsent=refused, **_about(round_))
    return Response(page, status, mimetype="text/html")


def _send(versions: dict[int, int]) -> tuple[int, list[tuple[str, str]]]:
    """Send drafts one by one.

    :return: how many were received; the name of each other work and why its sheet was not
    """
    sent, refused = 0, []
    for number, version in versions.items():
        typing = queries.typing_of(*viewer(), number)
        if typing is None:
            continue  # taken back meanwhile: the work is the juror's no longer
        name = typing.name
        try:
            with transaction():
                services.send_draft(typing.assignment, version=version, by=current_user, now=clock.now())
            sent += 1
        except ContestError as refusal:
            refused.append((name, words(refusal)))
    return sent, refused


def _about(round_: Round) -> dict[str, object]:
    window = round_.window()
    return {"round": round_, "rule": round_.rule, "window": window, "phase": window.phase(clock.now())}


def _tables(round_: Round) -> list[Table]:
    lines: dict[str, list[DeskLine]] = {}
    for line in queries.desk(current_user, round_):
        lines.setdefault(line.category, []).append(line)
    return [_table(round_, category, found) for category, found in sorted(lines.items())]


def _table(round_: Round, category: str, lines: list[DeskLine]) -> Table:
    rubric = round_.rubric(category)
    works = {line.id: line for line in lines}
    rows = [
        Row(works[own.number], own, shown_total(round_, own.total), _state(round_, works[own.number], own, rubric))
        for own in own_totals.in_order(line.present(rubric) for line in lines)
    ]
    highest = sum((one.maximum * one.weight for one in rubric), Fraction(0))
    return Table(round_.regulation.category(category).name, rubric, shown_total(round_, highest), rows)


def _state(round_: Round, line: DeskLine, own: OwnLine, rubric: tuple[Criterion, ...]) -> str:
    if line.sent_at is not None:
        return "correction" if line.by_draft else "sent"
    if not line.by_draft:
        return "todo"
    if not own.is_whole:
        return "open"
    if unexplained(own.marks, rubric) and not (line.comment or "").strip():
        return "unexplained"
    return "ready" if round_.window(line.reopened_until, remarking=line.remarking).takes_sheets(clock.now()) else "late"


def _ready(tables: list[Table]) -> list[Row]:
    return [row for table in tables for row in table.rows if row.state == "ready"]
