from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from contest.entries.deadline import Receipt, Return, Upload, open_parts, slot_is_open, takes_submission, takes_upload
from contest.entries.parts import ALL, Part
from contest.regulations import presets, schema

CLOSES = datetime(2025, 8, 15, 17, tzinfo=UTC)
RECEIPT = Receipt(CLOSES - timedelta(days=15), CLOSES, timedelta(minutes=60))
INSTANT = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)


def test_to_the_end_of_the_day_means_the_next_local_midnight() -> None:
    assert Receipt.of(schema.parse(presets.text("quang_ngai_2025")).calendar) == Receipt(
        datetime(2025, 7, 31, 17, tzinfo=UTC), CLOSES, timedelta(minutes=60)
    )


def test_works_are_received_to_just_before_the_closing_instant() -> None:
    assert takes_submission(RECEIPT, CLOSES - INSTANT, [])
    assert not takes_submission(RECEIPT, CLOSES, [])


def test_nothing_is_received_before_the_opening() -> None:
    assert not takes_submission(RECEIPT, RECEIPT.opens - INSTANT, [])
    assert takes_submission(RECEIPT, RECEIPT.opens, [])


def test_an_upload_begun_in_time_may_finish_within_the_grace() -> None:
    begun = CLOSES - INSTANT

    assert takes_upload(RECEIPT, Upload(begun, CLOSES + timedelta(minutes=60) - INSTANT))
    assert not takes_upload(RECEIPT, Upload(begun, CLOSES + timedelta(minutes=60)))
    assert not takes_upload(RECEIPT, Upload(CLOSES, CLOSES + MINUTE))


def test_a_work_is_sent_in_the_grace_only_with_an_upload_that_ran_into_it() -> None:
    late = CLOSES + 5 * MINUTE
    ran_over = Upload(CLOSES - MINUTE, CLOSES + MINUTE)
    finished = Upload(CLOSES - 2 * MINUTE, CLOSES - MINUTE)

    assert takes_submission(RECEIPT, late, [finished, ran_over])
    assert not takes_submission(RECEIPT, late, [finished])
    assert not takes_submission(RECEIPT, CLOSES + timedelta(hours=1), [ran_over])


def test_until_the_deadline_every_part_is_open() -> None:
    assert open_parts(RECEIPT, RECEIPT.opens - MINUTE) == ALL
    assert open_parts(RECEIPT, CLOSES - INSTANT) == ALL


def test_after_the_deadline_only_what_a_return_names_is_open_and_only_until_its_date() -> None:
    back = Return(CLOSES + timedelta(days=3), ("instalments", "dossier:trang_bao"))

    assert open_parts(RECEIPT, CLOSES) == frozenset()
    assert open_parts(RECEIPT, CLOSES, back) == {Part.INSTALMENTS, Part.DOSSIER}
    assert open_parts(RECEIPT, back.until - INSTANT, back) == {Part.INSTALMENTS, Part.DOSSIER}
    assert open_parts(RECEIPT, back.until, back) == frozenset()


def test_a_return_that_names_a_slot_opens_no_other_slot() -> None:
    one = Return(CLOSES + timedelta(days=3), ("dossier:trang_bao",))
    whole = Return(CLOSES + timedelta(days=3), ("dossier",))

    assert slot_is_open(RECEIPT, CLOSES, "trang_bao", one)
    assert not slot_is_open(RECEIPT, CLOSES, "van_ban", one)
    assert slot_is_open(RECEIPT, CLOSES, "van_ban", whole)
    assert slot_is_open(RECEIPT, CLOSES - MINUTE, "van_ban", one)


@given(some.timedeltas(timedelta(0), timedelta(days=400)), some.timedeltas(timedelta(0), timedelta(hours=3)))
def test_no_submission_is_taken_after_the_grace_whatever_was_uploaded(after: timedelta, before: timedelta) -> None:
    now = CLOSES + RECEIPT.grace + after
    uploads = [Upload(CLOSES - before, now - before), Upload(now, now)]

    assert not takes_submission(RECEIPT, now, uploads)
