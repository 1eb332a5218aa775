"""Reminding jurors with one click, and on days that are named beforehand."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import transaction
from contest.judging import queries, reminding, services
from contest.judging.forms import ConfirmForm, ReminderPlanForm, RemindForm
from contest.judging.models import Round
from contest.judging.office.blueprint import bp, find_round
from contest.judging.office.progress import board_of
from contest.judging.services import Reminded
from contest.web.formats import as_hour
from contest.web.pages import answer
from contest.web.refusals import refused_at


@bp.post("/<code>/nhac")
def remind(code: str) -> Response:
    """Write to the jurors who are behind, to those who were chosen, or to one, of those that the board lists."""
    row = find_round(code)
    form, found = RemindForm(), board_of(row)
    if form.validate_on_submit():
        waiting, asked = set(found.left), form.chosen
        if not asked and asked is not None:
            flash(_("Nobody is ticked, so no letter was written. Tick the jurors you want to remind."), "warning")
            return redirect(url_for(".progress", code=code) + found.filters.address(), code=303)
        if asked is None:
            asked = set(found.behind) if form.whom.data == "behind" else waiting
        names = {each.line.juror_id: each.name for each in found.rows}
        with transaction():
            done = services.remind(row, jurors=asked & waiting, by=current_user, now=clock.now())
        for sentence in _told(done, names):
            flash(sentence)
    return redirect(url_for(".progress", code=code) + found.filters.address(), code=303)


def _told(done: Reminded, names: dict[int, str]) -> list[str]:
    """Say the truth of a reminder: who got a letter, and who none because they had one today."""
    said = []
    if done.written:
        said.append(
            ngettext("A reminder goes to %(num)s juror.", "A reminder goes to %(num)s jurors.", len(done.written))
        )
    if len(done.already) == 1:
        ((juror_id, at),) = done.already.items()
        said.append(
            _(
                "%(name)s was reminded at %(at)s today already and got no second letter.",
                name=names.get(juror_id, ""),
                at=as_hour(at),
            )
        )
    elif done.already:
        said.append(
            ngettext(
                "%(num)s juror was reminded today already and got no second letter.",
                "%(num)s jurors were reminded today already and got no second letter.",
                len(done.already),
            )
        )
    return said or [_("Nobody of these has sheets left, so no letter was written.")]


@bp.route("/<code>/nhac-theo-lich", methods=["GET", "POST"])
def reminder_plan(code: str) -> Response:
    """Name the days on which jurors with sheets left are reminded by themselves."""
    row = find_round(code)
    plan, form = queries.plan_of(row), ReminderPlanForm()
    if not form.is_submitted():
        form.show(plan)
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.plan_reminders(
                row, form.plan, only_behind=bool(form.only_behind.data), by=current_user, now=clock.now()
            )
        if not form.errors:
            flash(_("The days of the reminders are kept."))
            return redirect(url_for(".reminder_plan", code=code), code=303)
    return answer(
        "judging/office/reminder_plan.html",
        form=form,
        stop=ConfirmForm(),
        row=row,
        plan=plan,
        window=row.window(),
        coming=_coming(row),
        past=queries.reminders_by_day(row),
    )


def _coming(row: Round) -> list[date]:
    plan, window = queries.plan_of(row), row.window()
    if plan is None:
        return []
    first, last = reminding.days_of(window.opens, window.closes, clock.ZONE)
    return reminding.coming_days(plan.rule, first=first, last=last, today=clock.local(clock.now()).date())


@bp.post("/<code>/nhac-theo-lich/thoi")
def stop_reminders(code: str) -> Response:
    """Remind by hand only from now on."""
    row = find_round(code)
    form = ConfirmForm()
    if form.validate_on_submit():
        with transaction():
            services.stop_reminders(row, by=current_user, now=clock.now())
        flash(_("Jurors are no longer reminded by themselves."))
    return redirect(url_for(".reminder_plan", code=code), code=303)
