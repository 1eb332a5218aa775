"""Versions of a decision: each a row written once, public at once where the one before is."""

from datetime import timedelta

import pytest

from contest import audit
from contest.database import db, transaction
from contest.regulations.models import Stage
from contest.results import queries, refusals, services
from contest.results.models import AmendmentKind, Decision, Publication
from tests.makers.accounts import make_member
from tests.makers.results import make_decided, make_prepared, make_published, make_sealed


def renamed(copy):
    copy["awards"][0]["authors"][0]["name"] = "Đinh Thị Mai Hương"
    return copy


def amend(contest, by, change=renamed, **words):
    before = queries.newest_decision(contest)
    said = {
        "kind": "correction",
        "number": "131-QĐ/BTGDVTU",
        "decided_on": before.decided_on,
        "reason": "Ghi sai tên tác giả.",
        "now": before.at + timedelta(days=1),
    }
    with transaction():
        return services.amend_decision(contest, change, by=by, **{**said, **words})


@pytest.fixture
def decided(app):
    organizer = make_member(contest := make_sealed()[0], "organizer")
    make_decided(contest, by=organizer)
    return contest, organizer


def test_the_next_version_is_the_one_in_force_and_the_first_stays_as_it_was(decided):
    contest, organizer = decided
    before = queries.newest_decision(contest)
    first, said = before.id, before.sha256

    after = amend(contest, organizer)

    assert queries.newest_decision(contest).id == after.id
    assert (after.version, after.number, after.amended_as, after.amended_by) == (
        2,
        "127-QĐ/BTGDVTU",
        AmendmentKind.CORRECTION,
        "131-QĐ/BTGDVTU",
    )
    assert after.copy["awards"][0]["authors"][0]["name"] == "Đinh Thị Mai Hương"
    assert [each["number"] for each in after.copy["amendments"]] == ["131-QĐ/BTGDVTU"]
    kept = db.session.get_one(Decision, first)
    assert (kept.sha256, kept.copy["awards"][0]["authors"][0]["name"]) == (said, "Đinh Thị Mai")
    assert audit.verify(contest.id) is None


def test_a_version_of_a_published_decision_is_public_in_the_same_transaction(app):
    contest, publication = make_published()
    assert publication.version == 1

    after = amend(contest, publication.by)

    assert queries.publication_of(contest).decision_id == after.id
    assert contest.stage == Stage.PUBLISHED


def test_a_refused_version_leaves_what_is_public_as_it_was(app):
    contest, publication = make_published()

    with pytest.raises(refusals.ReasonNeeded):
        amend(contest, publication.by, reason="")

    assert db.session.query(Publication).count() == 1
    assert db.session.query(Decision).count() == 1


def test_prepared_certificates_are_prepared_again_for_the_new_version(app):
    contest, _ = make_sealed()
    organizer = make_member(contest, "organizer")
    make_prepared(contest, by=organizer)

    amend(contest, organizer)

    assert contest.stage == Stage.DECIDED
    with pytest.raises(refusals.NotPrepared), transaction():
        services.publish(contest, by=organizer, now=queries.newest_decision(contest).at)


def test_nothing_is_amended_before_it_is_decided(app):
    contest, _ = make_sealed()
    organizer = make_member(contest, "organizer")

    with pytest.raises(refusals.NotDecided), transaction():
        services.amend_decision(
            contest, {}, kind="correction", number="1", decided_on=None, reason="x", by=organizer, now=None
        )


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ({"kind": "revocation", "number": ""}, refusals.NumberNeeded),
        ({"change": lambda copy: copy}, refusals.NothingChanged),
    ],
)
def test_a_version_without_its_words_is_refused(decided, words, refusal):
    with pytest.raises(refusal):
        amend(*decided, **words)


def test_a_version_bears_a_day_between_the_decision_and_today(decided):
    contest, organizer = decided
    decision = queries.newest_decision(contest)

    with pytest.raises(refusals.AmendedTooEarly):
        amend(contest, organizer, decided_on=decision.decided_on - timedelta(days=1))
    with pytest.raises(refusals.DecidedInFuture):
        amend(contest, organizer, decided_on=decision.decided_on + timedelta(days=9))
