"""Every broken document gives a located Vietnamese sentence, and never a traceback."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.regulations import presets, schema
from contest.regulations.document import LARGEST
from contest.regulations.problems import MOST, RegulationInvalid
from tests.makers.regulations import preset_text
from tests.regulations.telling import places

PRESET = presets.text("quang_ngai_2025")
CLOSES = "receipt = {opens = 2025-08-01, closes = 2025-08-15}"
FIRST_TIES = 'tie_breaks = ["criterion:phat_hien", "criterion:hieu_qua", "chair_sheet", "act"]\n\n[[rounds]]'
ADVANCEMENT = 'advancement = {kind = "share", share = "1/2"}'

# What is broken: words of the preset, what stands in their place, where the problem is found.
BROKEN = {
    "format from the future": ("format = 1", "format = 2", "format"),
    "format in words": ("format = 1", 'format = "một"', "format"),
    "no format": ("format = 1\n", "", "format"),
    "no name": (re.compile(r"^name = .*\n", re.M), "", "name"),
    "empty name": (re.compile(r"^name = .*\n", re.M), 'name = "  "\n', "name"),
    "name over two lines": (re.compile(r"^name = .*\n", re.M), 'name = "Cuộc\\nthi"\n', "name"),
    "name without end": (re.compile(r"^name = .*\n", re.M), f'name = "{"a" * 301}"\n', "name"),
    "name with a control character": (re.compile(r"^name = .*\n", re.M), 'name = "Cuộc\\u0007thi"\n', "name"),
    "unknown key at the top": ("format = 1", 'format = 1\ncolour = "red"', "colour"),
    "unknown key in a table": ("grace_minutes = 60", "grace_minutes = 60\ngrace = 5", "calendar.grace"),
    "slug with marks": ('slug = "dan-van-kheo-2025"', 'slug = "dân-vận"', "slug"),
    "slug with a slash": ('slug = "dan-van-kheo-2025"', 'slug = "a/b"', "slug"),
    "another language": ('language = "vi"', 'language = "fr"', "language"),
    "organiser as a text": (re.compile(r"^organiser = .*\n", re.M), 'organiser = "Hội Nhà báo"\n', "organiser"),
    "no organiser": (re.compile(r"^organiser = .*\n", re.M), "organiser = []\n", "organiser"),
    "decimals beyond reason": ("display_decimals = 2", "display_decimals = 40", "display_decimals"),
    "decimals as a fraction": ("display_decimals = 2", "display_decimals = 2.5", "display_decimals"),
    "profile of neither kind": ('profile = "party"', 'profile = "royal"', "letterhead.profile"),
    "no letterhead": ("[letterhead]", "[letter]", "letterhead"),
    "a date in quotation marks": ("launched_on = 2021-03-24", 'launched_on = "2021-03-24"', "calendar.launched_on"),
    "a date as a number": ("launched_on = 2021-03-24", "launched_on = 20210324", "calendar.launched_on"),
    "a date with an hour": ("launched_on = 2021-03-24", "launched_on = 2021-03-24T08:00:00", "calendar.launched_on"),
    "a year long ago": ("launched_on = 2021-03-24", "launched_on = 1021-03-24", "calendar.launched_on"),
    "a day that is not": ("launched_on = 2021-03-24", "launched_on = 2021-02-30", "dòng"),
    "launched after receipt": ("launched_on = 2021-03-24", "launched_on = 2025-08-02", "calendar.launched_on"),
    "window upside down": ("{first = 2021-01-01", "{first = 2025-08-01", "calendar.publication"),
    "published after receipt": (
        "first = 2021-01-01, last = 2025-07-31",
        "first = 2021-01-01, last = 2025-08-16",
        "calendar.publication.last",
    ),
    "receipt upside down": (CLOSES, CLOSES.replace("08-15", "07-15"), "calendar.receipt"),
    "receipt as words": (CLOSES, 'receipt = "tháng 8"', "calendar.receipt"),
    "receipt with an hour alone": (CLOSES, CLOSES.replace("2025-08-15", "17:00:00"), "calendar.receipt.closes"),
    "grace of a month": ("grace_minutes = 60", "grace_minutes = 43200", "calendar.grace_minutes"),
    "grace below nothing": ("grace_minutes = 60", "grace_minutes = -1", "calendar.grace_minutes"),
    "screening before receipt": ("first = 2025-08-16", "first = 2025-07-16", "calendar.screening.first"),
    "screening ends early": (
        "screening = {first = 2025-08-16, last = 2025-08-20}",
        "screening = {first = 2025-08-10, last = 2025-08-14}",
        "calendar.screening.last",
    ),
    "posting too short": ("last = 2025-10-04", "last = 2025-10-03", "calendar.posting"),
    "posting before the end of judging": ("first = 2025-09-20", "first = 2025-09-18", "calendar.posting.first"),
    "decided while posted": ("decision_on = 2025-10-06", "decision_on = 2025-10-04", "calendar.decision_on"),
    "ceremony before decision": ("ceremony_on = 2025-10-15", "ceremony_on = 2025-10-05", "calendar.ceremony_on"),
    "no works": ("works_per_author = 5", "works_per_author = 0", "limits.works_per_author"),
    "works yes or no": ("works_per_author = 5", "works_per_author = true", "limits.works_per_author"),
    "share as a decimal": ('window_share = "2/3"', "window_share = 0.67", "limits.window_share"),
    "share above one": ('window_share = "2/3"', 'window_share = "4/3"', "limits.window_share"),
    "share of nothing": ('window_share = "2/3"', 'window_share = "1/0"', "limits.window_share"),
    "share of zero": ('window_share = "2/3"', 'window_share = "0/3"', "limits.window_share"),
    "unknown level of award": ('["quoc_gia", "bo_nganh", "tinh"]', '["lang"]', "prior_awards.refused_levels"),
    "refusing nothing": ('["quoc_gia", "bo_nganh", "tinh"]', "[]", "prior_awards.refused_levels"),
    "declaring and refusing": ('mode = "refuse"', 'mode = "declare"', "prior_awards.refused_levels"),
    "staff perhaps": ("staff_may_enter = false", 'staff_may_enter = "no"', "entrants.staff_may_enter"),
    "genre twice": ('code = "ghi_chep"', 'code = "phan_anh"', "genres"),
    "genre without a code": ('code = "ghi_chep"\n', "", "genres[#2].code"),
    "code with a space": ('code = "ghi_chep"', 'code = "ghi chép"', "genres[ghi chép].code"),
    "genre nobody knows": ('genres = ["phan_anh",', 'genres = ["tho",', "categories[BAO_IN].genres"),
    "category twice": ('code = "PHAT_THANH"', 'code = "BAO_IN"', "categories"),
    "prefix twice": ('prefix = "PT"\nshown_prefix = "PT"', 'prefix = "BI"\nshown_prefix = "BI"', "categories"),
    "prefix in small letters": ('prefix = "PT"\n', 'prefix = "pt"\n', "categories[PHAT_THANH].prefix"),
    "shown prefix of other letters": (
        'shown_prefix = "BĐT"',
        'shown_prefix = "BĐ"',
        "categories[BAO_DIEN_TU].shown_prefix",
    ),
    "unknown medium": ('medium = "print"', 'medium = "stone"', "categories[BAO_IN].medium"),
    "unknown kind of file": (
        'kinds = ["docx", "pdf"]',
        'kinds = ["exe"]',
        "categories[BAO_IN].slots[van_ban].kinds[#1]",
    ),
    "kind of file twice": (
        'kinds = ["docx", "pdf"]',
        'kinds = ["pdf", "pdf"]',
        "categories[BAO_IN].slots[van_ban].kinds",
    ),
    "slot twice": ('code = "van_ban"', 'code = "trang_bao"', "categories[BAO_IN].slots"),
    "nothing required": (
        'required = true\nmax_count = 20\nmax_megabytes = 30\njuror_may_see = true\nhint = "Mỗi',
        'required = false\nmax_count = 20\nmax_megabytes = 30\njuror_may_see = true\nhint = "Mỗi',
        "categories[BAO_IN].slots",
    ),
    "a file of a terabyte": ("max_megabytes = 2048", "max_megabytes = 1048576", "categories[TRUYEN_HINH].slots"),
    "no consent": ('kind = "consent"', 'kind = "declaration"', "statements"),
    "step that does not divide": ("step = 0.5", "step = 0.3", "rubrics[bao_in].criteria[bam_sat].step"),
    "step of nothing": ("step = 0.5", "step = 0", "rubrics[bao_in].criteria[bam_sat].step"),
    "marks of three decimals": ("step = 0.5", "step = 0.125", "rubrics[bao_in].criteria[bam_sat].step"),
    "a mark without bound": ("maximum = 20", "maximum = 1e400", "rubrics[bao_in].criteria[bam_sat].maximum"),
    "a mark that is no number": ("maximum = 20", "maximum = nan", "rubrics[bao_in].criteria[bam_sat].maximum"),
    "a mark below nothing": ("maximum = 20", "maximum = -20", "rubrics[bao_in].criteria[bam_sat].maximum"),
    "guidance with a gap": (
        "low = 12, high = 16.5",
        "low = 12, high = 16",
        "rubrics[bao_in].criteria[bam_sat].guidance",
    ),
    "guidance that ends early": (
        "low = 0, high = 11.5",
        "low = 1, high = 11.5",
        "rubrics[bao_in].criteria[bam_sat].guidance",
    ),
    "guidance upside down": (
        "low = 17, high = 20",
        "low = 20, high = 17",
        "rubrics[bao_in].criteria[bam_sat].guidance",
    ),
    "sum of ninety-five": (
        "maximum = 20\nstep = 0.5\nguidance = [\n    {low = 17, high = 20,",
        "maximum = 15\nstep = 0.5\nguidance = [\n    {low = 17, high = 15,",
        "rounds[so_khao].rubrics.BAO_IN",
    ),
    "rubric that is not there": ('BAO_IN = "bao_in"', 'BAO_IN = "bao_anh"', "rounds[so_khao].rubrics.BAO_IN"),
    "category without a rubric": ('{BAO_IN = "bao_in", ', "{", "rounds[so_khao].rubrics"),
    "rubric of a category that is not there": (
        '{BAO_IN = "bao_in", ',
        '{ANH = "bao_in", ',
        "rounds[so_khao].rubrics",
    ),
    "round before receipt ends": ("opens = 2025-08-21", "opens = 2025-08-15", "rounds[so_khao].opens"),
    "round before the round before": ("opens = 2025-09-08", "opens = 2025-09-05", "rounds[chung_khao].opens"),
    "round upside down": ("closes = 2025-09-18T17:00:00", "closes = 2025-09-08T00:00:00", "rounds[chung_khao]"),
    "more jurors than the panel": ("jurors_per_entry = 3", "jurors_per_entry = 6", "rounds[so_khao].jurors_per_entry"),
    "more sheets than jurors": ("minimum_sheets = 3", "minimum_sheets = 4", "rounds[so_khao].minimum_sheets"),
    "range beyond the scale": ("discrepancy = 20", "discrepancy = 100", "rounds[so_khao].discrepancy"),
    "nobody advances": (ADVANCEMENT + "\n", "", "rounds[so_khao]"),
    "an unknown way to advance": (
        ADVANCEMENT,
        ADVANCEMENT.replace('"share"', '"luck"'),
        "rounds[so_khao].advancement.kind",
    ),
    "advancing from the last round": (
        "minimum_sheets = 5",
        "minimum_sheets = 5\n" + ADVANCEMENT,
        "rounds[chung_khao].advancement",
    ),
    "tie-break by an unknown criterion": (
        FIRST_TIES,
        FIRST_TIES.replace("phat_hien", "xx"),
        "rounds[so_khao].tie_breaks",
    ),
    "tie left open": (FIRST_TIES, FIRST_TIES.replace(', "act"', ""), "rounds[so_khao].tie_breaks"),
    "tie broken twice": (FIRST_TIES, FIRST_TIES.replace("hieu_qua", "phat_hien"), "rounds[so_khao].tie_breaks"),
    "tie broken by dice": (FIRST_TIES, FIRST_TIES.replace("chair_sheet", "dice"), "rounds[so_khao].tie_breaks[#3]"),
    "floor above the scale": ("floor = 90", "floor = 101", "prizes[A].floor"),
    "floors that rise": ("floor = 80", "floor = 95", "prizes[B].floor"),
    "money that rises": ("money = 8_000_000", "money = 80_000_000", "prizes[C].money"),
    "money in fractions": ("money = 8_000_000", "money = 8.5", "prizes[C].money"),
    "money in words": ("money = 8_000_000", 'money = "8 triệu"', "prizes[C].money"),
    "a number to be given exactly, and no number": ("quota = 5\n", "exact = true\n", "prizes[KK].exact"),
    "tier twice": ('code = "KK"', 'code = "A"', "prizes"),
    "register without a number": ('"{number}/{year}"', '"{year}"', "certificate.register_format"),
    "register with an unknown place": ('"{number}/{year}"', '"{number}/{moon}"', "certificate.register_format"),
    "rule without an article": ('rules = ["publication_window"]\n', "", "chapters"),
    "rule stated twice": ('rules = ["length"]', 'rules = ["length", "publication_window"]', "chapters[#2]"),
    "rule that does not exist": ('rules = ["length"]', 'rules = ["hairstyle"]', "chapters[#2].articles[#2]"),
    "a place nothing fills": ("{publication_first}", "{publication_frist}", "chapters[#2].articles[#2].clauses[#1]"),
    "a lone brace": ("{publication_first}", "{ {publication_first}", "chapters[#2].articles[#2].clauses[#1]"),
    "no table of prizes": ('table = "prizes"\n', "", "chapters"),
    "an unknown table": ('table = "prizes"', 'table = "furniture"', "chapters[#3].articles[#2].clauses[#1].table"),
    "no chapters": (re.compile(r"\[\[chapters\]\].*", re.S), "", "chapters"),
    "a key twice": ("grace_minutes = 60", "grace_minutes = 60\ngrace_minutes = 61", "dòng"),
    "a text without end": ('short_name = "Dân vận khéo"', 'short_name = "Dân vận khéo', "dòng"),
    "no equals sign": ("format = 1", "format 1", "dòng"),
    "a number of five thousand digits": ("format = 1", "format = " + "9" * 5000, "dòng"),
}


def broken_text(what: str) -> tuple[str, str]:
    old, new, path = BROKEN[what]
    if isinstance(old, re.Pattern):
        text = old.sub(lambda found: new, PRESET, count=1)
    else:
        assert old in PRESET, f"the preset does not say {old!r}"
        text = PRESET.replace(old, new, -1 if "consent" in what else 1)
    assert text != PRESET
    return text, path


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_document_gives_a_located_vietnamese_sentence(what):
    text, path = broken_text(what)

    assert any(place.startswith(path) for place in places(text)), places(text)


def test_every_problem_is_reported_at_once():
    text = preset_text("quang_ngai_2025", ("format = 1", "format = 2"), ("floor = 90", "floor = false"))

    with pytest.raises(RegulationInvalid) as refusal:
        schema.parse(text)

    assert [problem.path for problem in refusal.value.problems] == ["format", "prizes[A].floor"]


def test_contradictions_are_told_beside_values_of_the_wrong_kind():
    text = preset_text(
        "quang_ngai_2025",
        ('language = "vi"', "language = 5"),
        ("floor = 80", "floor = 95"),
        ("panel_size = 5", "panel_size = 2"),
    )

    assert places(text) == ["language", "rounds[so_khao].jurors_per_entry", "prizes[B].floor"]


def test_a_section_of_the_wrong_shape_is_compared_with_nothing():
    text = preset_text("quang_ngai_2025", ("panel_size = 5", 'panel_size = "năm"'), ("floor = 80", "floor = 180"))

    assert places(text) == ["rounds[so_khao].panel_size"]


def test_what_is_wrong_ten_thousand_times_is_told_some_hundred_times():
    clause = "[[chapters.articles.clauses]]\ntext = '" + "".join(f"{{a{number}}}" for number in range(600)) + "'\n"

    said = places(PRESET + clause)

    assert len(said) == MOST + 1
    assert said[-1] == "toàn văn bản"


def test_a_document_above_256_kilobytes_is_refused():
    with pytest.raises(RegulationInvalid, match="places to correct"):
        schema.parse(PRESET + "# " + "ă" * LARGEST)


@pytest.mark.parametrize(
    "deep",
    [
        "x = " + "[" * 100_000,
        "x = " + "[" * 50 + "]" * 50,
        "x = " + "{a=" * 80_000,
        ".".join("a" * 100_000) + " = 1",
        "[" + ".".join("a" * 100_000) + "]",
        "[" + ".".join('"a"' for _ in range(50_000)) + "]",
    ],
    ids=["open lists", "lists", "tables", "dotted key", "dotted header", "quoted header"],
)
def test_a_deeply_nested_document_is_refused_before_it_is_read(deep):
    with pytest.raises(RegulationInvalid) as refusal:
        schema.parse(deep)

    assert refusal.value.problems[0].line == 1


def test_depth_is_not_counted_inside_texts_and_comments():
    brackets = "[" * 100
    text = PRESET.replace("format = 1", f"format = 1 # {brackets}").replace("Dân vận khéo", f"x{brackets}")

    assert schema.parse(text.replace(f"x{brackets}", "Dân vận khéo")).format == 1


@given(st.text(max_size=300))
def test_no_text_is_a_traceback(text):
    with pytest.raises(RegulationInvalid):
        schema.parse(text)


@given(st.integers(0, len(PRESET)), st.integers(0, 60), st.text(max_size=12))
@settings(max_examples=150)
def test_no_damage_to_the_preset_is_a_traceback(start, length, instead):
    damaged = PRESET[:start] + instead + PRESET[start + length :]

    try:
        schema.parse(damaged)
    except RegulationInvalid as refusal:
        assert all(problem.sentence() for problem in refusal.problems)
