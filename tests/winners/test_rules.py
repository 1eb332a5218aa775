"""What a line says, what corrections make of it, and when it may be printed: on values alone."""

from dataclasses import replace
from unicodedata import normalize

import pytest

from contest.winners import lines, refusals
from contest.winners.answers import Answer, Asked, Said, State, Status
from contest.winners.lines import Change, Line
from contest.winners.shares import divided, masked
from contest.winners.vault import Unreadable, Vault

COPY = {
    "awards": [
        {
            "award_id": 7,
            "entry_id": 3,
            "section": "BAO_IN",
            "entry_code": "BI-0001",
            "shown_code": "BI-0001",
            "tier_name": "Giải A",
            "category_name": "Báo in",
            "genre_name": "Phóng sự",
            "title": "Giữ nước  đầu nguồn",
            "unit": "Báo Quảng Ngãi",
            "authors": [
                {"subject": "mai", "name": normalize("NFD", "Đinh Thị Mai"), "pen_names": "", "role": "tac_gia"},
                {"subject": "ro", "name": "Phạm Văn Rố", "pen_names": "Ka Rố", "role": "tac_gia"},
            ],
            "money": 15_000_000,
        }
    ],
    "collective": [{"collective_id": 2, "tier_name": "Giải tập thể", "outlet": "Báo Ba Tơ", "money": 0}],
}
LINE, NEWSROOM = lines.lines_of(COPY)
MAI = Asked(1, "Đinh Thị Mai", "mai@toasoan.example", frozenset({"mai"}), sent=True)
RO = Asked(2, "Phạm Văn Rố", "ro@toasoan.example", frozenset({"ro"}), sent=False)


def confirmed(person: Asked, line: Line = LINE) -> Answer:
    return Answer(person.user_id, person.user_id, at=None, fingerprint=line.fingerprint)


def wanted(person: Asked, *changes: Change) -> Answer:
    return Answer(person.user_id, person.user_id, None, LINE.fingerprint, changes, open=True)


def status(*answers: Answer, asked: tuple[Asked, ...] = (MAI, RO), line: Line = LINE, passed: bool = False) -> Status:
    return Status(line, asked, {answer.user_id: answer for answer in answers}, passed)


def test_a_line_is_read_as_it_is_printed():
    assert LINE.names == "Đinh Thị Mai, Phạm Văn Rố (Ka Rố)"
    assert (LINE.title, LINE.key, NEWSROOM.key) == ("Giữ nước đầu nguồn", "giai-7", "tap-the-2")


def test_a_suspended_award_has_no_line():
    copy = {**COPY, "awards": [{**COPY["awards"][0], "suspended": {"number": "130-QĐ"}}]}

    assert [line.key for line in lines.lines_of(copy)] == ["tap-the-2"]


def test_any_printed_letter_changes_the_fingerprint_and_money_does_not():
    assert replace(LINE, unit="Báo Quảng ngãi").fingerprint != LINE.fingerprint
    assert replace(LINE, money=1).fingerprint == LINE.fingerprint


def test_a_correction_changes_what_it_names_and_nothing_else():
    asked = [Change("name:2", "Phạm Văn Rố", "Phạm Văn Rố A"), Change("order", "1, 2", "2, 1")]

    made = lines.corrected(COPY, LINE.key, asked)

    assert [author["subject"] for author in made["awards"][0]["authors"]] == ["ro", "mai"]
    assert next(lines.lines_of(made)) == lines.applied(LINE, asked)
    assert made["collective"] == COPY["collective"]
    assert COPY["awards"][0]["authors"][0]["subject"] == "mai"


def test_a_correction_reaches_every_prize_of_the_work_and_of_the_newsroom():
    first, newsroom = COPY["awards"][0], COPY["collective"][0]
    other = {**first, "award_id": 9, "entry_id": 4, "entry_code": "BI-0002"}
    copy = {
        "awards": [first, {**first, "award_id": 8, "tier_name": "Giải chuyên đề", "suspended": {"number": "1"}}, other],
        "collective": [newsroom, {**newsroom, "collective_id": 3}],
    }

    made = lines.corrected(copy, "giai-7", [Change("title", LINE.title, "Giữ rừng"), Change("order", "1, 2", "2, 1")])
    made = lines.corrected(made, "tap-the-3", [Change("name:1", "Báo Ba Tơ", "Báo Ba Tô")])

    assert [line["title"] for line in made["awards"]] == ["Giữ rừng", "Giữ rừng", first["title"]]
    assert made["awards"][0]["authors"] == made["awards"][1]["authors"] == first["authors"][::-1]
    assert made["awards"][1]["tier_name"] == "Giải chuyên đề"
    assert [line["outlet"] for line in made["collective"]] == ["Báo Ba Tô"] * 2


def test_a_correction_of_what_has_been_corrected_meanwhile_is_asked_no_more():
    answer = wanted(RO, Change("title", LINE.title, "Giữ rừng"))

    assert answer.said(LINE) is Said.ASKED
    assert answer.said(replace(LINE, title="Giữ nước")) is Said.SILENT


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ((), State.SILENT),
        ((confirmed(MAI),), State.SILENT),
        ((confirmed(MAI), confirmed(RO)), State.CONFIRMED),
        ((confirmed(MAI), confirmed(RO, replace(LINE, unit=""))), State.SILENT),
        ((wanted(RO, Change("unit", LINE.unit, "")),), State.ASKED),
        ((confirmed(MAI), wanted(RO, Change("unit", LINE.unit, ""))), State.CONFLICT),
        (
            (wanted(MAI, Change("unit", LINE.unit, "A")), wanted(RO, Change("unit", LINE.unit, "B"))),
            State.CONFLICT,
        ),
    ],
)
def test_a_line_is_confirmed_by_everybody_whose_word_it_needs(answers, state):
    assert status(*answers).state is state


def test_passing_over_prints_the_line_but_not_over_a_correction():
    assert status(passed=True).state is State.PASSED
    assert status(wanted(RO, Change("unit", LINE.unit, "")), passed=True).state is State.ASKED


def test_one_representative_confirms_for_a_newsroom_and_nobody_confirms_for_one_without():
    one, other = (Asked(n, "Đại diện", f"{n}@toasoan.example", frozenset(), sent=True) for n in (8, 9))

    assert status(confirmed(one, NEWSROOM), asked=(one, other), line=NEWSROOM).state is State.CONFIRMED
    assert status(asked=(), line=NEWSROOM).state is State.SILENT


def test_shares_add_up_to_the_last_dong():
    assert divided(10, {1: 3, 2: 7, 3: 0, 4: None}) == {1: 3, 2: 7}
    for shares in ({1: 9}, {1: 11}, {1: 12, 2: -2}, {}):
        with pytest.raises(refusals.NotTheSum):
            divided(10, shares)


def test_a_number_is_masked_by_its_last_digits():
    assert masked("0123456789012") == "•••• 9012"
    assert masked("123456") == "•••• 56"


def test_what_is_sealed_opens_for_its_row_alone(tmp_path):
    vault = Vault(tmp_path)
    sealed = vault.seal("1:2:person", {"number": "0123456789"})

    assert vault.open("1:2:person", sealed) == {"number": "0123456789"}
    assert vault.file.stat().st_mode & 0o077 == 0
    assert vault.seal("1:2:person", {"number": "0123456789"}) != sealed
    for row, text in (("1:3:person", sealed), ("1:2:person", sealed[:-4] + "AAAA"), ("1:2:person", "x")):
        with pytest.raises(Unreadable):
            vault.open(row, text)
