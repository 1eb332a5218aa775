"""Preparing, numbering, drawing and keeping certificates."""

from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from flask import current_app
from sqlalchemy import select

from contest import audit, jobs, storage
from contest.audit.models import AuditLine
from contest.certificates import background, queries, seal, services
from contest.certificates.models import Certificate
from contest.certificates.refusals import AlreadyPublic, BehindDecision, NothingDecided, NothingPrepared
from contest.database import db, transaction
from contest.jobs import Job, JobState
from contest.regulations.models import Stage
from contest.results import queries as results
from contest.results.services import amend_decision, publish
from tests.makers.accounts import make_member
from tests.makers.certificates import (
    certificates_of,
    make_decided_contest,
    make_drawn_certificates,
    make_prepared_certificates,
    make_public_certificates,
)
from tests.makers.regulations import make_contest
from tests.tampering import written_so


def key():
    return seal.signing_key(Path(current_app.instance_path))


def prepare(contest, by, now):
    with transaction():
        return services.prepare(contest, key=key(), by=by, now=now)


def test_certificates_wait_for_the_decision(app, now):
    contest = make_contest()
    organizer = make_member(contest, "organizer")

    with pytest.raises(NothingDecided):
        prepare(contest, organizer, now)


def test_register_numbers_follow_the_decision_without_gaps(app, now):
    contest, organizer = make_decided_contest()

    made = prepare(contest, organizer, now)

    assert [each.number for each in made] == [1, 2, 3, 4]
    assert [each.printed["register"] for each in made] == [f"Vào sổ số 00{number}/2025" for number in range(1, 5)]
    lines = results.copy_of(services.decision_of(contest))["awards"]
    assert [each.award_id for each in made] == [line["award_id"] for line in lines]


def test_preparing_twice_changes_nothing(app, now):
    contest, organizer = make_decided_contest()

    first = [each.code for each in prepare(contest, organizer, now)]

    assert [each.code for each in prepare(contest, organizer, now + timedelta(days=1))] == first


def test_every_code_is_new_and_signed(app):
    _, _, made = make_prepared_certificates()

    assert len({each.code for each in made}) == len(made)
    for each in made:
        signed = seal.verify(each.code, each.payload, key().public_key())
        assert signed is not None
        assert signed[0] == each.printed["register_number"]


def test_words_that_do_not_fit_are_refused_before_any_number_is_given(app, now):
    contest, organizer = make_decided_contest()
    decision = services.decision_of(contest)
    long = [{**line, "title": "dân " * 400} for line in decision.copy["awards"]]
    with written_so():
        decision.copy, decision.sha256 = {**decision.copy, "awards": long}, "e" * 64
    db.session.commit()

    with pytest.raises(Exception, match="does not fit"):
        prepare(contest, organizer, now)

    assert db.session.scalars(select(Certificate)).all() == []


def test_preparing_is_written_into_the_chain_without_names(app):
    contest, _, made = make_prepared_certificates()

    line = db.session.scalars(select(AuditLine).filter_by(action="certificates.numbered")).one()
    assert (line.details["first"], line.details["last"]) == (1, len(made))
    assert made[0].printed["authors"][0]["name"] not in str(line.details)
    assert audit.verify(contest.id) is None


def test_only_numbered_certificates_are_drawn(app, now):
    contest, organizer = make_decided_contest()

    with pytest.raises(NothingPrepared), transaction():
        services.request_drawing(contest, by=organizer, now=now)


def test_asking_twice_for_a_drawing_asks_once(app, now):
    contest, organizer, _ = make_prepared_certificates()

    with transaction():
        first = services.request_drawing(contest, by=organizer, now=now).id
    with transaction():
        assert services.request_drawing(contest, by=organizer, now=now).id == first


def test_a_drawing_keeps_every_file_and_lets_the_contest_go_on(app, now):
    contest, organizer, _ = make_prepared_certificates()
    with transaction():
        job_id = services.request_drawing(contest, by=organizer, now=now).id

    while db.session.get_one(Job, job_id).state != JobState.DONE:
        assert jobs.work_once()

    job = db.session.get_one(Job, job_id)
    assert (job.done, job.total, job.result) == (4, 4, {"count": 4})
    assert contest.stage == Stage.PREPARED
    kept = queries.set_of(services.decision_of(contest))
    certificates = certificates_of(contest)
    with ZipFile(storage.path(kept.archive_sha256)) as packed:
        assert packed.namelist() == [each.filename for each in certificates]
        for each in certificates:
            assert packed.read(each.filename) == storage.path(each.sha256).read_bytes()
    with pikepdf.open(storage.path(kept.print_sha256)) as joined:
        assert len(joined.pages) == 4
        stamps = [
            {str(name): form.objgen for name, form in page.Resources.XObject.items() if str(name).startswith("/Stamp")}
            for page in joined.pages
        ]
        assert len(stamps[0]) == 2
        assert all(each == stamps[0] for each in stamps)


