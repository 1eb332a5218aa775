from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from contest.entries.eligibility import (
    Author,
    Award,
    Entered,
    Facts,
    Likeness,
    Published,
    SameWork,
    Sender,
    check,
    needed_inside,
)
from contest.entries.findings import Finding, Severity, blocking, readable
from contest.regulations import presets, schema

REGULATION = schema.parse(presets.text("quang_ngai_2025"))
WINDOW = REGULATION.calendar.publication
INSIDE, OUTSIDE = WINDOW.first, WINDOW.first - timedelta(days=1)
DAYS = some.dates(date(2019, 1, 1), date(2026, 12, 31))


def facts(**known: object) -> Facts:
    """Facts about a printed work that breaks no rule, except as told."""
    return Facts(
        **{
            "category": "BAO_IN",
            "instalments": (Published(INSIDE, "Báo Quảng Ngãi", True, 1800),),
            "authors": (Author("Đinh Thị Mai"),),
            "files": {slot.code: 1 for slot in REGULATION.category("BAO_IN").slots},
            "statements": {one.code: one.version for one in REGULATION.statements},
        }
        | known  # type: ignore[arg-type]
    )


def judged(rule: str, **known: object) -> list[Finding]:
    return [finding for finding in check(facts(**known), REGULATION) if finding.rule == rule]


def severities(rule: str, **known: object) -> list[str]:
    return [finding.severity for finding in judged(rule, **known)]


def test_a_work_that_breaks_no_rule_is_not_stopped() -> None:
    assert blocking(check(facts(), REGULATION)) == []


def test_every_finding_names_the_article_it_comes_from() -> None:
    assert {finding.article for finding in check(facts(), REGULATION)} <= {
        REGULATION.cite(rule)
        for rule in (
            "publication_window",
            "max_instalments",
            "max_authors",
            "works_per_author",
            "excluded_entrants",
            "one_category",
            "prior_awards",
            "licensed_outlet",
            "dossier",
            "statements",
        )
    }


def test_what_stops_a_work_is_listed_first() -> None:
    order = [finding.severity for finding in check(facts(files={}, statements={}), REGULATION)]

    assert order == sorted(order, key=list(Severity).index)


@pytest.mark.parametrize("day", [WINDOW.first, WINDOW.last])
def test_the_first_and_the_last_day_of_the_window_are_inside(day: date) -> None:
    assert severities("publication_window", instalments=(Published(day),)) == ["fine"]


@pytest.mark.parametrize("day", [WINDOW.first - timedelta(days=1), WINDOW.last + timedelta(days=1)])
def test_a_single_work_published_outside_the_window_is_stopped(day: date) -> None:
    assert severities("publication_window", instalments=(Published(day),)) == ["blocks"]


def test_a_work_without_any_date_is_not_judged_by_the_window() -> None:
    assert judged("publication_window", instalments=(Published(),)) == []


@pytest.mark.parametrize(
    ("inside", "outside", "severity"),
    [(1, 1, "blocks"), (2, 1, "fine"), (1, 2, "blocks"), (2, 2, "blocks"), (3, 2, "blocks"), (4, 1, "fine")],
)
def test_a_series_needs_two_thirds_of_its_instalments_in_the_window(inside: int, outside: int, severity: str) -> None:
    parts = (Published(INSIDE),) * inside + (Published(OUTSIDE),) * outside

    assert severities("window_share", instalments=parts) == [severity]


def test_the_finding_says_how_many_instalments_are_needed() -> None:
    (finding,) = judged("window_share", instalments=(Published(INSIDE), Published(OUTSIDE), Published()))

    assert finding.params["inside"] == 1
    assert finding.params["needed"] == 2
    assert finding.article == "khoản 2 Điều 6"


@given(some.integers(2, 500))
def test_the_number_needed_is_the_least_that_reaches_the_share_exactly(count: int) -> None:
    needed = needed_inside(count, REGULATION)

    assert Fraction(needed, count) >= Fraction(2, 3)
    assert Fraction(needed - 1, count) < Fraction(2, 3)


@given(some.lists(DAYS, min_size=1, max_size=6), some.randoms())
def test_the_order_of_instalments_never_matters(days: list[date], random: object) -> None:
    shuffled = list(days)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    first, second = (facts(instalments=tuple(Published(day) for day in order)) for order in (days, shuffled))

    assert check(first, REGULATION) == check(second, REGULATION)


@given(some.lists(DAYS, min_size=2, max_size=6), some.integers(0, 5))
def test_moving_an_instalment_into_the_window_never_makes_a_work_worse(days: list[date], place: int) -> None:
    better = list(days)
    better[place % len(days)] = INSIDE

    before, after = (
        len(blocking(check(facts(instalments=tuple(map(Published, d))), REGULATION))) for d in (days, better)
    )

    assert after <= before


