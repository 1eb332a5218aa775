"""A work as its juror may see it, with its files; in a voted round on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import abort, flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import transaction
from contest.entries.models import Byline, Instalment
from contest.judging import queries, services
from contest.judging.forms import ReasonForm
from contest.judging.models import Round, RoundEntry
from contest.judging.views.blueprint import bp
from contest.storage.serving import serve_derivative
from contest.storage.viewing import ViewedFile, viewed
from contest.web.pages import answer
from contest.web.refusals import refused_at

Address = Callable[[int, str, int], str]
"""Where a part of a file is: the number of the file in its work, the part, the position."""


@dataclass(frozen=True)
class ShownInstalment:
    """One instalment; where names are hidden only its title, day and length are known."""

    title: str
    published_on: date
    minutes: int | None
    url: str = ""
    outlet: str = ""
    issue: str = ""
    page: str = ""
    channel: str = ""
    month_only: bool = False


def _shown_instalment(row: Instalment, work: RoundEntry, blind: bool) -> ShownInstalment:
    """In a blind round a title only while that of the work stands, and the month: a day and a title find the author."""
    if blind:
        title, url = "" if work.shown_title else row.title, row.url if work.links_shown else ""
        return ShownInstalment(title, row.published_on, row.minutes, url, month_only=True)
    shown = ShownInstalment(row.title, row.published_on, row.minutes)
    return replace(shown, url=row.url, outlet=row.outlet, issue=row.issue, page=row.page, channel=row.channel)


@dataclass(frozen=True)
class ShownWork:
    """A work as its juror may see it: in a blind round without people, outlets and anything that leads to them."""

    name: str
    title: str
    category: str
    genre: str
    topic: str
    summary: str
    instalments: list[ShownInstalment]
    bylines: list[Byline]
    exemplars: list[dict[str, Any]]
    files: list[ViewedFile]
    blind: bool


def shown_work(round_: Round, work: RoundEntry, address: Address) -> ShownWork:
    """Take out of a work what a juror of the round may see."""
    regulation, content = round_.regulation, work.revision.content
    blind = round_.is_blind
    return ShownWork(
        name=queries.name_for_juror(round_, work.category, work.entry.code, work.alias),
        title=(blind and work.shown_title) or content["title"],
        category=regulation.category(work.category).name,
        genre=regulation.genre(content["genre"]).name,
        topic=regulation.topic(content["topic"]).name,
        summary=(blind and work.shown_summary) or content["summary"],
        instalments=[_shown_instalment(row, work, blind) for row in queries.instalments_of(work)],
        bylines=[] if blind else list(queries.bylines_of(work)),
        exemplars=content["exemplars"],
        files=_shown_files(round_, work, address),
        blind=blind,
    )


def _slots(round_: Round, work: RoundEntry) -> dict[str, str]:
    category = round_.regulation.category(work.category)
    return {slot.code: slot.name for slot in category.slots if slot.juror_may_see}


def _shown_files(round_: Round, work: RoundEntry, address: Address) -> list[ViewedFile]:
    slots, blind = _slots(round_, work), round_.is_blind

    def shown(file: queries.WorkFile) -> ViewedFile:
        slot, place = slots[file.attachment.slot], file.number
        name = _("File %(number)s", number=place) if blind else file.attachment.name
        return viewed(
            name, file.blob, file.made, slot_name=slot, address=lambda part, position: address(place, part, position)
        )

    return [shown(file) for file in queries.files_of(work, slots)]


def serve_file(round_: Round, work: RoundEntry, number: int, part: str, position: int) -> Response:
    """Send something made from a file of a work that its jurors may see."""
    derivative = queries.file_part(work, _slots(round_, work), number, part, position) or abort(404)
    return serve_derivative(derivative)


def find_work(work_id: int) -> RoundEntry:
    """A work that the juror's council votes on, or 404: what they have an interest in they do not find either."""
    return queries.voted_work(current_user, g.contest, work_id) or abort(404)


@bp.get("/tac-pham/<int:work_id>")
def work(work_id: int) -> Response:
    """Show a member of the council one of the works they vote on."""
    found = find_work(work_id)

    def address(number: int, part: str, position: int) -> str:
        return url_for(".work_file", work_id=work_id, number=number, part=part, position=position)

    round_ = found.round
    return answer(
        "judging/work.html",
        round=round_,
        work_id=work_id,
        work=shown_work(round_, found, address),
        sealed=round_.sealed_at is not None,
        order=queries.order_of_voted(current_user, found),
    )


@bp.get("/tac-pham/<int:work_id>/tep/<int:number>/<part>/<int:position>")
def work_file(work_id: int, number: int, part: str, position: int) -> Response:
    """Serve something made from a file of a work that is voted on."""
    found = find_work(work_id)
    return serve_file(found.round, found, number, part, position)


@bp.route("/tac-pham/<int:work_id>/khong-tham-gia", methods=["GET", "POST"])
def abstain(work_id: int) -> Response:
    """Let a member of the council step back from a work on which the council votes, with the reason."""
    found = find_work(work_id)
    name = queries.name_for_juror(found.round, found.category, found.entry.code, found.alias)
    form = ReasonForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.step_back_from_vote(found, reason=form.reason.data or "", by=current_user, now=clock.now())
        if not form.errors:
            flash(_("You have stepped back from %(work)s and do not vote on it.", work=name))
            return redirect(url_for(".desk"), code=303)
    return answer("judging/abstain.html", form=form, work_id=work_id, name=name)
