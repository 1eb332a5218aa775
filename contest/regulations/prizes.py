"""What works and newsrooms can win, and by which way it is decided."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Protocol

from pydantic import BeforeValidator, Field, Strict

from contest.regulations.shape import (
    NOT_MONEY,
    PRIZE_CODE,
    Code,
    Codes,
    Count,
    Day,
    Flag,
    Line,
    Money,
    Name,
    Part,
    Points,
    Weight,
    refuse,
)
from contest.regulations.voting import VoteRule

PrizeCode = Annotated[str, Strict(), Field(pattern=PRIZE_CODE)]
Seats = Annotated[int, Strict(), Field(ge=0, le=10_000)]


class PrizeMoney(Part):
    """What comes with a prize: đồng, a multiple of the base salary, a thing, or a thing and đồng."""

    amount: Money | None = None
    """Đồng."""
    multiple: Weight | None = None
    """Times the base salary of the day that ``base_salary`` names."""
    in_kind: Line | None = None
    """A thing, in words."""
    worth: Money | None = None
    """What the thing is worth, in đồng; it is listed and not paid out."""


def _as_table(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return {"amount": value}
    if not isinstance(value, dict | PrizeMoney):
        raise refuse(NOT_MONEY)
    return value


PrizeMoneyOrAmount = Annotated[
    PrizeMoney,
    BeforeValidator(_as_table, json_schema_input_type=Money | PrizeMoney),
]


class SalaryStep(Part):
    """The base salary from a day on."""

    since: Day
    amount: Money
    """Đồng."""


class BaseSalary(Part):
    """The statutory base salary (mức lương cơ sở), as far as prizes are multiples of it."""

    on: Day
    """The day whose base salary counts."""
    amounts: Annotated[tuple[SalaryStep, ...], Field(min_length=1, max_length=40)]
    """Oldest first."""

    @property
    def amount(self) -> int | None:
        """The base salary on the day that counts, in đồng; None when that day lies before every step."""
        known = [step.amount for step in self.amounts if step.since <= self.on]
        return known[-1] if known else None


class Tier(Part):
    """A tier of prizes in every group."""

    code: PrizeCode
    name: Name
    quota: Count | None = None
    """At most so many in each group; without it there is no limit."""
    quotas: dict[str, Seats] = {}
    """Another number in single groups, by the code of the group (with scope ``category``: of the category)."""
    exact: Flag = False
    """Whether exactly the quota must be given: then nothing is sealed with fewer until people have said so."""
    floor: Points = 0
    """The least exact mean, in points."""
    money: PrizeMoneyOrAmount
    """Đồng for each prize, or a table: ``{multiple = 10}``, ``{in_kind = "…", worth = 130_000_000}``."""

    def quota_in(self, group: str) -> int | None:
        """How many may be given in a group; None for as many as earn it."""
        return self.quotas.get(group, self.quota)


class Choice(Protocol):
    """Lists that choose works."""

    @property
    def categories(self) -> tuple[str, ...]: ...
    @property
    def genres(self) -> tuple[str, ...]: ...
    @property
    def topics(self) -> tuple[str, ...]: ...


class Group(Part):
    """Works that compete with each other for the prizes."""

    code: Code
    name: Name
    categories: Codes = ()
    """Of these categories; of all when left out."""
    genres: Codes = ()
    """Of these genres; of all when left out."""
    topics: Codes = ()
    """On these topics; on all when left out."""

    def takes(self, *, category: str, genre: str, topic: str) -> bool:
        """Say whether a work belongs to the group."""
        return takes(self, category=category, genre=genre, topic=topic)


def takes(choice: Choice, *, category: str, genre: str, topic: str) -> bool:
    """Say whether a work is among those that lists of categories, genres and topics choose; an empty list takes all."""
    return (
        (not choice.categories or category in choice.categories)
        and (not choice.genres or genre in choice.genres)
        and (not choice.topics or topic in choice.topics)
    )


class Awarding(Part):
    """How the tiers are given."""

    scope: Literal["category", "pooled", "groups"] = "category"
    """Who competes: the works of each category, all works together, or the works of each group below."""
    groups: Annotated[tuple[Group, ...], Field(max_length=60)] = ()
    """With scope ``groups``; a work belongs to the first that takes it."""
    method: Literal["quota", "bands", "vote"] = "quota"
    """``quota``: best first, each work the highest tier whose floor it reaches and whose quota is not full;
    ``bands``: the tier in whose band the exact mean lies, no other; ``vote``: what the last round's vote carries."""
    one_prize: Flag = True
    """Whether a work takes one prize at most."""
    on_revocation: Literal["empty", "next_moves_up"] = "empty"
    """What becomes of the seat of a tier when its award is revoked: it stays empty, or the works after it move up."""


