"""Where the organizers write what the pages of winning works say beside the decision."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.accounts.roles import Role
from contest.database import transaction
from contest.errors import N_
from contest.results import queries as results
from contest.showcase import listing, queries, services
from contest.showcase.forms import LONGEST, NoteForm
from contest.showcase.listing import Work
from contest.showcase.models import WinnerNote
from contest.web import tables, wall
from contest.web.access import guard_office
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.refusals import refused_at
from contest.web.tables import Table, offered

bp = contest_blueprint("showcase_office", __name__, url_prefix="/ban-thu-ky/trang-ket-qua")
guard_office(bp, read={Role.ORGANIZER}, write={Role.ORGANIZER})
add_item(
    "office",
    "showcase_office.index",
    label=N_("Pages of the winners"),
    order=55,
    roles={Role.ORGANIZER},
    under="results_office.overview",
)


@bp.before_request
def require_all_works() -> None:
    """Keep the list of winners from whoever may not hear of all works."""
    wall.require_whole(Role.ORGANIZER)


def _works() -> dict[str, Work]:
    """The works of the decision in force, public or not; none before the decision."""
    decision = results.newest_decision(current_contest)
    return listing.works_of(results.copy_of(decision)) if decision is not None else {}


def pages_table() -> Table:
    """The winning works with what stands on their pages."""
    works = list(_works().values())
    notes, media = queries.notes_of(current_contest, works), queries.media_of(current_contest, works)
    columns = [
        tables.text("code", _("Code"), lambda work: work.line["shown_code"], width=12),
        tables.text("title", _("Work"), lambda work: work.title, width=48),
        tables.text("prize", _("Prize"), lambda work: ", ".join(prize.name for prize in work.prizes)),
        tables.text("citation", _("Words of the jury"), lambda work: _of_note(notes, work, "citation"), width=60),
        tables.yes("withheld", _("Left out"), lambda work: _of_note(notes, work, "media_withheld")),
        tables.number("media", _("Pictures and recordings"), lambda work: len(media.get(work.code, ()))),
    ]
    return Table("trang-dat-giai", _("Pages of the winners"), columns, works)


def _of_note(notes: dict[str, WinnerNote], work: Work, name: str) -> Any:
    return getattr(notes.get(work.code), name, None)


@bp.get("")
@offered(pages_table)
def index() -> str:
    """List the winning works with what stands on their pages."""
    works = _works()
    everything = list(works.values())
    return render_template(
        "showcase/office/index.html",
        works=everything,
        notes=queries.notes_of(current_contest, everything) if works else {},
        media=queries.media_of(current_contest, everything) if works else {},
    )


@bp.route("/<entry_code>", methods=["GET", "POST"])
def note(entry_code: str) -> Response:
    """Write the words of the jury for one work."""
    work = _works().get(entry_code) or abort(404)
    newest = queries.note_of(work)
    form = NoteForm(
        citation=newest.citation if newest else "",
        media_withheld=newest.media_withheld if newest else False,
        over=str(newest.version if newest else 0),
    )
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.write_note(
                    current_contest,
                    work,
                    citation=form.citation.data or "",
                    media_withheld=bool(form.media_withheld.data),
                    over=form.over_version,
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("The page of %(code)s is changed.", code=work.line["shown_code"]))
            return redirect(url_for(".index"), code=303)
    return answer(
        "showcase/office/note.html",
        form=form,
        work=work,
        newest=newest,
        longest=LONGEST,
        is_public=queries.is_public(current_contest),
    )