def test_drawing_again_keeps_the_same_bytes(app):
    contest, organizer, certificates = make_drawn_certificates()
    kept = queries.set_of(services.decision_of(contest))
    before = [kept.archive_sha256, kept.print_sha256, *(each.sha256 for each in certificates)]

    background.draw_decision(
        certificates[0].decision_id, again=True, by_id=organizer.id, progress=lambda done, total: None
    )

    kept = queries.set_of(services.decision_of(contest))
    assert [kept.archive_sha256, kept.print_sha256, *(each.sha256 for each in certificates_of(contest))] == before


def test_a_certificate_is_found_only_once_its_decision_is_published(app):
    contest, organizer, certificates = make_drawn_certificates()
    code = certificates[0].code
    assert queries.public_certificate(code) is None
    assert queries.by_fingerprint(certificates[0].sha256) is None

    with transaction():
        publish(contest, by=organizer, now=services.decision_of(contest).at + timedelta(hours=1))

    assert queries.public_certificate(code).number == 1
    assert queries.by_fingerprint(certificates_of(contest)[0].sha256).number == 1


def test_published_certificates_are_not_drawn_again(app, now):
    contest, organizer, _ = make_public_certificates()

    with pytest.raises(AlreadyPublic), transaction():
        services.request_drawing(contest, by=organizer, now=now)


def amend(contest, by, kind="correction", **words):
    """Correct the title of the first work, or do something else with its award."""
    decision = results.newest_decision(contest)
    said = {"number": "140-QĐ/BTGDVTU", "decided_on": decision.decided_on, "reason": "Đúng hồ sơ.", "by": by}

    def changed(copy):
        first = copy["awards"][0]
        if kind == "correction":
            return {**copy, "awards": [{**first, "title": words["title"]}, *copy["awards"][1:]]}
        paper = {"number": said["number"], "decided_on": decision.decided_on.isoformat()}
        return {**copy, "awards": [{**first, "suspended": paper}, *copy["awards"][1:]]}

    with transaction():
        return amend_decision(contest, changed, kind=kind, now=decision.at, **said)


def work_off():
    while jobs.work_once("certificates.draw"):
        pass


def test_a_correction_between_numbering_and_drawing_leaves_no_certificate_without_a_file(app, now):
    contest, organizer, made = make_prepared_certificates()
    amend(contest, organizer, title="Bên dòng sông Re")
    with pytest.raises(BehindDecision), transaction():
        services.request_drawing(contest, by=organizer, now=now)

    prepare(contest, organizer, now)
    with transaction():
        services.request_drawing(contest, by=organizer, now=now)
    work_off()

    assert contest.stage == Stage.PREPARED
    assert queries.undrawn(contest) == 0
    names = [each.filename for each in queries.in_force(contest)]
    assert len(names) == len(made)
    with ZipFile(storage.path(queries.set_of(services.decision_of(contest)).archive_sha256)) as packed:
        assert packed.namelist() == names


def test_a_drawing_that_ends_after_the_decision_was_corrected_does_not_let_the_old_words_be_published(app, now):
    contest, organizer, _ = make_prepared_certificates()
    with transaction():
        services.request_drawing(contest, by=organizer, now=now)
    amend(contest, organizer, title="Bên dòng sông Re")

    work_off()

    assert contest.stage == Stage.DECIDED
    prepare(contest, organizer, now)
    with transaction():
        services.request_drawing(contest, by=organizer, now=now)
    work_off()
    assert contest.stage == Stage.PREPARED
    assert "Bên dòng sông Re" in {each.printed["work"] for each in queries.in_force(contest)}


def test_a_drawing_that_waits_for_an_earlier_version_is_not_taken_for_that_of_the_newest(app, now):
    contest, organizer, _ = make_prepared_certificates()
    with transaction():
        first = services.request_drawing(contest, by=organizer, now=now).id
    amend(contest, organizer, title="Bên dòng sông Re")
    prepare(contest, organizer, now)

    with transaction():
        second = services.request_drawing(contest, by=organizer, now=now).id

    assert second != first
    work_off()
    assert queries.undrawn(contest) == 0


def test_the_certificate_of_an_award_that_was_suspended_before_numbering_is_suspended(app, now):
    contest, organizer = make_decided_contest()
    amend(contest, organizer, kind="suspension")
    amend_again = amend(contest, organizer, title="Bên dòng sông Re")

    made = prepare(contest, organizer, now)

    assert amend_again.version == 3
    assert [each.state for each in made] == ["suspended", "prepared", "prepared", "prepared"]
    assert (made[0].ended_by, made[0].ended_why) == ("140-QĐ/BTGDVTU", "Đúng hồ sơ.")
    assert not services.is_behind(contest, services.decision_of(contest))


def test_the_archive_holds_what_is_in_force_after_a_suspension(app, now):
    contest, organizer, made = make_public_certificates()
    amend(contest, organizer, kind="suspension")
    with transaction():
        services.follow_decision(contest, key=key(), by=organizer, now=now)
        services.request_drawing(contest, by=organizer, now=now)
    before = {each.sha256 for each in made}
    work_off()

    kept = queries.set_of(services.decision_of(contest))
    with ZipFile(storage.path(kept.archive_sha256)) as packed:
        assert packed.namelist() == [each.filename for each in made[1:]]
    assert {each.sha256 for each in queries.register_of(contest)} == before
