"""Merging two exemplars and undoing it: no work is ever attached to anything but what it named."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from flask import Flask
from sqlalchemy import select

from contest.accounts.models import User
from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.entries.models import Entry, RevisionExemplar
from contest.entries.queries import names_exemplar, works_about
from contest.exemplars import queries, services
from contest.exemplars.kinds import ExemplarKind
from contest.exemplars.models import Exemplar, ExemplarMerge, NotTheSame
from contest.exemplars.standing import standing
from contest.regulations.models import Contest
from tests.makers.accounts import make_member, make_user
from tests.makers.entries import EXEMPLAR, make_entry
from tests.makers.home import AUGUST as NOW
from tests.makers.home import make_exemplar
from tests.makers.regulations import make_contest


@pytest.fixture
def contest(app: Flask) -> Contest:
    return make_contest()


@pytest.fixture
def secretary(contest: Contest) -> User:
    return make_member(contest, "secretary")


def work_about(*exemplars: Exemplar) -> Entry:
    """Send a work that names these."""
    contest = db.session.get_one(Contest, exemplars[0].contest_id)
    named = [EXEMPLAR | {"name": one.name, "kind": one.kind, "locality": one.locality} for one in exemplars]
    number = db.session.query(Entry).count()
    return make_entry(contest, make_user(), title=f"Tác phẩm {number}", exemplars=named)


def merged(one: Exemplar, into: Exemplar, by: User) -> ExemplarMerge:
    with transaction():
        return services.merge(one, into, by=by, now=NOW)


def undone(made: ExemplarMerge, by: User) -> None:
    with transaction():
        services.undo_merge(made, by=by, now=NOW)


def works(exemplar: Exemplar) -> list[Entry]:
    return list(db.session.scalars(works_about(exemplar.id)))


def attachments() -> set[tuple[int, int, int]]:
    rows = select(RevisionExemplar.revision_id, RevisionExemplar.exemplar_id, RevisionExemplar.position)
    return {(revision, exemplar, position) for revision, exemplar, position in db.session.execute(rows)}


def test_the_works_of_a_merged_exemplar_are_about_the_one_that_stands_for_it(contest, secretary):
    short, full, other = (make_exemplar(contest, name) for name in ("Đinh Rế", "Đinh Thị Rế", "Hồ Văn Thạch"))
    both, first, second = work_about(short, full), work_about(short), work_about(full, other)

    merged(short, full, secretary)

    assert set(works(full)) == {both, first, second}
    assert works(other) == [second]
    told = queries.alive(contest.id).where(names_exemplar(contest.id))
    assert db.session.scalars(told).all() == [full, other]
    assert queries.page_of(contest.id, short.id) == full
    assert queries.page_of(contest.id, full.id) == full
    assert queries.page_of(contest.id, 999) is None
    assert db.session.scalars(queries.alive(contest.id, "dinh re")).all() == [full]


def test_a_work_sent_later_under_the_old_name_is_about_both(contest, secretary):
    short, full = make_exemplar(contest, "Đinh Rế"), make_exemplar(contest, "Đinh Thị Rế")
    made = merged(short, full, secretary)

    later = work_about(make_exemplar(contest, "Đinh Rế"))

    assert works(full) == [later]
    undone(made, secretary)
    assert (works(short), works(full)) == ([later], [])


def test_a_work_finds_an_exemplar_whose_name_was_corrected(contest, secretary):
    slip = make_exemplar(contest, "Đinh Thị Ré")
    told = services.Description("Đinh Thị Rế", slip.kind, slip.topic, "Xã Ba Vì", slip.unit, "Bà giữ rừng.")
    with transaction():
        services.describe(slip, told, by=secretary, now=NOW)

    assert make_exemplar(contest, "Đinh Thị Ré") is slip
    assert db.session.scalars(queries.alive(contest.id, "re", place="ba vi")).all() == [slip]


@pytest.mark.parametrize("seed", range(4))
def test_merges_undone_in_any_order_leave_every_work_where_it_was(contest, secretary, seed):
    chance = random.Random(seed)
    exemplars = [make_exemplar(contest, f"Người thứ {number}") for number in range(7)]
    for _ in range(5):
        work_about(*chance.sample(exemplars, chance.randint(1, 3)))
    before = attachments()
    direct = {one.id: set(works(one)) for one in exemplars}
    in_force: list[ExemplarMerge] = []

    for _ in range(30):
        alive = [one for one in exemplars if one.merged_into_id is None]
        if in_force and (len(alive) < 2 or chance.random() < 0.45):
            undone(in_force.pop(chance.randrange(len(in_force))), secretary)
        else:
            one, other = chance.sample(alive, 2)
            in_force.append(merged(one, other, secretary))
        assert attachments() == before
        assert_told_once(exemplars, direct, in_force)
    for made in chance.sample(in_force, len(in_force)):
        undone(made, secretary)

    assert attachments() == before
    assert {one.id: set(works(one)) for one in exemplars} == direct
    assert all(one.merged_into_id is None for one in exemplars)


def assert_told_once(
    exemplars: list[Exemplar], direct: dict[int, set[Entry]], in_force: Iterable[ExemplarMerge]
) -> None:
    """Everything together that merges join, counted by hand, is told on the page of exactly one."""
    joined = [{one.id} for one in exemplars]
    for made in in_force:
        sides = [group for group in joined if group & {made.merged_id, made.into_id}]
        joined = [group for group in joined if group not in sides] + [set().union(*sides)]
    alive = {one.id: one for one in exemplars if one.merged_into_id is None}
    for group in joined:
        (standing_for,) = group & alive.keys()
        assert {one.id for one in exemplars if queries.page_of(one.contest_id, one.id) is alive[standing_for]} == group
        assert set(works(alive[standing_for])) == set().union(*(direct[each] for each in group))


def test_the_end_of_a_chain_stands_for_all_of_it():
    assert standing([(1, 2), (2, 3), (5, 3)]) == {1: 3, 2: 3, 5: 3}


def test_what_cannot_be_merged_is_refused_with_its_reason(contest, secretary):
    short, full, third = (make_exemplar(contest, name) for name in ("Đinh Rế", "Đinh Thị Rế", "Đinh Thị Rê"))
    group = make_exemplar(contest, "Tổ dân vận Gò Re")
    group.kind = ExemplarKind.COLLECTIVE
    abroad = make_exemplar(make_contest(slug="khac"), "Đinh Rế")
    db.session.commit()
    made = merged(short, full, secretary)

    for one, into, refusal in (
        (full, full, services.NotTwo),
        (full, abroad, services.NotTwo),
        (short, third, services.AlreadyMerged),
        (third, short, services.AlreadyMerged),
        (third, group, services.KindsDiffer),
    ):
        with pytest.raises(refusal):
            merged(one, into, secretary)
    undone(made, secretary)
    with pytest.raises(services.AlreadyUndone):
        undone(made, secretary)


def test_undoing_says_that_the_two_are_different(contest, secretary):
    short, full = make_exemplar(contest, "Đinh Rế"), make_exemplar(contest, "Đinh Thị Rế")

    undone(merged(short, full, secretary), secretary)

    assert db.session.execute(queries.said_different(contest.id)).all() == [(short.id, full.id)]
    with transaction():
        services.propose_again(db.session.get_one(NotTheSame, (short.id, full.id)), by=secretary, now=NOW)
    assert db.session.execute(queries.said_different(contest.id)).all() == []


def test_every_act_is_a_line_of_the_log_without_names(contest, secretary):
    short, full = make_exemplar(contest, "Đinh Rế"), make_exemplar(contest, "Đinh Thị Rế")
    undone(merged(short, full, secretary), secretary)
    with transaction():
        services.mark_for_replication(full, "Cách bà vận động hiến đất", by=secretary, now=NOW)
        services.unmark_for_replication(full, by=secretary, now=NOW)

    lines = db.session.scalars(
        select(AuditLine).where(AuditLine.action.startswith("exemplar.")).order_by(AuditLine.id)
    ).all()

    assert [(line.action, line.about, line.details) for line in lines] == [
        ("exemplar.merged", f"exemplar:{short.id}", {"into": full.id, "moved": [short.id]}),
        ("exemplar.merge_undone", f"exemplar:{short.id}", {"into": full.id}),
        ("exemplar.marked_for_replication", f"exemplar:{full.id}", {}),
        ("exemplar.unmarked_for_replication", f"exemplar:{full.id}", {}),
    ]


def test_replication_needs_a_reason(contest, secretary):
    exemplar = make_exemplar(contest)

    with pytest.raises(services.NoReason), transaction():
        services.mark_for_replication(exemplar, "", by=secretary, now=NOW)
