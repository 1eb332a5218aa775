"""The regulation: one TOML document, validated whole into frozen typed objects, remembered by its hash.

``parse`` reports every problem at once: what has the wrong shape, each at its path, and what contradicts something
else among the sections whose values are what they claim to be.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from contextlib import suppress
from functools import cache, cached_property
from itertools import chain
from typing import Annotated, Any, Literal, cast

from pydantic import BeforeValidator, Field, Strict, TypeAdapter, ValidationError

from contest.errors import N_
from contest.regulations import articles, consistency, document
from contest.regulations.articles import Chapter, Placed
from contest.regulations.belonging import homes
from contest.regulations.entering import Category, Entrants, Limits, PriorAwards, Statement, Term
from contest.regulations.issuing import CertificateRule, Letterhead
from contest.regulations.prizes import (
    Awarding,
    BaseSalary,
    CarryOn,
    CollectivePrize,
    Gates,
    Group,
    SpecialPrize,
    ThematicPrize,
    Tier,
)
from contest.regulations.problems import RegulationInvalid, from_shape, told
from contest.regulations.safeguards import Safeguards
from contest.regulations.schedule import Calendar
from contest.regulations.scoring import COUNCIL, PanelRule, RoundRule, Rubric
from contest.regulations.shape import Line, Name, Part, Prose, Slug, by_code, refuse

REMEMBERED = 64
POOLED = "toan_giai"
"""Code of the one group of works when all compete together."""


def _whole_number(value: object) -> object:
    """Take 1, but neither 1.0 nor true, which are equal to it."""
    if type(value) is not int:
        raise refuse(N_("Expected a whole number without quotation marks."))
    return value


class Regulation(Part):
    """Everything a contest is run by."""

    format: Annotated[Literal[1], BeforeValidator(_whole_number)]
    """The version of this document format."""
    name: Line
    """The full name of the contest."""
    short_name: Name
    """The name in the head of the pages."""
    slug: Slug
    """The first part of the contest's addresses."""
    language: Literal["vi"]
    """The language the regulation is written in."""
    organiser: Annotated[tuple[Line, ...], Field(min_length=1, max_length=6)]
    """The bodies that hold the contest."""
    standing_office: Line
    """The body that answers letters."""
    contact: Prose
    """Where to write and call."""
    display_decimals: Annotated[int, Strict(), Field(ge=0, le=4)]
    """Decimals of a shown mean; what decides is always exact."""
    display_rounding: Literal["half_up", "half_even", "down"] = "half_up"
    """How a shown mean is rounded."""
    letterhead: Letterhead
    calendar: Calendar
    genres: Annotated[tuple[Term, ...], Field(min_length=1, max_length=60)]
    topics: Annotated[tuple[Term, ...], Field(min_length=1, max_length=60)]
    categories: Annotated[tuple[Category, ...], Field(min_length=1, max_length=20)]
    limits: Limits
    prior_awards: PriorAwards
    entrants: Entrants
    statements: Annotated[tuple[Statement, ...], Field(max_length=20)]
    rubrics: Annotated[tuple[Rubric, ...], Field(max_length=60)] = ()
    """Score sheets; none where every round is voted."""
    rounds: Annotated[tuple[RoundRule, ...], Field(min_length=1, max_length=3)]
    prizes: Annotated[tuple[Tier, ...], Field(min_length=1, max_length=12)]
    """Tiers from the highest down, the same in every group."""
    awarding: Awarding = Awarding()
    special_prizes: Annotated[tuple[SpecialPrize, ...], Field(max_length=12)] = ()
    thematic_prizes: Annotated[tuple[ThematicPrize, ...], Field(max_length=20)] = ()
    collective_prizes: Annotated[tuple[CollectivePrize, ...], Field(max_length=12)] = ()
    base_salary: BaseSalary | None = None
    """Needed when a prize is a multiple of it."""
    gates: Gates = Gates()
    safeguards: Safeguards = Safeguards()
    carry_on: CarryOn | None = None
    """In a phase: which works go on into the closing contest."""
    certificate: CertificateRule
    chapters: Annotated[tuple[Chapter, ...], Field(min_length=1, max_length=12)]
    """The text of the regulation."""

    def model_post_init(self, context: Any, /) -> None:
        """Give every round the criteria of the rubrics it names, as far as both are there (see `_sound_sections`)."""
        for rule in getattr(self, "rounds", ()):
            rule.bind(getattr(self, "rubrics", ()))

    @property
    def issuer(self) -> str:
        """Who issues the papers, as it is written within a sentence: among the organisers, not in capitals."""
        capitals = self.letterhead.issuer
        return next((name for name in self.organiser if name.upper().startswith(capitals.upper())), capitals)

    def category(self, code: str) -> Category:
        """Give the category with this code.

        :raise KeyError: if there is none
        """
        return by_code(self.categories, code)

    def genre(self, code: str) -> Term:
        """Give the genre with this code.

        :raise KeyError: if there is none
        """
        return by_code(self.genres, code)

    def topic(self, code: str) -> Term:
        """Give the topic with this code.

        :raise KeyError: if there is none
        """
        return by_code(self.topics, code)

    def round(self, code: str) -> RoundRule:
        """Give the round with this code.

        :raise KeyError: if there is none
        """
        return by_code(self.rounds, code)

    def tier(self, code: str) -> Tier:
        """Give the tier of prizes with this code.

        :raise KeyError: if there is none
        """
        return by_code(self.prizes, code)

    @cached_property
    def award_groups(self) -> tuple[Group, ...]:
        """The groups in which works compete for the tiers, in the order of the regulation."""
        if self.awarding.scope == "pooled":
            return (Group(code=POOLED, name=self.short_name),)
        if self.awarding.scope == "groups":
            return self.awarding.groups
        return tuple(
            Group(code=category.code, name=category.name, categories=(category.code,)) for category in self.categories
        )

    def award_group(self, *, category: str, genre: str, topic: str) -> str | None:
        """Name the group in which a work competes, by its code; None if no group takes it."""
        for group in self.award_groups:
            if group.takes(category=category, genre=genre, topic=topic):
                return group.code
        return None

    def panels_of(self, rule: RoundRule) -> tuple[PanelRule, ...]:
        """List the panels of a round, in the order of the regulation."""
        if rule.panels == "category":
            return tuple(
                PanelRule(code=category.code, name=category.name, categories=(category.code,))
                for category in self.categories
            )
        if rule.panels == "council":
            return (PanelRule(code=COUNCIL, name=rule.name),)
        return rule.panels

    @property
    def has_posting(self) -> bool:
        """Whether the proposed list is posted before the decision."""
        return self.calendar.posting is not None

    @cached_property
    def _places(self) -> dict[str, Placed]:
        return articles.places_of_rules(self.chapters)

    def cite(self, rule: str) -> str:
        """Name the article that states a rule, such as "khoản 1 Điều 6".

        :raise KeyError: if there is no such rule
        """
        return self._places[rule].citation

    def anchor(self, rule: str) -> str:
        """Name the fragment of the regulation's page at which a rule stands, such as "dieu-6-khoan-1".

        :raise KeyError: if there is no such rule
        """
        return self._places[rule].anchor