class SpecialPrize(Part):
    """A prize drawn from the winners of named tiers, over all groups."""

    code: PrizeCode
    name: Name
    from_tiers: Annotated[tuple[PrizeCode, ...], Field(min_length=1, max_length=12)]
    quota: Count = 1
    floor: Points = 0
    by: Literal["mean", "vote", "act"] = "act"
    """The best exact mean, a vote of the council, or a recorded decision."""
    vote: VoteRule | None = None
    """With ``by = "vote"``."""
    replaces: Flag = True
    """Whether the work gives back the prize of its tier; nobody moves up into its place."""
    money: PrizeMoneyOrAmount


class ThematicPrize(Part):
    """A prize across the groups, for works on a theme."""

    code: PrizeCode
    name: Name
    categories: Codes = ()
    genres: Codes = ()
    topics: Codes = ()
    """Which works it is for; all when left out."""
    quota: Count = 1
    floor: Points = 0
    by: Literal["mean", "vote", "act"] = "mean"
    vote: VoteRule | None = None
    """With ``by = "vote"``."""
    money: PrizeMoneyOrAmount

    def takes(self, *, category: str, genre: str, topic: str) -> bool:
        """Say whether a work can win it."""
        return takes(self, category=category, genre=genre, topic=topic)


class CollectivePrize(Part):
    """A prize for newsrooms."""

    code: PrizeCode
    name: Name
    quota: Count = 1
    by: Literal["formula", "vote", "act"] = "formula"
    vote: VoteRule | None = None
    """With ``by = "vote"``."""
    points_per_work: Weight | None = None
    """In the formula: for each accepted work."""
    points_per_prize: dict[str, Weight] = {}
    """In the formula: for each prize, by the code of its tier."""
    minimum_works: Count = 1
    """With fewer accepted works a newsroom is not considered."""
    money: PrizeMoneyOrAmount


class CarryOn(Part):
    """Which works of a phase (đợt) go on into the closing contest above it."""

    tiers: Annotated[tuple[PrizeCode, ...], Field(max_length=12)] = ()
    """Winners of these tiers."""
    top: Count | None = None
    """The best so many of each group, with everyone at the edge."""


class Gates(Part):
    """What stands between sealing and the wall, besides the posting of the calendar."""

    approvals: Annotated[tuple[Line, ...], Field(max_length=6)] | None = None
    """Bodies that approve the list, in this order; left out, one approval whose body is named when it is recorded."""
    no_open_complaint: Flag = False
    """Whether nothing is decided while a complaint is open."""
    complaint_days: Annotated[int, Strict(), Field(ge=0, le=90)] = 0
    """Days after the posting during which complaints are still taken in; before they are over nothing is decided."""
    answer_days: Annotated[int, Strict(), Field(ge=1, le=90)] = 10
    """Days within which a complaint is answered, counted from its receipt."""
    remark: Literal["replace", "join"] = "replace"
    """When a complaint has a work marked again: whether the new sheets stand alone or beside the earlier ones."""
    remark_jurors: Annotated[int, Strict(), Field(ge=1, le=9)] = 2
    """How many other jurors mark it at least."""
    winners_confirm: Flag = False
    """Whether certificates wait until the winners have confirmed what is printed of them."""
    winners_days: Annotated[int, Strict(), Field(ge=1, le=90)] = 7
    """Days that winners have for it; after them one may go on without those who are silent."""
    bank_days: Annotated[int, Strict(), Field(ge=1, le=3650)] = 90
    """Days after the last payment for which bank details are kept."""
    open_scores: Flag = False
    """Whether every mark is public after the publication, under pseudonyms of the jurors."""

    @property
    def handles_complaints_as_usual(self) -> bool:
        """Whether the text need not say how complaints are handled."""
        usual = type(self)()
        names = ("complaint_days", "answer_days", "remark", "remark_jurors")
        return all(getattr(self, name) == getattr(usual, name) for name in names)

    @property
    def keeps_bank_details_as_usual(self) -> bool:
        """Whether the text need not say for how long bank details are kept."""
        return bool(self.bank_days == type(self).model_fields["bank_days"].default)
