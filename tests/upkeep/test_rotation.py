"""Which backups stay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from contest.upkeep.background import rotate
from contest.upkeep.rotation import kept, moment_of, name_of, period_of

NIGHT = datetime(2025, 8, 20, 19, 0, 1, tzinfo=UTC)  # two in the morning in Việt Nam
NIGHTS = [NIGHT - timedelta(days=days) for days in range(60)]


def test_the_last_of_the_newest_days_and_weeks_stay():
    assert kept(NIGHTS, daily=3, weekly=0) == set(NIGHTS[:3])
    weeks = {moment.isocalendar()[:2] for moment in kept(NIGHTS, daily=1, weekly=4)}
    assert len(kept(NIGHTS, daily=1, weekly=4)) == len(weeks) == 4


def test_of_several_of_one_day_the_last_stays():
    hours = [NIGHT + timedelta(hours=hour) for hour in range(10)]

    assert kept(hours, daily=7, weekly=8) == {hours[-1]}


def test_the_newest_always_stays():
    assert kept(NIGHTS[:1], daily=0, weekly=0) == {NIGHT}
    assert kept([], daily=7, weekly=8) == set()


def test_a_backup_is_due_once_a_period_and_at_night():
    assert period_of(NIGHT, 24) == period_of(NIGHT + timedelta(hours=23), 24)
    assert period_of(NIGHT, 24) == period_of(NIGHT - timedelta(hours=1), 24) + 1


def test_files_of_others_are_left_alone(tmp_path):
    for moment in NIGHTS[:5]:
        (tmp_path / name_of(moment)).touch()
    for name in ("ghi-chu.txt", "contest-2025.backup", ".contest-20250820T190001Z.backup.part"):
        (tmp_path / name).touch()

    gone = rotate(tmp_path, daily=1, weekly=1)

    assert gone == sorted(name_of(moment) for moment in NIGHTS[1:5])
    assert {file.name for file in tmp_path.iterdir()} == {name_of(NIGHT), "ghi-chu.txt", "contest-2025.backup"}
    assert moment_of(name_of(NIGHT)) == NIGHT
