"""Where the chair and the organizers decide what is an interest and what is none."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from flask import abort, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.accounts.models import User
from contest.accounts.queries import outlets
from contest.database import db, transaction
from contest.entries.models import Entry
from contest.errors import N_
from contest.interests import desk, queries, services
from contest.interests.forms import CONFIRM, DecisionForm, StrangerForm
from contest.interests.kinds import Kind
from contest.interests.queries import Standing, TieLine
from contest.web import tables, wall
from contest.web.access import has_role, to_sign_in
from contest.web.addresses import contest_blueprint
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.pagination import PER_PAGE, Page, page_number
from contest.web.refusals import refused_at
from contest.web.tables import Table, offered
from contest.web.text import tidy

DECIDING = ("organizer", "chair")

bp = contest_blueprint("interests_office", __name__, url_prefix="/ban-thu-ky/xung-dot")
add_item(
    "office",
    "interests_office.ties",
    label=N_("Conflicts of interest"),
    order=45,
    roles=DECIDING,
    under="judging_office.rounds",
)


@bp.before_request
def require_decider() -> Response | None:
    """Let in the organizers, the chair of the council, and whoever chairs a panel."""
    if not current_user.is_authenticated:
        return to_sign_in()
    if not has_role(*DECIDING) and not (has_role("juror") and desk.works_chaired(g.contest, current_user)):
        abort(404)
    return None


def _lines() -> list[TieLine]:
    """The ties on which the viewer may decide: of all works, or of those of the panels they chair."""
    works = None if has_role(*DECIDING) else desk.works_chaired(g.contest, current_user)
    return queries.tie_lines(g.contest, current_user, works)


def _asked() -> tuple[Standing | None, str]:
    """What the address asks for: where a tie stands, and the words that it is looked for by."""
    asked = request.args.get("loc")
    return Standing(asked) if asked in set(Standing) else None, tidy(request.args.get("tim", ""))[:100]


def ties_table() -> Table:
    """The ties as they are searched for."""
    standing, words = _asked()
    lines = [line for line in _lines() if (not words or line.has(words)) and standing in (None, line.standing)]
    columns = [
        tables.text("person", _("Person"), attrgetter("user.name"), width=28),
        tables.text("roles", _("Role"), lambda line: ", ".join(_(role.label) for role in line.roles)),
        tables.text("code", _("Code"), attrgetter("entry.shown_code"), width=12),
        tables.text("title", _("Work"), attrgetter("entry.title"), width=48),
        tables.text("tie", _("What ties them"), lambda line: _(line.kind.label), width=40),
        tables.text("state", _("State"), lambda line: _(line.standing.label)),
        tables.text("note", _("Note"), lambda line: line.said and line.said.note, width=40),
        tables.text("reason", _("Reason"), lambda line: line.said and line.said.reason, width=40),
        tables.moment("at", _("Said at")),
    ]
    return Table("xung-dot", _("Conflicts of interest"), columns, lines, personal=True)


@bp.route("", methods=["GET", "POST"])
@offered(ties_table)
def ties() -> Response:
    """List every tie, and take a decision on those that are ticked."""
    lines = _lines()
    standing, words = _asked()
    named = [line for line in lines if not words or line.has(words)]
    shown = [line for line in named if standing is None or line.standing is standing]
    form = DecisionForm()
    form.ties.choices = [(line.key, line.key) for line in lines]
    if form.validate_on_submit():
        chosen = {line.key for line in lines} & set(form.ties.data or ())
        decided = _decide(form, sorted(chosen))
        if decided is not None:
            flash(decided)
            return redirect(
                url_for(".ties", loc=standing, tim=words or None, trang=request.args.get("trang")), code=303
            )
        lines = _lines()
    page = _paged(shown)
    return answer(
        "interests/ties.html",
        form=form,
        page=page,
        standing=standing,
        words=words,
        counts={one: sum(line.standing is one for line in named) for one in Standing} | {None: len(named)},
        alike=queries.names_alike(page.items) if has_role("organizer") else {},
        ticked=set(form.ties.data or ()),
        standings=tuple(Standing),
    )


@bp.route("/kiem-tra", methods=["GET", "POST"])
def check() -> Response:
    """Tell of how many works somebody would be kept from, before they are invited. Nothing is stored."""
    form = StrangerForm()
    form.offer(outlets())
    found = None
    if form.validate_on_submit():
        wall.require_whole(*DECIDING)
        found = queries.ties_of_stranger(
            g.contest,
            name=form.name.data or "",
            pen_names=form.pen_names.data or "",
            email=form.email.data or "",
            outlet_id=int(form.outlet.data) if form.outlet.data else None,
        )
    return answer("interests/check.html", form=form, found=found)


def _decide(form: DecisionForm, keys: list[str]) -> str | None:
    """Confirm or waive every tie that was ticked, all of them or none."""
    decide = services.confirm if form.decision.data == CONFIRM else services.waive
    reason, now = form.reason.data or "", clock.now()
    with refused_at(form), transaction():
        for key in keys:
            user_id, entry_id, kind = key.split("-", 2)
            user, entry = db.session.get_one(User, int(user_id)), db.session.get_one(Entry, int(entry_id))
            decide(user, entry, Kind(kind), reason=reason, by=current_user, now=now)
    if form.errors:
        return None
    if decide is services.confirm:
        return ngettext("%(num)s conflict is confirmed.", "%(num)s conflicts are confirmed.", len(keys))
    return ngettext("%(num)s conflict is waived.", "%(num)s conflicts are waived.", len(keys))


def _paged(lines: list[Any]) -> Page:
    pages = max(1, -(-len(lines) // PER_PAGE))
    number = page_number(pages)
    return Page(lines[(number - 1) * PER_PAGE : number * PER_PAGE], len(lines), number, PER_PAGE)
