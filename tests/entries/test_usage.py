"""Codes of the regulation that works refer to."""

from __future__ import annotations

from datetime import date

import pytest

from contest.database import transaction
from contest.entries import services as entries
from contest.entries.draft import EXEMPLAR
from contest.entries.parts import Part
from contest.entries.usage import codes_of_files, codes_of_works
from contest.exemplars.usage import codes_of_exemplars
from contest.regulations import amending, usage
from contest.regulations import services as regulations
from contest.regulations.problems import RegulationInvalid
from tests.makers.accounts import make_user
from tests.makers.entries import make_attachment, make_draft, make_entry, prior_award, receipt_hour
from tests.makers.regulations import make_contest


def test_everything_a_work_names_is_in_use(app):
    contest = make_contest()
    awards = [prior_award(level="co_so")]
    exemplars = [EXEMPLAR | {"name": "Tổ dân vận thôn Gò Re", "locality": "Ba Tơ", "topic": "van_hoa_xa_hoi"}]

    make_entry(contest, make_user(), prior_awards=awards, exemplars=exemplars, genre="phong_su", topic="kinh_te")

    statements = {f"statement:{one.code}" for one in contest.regulation.statements if one.required}
    assert codes_of_works(contest.id) == statements | {
        "category:BAO_IN",
        "genre:phong_su",
        "topic:kinh_te",
        "topic:van_hoa_xa_hoi",
        "level:co_so",
    }
    assert codes_of_exemplars(contest.id) == {"topic:van_hoa_xa_hoi"}
    assert codes_of_files(contest.id) == {
        f"slot:BAO_IN/{slot.code}" for slot in contest.regulation.category("BAO_IN").slots if slot.required
    }


def test_what_an_older_revision_names_stays_in_use(app):
    contest, author = make_contest(), make_user()
    entry = make_entry(contest, author, "received", genre="phong_su")
    now = receipt_hour(contest)
    with transaction():
        entries.save_draft(entry, Part.WORK, {"genre": "ghi_chep"}, version=entry.draft_version, by=author, now=now)
        entries.amend(entry, by=author, now=now)

    assert {"genre:phong_su", "genre:ghi_chep"} <= codes_of_works(contest.id)


def test_a_draft_is_in_use_until_it_is_thrown_away(app):
    contest, author = make_contest(), make_user()
    draft = make_draft(contest, author, files=False, genre="phong_su")
    assert "genre:phong_su" in codes_of_works(contest.id)

    with transaction():
        entries.withdraw(draft, "", by=author, now=receipt_hour(contest))

    assert codes_of_works(contest.id) == set()


def test_a_removed_file_keeps_its_slot_in_use_while_a_revision_names_it(app):
    contest, author = make_contest(), make_user()
    entry = make_draft(contest, author)
    optional = next(slot for slot in contest.regulation.category("BAO_IN").slots if not slot.required)
    file = make_attachment(entry, optional.code)
    now = receipt_hour(contest)
    with transaction():
        entries.submit(entry, by=author, now=now)
        entries.remove_attachment(file, by=author, now=now)

    assert f"slot:BAO_IN/{optional.code}" in codes_of_files(contest.id)


def test_works_of_another_contest_are_not_counted(app):
    make_entry(make_contest(), make_user())

    assert usage.codes_in_use(make_contest().id) == frozenset()


def test_the_codes_that_rooms_announce_are_written_as_the_regulation_names_them(app):
    contest = make_contest()
    make_entry(contest, make_user(), prior_awards=[prior_award(level="co_so")])

    assert usage.codes_in_use(contest.id) <= amending.codes(contest.regulation)


def test_an_amendment_cannot_drop_the_genre_of_a_work(app):
    contest = make_contest()
    make_entry(contest, make_user(), genre="toa_dam", category="PHAT_THANH")
    contest.draft_text = contest.draft_text.replace('"toa_dam"', '"dam_thoai"')

    with pytest.raises(RegulationInvalid) as refusal:
        regulations.adopt(
            contest,
            decision_number="02-TL/BTC",
            decision_date=date(2025, 8, 1),
            signer="Phạm Trường Giang",
            by=None,
            now=receipt_hour(contest),
        )

    assert [(problem.path, problem.parameters) for problem in refusal.value.problems] == [
        ("genres", {"code": "toa_dam"})
    ]
