from datetime import UTC, date, datetime

from contest.home.calendar import Closing, closing, dated
from contest.regulations import presets, schema


def test_midnight_is_written_as_the_end_of_the_day_before():
    assert closing(datetime(2025, 8, 15, 17, 0, tzinfo=UTC)) == Closing("24:00", date(2025, 8, 15))
    assert closing(datetime(2025, 9, 5, 10, 0, tzinfo=UTC)) == Closing("17:00", date(2025, 9, 5))


def test_the_calendar_of_the_preset_has_seven_steps():
    rows = list(dated(schema.parse(presets.text("quang_ngai_2025"))))

    assert [key for key, *_ in rows] == [
        "launch",
        "receiving",
        "screening",
        "round:so_khao",
        "round:chung_khao",
        "posting",
        "ceremony",
    ]
    assert rows[1][2:] == (date(2025, 8, 1), date(2025, 8, 15))
