"""The shape of what organizers type: single values as people write them, and tables whose rows come, go and move."""

from contest.regulations.forms.awarding import MORE_PRIZES, PRIZES, PUBLISHING
from contest.regulations.forms.drafts import (
    AdoptForm,
    ContestForm,
    DraftForm,
    TextForm,
    calendar_form,
    letterhead_form,
)
from contest.regulations.forms.entering import CATEGORIES, DOSSIER, LIMITS
from contest.regulations.forms.judging import ROUND, ROUNDS
from contest.regulations.forms.pages import Page, PageForm, items_of, page_form
from contest.regulations.forms.score_sheets import RUBRIC, RUBRICS

__all__ = [
    "CATEGORIES",
    "DOSSIER",
    "LIMITS",
    "MORE_PRIZES",
    "PRIZES",
    "PUBLISHING",
    "ROUND",
    "ROUNDS",
    "RUBRIC",
    "RUBRICS",
    "AdoptForm",
    "ContestForm",
    "DraftForm",
    "Page",
    "PageForm",
    "TextForm",
    "calendar_form",
    "items_of",
    "letterhead_form",
    "page_form",
]
