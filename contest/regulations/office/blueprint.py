"""Where the pages lie, who may open them, and what all of them say of the draft."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from contest import clock
from contest.errors import N_
from contest.regulations import checking, usage
from contest.regulations.problems import Problem
from contest.regulations.provisions import provisions
from contest.web.access import guard_office
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item

READERS = {"secretary", "organizer", "observer"}

bp = contest_blueprint("regulations_office", __name__, url_prefix="/ban-thu-ky/the-le")
guard_office(bp, read=READERS, write={"organizer"})
add_item("office", "regulations_office.overview", label=N_("Regulation"), order=90, roles=READERS)

TABS = (
    ("overview", _l("Overview")),
    ("dates", _l("Calendar")),
    ("limits", _l("Limits")),
    ("categories", _l("Categories")),
    ("dossier", _l("Dossier")),
    ("rounds", _l("Rounds")),
    ("rubrics", _l("Score sheets")),
    ("prizes", _l("Prizes")),
    ("more_prizes", _l("Further prizes")),
    ("publishing", _l("Approval and certificate")),
    ("letterhead", _l("Letterhead and signer")),
    ("text", _l("Whole text")),
)
ADOPT_TAB = ("adopt", _l("Adopt"))
DETAILS = {"round": "rounds", "rubric": "rubrics"}

PAGE_OF = {
    "calendar": "dates",
    "limits": "limits",
    "prior_awards": "limits",
    "entrants": "limits",
    "genres": "categories",
    "topics": "categories",
    "categories": "categories",
    "rounds": "rounds",
    "rubrics": "rubrics",
    "prizes": "prizes",
    "awarding": "prizes",
    "base_salary": "prizes",
    "special_prizes": "more_prizes",
    "thematic_prizes": "more_prizes",
    "collective_prizes": "more_prizes",
    "gates": "publishing",
    "safeguards": "publishing",
    "carry_on": "publishing",
    "certificate": "publishing",
    "display_decimals": "publishing",
    "display_rounding": "publishing",
    "name": "letterhead",
    "short_name": "letterhead",
    "organiser": "letterhead",
    "standing_office": "letterhead",
    "contact": "letterhead",
    "letterhead": "letterhead",
}


def page_of(problem: Problem) -> str:
    """Name the page on which a problem can be corrected."""
    if problem.line is None and problem.path.startswith("categories[") and ".slots" in problem.path:
        return "dossier"
    return PAGE_OF.get(problem.path.partition("[")[0].partition(".")[0], "text")


def check_of(text: str) -> checking.Check:
    """Check a draft alone and against the version in force."""
    version = current_contest.version
    return checking.checked(
        text,
        before=version.regulation if version else None,
        before_text=version.text if version else None,
        slug=current_contest.slug,
        in_use=usage.codes_in_use(current_contest.id),
        now=clock.now(),
        translate=_,
    )


def state(text: str | None = None) -> dict[str, Any]:
    """Give what every page here says of a draft: what is wrong with it, what it would change, how it reads.

    :param text: a draft that is not saved, else the one that is
    """
    check = check_of(current_contest.draft_text if text is None else text)
    return {
        "problems": check.problems,
        "changes": check.changes,
        "version": current_contest.version,
        "draft": check.regulation,
        "chapters": provisions(check.regulation) if check.regulation else (),
        "translate": _,
        "page_of": page_of,
        "tab_list": TABS,
        "adopt_tab": ADOPT_TAB,
    }
