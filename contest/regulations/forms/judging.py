"""The pages of the rounds: which there are, how each judges, and which works go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from contest.regulations.forms.cells import (
    boxes,
    choice,
    count,
    line,
    moment,
    named,
    points,
    share,
    tables_of,
    tick,
    used,
    vote,
)
from contest.regulations.forms.pages import Page, Part
from contest.regulations.forms.rows import Cell, Group, Table, small_code

Values = Mapping[str, Any]
LISTED = "listed"
AGGREGATIONS = [
    ("mean", _l("the mean")),
    ("trimmed", _l("the mean without the highest and the lowest")),
    ("median", _l("the median")),
    ("sum", _l("the sum")),
]
MEASURES = [
    ("range", _l("between the highest and the lowest total")),
    ("distance", _l("between a total and the mean of all")),
]
CONSEQUENCES = [
    ("hold", _l("the round is not sealed until the chair has acted")),
    ("flag", _l("it is only shown")),
    ("third_replaces", _l("one more juror marks the work; that sheet stands alone")),
    ("third_joins", _l("one more juror marks the work; that sheet joins the others")),
]
JOINS = [("all", _l("everything given is needed")), ("any", _l("one of it is enough"))]
TIES = [
    ("highest_sheet", _l("the highest single sheet")),
    ("earlier_receipt", _l("the earlier receipt")),
    ("chair_sheet", _l("the chair's sheet")),
    ("vote", _l("a vote of the council")),
    ("lot", _l("a lot, recorded")),
    ("act", _l("a decision of people, recorded")),
]


def _rounds(_whole: Values, _table: Values) -> tuple[Part, ...]:
    return (
        Part(
            None,
            (
                Table(
                    "rounds",
                    _l("Rounds, in their order"),
                    _l("Round"),
                    (
                        line("name", _l("Name")),
                        moment("opens", _l("Opens")),
                        moment("closes", _l("Closes")),
                        count("panel_size", _l("Jurors in a panel"), optional=False),
                        count("jurors_per_entry", _l("of them for each work"), absent=1),
                        count("minimum_sheets", _l("Sheets needed"), absent=1),
                        tick("blind", _l("Jurors see neither authors nor newsrooms")),
                    ),
                    code_of=small_code,
                    most=3,
                    link="round",
                ),
            ),
        ),
    )


def _terms(prefix: str = "") -> tuple[Cell, ...]:
    return (
        share(f"{prefix}share", _l("The best share"), _l("For example 1/2, rounded up.")),
        count(f"{prefix}top", _l("or the best so many")),
        points(f"{prefix}floor", _l("with a mean of at least")),
        choice(f"{prefix}join", _l("Of these"), JOINS, absent="all", width="l"),
        tick(f"{prefix}flagged", _l("Named by the chair in a recorded act")),
    )


def _advancement(categories: list[tuple[str, Any]]) -> Group:
    cells = _terms()

    def roll(inside: dict[str, Any]) -> Any:
        own = _given({key: value for key, value in inside.items() if "." not in key})
        others: dict[str, dict[str, Any]] = {}
        for key, value in inside.items():
            if key.startswith("categories."):
                _, category, name = key.split(".")
                others.setdefault(category, {})[name] = value
        given = {category: terms for category, found in others.items() if (terms := _given(found))}
        if not own and not given:
            return None
        kinds = [name for name in ("share", "top", "floor", "flagged") if name in own]
        kind = kinds[0] if len(kinds) == 1 else "combination"
        return {"kind": kind, **own, **({"categories": given} if given else {})}

    for code, name in categories:
        cells += tuple(_of_category(cell, name) for cell in _terms(f"categories.{code}."))
    return Group(
        "advancement",
        cells,
        lambda value: value if isinstance(value, dict) else {},
        roll,
        title=_l("Who goes on to the next round"),
        hint=_l("Everyone equal to the last one goes on too. In the last round all of it stays empty."),
    )


def _given(terms: dict[str, Any]) -> dict[str, Any]:
    found = {key: value for key, value in terms.items() if value not in (None, False)}
    if not found.keys() - {"join"}:
        return {}
    return {key: value for key, value in found.items() if (key, value) != ("join", "all")}


def _of_category(cell: Cell, name: Any) -> Cell:
    def make() -> Any:
        field = cell.make()
        label = field.kwargs.get("label") or field.args[0]
        return field.field_class(
            _l("%(category)s: %(label)s", category=name, label=label), *field.args[1:], **field.kwargs
        )

    return Cell(cell.key, make, cell.kinds, cell.absent, cell.width, cell.unordered, cell.num, cell.rows)


def _discrepancy() -> Group:
    def unroll(value: Any) -> Mapping[str, Any]:
        number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        return {"limit": value} if number else value if isinstance(value, dict) else {}

    def roll(inside: dict[str, Any]) -> Any:
        if "limit" not in inside:
            return None
        usual = (inside.get("measure"), inside.get("consequence")) == ("range", "hold")
        return inside["limit"] if usual else inside

    return Group(
        "discrepancy",
        (
            points("limit", _l("Jurors may differ by"), _l("In points; leave it empty to let them.")),
            choice("measure", _l("measured"), MEASURES, absent="range", width="l"),
            choice("consequence", _l("When they differ by more"), CONSEQUENCES, absent="hold", width="full"),
        ),
        unroll,
        roll,
        title=_l("When jurors differ"),
    )


def _aggregation() -> Group:
    return Group(
        "aggregation",
        (
            choice("kind", _l("Of the sheets is taken"), AGGREGATIONS, absent="mean", width="l"),
            count("drop", _l("Left out at each end"), _l("Without the highest and the lowest."), high=10, absent=1),
            count("when_at_least", _l("only from so many sheets"), absent=5),
            choice(
                "of",
                _l("Taken of"),
                [("total", _l("the totals")), ("criterion", _l("each criterion, then added"))],
                absent="total",
                width="l",
            ),
        ),
        lambda value: value if isinstance(value, dict) else {},
        _aggregation_of,
        title=_l("From the sheets to one figure"),
    )


def _aggregation_of(inside: dict[str, Any]) -> Any:
    if inside.get("kind") != "trimmed":
        inside = {key: value for key, value in inside.items() if key not in ("drop", "when_at_least")}
    if inside.get("of") == "total":
        inside.pop("of")
    return inside if inside != {"kind": "mean"} else None


def _round(whole: Values, table: Values) -> tuple[Part, ...]:
    categories = named(whole, "categories")
    genres = named(whole, "genres", used(table.get("panels"), "genres") + used(table.get("bonus"), "genres"))
    in_categories = named(
        whole, "categories", used(table.get("panels"), "categories") + used(table.get("bonus"), "categories")
    )
    chosen = table.get("rubrics")
    rubrics = [("", _l("none")), *named(whole, "rubrics", chosen.values() if isinstance(chosen, dict) else ())]
    return (
        Part(
            _l("Scored or voted"),
            (
                points("scale", _l("Full marks of a sheet"), _l("The sum of the weighted maxima."), absent=0),
                vote(_l("With a kind of ballot chosen, the council votes in this round instead of scoring.")),
            ),
        ),
        Part(
            _l("Score sheets"),
            tuple(
                choice(f"rubrics.{code}", name, rubrics, absent="", width="l")
                for code, name in categories
                if code.isascii() and code.replace("_", "").isalnum()
            ),
        ),
        Part(
            _l("Panels"),
            (
                _panels(),
                Table(
                    "panels",
                    _l("Panels that are listed"),
                    _l("Panel"),
                    (
                        line("name", _l("Name")),
                        boxes("categories", _l("Works of these categories; none ticked means all"), in_categories),
                        boxes("genres", _l("Works of these genres; none ticked means all"), genres),
                    ),
                    hint=_l("Only with “one of the panels listed”. The first panel that takes a work judges it."),
                    in_sections=False,
                    only_when=("panels_are", LISTED),
                    code_of=small_code,
                ),
            ),
        ),
        Part(_l("Figures"), (_aggregation(), _discrepancy(), _bonus(table, in_categories, genres, whole))),
        Part(
            _l("Equal works"),
            (
                Table(
                    "tie_breaks",
                    _l("Applied in this order"),
                    _l("Step"),
                    (choice("step", _l("Decided by"), _tie_choices(whole, table), width="l"),),
                    hint=_l("The last step is one that is recorded: a vote, a lot or a decision."),
                    single=True,
                    compact=True,
                    most=10,
                ),
            ),
        ),
        Part(None, (_advancement([(code, name) for code, name in categories if code.isidentifier()]),)),
    )


@dataclass(frozen=True)
class Arrangement(Cell):
    """Which panels there are: by category, one council, or those of a list, which is a table of its own."""

    @property
    def name(self) -> str:
        """The name of the field, beside that of the list."""
        return "panels_are"

    def read(self, table: Any) -> Any:
        """Give the word for what the document says."""
        said = table.get("panels") if isinstance(table, dict) else None
        return LISTED if isinstance(said, list) else said if isinstance(said, str) else "category"

    def same(self, one: Any, other: Any) -> bool:
        """Leave the list to its table."""
        return bool(one in (LISTED, other))


def _panels() -> Cell:
    arrangements = [
        ("category", _l("the panel of its category")),
        ("council", _l("one council for all works")),
        (LISTED, _l("one of the panels listed below")),
    ]
    choices = [SelectChoice(value, label) for value, label in arrangements]
    return Arrangement("panels", lambda: SelectField(_l("A work is judged by"), choices=choices), width="l")


def _bonus(table: Values, categories: list[tuple[str, Any]], genres: list[tuple[str, Any]], whole: Values) -> Table:
    slots: dict[str, Any] = {}
    for category in tables_of(whole, "categories"):
        slots |= dict(named(category, "slots"))
    slots |= {code: code for code in used(table.get("bonus"), "slots") if code not in slots}
    return Table(
        "bonus",
        _l("Points added to the figure"),
        _l("Bonus"),
        (
            line("name", _l("Name")),
            points("points", _l("Points"), optional=False),
            boxes("categories", _l("In these categories; none ticked means all"), categories),
            boxes("genres", _l("For these genres"), genres),
            boxes("slots", _l("For works with a file in"), list(slots.items())),
            tick("by_act", _l("For works named in a recorded act")),
        ),
        in_sections=False,
        code_of=small_code,
        most=20,
    )


def _tie_choices(whole: Values, table: Values) -> list[tuple[str, Any]]:
    chosen = table.get("rubrics")
    codes = set(map(str, chosen.values())) if isinstance(chosen, dict) else set()
    found: dict[str, Any] = {}
    for rubric in tables_of(whole, "rubrics"):
        if rubric.get("code") in codes:
            for code, name in named(rubric, "criteria"):
                found.setdefault(f"criterion:{code}", _l("criterion “%(name)s”", name=name))
    found |= dict(TIES)
    steps = table.get("tie_breaks")
    for step in steps if isinstance(steps, list) else ():
        if isinstance(step, str):
            found.setdefault(step, step)
    return list(found.items())


ROUNDS = Page(
    "rounds",
    _l("Rounds of judging"),
    _l("One to three rounds. A round that was opened keeps the version it was opened under."),
    _rounds,
)
ROUND = Page(
    "round",
    _l("Round"),
    _l("How works are judged in this round, and which of them go on."),
    _round,
    listed="rounds",
    none_yet=_l("There is no round yet. Add one first."),
)
