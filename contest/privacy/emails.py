"""Letters about requests. They go the way of all letters of the person when an erasure is carried out."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from contest import mail
from contest.privacy.models import DataRequest
from contest.web.addresses import absolute_url


@mail.in_vietnamese
def answered(request: DataRequest, *, now: datetime) -> None:
    """Tell somebody with an account what was decided."""
    user = request.user
    if user is None or user.disabled_at is not None:
        return
    mail.post(
        key=f"privacy:answered:{request.id}",
        to=user.email,
        subject=_("Your request about your data"),
        text=mail.render("mail/privacy_answered.txt", request=request, link=absolute_url("privacy.overview")),
        contest_id=request.contest_id,
        about=f"data_request:{request.id}",
        now=now,
    )
