"""The check for everybody: whether a work may enter, in a few questions."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, g, make_response, render_template, request
from flask_babel import gettext as _

from contest.entries import eligibility, forms
from contest.entries.eligibility import Channel, Entered, Facts
from contest.entries.findings import Finding, blocking
from contest.entries.views.blueprints import public


@public.get("/kiem-tra")
def self_check() -> Response | str:
    """Tell anybody, after a few questions, whether a work may enter."""
    regulation = g.contest.regulation
    form = forms.self_check_form(regulation, formdata=request.args)
    asked = not request.args.keys().isdisjoint(form.data)
    findings: tuple[Finding, ...] = ()
    if asked and form.validate():
        findings = eligibility.check(answered(form), regulation)
    page = render_template(
        "entries/self_check.html",
        form=form,
        regulation=regulation,
        receipt=regulation.calendar.receipt,
        findings=findings,
        blocked=len(blocking(findings)),
    )
    return make_response(page, 422 if form.errors else 200)


def answered(form: forms.SelfCheckForm) -> Facts:
    """Turn the answers of the check into the facts that the rules look at."""
    authors = (busiest(form), *(eligibility.Author(""),) * ((form.authors.data or 1) - 1))
    serves = form.serves.data if form.serves.data != "no" else ""
    unit = form.answer("unit")
    return Facts(
        category=form.category.data,
        genre=_genres(form)[0],
        topic=form.regulation.topics[0].code,
        instalments=instalments(form),
        authors=authors,
        sender=eligibility.Sender(
            _("One of the authors"), Channel(form.answer("through") or form.regulation.entrants.through[0]), "", serves
        ),
        unit=None if unit is None else eligibility.Unit(_("The newsroom or branch"), unit),
        awards=(eligibility.Award(_("a prize"), form.award.data),) if form.award.data else (),
        files=None,
        statements=None,
    )


def instalments(form: forms.SelfCheckForm) -> tuple[eligibility.Published, ...]:
    """Make as many instalments as were told, with days that lie where they were told to lie."""
    window, outlet = form.regulation.calendar.publication, _("The outlet")
    licensed = form.licensed.data == "yes"
    inside = eligibility.Published(window.first, outlet, licensed)
    before = eligibility.Published(window.first - timedelta(days=1), outlet, licensed)
    outside = eligibility.Published(window.last + timedelta(days=1), outlet, licensed)
    count, timely, early = form.instalments.data or 1, form.inside.data or 0, form.answer("earlier") or 0
    return (inside,) * timely + (before,) * early + (outside,) * (count - timely - early)


def busiest(form: forms.SelfCheckForm) -> eligibility.Author:
    """Make the author with most works, with works of the roles and genres that were told."""
    lines = [("", form.works.data or 0)]
    for number, line in enumerate(form.regulation.limits.by_role):
        lines.append((line.roles[0], form.answer(f"works_{number}") or 0))
    genres = iter(_genres(form)[1:])
    works = [Entered((role,), next(genres, "")) for role, count in lines for _place in range(count)]
    if form.answer("topic") == "yes":
        other = next((one.code for one in form.regulation.categories if one.code != form.category.data), "")
        here = Entered((works[0].roles if works else ("",)), works[0].genre if works else "", _topic(form), other)
        works = [here, *works[1:]] if works else [here]
    return eligibility.Author(_("One of the authors"), form.answer("role") or "", tuple(works))


def _topic(form: forms.SelfCheckForm) -> str:
    return form.regulation.topics[0].code


def _genres(form: forms.SelfCheckForm) -> list[str]:
    """Give a genre for each bonus that was claimed, the first for the work itself."""
    bonus = form.regulation.limits.bonus
    return [slot.genres[0] for number, slot in enumerate(bonus) if form.answer(f"bonus_{number}") == "yes"] or [""]
