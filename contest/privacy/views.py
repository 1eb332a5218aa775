"""Where people see everything that is kept of them, take it with them, and ask for what the law gives them."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from contest import audit, clock
from contest.accounts.consents import ACCOUNT_NOTICE
from contest.accounts.models import Consent
from contest.database import db, transaction
from contest.privacy import queries, services, terms
from contest.privacy.forms import Act, RequestForm
from contest.privacy.pages import OPENED
from contest.privacy.terms import Wish
from contest.regulations.models import Contest
from contest.subjects import Section
from contest.web.access import guard_fresh, guard_signed_in
from contest.web.addresses import site_contest, stand_in_current_contest
from contest.web.pages import answer
from contest.web.refusals import refused_at

SHOWN_BESIDE = ("openings", "requests", "consents")
LAST = ("letters", "sessions")

bp = Blueprint("privacy", __name__, url_prefix="/tai-khoan/du-lieu")
bp.before_request(stand_in_current_contest)
guard_signed_in(bp)


def _contest() -> Contest:
    """The contest whose organizer answers: that of the site."""
    return site_contest() or abort(404)


@bp.get("")
def overview() -> str:
    """Show everything that is kept of somebody, by purpose, who opened it, and what they asked."""
    subject = queries.subject_of_user(current_user)
    return render_template(
        "privacy/overview.html",
        sections=sorted(
            (one for one in queries.sections(subject) if one.key not in SHOWN_BESIDE), key=lambda one: one.key in LAST
        ),
        consents=_consents(),
        openings=queries.openings_of(subject),
        opened=OPENED,
        requests=queries.own_requests(current_user),
        has_contest=site_contest() is not None,
        form=Act(formdata=None),
    )


def _consents() -> list[Consent]:
    mine = db.select(Consent).filter_by(person_id=current_user.person_id).order_by(Consent.given_at, Consent.id)
    return list(db.session.scalars(mine))


@bp.get("/tai-ve")
@guard_fresh(reading=True)
def take_along() -> AnyResponse:
    """Give everything as one ZIP: for machines as JSON, for people as a page of text."""
    subject = queries.subject_of_user(current_user)
    sections = queries.sections(subject)
    now = clock.now()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("du-lieu.json", json.dumps(_document(sections, now), ensure_ascii=False, indent=2))
        files.writestr("du-lieu.html", render_template("privacy/taken.html", sections=sections, at=now))
    with transaction():
        audit.record("my_data.exported", by=current_user, about=f"user:{current_user.subject}", now=now)
    archive.seek(0)
    name = f"du-lieu-cua-toi-{clock.local(now):%Y%m%d}.zip"
    sent: Response = send_file(archive, mimetype="application/zip", as_attachment=True, download_name=name)
    sent.headers["Cache-Control"] = "no-store"
    return sent


def _document(sections: list[Section], now: datetime) -> dict[str, Any]:
    return {
        "format": 1,
        "at": now.isoformat(),
        "sections": [
            {
                "key": one.key,
                "title": _(one.title),
                "purpose": _(one.purpose),
                "rows": [{_(name): _plain(value) for name, value in row.items()} for row in one.rows],
            }
            for one in sections
        ],
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value


@bp.route("/yeu-cau", methods=["GET", "POST"])
@guard_fresh
def ask() -> AnyResponse:
    """Ask for an erasure, a correction or a restriction, after reading what follows from it."""
    contest = _contest()
    form = RequestForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.ask(contest, Wish(form.wish.data), form.words.data or "", by=current_user, now=clock.now())
            flash(_("Your request has arrived. You get a letter as soon as it is answered."))
            return redirect(url_for(".overview"), code=303)
    subject = queries.subject_of_user(current_user)
    return answer(
        "privacy/ask.html",
        form=form,
        awarded=queries.is_awarded(subject),
        in_progress=queries.works_in_progress(subject),
        terms=terms,
    )


@bp.post("/yeu-cau/<int:number>/rut-lai")
def take_back(number: int) -> AnyResponse:
    """Take a request back, as long as it was not carried out."""
    found = next((one for one in queries.own_requests(current_user) if one.id == number), None) or abort(404)
    form = Act()
    if form.validate_on_submit():
        with transaction():
            services.take_back(found, by=current_user, now=clock.now())
        flash(_("The request is taken back."))
    return redirect(url_for(".overview"), code=303)


@bp.post("/dong-y/<int:number>/rut-lai")
@guard_fresh
def withdraw(number: int) -> AnyResponse:
    """Withdraw a consent; what was kept for this purpose alone goes at once."""
    found = next((one for one in _consents() if one.id == number), None) or abort(404)
    form = Act()
    if found.code == ACCOUNT_NOTICE.code:
        return redirect(url_for(".ask", wish=Wish.ERASURE), code=303)
    if form.validate_on_submit() and found.withdrawn_at is None:
        with transaction():
            services.withdraw_consent(db.session.get_one(Consent, number), by=current_user, now=clock.now())
        flash(_("Your consent is withdrawn, and what was kept for it alone is deleted."))
    return redirect(url_for(".overview"), code=303)
