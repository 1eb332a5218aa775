"""Where the office receives requests about data, decides on them, and reads who opened what."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.accounts.roles import Role
from contest.database import db, transaction
from contest.errors import N_, NotAllowed
from contest.privacy import access, forms, pages, queries, services
from contest.privacy.masking import masked
from contest.privacy.models import DataRequest, Incident
from contest.privacy.services import BY_OTHERS, PERIODS
from contest.privacy.terms import Wish
from contest.web import tables, wall
from contest.web.access import guard_fresh, guard_office, has_role
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.pagination import paginate
from contest.web.refusals import refused_at
from contest.web.tables import Table, offered

READERS = {Role.SECRETARY, Role.ORGANIZER}

bp = contest_blueprint("privacy_office", __name__, url_prefix="/ban-thu-ky/du-lieu-ca-nhan")
guard_office(bp, read=READERS, write=READERS)

bp.add_app_template_filter(masked, "masked")

add_item(
    "office", "privacy_office.index", label=N_("Personal data"), order=76, roles=READERS,
    under="accounts_office.people",
)  # fmt: skip
add_item(
    "office", "privacy_office.openings", label=N_("Who opened what"), order=77, roles={Role.ORGANIZER},
    under="accounts_office.people",
)  # fmt: skip
add_item(
    "office", "privacy_office.periods", label=N_("Retention periods"), order=78, roles=READERS,
    under="accounts_office.people",
)  # fmt: skip
add_item(
    "office", "privacy_office.incidents", label=N_("Incidents"), order=79, roles={Role.ORGANIZER},
    under="accounts_office.people",
)  # fmt: skip


def organizers_only() -> None:
    """Keep a page from the secretariat.

    :raise NotAllowed: for whoever is no organizer
    """
    if not has_role(Role.ORGANIZER):
        raise NotAllowed


# Requests ----------------------------------------------------------------------------------------------------------


@bp.get("")
def index() -> str:
    """List the requests about data, those that wait first."""
    found = list(db.session.scalars(queries.requests_of(current_contest)))
    return render_template(
        "privacy/office/index.html",
        requests=found,
        waiting=[one for one in found if one.is_open],
        today=clock.local(clock.now()).date(),
        names=queries.names_of(subject for one in found for subject in one.subjects),
    )


@bp.route("/giay", methods=["GET", "POST"])
def paper() -> AnyResponse:
    """Enter what somebody asked in a letter: first find the person, then say what the letter asks."""
    search = forms.SearchForm(request.args)
    found = queries.people_like(current_contest, search.tim.data or "") if search.validate() else []
    form = forms.PaperForm()
    form.offer(found)
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                entered = services.enter_paper(
                    current_contest,
                    Wish(form.wish.data),
                    form.words.data or "",
                    form.people.data or (),
                    by=current_user,
                    now=clock.now(),
                )
                number = entered.id
            flash(_("The request is entered. An organizer decides on it."))
            return redirect(url_for(".show", number=number), code=303)
    return answer("privacy/office/paper.html", form=form, search=search, found=found)


def _request(number: int) -> DataRequest:
    """Find a request; what it reaches may be of any work, so that it is for those who may hear of all."""
    wall.require_whole(Role.ORGANIZER)
    return queries.request_in(current_contest, number) or abort(404)


@bp.route("/<int:number>", methods=["GET", "POST"])
@guard_fresh
def show(number: int) -> AnyResponse:
    """Show one request with what an erasure would reach, and take the organizer's answer."""
    found = _request(number)
    form = forms.DecisionForm()
    if form.validate_on_submit():
        organizers_only()
        with refused_at(form):
            with transaction():
                services.decide(
                    found,
                    granted=request.form.get("answer") == "grant",
                    reason=form.reason.data or "",
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("The answer is recorded."))
            return redirect(url_for(".show", number=number), code=303)
    subject = queries.subject_of(found.person_ids)
    return answer(
        "privacy/office/show.html",
        form=form,
        request_=found,
        names=queries.names_of(found.subjects),
        sections=[one for one in queries.sections(subject) if one.rows],
        awarded=queries.is_awarded(subject),
        in_progress=queries.works_in_progress(subject),
        shared=queries.shared_names(subject),
        plain=forms.Act(formdata=None),
        today=clock.local(clock.now()).date(),
    )


@bp.post("/<int:number>/thuc-hien")
@guard_fresh
def carry_out(number: int) -> AnyResponse:
    """Have an erasure carried out without waiting, or say that another request is done."""
    organizers_only()
    found = _request(number)
    if forms.Act().validate_on_submit():
        with transaction():
            if found.wish is Wish.ERASURE:
                services.hasten(found, now=clock.now())
            else:
                services.mark_done(found, by=current_user, now=clock.now())
        flash(
            _("The erasure is carried out within a minute. Load the page again to see it.")
            if found.wish is Wish.ERASURE
            else _("The request is carried out.")
        )
    return redirect(url_for(".show", number=number), code=303)


