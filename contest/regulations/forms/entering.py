"""The pages of what may be entered: limits and entrants, categories, the slots of the dossier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from contest.regulations.forms.cells import boxes, choice, count, letters, line, named, names, share, tick, used
from contest.regulations.forms.pages import Page, Part
from contest.regulations.forms.rows import Table, large_code, small_code

Values = Mapping[str, Any]


def _limits(whole: Values, _table: Values) -> tuple[Part, ...]:
    refused = used(whole.get("prior_awards"), "refused_levels")
    awards = whole.get("prior_awards")
    levels = named(awards if isinstance(awards, dict) else {}, "levels", refused)
    limits = whole.get("limits")
    bonus = limits.get("bonus") if isinstance(limits, dict) else None
    genres = named(whole, "genres", used(bonus, "genres"))
    through = [
        ("author", _l("the author")),
        ("outlet", _l("a newsroom, for its authors")),
        ("branch", _l("a branch of the association")),
    ]
    both = ("author", "outlet", "branch")
    return (
        Part(
            _l("Works of one author"),
            (
                count("limits.works_per_author", _l("Works at most"), _l("Leave it empty for no limit.")),
                Table(
                    "limits.by_role",
                    _l("Other limits for single roles"),
                    _l("Role"),
                    (
                        names("roles", _l("Roles, one a line"), _l("As the categories name them.")),
                        count("works", _l("Works at most"), optional=False),
                    ),
                    hint=_l("Works in these roles are counted here and not with the others."),
                    in_sections=False,
                ),
                Table(
                    "limits.bonus",
                    _l("More works for some genres"),
                    _l("Bonus"),
                    (
                        boxes("genres", _l("An author who has one of these among the works"), genres),
                        count("works", _l("may enter so many more"), absent=1),
                    ),
                    in_sections=False,
                ),
            ),
        ),
        Part(
            _l("Instalments and length"),
            (
                count("limits.max_instalments", _l("Instalments at most"), optional=False),
                share(
                    "limits.window_share",
                    _l("Share of them inside the publication window"),
                    _l("For example 2/3."),
                    optional=False,
                ),
                choice(
                    "limits.earlier_instalments",
                    _l("Instalments before the window"),
                    [("count", _l("count as outside it")), ("merge", _l("come along if they were never entered"))],
                    absent="count",
                    width="l",
                ),
                count("limits.max_words_per_instalment", _l("Words of an instalment"), _l("Longer only warns.")),
                count("limits.max_minutes_per_instalment", _l("Minutes of an instalment"), _l("Longer only warns.")),
            ),
        ),
        Part(
            _l("The same again"),
            (
                choice(
                    "limits.same_topic",
                    _l("One topic in two categories"),
                    [("ignore", _l("is nobody's concern")), ("warn", _l("warns")), ("refuse", _l("is refused"))],
                    absent="ignore",
                ),
                choice(
                    "limits.same_text",
                    _l("The same file or address in two works"),
                    [("warn", _l("warns")), ("refuse", _l("is refused"))],
                    absent="refuse",
                ),
                choice(
                    "prior_awards.mode",
                    _l("Works that hold an award"),
                    [
                        ("refuse", _l("are refused at the levels ticked, declared at the others")),
                        ("declare", _l("are all declared")),
                    ],
                    absent="refuse",
                    width="full",
                ),
                boxes("prior_awards.refused_levels", _l("Refused levels"), levels),
                Table(
                    "prior_awards.levels",
                    _l("Levels of awards"),
                    _l("Level"),
                    (line("name", _l("Name")),),
                    compact=True,
                    in_sections=False,
                    code_of=small_code,
                ),
            ),
        ),
        Part(
            _l("Who may enter"),
            (
                boxes("entrants.through", _l("Works are sent by"), through, absent=both),
                tick("entrants.staff_may_enter", _l("Members of the secretariat may enter")),
                tick("entrants.jurors_may_enter", _l("Jurors may enter")),
                choice(
                    "entrants.jurors_do_not_judge",
                    _l("A juror who enters does not judge"),
                    [("contest", _l("anything in this contest")), ("category", _l("the category entered"))],
                    absent="contest",
                    width="l",
                ),
                count(
                    "entrants.works_per_unit",
                    _l("Works of one newsroom or branch at most"),
                    _l("Leave it empty for no limit."),
                ),
                Table(
                    "entrants.unit_quotas",
                    _l("Other numbers for single newsrooms"),
                    _l("Newsroom"),
                    (
                        line("unit", _l("Name, as in the list of newsrooms")),
                        count("works", _l("Works at most"), optional=False),
                    ),
                    compact=True,
                    in_sections=False,
                    most=200,
                ),
            ),
        ),
    )


MEDIA = [
    ("print", _l("print: issue and page")),
    ("online", _l("online: address")),
    ("radio", _l("radio: channel, hour, minutes")),
    ("tv", _l("television: channel, hour, minutes")),
]
INSTALMENT = [
    ("title", _l("title")),
    ("url", _l("address")),
    ("issue", _l("number of the issue")),
    ("page", _l("page")),
    ("channel", _l("channel")),
    ("hour", _l("hour of broadcast")),
    ("minutes", _l("minutes")),
    ("words", _l("words")),
]


def _categories(whole: Values, _table: Values) -> tuple[Part, ...]:
    categories = whole.get("categories")
    genres = named(whole, "genres", used(categories, "genres"))
    term = (line("name", _l("Name")),)
    return (
        Part(
            None,
            (
                Table(
                    "categories",
                    _l("Categories"),
                    _l("Category"),
                    (
                        line("name", _l("Name")),
                        letters(
                            "prefix",
                            _l("Letters of the code"),
                            r"^[A-Z]{1,6}\Z",
                            _l("One to six capital letters without marks."),
                        ),
                        line("shown_prefix", _l("as people see them"), width="s"),
                        choice("medium", _l("Medium, and what is asked of an instalment"), MEDIA, width="l"),
                        count("max_authors", _l("Authors of a work at most"), optional=False),
                        names("roles", _l("Roles of authors, one a line")),
                        boxes("genres", _l("Genres"), genres),
                        count("max_instalments", _l("Instalments at most"), _l("Where other than the limits.")),
                        count("max_words_per_instalment", _l("Words"), _l("Where other than the limits.")),
                        count("max_minutes_per_instalment", _l("Minutes"), _l("Where other than the limits.")),
                        boxes(
                            "instalment_fields",
                            _l("Asked of every instalment"),
                            INSTALMENT,
                            _l("Tick nothing to ask what the medium needs."),
                        ),
                    ),
                    code_of=large_code,
                    most=20,
                    link="slots",
                ),
            ),
        ),
        Part(
            _l("Words that authors choose from"),
            (
                Table("genres", _l("Genres"), _l("Genre"), term, compact=True, code_of=small_code),
                Table("topics", _l("Topics"), _l("Topic"), term, compact=True, code_of=small_code),
            ),
            hint=_l("What a work or an award already names cannot be left out."),
        ),
    )


KINDS = [
    ("pdf", "PDF"),
    ("image", _l("picture")),
    ("audio", _l("sound")),
    ("video", _l("video")),
    ("docx", "Word (DOCX)"),
]


def _slots(_whole: Values, _table: Values) -> tuple[Part, ...]:
    return (
        Part(
            None,
            (
                Table(
                    "slots",
                    _l("Places in the dossier"),
                    _l("Place in the dossier"),
                    (
                        line("name", _l("Name")),
                        boxes("kinds", _l("Kinds of file"), KINDS),
                        count("max_count", _l("Files at most"), high=50, absent=1),
                        count("max_megabytes", _l("MB each at most"), optional=False, high=4096),
                        tick("required", _l("The dossier is incomplete without it")),
                        tick("juror_may_see", _l("Jurors see these files")),
                        line("hint", _l("What belongs here"), optional=True, long=True, width="full"),
                    ),
                    code_of=small_code,
                    most=20,
                    fresh={"juror_may_see": "y"},
                ),
            ),
        ),
    )


LIMITS = Page(
    "limits",
    _l("Limits, and who may enter"),
    _l("What stands here is checked when a work is sent, and cited with its article."),
    _limits,
)
CATEGORIES = Page(
    "categories",
    _l("Categories, genres, topics"),
    _l("A category has its own dossier, its own score sheet and usually its own prizes."),
    _categories,
)
DOSSIER = Page(
    "dossier",
    _l("Dossier"),
    _l("Which files a work of this category brings, and what of them a juror may see."),
    _slots,
    listed="categories",
    none_yet=_l("There is no category yet. Add one first."),
)
