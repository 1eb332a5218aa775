"""The list of prizes as staff read it, on the page, on paper and as a sheet."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, make_response, render_template
from werkzeug.wrappers import Response

from contest import clock
from contest.results import documents, lists, queries
from contest.results.documents import PDF
from contest.results.models import Decision
from contest.results.office.blueprint import bp
from contest.results.views import sees
from contest.results.visibility import Fact
from contest.web.addresses import current_contest
from contest.web.tables import XLSX


@bp.get("/danh-sach")
def award_list() -> str:
    """Show the proposed list with what was not given, or the frozen copy once there is a decision."""
    sections, decision = _list_now()
    return render_template(
        "results/award_list.html",
        sections=sections,
        decision=decision,
        last_round=current_contest.regulation.rounds[-1].code,
        with_money=sees(Fact.MONEY),
        total=sum(section.count for section in sections),
        sum=sum(section.paid for section in sections),
    )


@bp.get("/danh-sach.<any(pdf, xlsx):kind>")
def award_file(kind: str) -> Response:
    """Give the list on paper or as a sheet; the money stands in it for those who may see it."""
    sections, decision = _list_now()
    contest, with_money = current_contest, sees(Fact.MONEY)
    if kind == "pdf":
        made = documents.result_list(
            sections,
            contest_name=contest.regulation.name,
            letterhead=contest.regulation.letterhead,
            decision=queries.copy_of(decision)["decision"] if decision is not None else None,
            with_money=with_money,
        )
    else:
        dated = decision.decided_on if decision is not None else clock.local(clock.now()).date()
        made = documents.result_sheet(
            sections, contest_name=contest.regulation.name, dated=dated, with_money=with_money
        )
    response = make_response(made)
    response.mimetype = PDF if kind == "pdf" else XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="danh-sach-giai-{contest.slug}.{kind}"'
    return response


def _list_now() -> tuple[Sequence[lists.Section], Decision | None]:
    if not sees(Fact.PROPOSAL):
        abort(404)
    contest = current_contest
    decision = queries.newest_decision(contest)
    if decision is not None:
        return lists.of_copy(queries.copy_of(decision)), decision
    written = [
        *queries.lines_of(contest, queries.awards_of(contest)),
        *queries.collective_lines_of(contest, queries.collective_awards_of(contest)),
    ]
    return lists.grouped(queries.sections_of(contest), written), None
