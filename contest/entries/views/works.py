"""The works of an author: begun, as sent, reviewed and sent, withdrawn."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from flask import Response, abort, flash, g, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.accounts.models import Outlet
from contest.database import db, transaction
from contest.entries import documents, forms, prizes, queries, services
from contest.entries.findings import blocking
from contest.entries.models import Entry, EntryState
from contest.entries.parts import ADDRESSES, Part
from contest.entries.refusals import DraftConflict
from contest.entries.views.blueprints import STEPS, bp, outlet_names, own_entry, rail, with_status
from contest.web.access import has_role
from contest.web.pages import answer
from contest.web.refusals import refused_at
from contest.web.text import fold


@bp.get("/tac-pham")
def works() -> Response | str:
    """List the works somebody enters, and those of the outlet they represent; once published, with their prizes."""
    mine = db.session.scalars(queries.entries_of(current_user, g.contest.id)).all()
    theirs: Sequence[Entry] = ()
    represented: list[tuple[str, int, int]] = []
    if has_role("outlet"):
        theirs = db.session.scalars(queries.entries_of_outlets(current_user, g.contest.id)).all()
        represented = units(queries.units_represented(current_user, g.contest.id))
    return render_template(
        "entries/works.html",
        works=mine,
        of_outlet=theirs,
        units=represented,
        prizes=prizes.published(g.contest),
    )


def units(senders: Sequence[Outlet | None]) -> list[tuple[str, int, int]]:
    """Tell of each newsroom or branch with a quota how many works it has sent, and how many it may."""
    rule = g.contest.regulation.entrants
    names = [unit.name for unit in senders if unit is not None and rule.quota_of(unit.name) is not None]
    sent = queries.works_sent_by_unit(g.contest.id, [fold(name) for name in names]) if names else {}
    return [(name, sent.get(fold(name), 0), rule.quota_of(name) or 0) for name in names]


@bp.route("/tac-pham/moi", methods=["GET", "POST"])
def start() -> AnyResponse:
    """Begin a work."""
    senders = services.senders_of(g.contest, current_user)
    form = forms.StartForm(g.contest.regulation, senders)
    if senders and form.validate_on_submit():
        with refused_at(form), transaction():
            entry = services.start_entry(
                g.contest,
                category=form.category.data,
                title=form.title.data or "",
                start_key=form.start_key.data or secrets.token_urlsafe(16),
                through=form.sender,
                by=current_user,
                now=clock.now(),
            )
            return redirect(url_for(".step", entry_id=entry.id, step=ADDRESSES[Part.WORK]), code=303)
    return with_status(answer("entries/start.html", form=form, may_send=bool(senders), units=units(senders)), form)


@bp.get("/tac-pham/<int:entry_id>")
def entry(entry_id: int) -> AnyResponse | str:
    """Show a work as it was sent, with its receipt and what can be done; a draft leads to its form."""
    found = db.first_or_404(queries.readable_entry(current_user, g.contest.id, entry_id))
    if found.revision is None:
        if found.state is EntryState.WITHDRAWN:
            abort(404)
        return redirect(url_for(".step", entry_id=entry_id, step=ADDRESSES[Part.WORK]))
    opened = services.open_parts(found, clock.now())
    return render_template(
        "entries/entry.html",
        entry=found,
        revision=found.revision,
        sent=services.draft_as_sent(found.revision),
        revisions=queries.revisions_of(found),
        outlets={part.outlet_id: part.outlet for part in found.revision.instalments},
        mine=found.owner_id == current_user.id,
        prizes=prizes.published(g.contest),
        open_parts=opened,
        first_open=next((part for part in STEPS if part in opened), None),
    )


@bp.get("/tac-pham/<int:entry_id>/phieu-tiep-nhan.pdf")
def receipt(entry_id: int) -> Response:
    """Print the receipt of the revision in force."""
    found = db.first_or_404(queries.readable_entry(current_user, g.contest.id, entry_id))
    if found.revision is None:
        abort(404)
    response = make_response(documents.receipt(found, found.revision))
    response.content_type = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="phieu-tiep-nhan-{found.code}.pdf"'
    return response


@bp.route("/tac-pham/<int:entry_id>/rut", methods=["GET", "POST"])
def withdraw(entry_id: int) -> AnyResponse:
    """Ask for the reason, and take the work out."""
    found = own_entry(entry_id)
    form = forms.WithdrawForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.withdraw(found, form.reason.data or "", by=current_user, now=clock.now())
            flash(_("The work has been withdrawn.") if found.code else _("The draft has been thrown away."))
            return redirect(url_for(".works"), code=303)
    return with_status(answer("entries/withdraw.html", form=form, entry=found), form)


@bp.route("/tac-pham/<int:entry_id>/xem-lai", methods=["GET", "POST"])
def review(entry_id: int) -> AnyResponse:
    """Show all that would be sent, and send it."""
    found = own_entry(entry_id)
    form = forms.ReviewForm(data={"version": str(found.draft_version)})
    if form.validate_on_submit():
        with refused_at(form), transaction():
            if form.version.data != str(found.draft_version):
                raise DraftConflict(at=clock.local(found.saved_at).strftime("%H:%M:%S"))
            again = found.revision is not None
            act = services.amend if again else services.submit
            act(found, by=current_user, now=clock.now())
            flash(_("Your change has been received.") if again else _("Your work has been received."))
            return redirect(url_for(".entry", entry_id=entry_id), code=303)
    sides = rail(found)
    response = answer(
        "entries/review.html",
        form=form,
        entry=found,
        part=None,
        draft=found.draft,
        outlets=outlet_names(),
        blocked=len(blocking(sides["gaps"] + sides["findings"])),
        open_parts=services.open_parts(found, clock.now()),
        **sides,
    )
    return with_status(response, form)
