"""Writing to those who can be the second person, and to whoever asked."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from contest import mail
from contest.accounts import queries as accounts
from contest.accounts.models import User
from contest.accounts.roles import Role
from contest.regulations.safeguards import SECOND_PERSON_ACTS
from contest.seconding.models import Outcome, SecondedAct
from contest.web.addresses import absolute_url


@mail.in_vietnamese
def act_asked_for(act: SecondedAct, *, now: datetime) -> None:
    """Tell the other organizers that something waits for one of them."""
    for member in accounts.members(act.contest_id, Role.ORGANIZER):
        if member.user_id != act.asked_by_id and member.user.disabled_at is None:
            subject = _("Waits for a second person: %(act)s", act=_(SECOND_PERSON_ACTS[act.act]))
            _post(act, member.user, "asked", subject, now)


@mail.in_vietnamese
def act_answered(act: SecondedAct, *, now: datetime) -> None:
    """Tell whoever asked what became of it."""
    done = act.outcome is Outcome.CONFIRMED
    _post(act, act.asked_by, "answered", _("Confirmed and done") if done else _("The second person declined"), now)


def _post(act: SecondedAct, user: User, kind: str, subject: str, now: datetime) -> None:
    text = mail.render(
        f"mail/seconding_{kind}.txt",
        user=user,
        act=act,
        label=SECOND_PERSON_ACTS[act.act],
        link=absolute_url("seconding.show", contest=act.contest, seconded_act_id=act.id),
    )
    mail.post(
        key=f"seconding:{kind}:{act.id}:{user.id}",
        to=user.email,
        subject=subject,
        text=text,
        contest_id=act.contest_id,
        about=f"seconded_act:{act.id}",
        now=now,
    )
