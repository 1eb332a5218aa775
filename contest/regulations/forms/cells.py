"""The cells that pages are made of, each with its field, its refusals and what the document may say there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional, Regexp

from contest.regulations.forms.fields import (
    FILLED,
    LINE,
    PROSE,
    REQUIRED,
    SHORT,
    BoxesField,
    CountField,
    DayField,
    LinesField,
    MomentField,
    MoneyField,
    NamesField,
    PointsField,
    ShareField,
    WeightField,
)
from contest.regulations.forms.rows import Cell, Group

Choices = Sequence[tuple[str, Any]]


def line(
    key: str, label: Any, hint: Any = None, *, optional: bool = False, long: bool = False, width: str = "l"
) -> Cell:
    """A text of one line."""
    validators = [Optional() if optional else FILLED, LINE if long else SHORT]
    return Cell(key, lambda: StringField(label, validators, description=hint or ""), width=width)


def letters(key: str, label: Any, pattern: str, message: Any, hint: Any = None) -> Cell:
    """A few letters of a kind."""
    validators = [FILLED, Regexp(pattern, message=message)]
    return Cell(key, lambda: StringField(label, validators, description=hint or ""), width="s")


def prose(key: str, label: Any, hint: Any = None, *, optional: bool = False, rows: int = 3) -> Cell:
    """A text of several lines."""
    validators = [Optional() if optional else FILLED, PROSE]
    return Cell(key, lambda: TextAreaField(label, validators, description=hint or ""), width="full", rows=rows)


def lines(key: str, label: Any, hint: Any = None, *, optional: bool = False) -> Cell:
    """Texts, one a line."""
    validators = [] if optional else [FILLED]
    return Cell(key, lambda: LinesField(label, validators, description=hint or ""), (list,), width="full", rows=3)


def names(key: str, label: Any, hint: Any = None) -> Cell:
    """Names, one a line."""
    return Cell(key, lambda: NamesField(label, [FILLED], description=hint or ""), (list,), width="full", rows=4)


def count(
    key: str,
    label: Any,
    hint: Any = None,
    *,
    optional: bool = True,
    low: int = 1,
    high: int = 10_000,
    absent: int | None = None,
    width: str = "s",
) -> Cell:
    """A whole number."""
    span = NumberRange(low, high, _l("From %(min)s to %(max)s."))
    validators = [Optional() if optional else REQUIRED, span]
    return Cell(
        key,
        lambda: CountField(label, validators, description=hint or ""),
        (int,),
        absent=absent,
        width=width,
        num=True,
    )


def points(
    key: str, label: Any, hint: Any = None, *, optional: bool = True, absent: int | None = None, width: str = "s"
) -> Cell:
    """A number of points."""
    validators = [Optional() if optional else REQUIRED]
    return Cell(
        key,
        lambda: PointsField(label, validators, description=hint or ""),
        (int, Decimal),
        absent=absent,
        width=width,
        num=True,
    )


def share(key: str, label: Any, hint: Any = None, *, optional: bool = True, absent: str | None = None) -> Cell:
    """A share of a whole."""
    validators = [Optional() if optional else REQUIRED]
    return Cell(key, lambda: ShareField(label, validators, description=hint or ""), absent=absent, width="s", num=True)


def weight(key: str, label: Any, hint: Any = None, *, absent: int | None = None) -> Cell:
    """A factor."""
    return Cell(
        key,
        lambda: WeightField(label, [Optional()], description=hint or ""),
        (int, str),
        absent=absent,
        width="s",
        num=True,
    )


def money(key: str, label: Any, hint: Any = None, *, optional: bool = True, width: str = "m") -> Cell:
    """An amount of đồng."""
    validators = [Optional() if optional else REQUIRED]
    return Cell(key, lambda: MoneyField(label, validators, description=hint or ""), (int,), width=width, num=True)


def day(key: str, label: Any, hint: Any = None, *, optional: bool = False) -> Cell:
    """A day."""
    validators = [Optional() if optional else REQUIRED]
    return Cell(key, lambda: DayField(label, validators, description=hint or ""), (date,), width="m", num=True)


def moment(key: str, label: Any, hint: Any = None) -> Cell:
    """A day, perhaps with an hour."""
    return Cell(key, lambda: MomentField(label, [REQUIRED], description=hint or ""), (date,), width="m", num=True)


def tick(key: str, label: Any, hint: Any = None, *, absent: bool = False) -> Cell:
    """A box to tick."""
    return Cell(key, lambda: BooleanField(label, description=hint or ""), (bool,), absent=absent, width="full")


def _choices(choices: Choices) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in choices]


def choice(
    key: str, label: Any, choices: Choices, hint: Any = None, *, absent: str | None = None, width: str = "m"
) -> Cell:
    """One of several."""
    return Cell(
        key,
        lambda: SelectField(
            label,
            choices=_choices(choices),
            default=absent,
            description=hint or "",
            validators=[],
            validate_choice=True,
        ),
        absent=absent,
        width=width,
    )


def boxes(key: str, label: Any, choices: Choices, hint: Any = None, *, absent: Sequence[str] | None = None) -> Cell:
    """Some of several."""
    return Cell(
        key,
        lambda: BoxesField(label, choices=_choices(choices), description=hint or ""),
        (list,),
        absent=list(absent) if absent else None,
        width="full",
        unordered=True,
    )


def tables_of(values: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """List the tables of a list of the draft, whatever else it may hold."""
    listed = values.get(key)
    return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []


def named(values: Mapping[str, Any], key: str, more: Iterable[Any] = ()) -> list[tuple[str, Any]]:
    """List what the draft names under a heading as choices: code and name; and codes used without being named."""
    found: dict[str, Any] = {}
    for item in tables_of(values, key):
        if isinstance(item.get("code"), str):
            name = item.get("name")
            found[item["code"]] = name if isinstance(name, str) and name else item["code"]
    for code in more:
        if isinstance(code, str) and code:
            found.setdefault(code, code)
    return list(found.items())


def used(tables: Any, key: str) -> list[str]:
    """List the codes that tables name in one of their lists."""
    found: dict[str, None] = {}
    for table in tables if isinstance(tables, list) else [tables]:
        codes = table.get(key) if isinstance(table, dict) else None
        found |= dict.fromkeys(code for code in (codes if isinstance(codes, list) else []) if isinstance(code, str))
    return list(found)


VOTE_KINDS = [
    ("", _l("no vote")),
    ("yes_no", _l("yes or no to each work")),
    ("tier", _l("one tier for each work")),
    ("approval", _l("a number of works named")),
    ("ranking", _l("works put in order")),
]
MAJORITIES = [
    ("present", _l("more than half of those present")),
    ("members", _l("more than half of all members")),
    ("two_thirds", _l("two thirds of those present")),
]


def vote(hint: Any) -> Group:
    """How the council votes; no kind means that it does not."""

    def roll(inside: dict[str, Any]) -> Any:
        return {key: value for key, value in inside.items() if value is not None} if inside.get("kind") else None

    return Group(
        "vote",
        (
            choice("kind", _l("On a ballot stands"), VOTE_KINDS, absent="", width="l"),
            count("most", _l("Works named at most"), _l("In an approval.")),
            share("quorum", _l("Quorum"), _l("Share of the members, for example 1/2."), absent="1/2"),
            choice("majority", _l("Carried by"), MAJORITIES, absent="present", width="l"),
            count("ballots", _l("Ballots at most"), absent=1),
            tick("casting_vote", _l("The chair's vote decides when exactly half are for a work")),
            tick("secret", _l("It stays unknown who voted how"), absent=True),
        ),
        lambda value: value if isinstance(value, dict) else {},
        roll,
        title=_l("Vote of the council"),
        hint=hint,
        folded=True,
    )


def prize_money() -> Group:
    """What comes with a prize."""

    def unroll(value: Any) -> Mapping[str, Any]:
        if isinstance(value, int) and not isinstance(value, bool):
            return {"amount": value}
        return value if isinstance(value, dict) else {}

    def roll(inside: dict[str, Any]) -> Any:
        return inside["amount"] if list(inside) == ["amount"] else inside or None

    return Group(
        "money",
        (
            money("amount", _l("Money (đồng)"), width="s"),
            weight("multiple", _l("Or times the base salary")),
            line("in_kind", _l("Or a thing"), optional=True, long=True, width="s"),
            money("worth", _l("worth (đồng)"), width="s"),
        ),
        unroll,
        roll,
    )
