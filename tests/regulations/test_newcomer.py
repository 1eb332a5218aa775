"""Two published rules without a preset, written from docs/regulation.md alone: they check, limit, rank and pay."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from contest.entries.eligibility import Author, Entered, Facts, Published, Sender, check
from contest.regulations import schema
from contest.regulations.provisions import provisions
from contest.regulations.schema import Regulation
from contest.regulations.scoring import Criterion
from contest.results import record
from contest.results.blockers import blockers
from contest.results.material import Work
from contest.results.outcome import RoundOutcome, conclude
from contest.results.tally import Sheet
from tests.regulations.telling import told
from tests.results.materials import last_round, work

DOCUMENTS = Path(__file__).parent / "documents"
QUANG_NAM, QUANG_NGAI = "huynh_thuc_khang_xviii", "quang_ngai_ix_2017"


def text(name: str) -> str:
    return (DOCUMENTS / f"{name}.toml").read_text("utf-8")


@cache
def regulation(name: str) -> Regulation:
    return schema.parse(text(name))


def said(name: str) -> str:
    """All that the thể lệ says, tables included, in one line."""
    return " ".join(
        word
        for chapter in provisions(regulation(name))
        for article in chapter.articles
        for clause in article.clauses
        for word in (clause.text, *(cell for at in clause.tables for row in at.table.rows for cell in row.cells))
    )


# Who may enter what --------------------------------------------------------------------------------------------------


def severities(name: str, rule: str, **known: Any) -> list[str]:
    facts = Facts(**{"category": "BAO_IN", "files": None, "statements": None} | known)
    return [finding.severity for finding in check(facts, regulation(name)) if finding.rule == rule]


def entering(name: str, role: str, genre: str, *others: tuple[str, str]) -> list[str]:
    """Severities for an author who enters a work in a role, having others of a role and genre."""
    author = Author("Mai", role, tuple(Entered((other,), kind) for other, kind in others))
    return severities(name, "works_per_author", genre=genre, authors=(author,))


# Works, sheets and rounds --------------------------------------------------------------------------------------------


def marks(rubric: Iterable[Criterion], total: Fraction) -> dict[str, int]:
    """Marks in hundredths that add up to so many points, the first criteria filled first."""
    left, given = total * 100, {}
    for criterion in rubric:
        given[criterion.code] = int(min(Fraction(criterion.maximum), left))
        left -= given[criterion.code]
    assert left == 0
    return given


def judged(ruling: Regulation, code: str, totals: Mapping[Work, Fraction]) -> RoundOutcome:
    """Conclude a round in which all jurors agree on a total for each work."""
    rule = ruling.round(code)
    sheets = {
        each.entry: [
            Sheet(f"juror-{number}", marks(rule.rubric(each.category), total), chair=number == 0)
            for number in range(rule.jurors_per_entry)
        ]
        for each, total in totals.items()
    }
    outcome = conclude(last_round(ruling, totals, sheets, code=code))
    assert list(blockers(outcome, closes=rule.closes, now=rule.closes + timedelta(minutes=1))) == []
    return outcome


def played(name: str, totals: Mapping[Work, Fraction]) -> RoundOutcome:
    """Play both rounds: jurors think of a work in the second as in the first."""
    first, last = regulation(name).rounds
    going = judged(regulation(name), first.code, totals).advancing
    return judged(regulation(name), last.code, {each: total for each, total in totals.items() if each.entry in going})


def points(first: str, step: str) -> Iterator[Fraction]:
    """Points from the best down, no two equal."""
    total = Fraction(first)
    while True:
        yield total
        total -= Fraction(step)


def counted(outcome: RoundOutcome) -> dict[str, int]:
    return dict(Counter(code for codes in outcome.prizes.values() for code in codes))


def paid(outcome: RoundOutcome) -> dict[str, int]:
    """Đồng for one prize of each kind."""
    return {spent.prize: spent.payment.amount for spent in outcome.money.spent}


def recorded(outcome: RoundOutcome) -> dict[str, Any]:
    """The record of an outcome, written to text and read again."""
    ruling = outcome.material.ruling
    sealed_at = ruling.rounds[-1].closes.astimezone(UTC)
    return json.loads(
        json.dumps(record.document(outcome, contest=ruling.slug, regulation="0" * 64, sealed_at=sealed_at))
    )


# Both ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [QUANG_NAM, QUANG_NGAI])
def test_the_document_checks(name):
    assert told(text(name)) == []


@pytest.mark.parametrize("name", [QUANG_NAM, QUANG_NGAI])
@pytest.mark.parametrize("serves_as", ["staff", "juror"])
def test_who_organises_or_judges_may_not_enter(name, serves_as):
    sender, author = Sender("Trà", serves_as=serves_as), Author("Trà", serves_as=serves_as)

    assert "blocks" in severities(name, "excluded_entrants", sender=sender)
    assert "blocks" in severities(name, "excluded_entrants", sender=Sender("Mai"), authors=(author,))
    assert "Thành viên Ban Tổ chức, Hội đồng giám khảo và Ban Thư ký không được dự thi." in said(name)


# Quảng Nam: limits ---------------------------------------------------------------------------------------------------


def test_quang_nam_sets_no_number_of_works():
    assert "blocks" not in entering(QUANG_NAM, "Tác giả bài viết", "phong_su", *[("Tác giả bài viết", "phong_su")] * 99)
    assert "không giới hạn số tác phẩm dự thi" in said(QUANG_NAM)


WINDOW = regulation(QUANG_NAM).calendar.publication
INSIDE, AFTER = Published(WINDOW.first), Published(WINDOW.last + timedelta(days=1))
EARLIER = Published(WINDOW.first - timedelta(days=1))
ENTERED_ONCE = Published(EARLIER.published_on, entered_before=True)


@pytest.mark.parametrize(
    ("parts", "severity"),
    [
        ((EARLIER, EARLIER, INSIDE), []),
        ((ENTERED_ONCE, INSIDE), ["blocks"]),
        ((EARLIER, EARLIER), ["blocks"]),
        ((EARLIER, INSIDE, AFTER), ["blocks"]),
    ],
    ids=["never entered", "entered before", "none inside", "a later one"],
)
def test_earlier_instalments_merge_into_a_series_if_they_were_never_entered(parts, severity):
    assert severities(QUANG_NAM, "window_share", instalments=parts) == severity


def test_the_window_of_quang_nam_runs_from_march_to_march():
    assert severities(QUANG_NAM, "publication_window", instalments=(Published(date(2024, 3, 23)),)) == ["fine"]
    assert severities(QUANG_NAM, "publication_window", instalments=(Published(date(2024, 3, 24)),)) == ["blocks"]


# Quảng Nam: prizes ---------------------------------------------------------------------------------------------------

AWARDS = {
    "in_phan_anh": ("BAO_IN", "phong_van"),
    "in_phong_su": ("BAO_IN", "phong_su"),
    "hinh_phim": ("BAO_HINH", "phim_tai_lieu"),
    "hinh_phong_su": ("BAO_HINH", "phong_su"),
    "noi": ("BAO_NOI", "chuyen_de"),
    "dien_tu": ("BAO_DIEN_TU", "phong_su"),
    "anh": ("ANH", "phong_su_anh"),
}
THEMES = [prize.topics[0] for prize in regulation(QUANG_NAM).thematic_prizes]


def seven_awards(*, themed: bool = True) -> dict[Work, Fraction]:
    """Nineteen works of each award; every theme has winners of tiers, and works of two awards without a prize."""
    field = {}
    for place, (category, genre) in enumerate(AWARDS.values()):
        winners = 11 if category == "BAO_IN" else 9
        for number, total in zip(range(19), points("9.75", "0.25"), strict=False):
            turn = place if number < winners else place + (number - winners) % 2
            topic = THEMES[turn % len(THEMES)] if themed else "de_tai_khac"
            field[work(100 * place + number, category, genre=genre, topic=topic)] = total
    return field


def test_seven_awards_give_one_two_three_and_five_or_three_prizes():
    outcome = played(QUANG_NAM, seven_awards())

    given = {
        group.group: Counter(award.tier for award in group.prizes.awards if award.tier) for group in outcome.groups
    }
    assert given == {
        code: {"A": 1, "B": 2, "C": 3, "KK": 5 if category == "BAO_IN" else 3} for code, (category, _) in AWARDS.items()
    }


def test_three_quarters_of_each_medium_reach_the_final():
    first = regulation(QUANG_NAM).rounds[0].code

    going = judged(regulation(QUANG_NAM), first, seven_awards()).advancing

    categories = Counter(entry.rsplit("-", 1)[0] for entry in going)
    assert categories == {"BAO_IN": 30, "BAO_HINH": 30, "BAO_NOI": 15, "BAO_DIEN_TU": 15, "ANH": 15}


def test_each_theme_has_the_best_work_without_a_prize_whatever_its_medium():
    outcome = played(QUANG_NAM, seven_awards())

    won = {prize.code: [winner.subject for winner in prize.winners] for prize in outcome.thematic}
    assert won == {
        "CD_DANG": ["ANH-0610"],
        "CD_NTM": ["BAO_IN-0111"],
        "CD_NGHEO": ["BAO_HINH-0209"],
        "CD_DULICH": ["BAO_HINH-0309"],
        "CD_SO": ["BAO_NOI-0409"],
        "CD_RUNG": ["BAO_DIEN_TU-0509"],
        "CD_DISAN": ["ANH-0609"],
    }
    assert {len(codes) for codes in outcome.prizes.values()} == {1}


def test_quang_nam_pays_548_million():
    outcome = played(QUANG_NAM, seven_awards())

    themes = {prize.code: 5_000_000 for prize in outcome.thematic}
    assert paid(outcome) == {"A": 15_000_000, "B": 10_000_000, "C": 8_000_000, "KK": 4_000_000} | themes
    assert counted(outcome) == {"A": 7, "B": 14, "C": 21, "KK": 25} | dict.fromkeys(themes, 1)
    assert outcome.money.total == recorded(outcome)["money"]["total"] == 548_000_000
    assert "không quá 74 giải cho tác phẩm, tổng tiền thưởng không quá 548.000.000 đồng" in said(QUANG_NAM)


def test_a_theme_on_which_nothing_was_written_stays_without_a_prize():
    outcome = played(QUANG_NAM, seven_awards(themed=False))

    assert counted(outcome) == {"A": 7, "B": 14, "C": 21, "KK": 25}
    assert outcome.money.total == 513_000_000


def test_a_work_below_the_floor_leaves_a_prize_of_quang_nam_ungiven():
    field = dict(zip((work(number) for number in range(12)), points("7.75", "0.5"), strict=False))

    assert counted(played(QUANG_NAM, field)) == {"B": 1, "C": 2, "KK": 3}


# Quảng Ngãi IX: limits -----------------------------------------------------------------------------------------------

WRITER, CAMERA, REPORT = "Biên tập", "Quay phim", "phong_su"


def test_an_author_enters_one_work_and_no_second():
    assert entering(QUANG_NGAI, WRITER, REPORT) == ["fine"]
    assert entering(QUANG_NGAI, WRITER, REPORT, (WRITER, REPORT)) == ["blocks"]


def test_a_cameraman_enters_a_third_work_and_no_fourth():
    assert entering(QUANG_NGAI, CAMERA, REPORT, *[(CAMERA, REPORT)] * 2) == ["fine"]
    assert entering(QUANG_NGAI, CAMERA, REPORT, *[(CAMERA, REPORT)] * 3) == ["blocks"]


@pytest.mark.parametrize("genre", ["phim_tai_lieu", "anh_don", "phong_su_anh", "phong_su_dieu_tra", "binh_luan"])
def test_a_work_of_a_favoured_genre_opens_one_place_more(genre):
    assert entering(QUANG_NGAI, WRITER, genre, (WRITER, REPORT)) == ["fine"]
    assert entering(QUANG_NGAI, WRITER, REPORT, (WRITER, genre)) == ["fine"]
    assert entering(QUANG_NGAI, WRITER, genre, (WRITER, genre), (WRITER, REPORT)) == ["blocks"]
    assert entering(QUANG_NGAI, CAMERA, genre, *[(CAMERA, REPORT)] * 3) == ["fine"]
    assert entering(QUANG_NGAI, CAMERA, genre, *[(CAMERA, REPORT)] * 4) == ["blocks"]


def test_the_place_more_is_there_once_for_a_person_in_whichever_role():
    film = (CAMERA, "phim_tai_lieu")

    assert entering(QUANG_NGAI, WRITER, REPORT, (WRITER, REPORT), film) == ["fine"]
    assert entering(QUANG_NGAI, WRITER, REPORT, (WRITER, REPORT), film, *[(CAMERA, REPORT)] * 3) == ["blocks"]
    assert entering(QUANG_NGAI, CAMERA, REPORT, film, *[(CAMERA, REPORT)] * 2, *[(WRITER, REPORT)] * 2) == ["blocks"]


@pytest.mark.parametrize(
    ("day", "severity"),
    [("2015-12-31", "blocks"), ("2016-01-01", "fine"), ("2016-12-31", "fine"), ("2017-01-01", "blocks")],
)
def test_a_work_is_of_the_calendar_year_before(day, severity):
    published = Published(date.fromisoformat(day))

    assert severities(QUANG_NGAI, "publication_window", instalments=(published,)) == [severity]


def test_works_are_received_to_the_end_of_the_31st_of_march():
    closes = regulation(QUANG_NGAI).calendar.receipt.closes

    assert closes.isoformat() == "2017-04-01T00:00:00+07:00"
    assert "đến hết ngày 31 tháng 3 năm 2017" in said(QUANG_NGAI)


# Quảng Ngãi IX: prizes -----------------------------------------------------------------------------------------------


def forty_five_works() -> dict[Work, Fraction]:
    """Nine works of each of five media, no two of equal points."""
    categories = regulation(QUANG_NGAI).categories
    totals = points("99", "0.5")
    return {
        work(number, category.code, genre=category.genres[0]): next(totals)
        for number in range(9)
        for category in categories
    }


def test_all_media_compete_for_the_prizes_of_quang_ngai():
    outcome = played(QUANG_NGAI, forty_five_works())

    assert len(list(outcome.standings)) == 30
    assert counted(outcome) == {"A": 2, "B": 6, "C": 7, "KK": 8}
    assert {entry for entry, codes in outcome.prizes.items() if codes == ("A",)} == {"BAO_IN-0000", "BAO_DIEN_TU-0000"}


def test_the_prizes_of_quang_ngai_are_multiples_of_1_210_000():
    outcome = played(QUANG_NGAI, forty_five_works())

    assert paid(outcome) == {"A": 12_100_000, "B": 8_470_000, "C": 6_050_000, "KK": 2_420_000}
    assert outcome.money.total == 2 * 12_100_000 + 6 * 8_470_000 + 7 * 6_050_000 + 8 * 2_420_000 == 136_730_000
    money = recorded(outcome)["money"]
    assert money["base_salary"] == {"on": "2017-06-21", "amount": 1_210_000}
    assert money["total"] == 136_730_000
    assert "10 × 1.210.000 = 12.100.000" in said(QUANG_NGAI)


@pytest.mark.parametrize(("on", "prize"), [("2016-04-30", 11_500_000), ("2016-05-01", 12_100_000)])
def test_the_base_salary_rose_on_the_first_of_may_2016(on, prize):
    ruling = schema.parse(text(QUANG_NGAI).replace("[base_salary]\non = 2017-06-21", f"[base_salary]\non = {on}"))

    outcome = judged(ruling, ruling.rounds[-1].code, {work(1, genre=REPORT): Fraction(90)})

    assert paid(outcome)["A"] == prize