_parsed: OrderedDict[str, Regulation] = OrderedDict()


def fingerprint(text: str) -> str:
    """Hash a document: SHA-256 of its UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def remembered(sha256: str) -> Regulation | None:
    """Give the regulation with this hash if this process has parsed it lately."""
    return _parsed.get(sha256)


def parse(text: str) -> Regulation:
    """Read a document into a regulation; the same text gives the same object.

    :raise RegulationInvalid: with every problem at its path
    """
    sha256 = fingerprint(text)
    known = remembered(sha256)
    if known is None:
        known = _parsed[sha256] = _parse(text)
        while len(_parsed) > REMEMBERED:
            _parsed.popitem(last=False)
    return known


def _parse(text: str) -> Regulation:
    return checked(document.read(text))


def checked(values: dict[str, Any]) -> Regulation:
    """Make a regulation of a plain document, or say everything that is wrong with it.

    What contradicts something else is told also while another section has the wrong shape, as far as the sections it
    is about are sound.

    :raise RegulationInvalid: with every problem at its path
    """
    try:
        regulation = Regulation.model_validate(values)
    except ValidationError as error:
        sound, names = _sound_sections(values)
        shapeless = from_shape(error.errors(include_url=False), values, homes(Regulation))
        raise RegulationInvalid(told(chain(shapeless, consistency.contradictions(sound, names)))) from error
    problems = told(consistency.contradictions(regulation))
    if problems:
        raise RegulationInvalid(problems)
    return regulation


def _sound_sections(values: dict[str, Any]) -> tuple[Regulation, frozenset[str]]:
    """Give the sections of a document that have the right shape, and their names."""
    sound: dict[str, Any] = {}
    for name, field in Regulation.model_fields.items():
        if name not in values:
            if not field.is_required():
                sound[name] = field.get_default()
            continue
        with suppress(ValidationError):
            sound[name] = _section(name).validate_python(values[name])
    return Regulation.model_construct(_fields_set=set(sound), **sound), frozenset(sound)


@cache
def _section(name: str) -> TypeAdapter[Any]:
    field = Regulation.model_fields[name]
    kind = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    return TypeAdapter(cast("type[Any]", kind))
