"""Why a work stands where it stands: on a page of its own, and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from flask import abort, make_response, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from contest.judging.models import Round
from contest.results import documents, queries, standings
from contest.results.documents import PDF, Explanation, Voice
from contest.results.office.blueprint import bp, round_at, rule_of, ruling_here, shown_code
from contest.results.queries import RoundAct
from contest.web.addresses import current_contest
from contest.web.formats import as_date

Record = Mapping[str, Any]


def group_name(code: str) -> str:
    """Name a group of a result: of the prizes in the last round, else a category."""
    regulation = ruling_here()
    if code == standings.UNGROUPED:
        return _("no group")
    names = {category.code: category.name for category in regulation.categories}
    scope = regulation.awarding.scope
    names |= {group.code: group.name for group in regulation.award_groups if scope == "groups"}
    return names.get(code) or _("The whole contest")


def voice_for(
    round_: Round, result: Record, group: Record, category: str, jurors: Mapping[str, str], acts: Mapping[int, str]
) -> Voice:
    """Make what the sentences about a work need to know."""
    return Voice(
        regulation=ruling_here(round_, result),
        rubric=round_.rubric(category) if category in round_.rule.rubrics else (),
        jurors=jurors,
        shown=shown_code,
        acts=acts,
        result=result,
        group=group,
        group_name=group_name(group["group"]),
    )


def explanations(
    round_: Round, result: Record, lines: Iterable[tuple[Record, Record]], acts: Iterable[RoundAct]
) -> dict[str, Explanation]:
    """Explain lines, each given with its group, to staff: jurors by their names."""
    pairs = list(lines)
    jurors = queries.names_of(standings.subjects_of(tuple(line for _group, line in pairs)))
    told = told_acts(acts)
    return {
        line["entry"]: documents.explain(line, voice_for(round_, result, group, line["category"], jurors, told))
        for group, line in pairs
    }


def told_acts(acts: Iterable[RoundAct]) -> dict[int, str]:
    """What is said of each recorded act beside its number: its day, and its reason where it has one."""
    return {
        act.number: f"{as_date(act.at)}: {act.reason.rstrip('. ')}" if act.reason else as_date(act.at) for act in acts
    }


def numbered_jurors(round_: Round, line: Record) -> dict[str, str]:
    """Call the jurors of a work by numbers: whoever complains learns the marks and not who gave them."""
    order = [member.juror for member in queries.members_of(round_)]
    known = dict.fromkeys([*sorted(set(order)), *sorted(standings.subjects_of((line,)))])
    return {subject: _("Juror No. %(number)s", number=number) for number, subject in enumerate(known, 1)}


@bp.get("/vong/<code>/vi-sao/<entry_code>")
def why(code: str, entry_code: str) -> str:
    """Explain the place and the prize of one work, to be read and to be printed."""
    round_, result, group, line = _line(code, entry_code)
    return render_template(
        "results/why.html",
        round=round_,
        rule=rule_of(code),
        line=line,
        group_name=group_name(group["group"]),
        title=_title(entry_code),
        explanation=explanations(round_, result, [(group, line)], queries.acts_in(round_))[line["entry"]],
    )


@bp.get("/vong/<code>/vi-sao/<entry_code>.pdf")
def why_pdf(code: str, entry_code: str) -> Response:
    """Give the explanation on paper, with the jurors numbered, to be handed to whoever complains."""
    round_, result, group, line = _line(code, entry_code)
    jurors = numbered_jurors(round_, line)
    acts = told_acts(queries.acts_in(round_))
    voice = replace(voice_for(round_, result, group, line["category"], jurors, acts), tells_chair=False)
    contest = current_contest
    response = make_response(
        documents.reasons_sheet(
            documents.explain(line, voice),
            title=_title(entry_code),
            shown_code=shown_code(entry_code),
            round_name=rule_of(code).name,
            contest_name=contest.regulation.name,
            letterhead=contest.regulation.letterhead,
            sealed_at=round_.sealed_at or abort(404),
            sha256=queries.result_hash(round_) or "",
        )
    )
    response.mimetype = PDF
    response.headers["Content-Disposition"] = f'inline; filename="vi-sao-{entry_code}-{code}.pdf"'
    return response


def _line(code: str, entry_code: str) -> tuple[Round, Record, Record, Record]:
    round_ = round_at(code)
    result = queries.result_of(round_) or abort(404)
    group, line = standings.find(result, entry_code) or abort(404)
    return round_, result, group, line


def _title(entry_code: str) -> str:
    return queries.titles_of(current_contest, [entry_code])[entry_code][1]
