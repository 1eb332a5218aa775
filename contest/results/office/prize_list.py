"""The list of prizes as staff read it, on the page, on paper and as a sheet."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, make_response, render_template
from werkzeug.wrappers import Response

from contest.results import documents, lists, queries
from contest.results.documents import PDF
from contest.results.models import Decision
from contest.results.office.blueprint import bp
from contest.results.views import sees
from contest.results.visibility import Fact
from contest.web.addresses import current_contest
from contest.web.tables import Table, offered


def prize_table() -> Table:
    """The list as a table; the money stands in it for those who may see it."""
    name = current_contest.regulation.name
    return documents.prize_table(_list_now()[0], contest_name=name, with_money=sees(Fact.MONEY))


@bp.get("/danh-sach")
@offered(prize_table)
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


@bp.get("/danh-sach.pdf")
def award_file() -> Response:
    """Give the list on paper; the money stands in it for those who may see it."""
    sections, decision = _list_now()
    contest = current_contest
    response = make_response(
        documents.result_list(
            sections,
            contest_name=contest.regulation.name,
            letterhead=contest.regulation.letterhead,
            decision=queries.copy_of(decision)["decision"] if decision is not None else None,
            with_money=sees(Fact.MONEY),
        )
    )
    response.mimetype = PDF
    response.headers["Content-Disposition"] = f'attachment; filename="danh-sach-giai-{contest.slug}.pdf"'
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