# Who opened what ---------------------------------------------------------------------------------------------------


def openings_table() -> Table:
    """The access log of the contest."""
    organizers_only()
    rows = list(db.session.scalars(queries.openings_in(current_contest)))
    names = queries.names_of(row.subject for row in rows)
    columns = [
        tables.date("on_day", _("Day")),
        tables.text("by", _("Who"), lambda row: row.by.name, width=28),
        tables.text("subject", _("Whose data"), lambda row: names.get(row.subject, ""), width=28),
        tables.text("what", _("What"), lambda row: _(pages.OPENED.get(row.what, row.what)), width=32),
        tables.text("about", _("About"), lambda row: row.about.partition(":")[2], width=20),
        tables.number("times", _("Times")),
    ]
    return Table("nhat-ky-truy-cap", _("Who opened personal data"), columns, rows, personal=True)


@bp.get("/nhat-ky")
@offered(openings_table)
def openings() -> str:
    """Show who of the staff opened data of whom."""
    organizers_only()
    page = paginate(queries.openings_in(current_contest))
    return render_template(
        "privacy/office/openings.html",
        page=page,
        opened=pages.OPENED,
        names=queries.names_of(row.subject for row in page.items),
    )


@bp.post("/lien-he/<int:entry_id>")
def contacts(entry_id: int) -> str:
    """Show how the authors of a work are reached, and write down who asked."""
    if not forms.Act().validate_on_submit():
        abort(400)
    work = queries.work_in(current_contest, entry_id) or abort(404)
    g.opened = (pages.CONTACTS, queries.authors_of(work), f"entry:{work.code}")
    return render_template("privacy/office/contacts.html", work=work)


@bp.after_app_request
def write_down(response: Response) -> Response:
    """Write down that somebody of the staff was shown data of people, once the page was made."""
    if response.status_code == 200 and g.get("contest") is not None:
        opened = g.pop("opened", None) or access.opened_by(request, response)
        if opened is not None and current_user.is_authenticated:
            what, subjects, about = opened
            _write(what, subjects, about)
    return response


def _write(what: str, subjects: Iterable[str], about: str) -> None:
    contest_id = g.contest.id
    user = current_user._get_current_object()
    with transaction():
        services.opened(contest_id, subjects, what, about=about, by=user, now=clock.now())


# Periods -----------------------------------------------------------------------------------------------------------


@bp.get("/thoi-han")
def periods() -> str:
    """Show for how long what is kept, what goes next, and what went by itself on the last days."""
    now = clock.now()
    sweeps = queries.sweeps()
    return render_template(
        "privacy/office/periods.html",
        periods=[(one, one.count(now)) for one in PERIODS],
        others=BY_OTHERS,
        sweeps=[
            (job, {key: count for key, count in job.result.get("forgotten", {}).items() if count}) for job in sweeps
        ],
        titles=_titles(),
    )


@cache
def _titles() -> dict[str, str]:
    return {one.key: one.title for one in PERIODS}


# Incidents ---------------------------------------------------------------------------------------------------------


@bp.get("/su-co")
def incidents() -> str:
    """Show the record of breaches of personal data, with the clock of each."""
    organizers_only()
    return render_template("privacy/office/incidents.html", incidents=queries.incidents_of(current_contest))


@bp.route("/su-co/moi", methods=["GET", "POST"])
def add_incident() -> AnyResponse:
    """Write a breach into the record."""
    organizers_only()
    return _incident(None)


@bp.route("/su-co/<int:number>", methods=["GET", "POST"])
def incident(number: int) -> AnyResponse:
    """Complete what is written of a breach."""
    organizers_only()
    return _incident(queries.incident_in(current_contest, number) or abort(404))


def _incident(found: Incident | None) -> AnyResponse:
    form = forms.IncidentForm(obj=_as_typed(found))
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                now = clock.now()
                facts: dict[str, Any] = form.facts()
                if found is None:
                    services.record_incident(current_contest, by=current_user, now=now, **facts)
                else:
                    services.change_incident(found, by=current_user, now=now, **facts)
            flash(_("The incident is in the record."))
            return redirect(url_for(".incidents"), code=303)
    return answer("privacy/office/incident.html", form=form, incident=found)


class _as_typed:
    """An incident with its moments in the hours of the place, as the form shows them."""

    def __init__(self, incident: Incident | None) -> None:
        self._incident = incident

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._incident, name, None)
        return clock.local(value) if name.endswith("_at") and value is not None else value
