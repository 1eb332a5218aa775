"""The demo is a true contest: played by the services, the same for the same seed, never over real data."""

from __future__ import annotations

import io
from random import Random

import av
import pytest
from PIL import Image
from sqlalchemy import func, select

from contest import audit, clock, storage
from contest.certificates.models import Certificate
from contest.complaints.models import Complaint
from contest.complaints.rules import State
from contest.database import db
from contest.demo import files
from contest.demo.commands import NoDemoHere, NotEmpty, cli, load, make_room
from contest.demo.services import PRESET, hours_of
from contest.demo.timetable import Phase
from contest.entries.models import Attachment, Entry, EntryState
from contest.judging.models import Round, ScoreSheet
from contest.regulations.queries import current_contest
from tests.makers.regulations import make_contest

COUNT = 24


def states() -> dict[str, int]:
    counted = select(Entry.state, func.count()).group_by(Entry.state)
    return {str(state): number for state, number in db.session.execute(counted)}


def content() -> list[tuple]:
    """What a visitor would see of the works and their marks."""
    works = select(Entry.code, Entry.title, Entry.lead_author, Entry.state).order_by(Entry.id)
    sheets = select(ScoreSheet.marks, ScoreSheet.comment, ScoreSheet.submitted_at).order_by(ScoreSheet.id)
    return [tuple(row) for query in (works, sheets) for row in db.session.execute(query)]


def test_works_are_being_received(app):
    load(Phase.RECEIVING, COUNT, 1)

    assert states() == {"received": COUNT - COUNT // 20, "draft": COUNT // 20}
    hours = hours_of(PRESET)
    assert hours.now(Phase.RECEIVING) <= clock.now() < hours.now(Phase.SCREENING)
    assert audit.verify(current_contest().id) is None


def test_works_are_being_screened(app):
    load(Phase.SCREENING, COUNT, 1)

    assert states()["received"] > 0
    assert states()["accepted"] > 0


def test_jurors_are_in_the_middle_of_the_final(app):
    load(Phase.FINAL, COUNT, 1)

    first, last = db.session.scalars(select(Round).order_by(Round.id))
    assert first.sealed_at is not None
    assert last.sealed_at is None
    assert db.session.scalar(select(func.count()).select_from(Entry).filter_by(state=EntryState.RECEIVED)) == 0


def test_people_complain_while_the_list_hangs_and_one_of_them_waits_for_an_answer(app):
    load(Phase.POSTED, 12, 1)

    found = {each.shown_number: each for each in db.session.scalars(select(Complaint))}
    assert current_contest().stage == "posted"
    assert {number: each.state for number, each in found.items()} == {
        "KN-0001": State.ANSWERED,
        "KN-0002": State.ANSWERED,
        "KN-0003": State.RECEIVED,
    }
    assert [remark.version for remark in found["KN-0002"].remarks] == [2]
    assert found["KN-0003"].files


def test_the_published_contest_has_certificates_that_are_drawn(app):
    load(Phase.PUBLISHED, COUNT, 1)

    assert current_contest().stage == "published"
    assert {each.state for each in db.session.scalars(select(Complaint))} == {State.ANSWERED}
    prints = db.session.scalars(select(Certificate.sha256)).all()
    assert prints
    assert all(storage.is_intact(sha256) for sha256 in prints)
    assert audit.verify(current_contest().id) is None


def test_the_same_seed_gives_the_same_contest_and_another_seed_another(app):
    load(Phase.PRELIMINARY, 8, 5)
    first = content()
    make_room(again=True)
    load(Phase.PRELIMINARY, 8, 5)
    second = content()
    make_room(again=True)
    load(Phase.PRELIMINARY, 8, 6)

    assert first == second
    assert first != content()


def test_every_file_of_a_dossier_is_on_disk(app):
    load(Phase.RECEIVING, 8, 1)

    fingerprints = db.session.scalars(select(Attachment.sha256)).all()
    assert fingerprints
    assert all(storage.is_intact(sha256) for sha256 in fingerprints)


def test_a_demo_is_never_loaded_over_a_real_contest(app):
    make_contest()

    result = app.test_cli_runner().invoke(cli, ["--entries", "8", "--again"])

    assert isinstance(result.exception, NoDemoHere)
    assert not clock.is_demo()


def test_a_demo_is_replaced_only_on_request(app):
    load(Phase.RECEIVING, 8, 1)

    with pytest.raises(NotEmpty):
        make_room(again=False)


def test_a_demo_is_refused_at_a_public_address(app, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://giaibaochi.example")

    with pytest.raises(NoDemoHere):
        make_room(again=False)


def test_the_recordings_are_real(app):
    sound, film = files.radio_piece(Random(1)), files.television_piece(Random(1))

    with av.open(io.BytesIO(sound)) as opened:
        assert 11 < opened.duration / av.time_base < 13
    with av.open(io.BytesIO(film)) as opened:
        assert next(opened.decode(video=0)).width == files.SIZE[0]
    with Image.open(io.BytesIO(files.photograph(Random(1)))) as picture:
        assert picture.format == "JPEG"
