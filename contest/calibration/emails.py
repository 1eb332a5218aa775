"""Letters to a panel about the works that all mark first. They name round and panel; never a mark, nor a work."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from contest import mail
from contest.accounts.models import User
from contest.calibration.models import SharedMarking
from contest.judging.models import Round
from contest.web.addresses import absolute_url


@mail.in_vietnamese
def spread_opened(shared: SharedMarking, round_: Round, juror: User, *, now: datetime) -> None:
    """Tell a juror that the panel may look at how its marks of the first works lie; once for a panel."""
    contest = round_.contest
    mail.post(
        key=f"calibration:spread_opened:{shared.id}:{juror.id}",
        to=juror.email,
        subject=_("How your panel marked the first works: %(panel)s", panel=round_.panel_name(shared.panel)),
        text=mail.render(
            "mail/calibration_spread_opened.txt",
            contest=contest,
            window=round_.window(),
            panel=round_.panel_name(shared.panel),
            juror=juror,
            link=absolute_url("calibration.own", contest=contest),
        ),
        contest_id=contest.id,
        now=now,
        about=f"panel:{round_.code}:{shared.panel}",
    )
