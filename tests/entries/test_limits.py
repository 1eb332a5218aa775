"""Limits by role and genre, through whom, how many a unit, earlier instalments, likeness: facts in, findings out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from contest.entries.eligibility import (
    Author,
    Channel,
    Entered,
    Facts,
    Likeness,
    Published,
    SameWork,
    Sender,
    Unit,
    check,
)
from contest.entries.findings import Finding, blocking
from contest.regulations import presets, schema
from contest.regulations.entering import BonusSlot, RoleLimit, UnitQuota
from contest.regulations.schema import Regulation

PRESET = schema.parse(presets.text("quang_ngai_2025"))
WINDOW = PRESET.calendar.publication
INSIDE = Published(WINDOW.first)
BEFORE = Published(WINDOW.first - timedelta(days=1))
AFTER = Published(WINDOW.last + timedelta(days=1))
CAMERA, WRITER = "Quay phim", "Biên tập"
FILM, REPORT, COMMENT = "phim_tai_lieu", "phong_su", "but_ky"


def ruled(entrants: dict[str, Any] | None = None, category: dict[str, Any] | None = None, **limits: Any) -> Regulation:
    """The default regulation with other limits."""
    return PRESET.model_copy(
        update={
            "limits": PRESET.limits.model_copy(update=limits),
            "entrants": PRESET.entrants.model_copy(update=entrants or {}),
            "categories": tuple(one.model_copy(update=category or {}) for one in PRESET.categories),
        }
    )


# One work an author, a cameraman three, and one more with a film, a photograph, an inquiry or a comment among them
NINTH = ruled(
    works_per_author=1,
    by_role=(RoleLimit(roles=(CAMERA,), works=3),),
    bonus=(BonusSlot(genres=(FILM, COMMENT)),),
)


def found(rule: str, regulation: Regulation, **known: Any) -> list[Finding]:
    facts = Facts(**{"category": "TRUYEN_HINH", "files": None, "statements": None} | known)
    return [finding for finding in check(facts, regulation) if finding.rule == rule]


def severities(rule: str, regulation: Regulation, **known: Any) -> list[str]:
    return [finding.severity for finding in found(rule, regulation, **known)]


def entering(role: str, genre: str, *works: tuple[str, str], regulation: Regulation = NINTH) -> list[str]:
    """Severities for an author who enters a work in a role, with other works of a role and genre."""
    author = Author("Mai", role, tuple(Entered((other,), kind) for other, kind in works))
    return severities("works_per_author", regulation, genre=genre, authors=(author,))


# The ninth press award of Quảng Ngãi, 2017


def test_an_author_enters_one_work_and_a_cameraman_three() -> None:
    assert entering(WRITER, REPORT) == ["fine"]
    assert entering(WRITER, REPORT, (WRITER, REPORT)) == ["blocks"]
    assert entering(CAMERA, REPORT, *[(CAMERA, REPORT)] * 2) == ["fine"]
    assert entering(CAMERA, REPORT, *[(CAMERA, REPORT)] * 3) == ["blocks"]


def test_works_in_one_line_are_not_counted_in_another() -> None:
    assert entering(WRITER, REPORT, *[(CAMERA, REPORT)] * 3) == ["fine"]
    assert entering(CAMERA, REPORT, (WRITER, REPORT), *[(CAMERA, REPORT)] * 2) == ["fine"]


def test_a_film_among_the_works_opens_one_place_more_whichever_comes_first() -> None:
    assert entering(WRITER, FILM, (WRITER, REPORT)) == ["fine"]
    assert entering(WRITER, REPORT, (WRITER, FILM)) == ["fine"]
    assert entering(WRITER, FILM, (WRITER, COMMENT)) == ["fine"]
    assert entering(WRITER, FILM, (WRITER, COMMENT), (WRITER, REPORT)) == ["blocks"]
    assert entering(CAMERA, FILM, *[(CAMERA, REPORT)] * 3) == ["fine"]


def test_somebody_named_in_two_roles_of_one_work_is_counted_once_in_each_line() -> None:
    both = Entered((WRITER, "Đạo diễn", CAMERA), REPORT)

    for role, severity in ((CAMERA, "fine"), (WRITER, "blocks")):
        author = Author("Mai", role, (both,))
        assert severities("works_per_author", NINTH, genre=REPORT, authors=(author,)) == [severity]


def test_the_finding_names_the_role_whose_limit_is_reached() -> None:
    author = Author("Mai", CAMERA, (Entered((CAMERA,), REPORT),) * 3)

    (finding,) = found("works_per_author", NINTH, genre=REPORT, authors=(author,))

    assert finding.params == {"name": "Mai", "count": 3, "limit": 3, "role": CAMERA}


def test_without_a_number_there_is_no_limit() -> None:
    many = [(WRITER, REPORT)] * 100

    assert entering(WRITER, REPORT, *many, regulation=ruled(works_per_author=None)) == []
    only_cameramen = ruled(works_per_author=None, by_role=NINTH.limits.by_role)
    assert entering(WRITER, REPORT, *many, regulation=only_cameramen) == ["fine"]
    assert entering(CAMERA, REPORT, *[(CAMERA, REPORT)] * 3, regulation=only_cameramen) == ["blocks"]


ROLES = some.sampled_from((WRITER, CAMERA, "Đạo diễn"))
WORKS = some.lists(some.builds(lambda role, genre: Entered((role,), genre), ROLES, some.sampled_from((FILM, REPORT))))
AUTHORS = some.lists(some.builds(Author, some.sampled_from(("Mai", "Trà", "Rố")), ROLES, WORKS.map(tuple)), max_size=5)


@given(AUTHORS, some.randoms())
def test_the_order_of_authors_and_of_their_works_never_matters(authors: list[Author], random: Any) -> None:
    shuffled = list(authors)
    random.shuffle(shuffled)
    turned = [Author(one.name, one.role, one.works[::-1]) for one in shuffled]

    first, second = (
        sorted(map(repr, found("works_per_author", NINTH, genre=REPORT, authors=tuple(order))))
        for order in (authors, turned)
    )

    assert first == second


@given(ROLES, WORKS, ROLES)
def test_one_more_work_never_opens_a_place_unless_it_opens_a_bonus(role: str, works: list[Entered], more: str) -> None:
    before, after = (
        severities("works_per_author", NINTH, genre=REPORT, authors=(Author("Mai", role, tuple(entered)),))
        for entered in (works, [*works, Entered((more,), REPORT)])
    )

    assert before != ["blocks"] or after == ["blocks"]


@given(WORKS, some.integers(1, 4))
def test_one_more_work_in_the_same_line_never_opens_a_place_where_a_bonus_is_one(
    works: list[Entered], number: int
) -> None:
    regulation = ruled(works_per_author=number, bonus=(BonusSlot(genres=(FILM,)),))
    before, after = (
        severities("works_per_author", regulation, genre=REPORT, authors=(Author("Mai", WRITER, tuple(entered)),))
        for entered in (works, [*works, Entered((WRITER,), FILM)])
    )

    assert before != ["blocks"] or after == ["blocks"]


# Through whom, and how many


@pytest.mark.parametrize("channel", list(Channel))
def test_a_work_is_sent_by_whom_the_regulation_lets_send(channel: Channel) -> None:
    others = tuple(one.value for one in Channel if one is not channel)
    sender = Sender("Trà", channel, "Báo Quảng Ngãi" if channel is not Channel.AUTHOR else "")

    assert severities("through", ruled({"through": others}), sender=sender) == ["blocks"]
    assert "blocks" not in severities("through", ruled({"through": (channel.value,)}), sender=sender)


def test_a_unit_sends_as_many_works_as_it_may_and_reads_how_many_are_left() -> None:
    rule = ruled({"works_per_unit": 3, "unit_quotas": (UnitQuota(unit="Báo Nhân Dân", works=1),)})

    (fine,) = found("works_per_unit", rule, unit=Unit("Báo Quảng Ngãi", 1))
    (full,) = found("works_per_unit", rule, unit=Unit("Báo Quảng Ngãi", 3))

    assert (fine.severity, fine.params["count"], fine.params["left"]) == ("fine", 2, 1)
    assert (full.severity, full.params["count"], full.params["limit"]) == ("blocks", 3, 3)
    assert severities("works_per_unit", rule, unit=Unit("Báo Nhân Dân", 1)) == ["blocks"]
    assert severities("works_per_unit", PRESET, unit=Unit("Báo Quảng Ngãi", 400)) == []


@given(some.integers(1, 30), some.integers(0, 40))
def test_a_unit_never_gets_past_its_quota(quota: int, sent: int) -> None:
    severity = severities("works_per_unit", ruled({"works_per_unit": quota}), unit=Unit("Báo Quảng Ngãi", sent))

    assert (severity == ["fine"]) is (sent + 1 <= quota)


def test_jurors_may_be_let_in() -> None:
    rule = ruled({"jurors_may_enter": True})

    assert blocking(found("excluded_entrants", rule, sender=Sender("Trà", serves_as="juror"))) == []
    assert blocking(found("excluded_entrants", rule, sender=Sender("Trà", serves_as="staff"))) != []


# Instalments

MERGING = ruled(earlier_instalments="merge")


def test_earlier_instalments_come_along_and_the_share_is_taken_of_the_others() -> None:
    assert severities("window_share", PRESET, instalments=(BEFORE, BEFORE, INSIDE)) == ["blocks"]
    assert severities("window_share", MERGING, instalments=(BEFORE, BEFORE, INSIDE)) == []
    assert severities("earlier_instalments", MERGING, instalments=(BEFORE, BEFORE, INSIDE)) == ["fine"]
    assert severities("window_share", MERGING, instalments=(BEFORE, INSIDE, AFTER)) == ["blocks"]


def test_at_least_one_instalment_lies_inside() -> None:
    assert severities("window_share", MERGING, instalments=(BEFORE, BEFORE)) == ["blocks"]
    assert severities("publication_window", MERGING, instalments=(BEFORE,)) == ["blocks"]


def test_an_earlier_instalment_that_was_entered_once_counts_as_outside() -> None:
    known = Published(BEFORE.published_on, entered_before=True)

    assert severities("window_share", MERGING, instalments=(known, INSIDE)) == ["blocks"]
    assert severities("earlier_instalments", MERGING, instalments=(known, INSIDE, INSIDE)) == ["warns"]


PARTS = some.lists(some.sampled_from((INSIDE, BEFORE, AFTER, Published())), min_size=2, max_size=8)


@given(PARTS, some.sampled_from((Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(1))), some.booleans())
def test_the_share_inside_is_exact(parts: list[Published], share: Fraction, merging: bool) -> None:
    regulation = ruled(window_share=share, earlier_instalments="merge" if merging else "count")
    counted = [part for part in parts if not (merging and part == BEFORE)]
    enough = INSIDE in parts and Fraction(parts.count(INSIDE), max(1, len(counted))) >= share

    facts = Facts("TRUYEN_HINH", instalments=tuple(parts), files=None, statements=None)
    stopped = {finding.rule for finding in blocking(check(facts, regulation))}

    if any(part.published_on for part in parts):
        assert ("window_share" not in stopped) is enough


@given(PARTS, some.randoms())
def test_the_order_of_merged_instalments_never_matters(parts: list[Published], random: Any) -> None:
    shuffled = list(parts)
    random.shuffle(shuffled)

    assert check(Facts("BAO_IN", instalments=tuple(parts)), MERGING) == check(
        Facts("BAO_IN", instalments=tuple(shuffled)), MERGING
    )


def test_a_category_has_numbers_of_its_own() -> None:
    shorter = ruled(category={"max_instalments": 2, "max_words_per_instalment": 900, "max_minutes_per_instalment": 7})

    assert severities("max_instalments", shorter, instalments=(INSIDE,) * 3) == ["blocks"]
    assert severities("length", shorter, instalments=(Published(WINDOW.first, words=901, minutes=8),)) == ["warns"] * 2
    assert severities("length", shorter, instalments=(Published(WINDOW.first, words=900, minutes=7),)) == []


def test_without_a_length_nothing_is_said() -> None:
    silent = ruled(max_words_per_instalment=None, max_minutes_per_instalment=None)

    assert severities("length", silent, instalments=(Published(WINDOW.first, words=90_000, minutes=900),)) == []


# The same topic, the same text


@pytest.mark.parametrize(("rule", "severity"), [("ignore", []), ("warn", ["warns"]), ("refuse", ["blocks"])])
def test_one_topic_in_two_categories_is_ignored_noted_or_refused(rule: str, severity: list[str]) -> None:
    author = Author("Mai", works=(Entered(topic="kinh_te", category="BAO_IN"),))

    assert severities("same_topic", ruled(same_topic=rule), topic="kinh_te", authors=(author,)) == severity


def test_the_same_topic_in_the_same_category_or_another_topic_is_no_matter() -> None:
    here = Author("Mai", works=(Entered(topic="kinh_te", category="TRUYEN_HINH"),))
    other = Author("Mai", works=(Entered(topic="van_hoa_xa_hoi", category="BAO_IN"),))

    for author in (here, other):
        assert severities("same_topic", ruled(same_topic="refuse"), topic="kinh_te", authors=(author,)) == ["fine"]


@pytest.mark.parametrize("likeness", [Likeness.FILE, Likeness.ADDRESS])
def test_the_same_file_or_address_is_noted_or_refused(likeness: Likeness) -> None:
    twin = (SameWork("TH-0001", "TRUYEN_HINH", likeness),)

    assert severities("one_category", ruled(same_text="warn"), same_works=twin) == ["warns"]
    assert severities("one_category", ruled(same_text="refuse"), same_works=twin) == ["blocks"]


def test_the_same_title_by_the_same_person_is_refused_in_either_case() -> None:
    twin = (SameWork("TH-0001", "TRUYEN_HINH", Likeness.AUTHOR),)

    assert severities("one_category", ruled(same_text="warn"), same_works=twin) == ["blocks"]


def cited(findings: Iterable[Finding]) -> set[str]:
    return {finding.article for finding in findings}


def test_every_finding_cites_an_article() -> None:
    rule = ruled(
        {"through": ("outlet",), "works_per_unit": 1},
        same_topic="refuse",
        earlier_instalments="merge",
        works_per_author=1,
    )
    author = Author("Mai", works=(Entered(topic="kinh_te", category="BAO_IN"),))
    facts = Facts(
        "TRUYEN_HINH",
        topic="kinh_te",
        instalments=(BEFORE, INSIDE),
        authors=(author,),
        sender=Sender("Trà"),
        unit=Unit("Báo Quảng Ngãi", 1),
    )

    assert all(article.startswith(("Điều", "khoản")) for article in cited(check(facts, rule)))
