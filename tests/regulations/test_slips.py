"""What somebody types who writes money, days and tables as elsewhere: the answer says how it is written here."""

from __future__ import annotations

import pytest

from contest.regulations.belonging import homes
from contest.regulations.problems import FORMS
from contest.regulations.schema import Regulation
from tests.makers.regulations import preset_text
from tests.regulations.telling import told

NOT_A_DAY = "Ngày hoặc giờ này không có trong lịch."
ON_ONE_LINE = "Bảng trong ngoặc nhọn phải viết trọn trên một dòng, kể cả ngoặc đóng."


@pytest.mark.parametrize(
    ("written", "instead", "sentence"),
    [
        ("launched_on = 2021-03-24", "launched_on = 2021-02-30", NOT_A_DAY),
        ("last = 2025-07-31}", "last = 2025-07-32}", NOT_A_DAY),
        (
            "launched_on = 2021-03-24",
            "launched_on = 24/3/2021",
            "Ở đây phải là ngày viết năm-tháng-ngày, không đặt trong ngoặc kép, ví dụ 2025-08-15.",
        ),
        (
            "money = 15_000_000",
            "money = 15.000.000",
            "Số viết không có dấu chấm giữa các chữ số; muốn tách nhóm thì dùng dấu _, ví dụ 15_000_000.",
        ),
        ("money = 15_000_000", "money = 15 triệu", "Số đứng một mình, không kèm đơn vị hay chữ phía sau."),
        ("floor = 90", "floor = 90%", "Số đứng một mình, không kèm đơn vị hay chữ phía sau."),
        ("floor = 90", "floor = 89,5", "Số lẻ viết bằng dấu chấm, ví dụ 17.5."),
        ("{low = 17, high", "{low = 17,5, high", "Số lẻ viết bằng dấu chấm, ví dụ 17.5."),
        ("{first = 2021-01-01, last = 2025-07-31}", "{\n    first = 2021-01-01, last = 2025-07-31}", ON_ONE_LINE),
        ("last = 2025-07-31}", "last = 2025-07-31\n}", ON_ONE_LINE),
        (
            "floor = 90",
            'floor = 90 name = "1.000.000 đồng"',
            "Sau giá trị còn chữ khác; hãy xuống dòng cho phần đó.",
        ),
    ],
)
def test_a_value_written_as_elsewhere_is_told_how_it_is_written_here(written, instead, sentence):
    text = preset_text("quang_ngai_2025", (written, instead))
    line = text[: text.index(instead)].count("\n") + 1

    ((place, said),) = told(text)

    assert said == sentence
    assert place == f"dòng {line}"


@pytest.mark.parametrize(
    ("written", "instead", "place", "sentence"),
    [
        (
            "[limits]",
            "[limits]\nworks_per_unit = 3",
            "limits.works_per_unit",
            "Mục này không nằm ở đây mà ở: entrants.",
        ),
        (
            "[letterhead]",
            '[letterhead]\ndisplay_rounding = "down"',
            "letterhead.display_rounding",
            "Mục này nằm ở đầu văn bản, trước bảng đầu tiên.",
        ),
        (
            "grace_minutes = 60",
            "grace_minute = 60",
            "calendar.grace_minute",
            "Ở đây không có mục tên này; có phải ý là “grace_minutes”?",
        ),
        (
            "floor = 90",
            "floor = 90\nlevel = 3",
            "prizes[A].level",
            "Thể lệ không có mục tên này; hãy xem lại chính tả hoặc bỏ đi.",
        ),
        (
            'code = "KK"',
            'code = "KHUYEN_KHICH"',
            "prizes[KHUYEN_KHICH].code",
            "Mã giải bắt đầu bằng chữ cái, chỉ gồm chữ in hoa không dấu, chữ số và dấu _, dài nhất 10 ký tự, "
            "ví dụ CD_KT.",
        ),
        (
            'code = "kinh_te"',
            'code = "kinh tế"',
            "topics[kinh tế].code",
            "Mã bắt đầu bằng chữ cái, chỉ gồm chữ cái không dấu, chữ số và dấu _, dài nhất 40 ký tự.",
        ),
    ],
)
def test_a_name_or_code_that_is_not_taken_is_told_where_it_belongs_or_how_it_is_written(
    written, instead, place, sentence
):
    assert (place, sentence) in told(preset_text("quang_ngai_2025", (written, instead)))


def test_the_tables_of_a_name_are_those_of_the_document():
    known = homes(Regulation)

    assert known["rubrics"] == ("", "rounds")
    assert known["unit"] == ("entrants.unit_quotas",)
    assert known["low"] == ("rubrics.criteria.guidance",)
    assert "rubric_codes" not in known


def test_every_way_of_writing_a_text_is_explained():
    patterns = set()

    def look(schema: object) -> None:
        if isinstance(schema, dict):
            if schema.get("type") == "string" and "pattern" in schema:
                patterns.add(schema["pattern"])
            for value in schema.values():
                look(value)
        elif isinstance(schema, list):
            for value in schema:
                look(value)

    look(Regulation.model_json_schema())

    assert patterns - {"^[0-9]{1,6}(/[0-9]{1,6})?$"} == set(FORMS)
