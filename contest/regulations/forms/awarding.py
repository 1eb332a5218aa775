"""The pages of what can be won: tiers and groups, special and collective prizes, and the way to the wall."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from flask_babel import lazy_gettext as _l

from contest.regulations.forms.cells import (
    boxes,
    choice,
    count,
    day,
    line,
    lines,
    money,
    named,
    points,
    prize_money,
    prose,
    tables_of,
    tick,
    used,
    vote,
    weight,
)
from contest.regulations.forms.pages import Page, Part
from contest.regulations.forms.rows import Cell, Group, Table, prize_code, small_code
from contest.regulations.safeguards import SECOND_PERSON_ACTS

Values = Mapping[str, Any]
SCOPES = [
    ("category", _l("the works of each category")),
    ("pooled", _l("all works together")),
    ("groups", _l("the works of each group below")),
]
METHODS = [
    ("quota", _l("best first, until the quota is full")),
    ("bands", _l("by the band in which the mean lies")),
    ("vote", _l("by the vote of the last round")),
]
REVOCATIONS = [
    ("empty", _l("its prize is not given again")),
    ("next_moves_up", _l("the works after it move up, as far as floors and quotas allow")),
]


def _prizes(whole: Values, _table: Values) -> tuple[Part, ...]:
    awarding = whole.get("awarding")
    awarding = awarding if isinstance(awarding, dict) else {}
    groups = awarding.get("groups")
    return (
        Part(
            None,
            (
                Table(
                    "prizes",
                    _l("Tiers, the highest first"),
                    _l("Tier"),
                    (
                        line("name", _l("Name")),
                        count("quota", _l("Prizes at most"), _l("In each group.")),
                        points("floor", _l("Mean of at least"), absent=0),
                        prize_money(),
                        _quotas(whole, awarding),
                        tick("exact", _l("Exactly so many must be given")),
                    ),
                    code_of=prize_code,
                    most=12,
                ),
            ),
        ),
        Part(
            _l("Who competes, and how"),
            (
                choice("awarding.scope", _l("Works compete with"), SCOPES, absent="category", width="l"),
                choice("awarding.method", _l("Tiers are given"), METHODS, absent="quota", width="l"),
                tick("awarding.one_prize", _l("A work takes one prize at most"), absent=True),
                choice(
                    "awarding.on_revocation", _l("When an award is revoked"), REVOCATIONS, absent="empty", width="l"
                ),
                Table(
                    "awarding.groups",
                    _l("Groups"),
                    _l("Group"),
                    (
                        line("name", _l("Name")),
                        *_which(whole, groups),
                    ),
                    hint=_l("Only with “the works of each group”. The first group that takes a work has it."),
                    in_sections=False,
                    code_of=small_code,
                ),
            ),
        ),
        Part(
            _l("Base salary"),
            (
                day("base_salary.on", _l("The day whose base salary counts"), optional=True),
                Table(
                    "base_salary.amounts",
                    _l("Base salary from a day on, oldest first"),
                    _l("Amount"),
                    (day("since", _l("From")), money("amount", _l("đồng a month"), optional=False)),
                    compact=True,
                    in_sections=False,
                    most=40,
                ),
            ),
            hint=_l("Needed when a prize is a multiple of it."),
        ),
    )


def _quotas(whole: Values, awarding: Values) -> Group:
    """Other numbers of prizes in single groups; a pooled contest has only one group."""
    scope = awarding.get("scope", "category")
    groups = (
        named(whole, "categories") if scope == "category" else named(awarding, "groups") if scope == "groups" else []
    )
    for tier in tables_of(whole, "prizes"):
        other = tier.get("quotas")
        known = dict(groups)
        groups += [(code, code) for code in (other if isinstance(other, dict) else ()) if code not in known]
    return Group(
        "quotas",
        tuple(count(code, name, low=0) for code, name in groups if code.isascii() and code.isidentifier()),
        lambda value: value if isinstance(value, dict) else {},
        lambda inside: inside or None,
        title=_l("Other numbers in single groups"),
        folded=True,
    )


def _which(whole: Values, tables: Any) -> tuple[Cell, ...]:
    return (
        boxes(
            "categories",
            _l("Of these categories; none ticked means all"),
            named(whole, "categories", used(tables, "categories")),
        ),
        boxes("genres", _l("Of these genres; none ticked means all"), named(whole, "genres", used(tables, "genres"))),
        boxes("topics", _l("On these topics; none ticked means all"), named(whole, "topics", used(tables, "topics"))),
    )


def _more(whole: Values, _table: Values) -> tuple[Part, ...]:
    tiers = named(whole, "prizes", used(whole.get("special_prizes"), "from_tiers"))
    ways = [
        ("mean", _l("the best exact mean")),
        ("vote", _l("a vote of the council")),
        ("act", _l("a recorded decision")),
    ]
    voted = _l("Needed when the vote decides.")
    return (
        Part(
            _l("Special prizes"),
            (
                Table(
                    "special_prizes",
                    _l("Drawn from the winners of tiers"),
                    _l("Special prize"),
                    (
                        line("name", _l("Name")),
                        count("quota", _l("Prizes at most"), absent=1),
                        points("floor", _l("Mean of at least"), absent=0),
                        choice("by", _l("Decided by"), ways, absent="act"),
                        boxes("from_tiers", _l("Among the winners of"), tiers),
                        prize_money(),
                        tick("replaces", _l("The work gives back the prize of its tier"), absent=True),
                        vote(voted),
                    ),
                    code_of=prize_code,
                    most=12,
                    fresh={"replaces": "y", "by": "act", "vote-secret": "y"},
                ),
            ),
        ),
        Part(
            _l("Thematic prizes"),
            (
                Table(
                    "thematic_prizes",
                    _l("For works on a theme, over all groups"),
                    _l("Thematic prize"),
                    (
                        line("name", _l("Name")),
                        count("quota", _l("Prizes at most"), absent=1),
                        points("floor", _l("Mean of at least"), absent=0),
                        choice("by", _l("Decided by"), ways, absent="mean"),
                        *_which(whole, whole.get("thematic_prizes")),
                        prize_money(),
                        vote(voted),
                    ),
                    code_of=prize_code,
                    most=20,
                    fresh={"by": "mean", "vote-secret": "y"},
                ),
            ),
        ),
        Part(
            _l("Collective prizes"),
            (
                Table(
                    "collective_prizes",
                    _l("For newsrooms"),
                    _l("Collective prize"),
                    (
                        line("name", _l("Name")),
                        count("quota", _l("Prizes at most"), absent=1),
                        choice(
                            "by",
                            _l("Decided by"),
                            [("formula", _l("a sum of points")), *ways[1:]],
                            absent="formula",
                        ),
                        count("minimum_works", _l("Accepted works, at least"), absent=1),
                        weight("points_per_work", _l("Points for a work")),
                        *(
                            weight(f"points_per_prize.{code}", _l("Points for “%(tier)s”", tier=name))
                            for code, name in named(whole, "prizes", _priced(whole))
                            if code.isascii() and code.isidentifier()
                        ),
                        prize_money(),
                        vote(voted),
                    ),
                    code_of=prize_code,
                    most=12,
                    fresh={"by": "formula", "vote-secret": "y"},
                ),
            ),
        ),
    )


def _priced(whole: Values) -> list[str]:
    found = [prize.get("points_per_prize") for prize in tables_of(whole, "collective_prizes")]
    return [code for points_of in found if isinstance(points_of, dict) for code in points_of]


def _publishing(whole: Values, _table: Values) -> tuple[Part, ...]:
    carried = whole.get("carry_on")
    tiers = named(whole, "prizes", used(carried, "tiers"))
    return (
        Part(
            _l("Before anything is published"),
            (
                lines(
                    "gates.approvals",
                    _l("Bodies that approve the list, in order, one a line"),
                    _l("Leave it empty for one approval, whose body is named when it is recorded."),
                    optional=True,
                ),
                tick("gates.no_open_complaint", _l("Nothing is decided while a complaint is open")),
            ),
        ),
        Part(
            _l("Complaints"),
            (
                count(
                    "gates.complaint_days",
                    _l("Days for complaints after the posting"),
                    _l("During the posting they are taken in anyway. Before these days are over nothing is decided."),
                    optional=False,
                    low=0,
                    high=90,
                    absent=0,
                ),
                count(
                    "gates.answer_days",
                    _l("Days to answer a complaint"),
                    _l("Counted from its receipt."),
                    optional=False,
                    high=90,
                    absent=10,
                ),
                choice(
                    "gates.remark",
                    _l("A work that is marked again counts by"),
                    [
                        ("replace", _l("the new sheets alone")),
                        ("join", _l("the earlier and the new sheets together")),
                    ],
                    absent="replace",
                    width="l",
                ),
                count(
                    "gates.remark_jurors",
                    _l("Other jurors who mark it, at least"),
                    optional=False,
                    high=9,
                    absent=2,
                ),
            ),
            hint=_l("They are sent on a public page while the list is posted."),
        ),
        Part(
            _l("After the decision"),
            (
                tick(
                    "gates.winners_confirm",
                    _l("Winners confirm what is printed of them"),
                    _l("Certificates wait for it. Names, order, unit and title are asked, nothing else."),
                ),
                count(
                    "gates.winners_days",
                    _l("Days to confirm"),
                    _l("After them you may go on without those who are silent."),
                    optional=False,
                    high=90,
                    absent=7,
                ),
                count(
                    "gates.bank_days",
                    _l("Days for which bank details are kept"),
                    _l("Counted from the last payment; then they are deleted."),
                    optional=False,
                    high=3650,
                    absent=90,
                ),
                tick(
                    "gates.open_scores",
                    _l("Make the scores public without the names of jurors"),
                    _l(
                        "After the publication anybody can download all marks and compute the result again. It holds "
                        "for rounds that are opened under it; jurors are told before they mark."
                    ),
                ),
            ),
        ),
        Part(
            _l("Acts that need a second person"),
            (
                boxes(
                    "safeguards.second_person",
                    _l("One organizer asks, another one confirms"),
                    [(code, lazy_gettext(label)) for code, label in SECOND_PERSON_ACTS.items()],
                    absent=(),
                ),
                count(
                    "safeguards.second_person_days",
                    _l("Days for the second person"),
                    _l("After them what was asked for lapses."),
                    optional=False,
                    high=30,
                    absent=7,
                ),
            ),
            hint=_l("Needs at least two organizers."),
        ),
        Part(
            _l("Certificate"),
            (
                line("certificate.title", _l("Title of the certificate")),
                line("certificate.lead", _l("Line above the name"), long=True),
                prose("certificate.wording", _l("What is certified"), _l("Below the name of the award.")),
                tick("certificate.individual_copies", _l("Each author of a group also gets one")),
                line(
                    "certificate.register_format",
                    _l("Number in the register"),
                    _l("{number} and {year} are filled in."),
                ),
            ),
        ),
        Part(
            _l("Shown means"),
            (
                count(
                    "display_decimals",
                    _l("Decimals"),
                    _l("What decides is always exact."),
                    optional=False,
                    low=0,
                    high=4,
                ),
                choice(
                    "display_rounding",
                    _l("Rounded"),
                    [
                        ("half_up", _l("half up: 17,125 becomes 17,13")),
                        ("half_even", _l("half to even: 17,125 becomes 17,12")),
                        ("down", _l("cut off")),
                    ],
                    absent="half_up",
                    width="l",
                ),
            ),
        ),
        Part(
            _l("On into the closing contest"),
            (
                boxes("carry_on.tiers", _l("Winners of"), tiers),
                count("carry_on.top", _l("and the best so many of each group")),
            ),
            hint=_l("Only in a phase of a contest of several years."),
        ),
    )


PRIZES = Page(
    "prizes",
    _l("Tiers of prizes"),
    _l("A prize brings money, a multiple of the base salary, or a thing. Money adds up to the đồng."),
    _prizes,
)
MORE_PRIZES = Page(
    "more_prizes",
    _l("Special, thematic and collective prizes"),
    _l("They are decided when the last round is sealed. A contest without them leaves this page empty."),
    _more,
)
PUBLISHING = Page(
    "publishing",
    _l("Approval, certificate, figures"),
    _l("What stands between the sealed result and the wall, and what the certificate says."),
    _publishing,
)