def test_a_sixth_instalment_is_too_many() -> None:
    assert severities("max_instalments", instalments=(Published(INSIDE),) * 5) == ["fine"]
    assert severities("max_instalments", instalments=(Published(INSIDE),) * 6) == ["blocks"]


def test_printed_works_name_five_authors_and_broadcast_ones_ten() -> None:
    six = tuple(Author(f"Tác giả {n}") for n in range(6))

    assert severities("max_authors", authors=six) == ["blocks"]
    assert severities("max_authors", authors=six, category="PHAT_THANH") == ["fine"]


def test_an_author_with_five_works_may_not_enter_a_sixth() -> None:
    assert severities("works_per_author", authors=(Author("Mai", works=(Entered(),) * 4),)) == ["fine"]
    (finding,) = judged("works_per_author", authors=(Author("Mai", works=(Entered(),) * 5), Author("Trà")))
    assert (finding.severity, finding.params["name"]) == ("blocks", "Mai")


@pytest.mark.parametrize("role", ["staff", "juror"])
def test_who_organises_or_judges_may_not_send_a_work_and_is_told(role: str) -> None:
    told, constant = judged("excluded_entrants", sender=Sender("Uyên", serves_as=role))

    assert (told.severity, told.for_staff, constant.severity) == ("blocks", False, "fine")


def test_the_secretariat_reads_who_of_the_others_organises_or_judges() -> None:
    for author, severity in (
        (Author("Mai", serves_as="staff"), "blocks"),
        (Author("Mai", serves_as="juror"), "blocks"),
        (Author("Mai", namesake_of="juror"), "warns"),
    ):
        told = judged("excluded_entrants", authors=(author,))[0]
        assert (told.severity, told.for_staff) == (severity, True)


@given(some.sampled_from(["", "staff", "juror"]), some.sampled_from(["", "staff", "juror"]))
def test_nothing_an_author_reads_tells_whether_somebody_else_judges(serves: str, namesake: str) -> None:
    named = check(facts(authors=(Author("Mai", serves_as=serves, namesake_of=namesake),)), REGULATION)
    plain = check(facts(authors=(Author("Mai"),)), REGULATION)

    assert readable(named) == readable(plain)
    assert blocking(named) == blocking(plain)


def test_the_same_work_is_stopped_in_any_category_and_a_likeness_only_warns() -> None:
    assert severities("one_category", same_works=(SameWork("BI-0001", "BAO_IN", Likeness.AUTHOR),)) == ["blocks"]
    assert severities("one_category", same_works=(SameWork("PT-0001", "PHAT_THANH", Likeness.ADDRESS),)) == ["blocks"]
    assert severities("one_category", same_works=(SameWork("BI-0001", "BAO_IN", Likeness.NAME),)) == ["warns"]


def test_prizes_of_refused_levels_stop_a_work_and_others_are_declared() -> None:
    assert severities("prior_awards", awards=(Award("Giải C", "tinh"),)) == ["blocks"]
    assert severities("prior_awards", awards=(Award("Giải C", "co_so"),)) == ["fine"]
    assert severities("prior_awards") == ["declare"]


def test_an_outlet_outside_the_list_only_warns() -> None:
    assert severities("licensed_outlet", instalments=(Published(INSIDE, "Báo Lạ", False),)) == ["warns"]
    assert severities("licensed_outlet", instalments=(Published(INSIDE, "Báo Quảng Ngãi", True),)) == ["fine"]
    assert severities("licensed_outlet", instalments=(Published(INSIDE),)) == []


def test_length_only_warns() -> None:
    assert severities("length", instalments=(Published(INSIDE, words=2500, minutes=60),)) == []
    assert severities("length", instalments=(Published(INSIDE, words=2501),)) == ["warns"]
    assert severities("length", instalments=(Published(INSIDE, minutes=61),)) == ["warns"]


def test_a_required_slot_without_a_file_stops_a_work() -> None:
    (finding,) = judged("dossier", files={"van_ban": 1})

    assert (finding.severity, finding.params["slot"]) == ("blocks", "Bản chụp trang báo")


def test_more_files_than_a_slot_takes_stop_a_work() -> None:
    assert "blocks" in severities("dossier", files={"trang_bao": 21})


def test_a_declaration_in_an_older_wording_does_not_count() -> None:
    old = {one.code: one.version - 1 for one in REGULATION.statements}
    required = sum(one.required for one in REGULATION.statements)

    (finding,) = judged("statements", statements=old)

    assert (finding.severity, finding.params["count"]) == ("blocks", required)


def test_facts_that_are_not_known_are_not_judged() -> None:
    found = check(Facts("BAO_IN", files=None, statements=None), REGULATION)

    assert {finding.rule for finding in found} == {"prior_awards"}


def test_a_finding_is_read_back_from_a_revision_as_it_was() -> None:
    found = list(check(facts(files={}), REGULATION))

    assert found
    assert [Finding.stored(finding.to_store()) for finding in found] == found
