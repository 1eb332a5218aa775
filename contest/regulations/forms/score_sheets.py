"""The pages of the score sheets: which there are, and the criteria of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from contest.regulations.forms.cells import line, points, weight
from contest.regulations.forms.pages import Page, Part
from contest.regulations.forms.rows import Table, small_code

Values = Mapping[str, Any]


def _rubrics(_whole: Values, _table: Values) -> tuple[Part, ...]:
    return (
        Part(
            None,
            (
                Table(
                    "rubrics",
                    _l("Score sheets"),
                    _l("Score sheet"),
                    (line("name", _l("Name")),),
                    code_of=small_code,
                    link="rubric",
                ),
            ),
        ),
    )


def _rubric(_whole: Values, _table: Values) -> tuple[Part, ...]:
    return (
        Part(
            None,
            (
                Table(
                    "criteria",
                    _l("Criteria"),
                    _l("Criterion"),
                    (
                        line("name", _l("Name"), width="full"),
                        points("maximum", _l("Maximum"), optional=False),
                        points("step", _l("Step"), optional=False),
                        weight("weight", _l("Weight"), absent=1),
                        points("comment_below", _l("Comment below")),
                        Table(
                            "guidance",
                            _l("What the marks mean, best first"),
                            _l("Level of marks"),
                            (
                                points("low", _l("From"), optional=False),
                                points("high", _l("to"), optional=False),
                                line("text", _l("Meaning"), long=True),
                            ),
                            compact=True,
                            in_sections=False,
                        ),
                    ),
                    hint=_l("A mark below “comment below” must be explained. The weight multiplies the mark."),
                    code_of=small_code,
                    most=20,
                    fresh={"step": "0,5", "weight": "1"},
                ),
            ),
        ),
    )


RUBRICS = Page(
    "rubrics",
    _l("Score sheets"),
    _l("A score sheet can serve several rounds and categories; the rounds say which one they use."),
    _rubrics,
)
RUBRIC = Page(
    "rubric",
    _l("Score sheet"),
    _l("Points are written 17,5. Together the levels of a criterion cover every mark from 0 to its maximum."),
    _rubric,
    listed="rubrics",
    none_yet=_l("There is no score sheet yet. Add one first."),
)
