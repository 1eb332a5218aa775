"""Works of a phase that go on into the closing contest."""

import pytest
from sqlalchemy import func, select

from contest import audit
from contest.audit.models import AuditLine
from contest.clock import now as clock_now
from contest.database import db, transaction
from contest.entries import revision
from contest.entries.models import Attachment, Entry
from contest.regulations.prizes import CarryOn
from contest.results import refusals, services
from contest.results.carrying import going_up
from tests.makers import results as makers
from tests.makers.accounts import make_member
from tests.makers.regulations import make_contest
from tests.makers.storage import make_blob, pdf_bytes
from tests.tampering import written_so

CARRY_ON = ("\n[certificate]", '\n[carry_on]\ntiers = ["A", "B"]\n\n[certificate]')


@pytest.fixture
def phase(app):
    closing = make_contest(short_name="Cuộc thi tổng kết")
    contest = make_contest(replacements=(CARRY_ON,))
    contest.parent_id = closing.id
    db.session.commit()
    return contest, closing


def give_file(entry):
    """Put a file into the dossier of a work, and into its revision."""
    blob = make_blob(pdf_bytes())
    file = Attachment(
        entry=entry, slot="trang_bao", name="trang.pdf", sha256=blob.sha256, size=blob.size,
        media_type=blob.media_type, begun_at=entry.created_at, stored_at=entry.created_at,
    )  # fmt: skip
    db.session.add(file)
    db.session.flush()
    content = {**entry.revision.content, "attachments": [file.described()]}
    with written_so():
        entry.revision.content, entry.revision.sha256 = content, revision.fingerprint(content)
    db.session.commit()


def test_winners_of_the_named_tiers_are_entered_into_the_closing_contest_as_they_were_judged(phase):
    contest, closing = phase
    by = make_member(contest, "organizer")
    _, entries = makers.make_sealed(contest=contest, by=by)
    give_file(entries[0])
    makers.make_decided(contest, by=by)

    with transaction():
        entered = services.carry_on(contest, by=by, now=clock_now())

    assert [(each.origin_id, each.code, each.state) for each in entered] == [
        (entries[0].id, "BI-0001", "accepted"),
        (entries[1].id, "BI-0002", "accepted"),
        (entries[2].id, "BI-0003", "accepted"),
    ]
    first = entered[0]
    assert first.contest_id == closing.id
    assert {**first.revision.content, "attachments": []} == {**entries[0].revision.content, "attachments": []}
    assert [(line.name, line.digest) for line in first.revision.bylines] == [
        (line.name, line.digest) for line in entries[0].revision.bylines
    ]
    assert [file.sha256 for file in first.files] == [file.sha256 for file in entries[0].files]
    assert first.revision.content["attachments"][0]["id"] == first.files[0].id
    assert first.revision.sha256 == revision.fingerprint(first.revision.content)


def test_carrying_on_twice_enters_nothing_twice_and_both_chains_hold(phase):
    contest, closing = phase
    by = make_member(contest, "organizer")
    makers.make_sealed(contest=contest, by=by)
    makers.make_decided(contest, by=by)

    for expected in (3, 0):
        with transaction():
            assert len(services.carry_on(contest, by=by, now=clock_now())) == expected

    assert db.session.scalar(select(func.count()).select_from(Entry).filter_by(contest_id=closing.id)) == 3
    assert audit.verify(contest.id) is None
    assert audit.verify(closing.id) is None
    carried = select(func.count()).select_from(AuditLine).filter_by(action="entry.carried_over")
    assert db.session.scalar(carried) == 3


def test_nothing_is_carried_on_before_the_decision(phase):
    contest, _ = phase
    by = make_member(contest, "organizer")
    makers.make_sealed(contest=contest, by=by)

    with pytest.raises(refusals.NotDecided), transaction():
        services.carry_on(contest, by=by, now=clock_now())


def test_a_contest_that_is_no_phase_carries_nothing_on(app):
    contest = make_contest(replacements=(CARRY_ON,))

    with pytest.raises(refusals.NoParent), transaction():
        services.carry_on(contest, by=make_member(contest, "organizer"), now=clock_now())


def test_the_best_of_each_group_go_on_with_everyone_at_the_edge():
    lines = [{"entry": code, "place": place, "tier": None} for code, place in zip("ABCD", (1, 2, 2, 4), strict=True)]

    assert going_up({"groups": [{"lines": lines}]}, CarryOn(top=2)) == ["A", "B", "C"]
    assert going_up({"groups": [{"lines": []}]}, CarryOn(top=2)) == []


def test_works_are_carried_on_through_their_page(phase, browser):
    contest, _ = phase
    by = make_member(contest, "organizer")
    makers.make_sealed(contest=contest, by=by)
    makers.make_decided(contest, by=by)
    staff, page = browser(by), f"/{contest.slug}/ban-thu-ky/ket-qua/chuyen-tiep"

    assert staff.post_form(page).status_code == 303
    staff.get(page)
    assert len(staff.soup.select(".state.ok")) == 3
    assert not staff.soup.select("main form")
