"""The check for everybody: whether a work may enter, in a few questions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, g, make_response, render_template, request
from flask_babel import gettext as _

from contest.entries import eligibility, forms
from contest.entries.eligibility import Facts
from contest.entries.findings import Finding, blocking
from contest.entries.views.blueprints import public


@public.get("/kiem-tra")
def self_check() -> Response | str:
    """Tell anybody, after a few questions, whether a work may enter."""
    regulation = g.contest.regulation
    form = forms.SelfCheckForm(regulation, formdata=request.args)
    asked = not request.args.keys().isdisjoint(form.data)
    findings: tuple[Finding, ...] = ()
    if asked and form.validate():
        findings = eligibility.check(answered(form, regulation), regulation)
    page = render_template(
        "entries/self_check.html",
        form=form,
        regulation=regulation,
        receipt=regulation.calendar.receipt,
        findings=findings,
        blocked=len(blocking(findings)),
    )
    return make_response(page, 422 if form.errors else 200)


def answered(form: forms.SelfCheckForm, regulation: Any) -> Facts:
    """Turn the answers of the check into the facts that the rules look at."""
    window = regulation.calendar.publication
    licensed = form.licensed.data == "yes"
    inside = eligibility.Published(window.first, _("The outlet"), licensed)
    outside = eligibility.Published(window.first - timedelta(days=1), _("The outlet"), licensed)
    count, timely = form.instalments.data or 1, form.inside.data or 0
    serves = form.serves.data if form.serves.data != "no" else ""
    busiest = eligibility.Author(_("One of the authors"), works_entered=form.works.data or 0, serves_as=serves)
    others = (eligibility.Author(""),) * ((form.authors.data or 1) - 1)
    return Facts(
        category=form.category.data,
        instalments=(inside,) * timely + (outside,) * (count - timely),
        authors=(busiest, *others),
        awards=(eligibility.Award(_("a prize"), form.award.data),) if form.award.data else (),
        files=None,
        statements=None,
    )
