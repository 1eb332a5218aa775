"""Who may not judge what."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from contest.judging.conflicts import JurorFacts, Kind, WorkFacts, find, newsroom

JUROR = JurorFacts(
    user_id=7,
    person_id=70,
    emails=frozenset({"lam@example.vn"}),
    phones=frozenset({"+84905123456"}),
    outlets=frozenset({1}),
    name="ta quynh lam",
)
WORK = WorkFacts(owner_id=9, person_ids=frozenset({90}), emails=frozenset({"an@example.vn"}), outlets=frozenset({2}))


def test_strangers_have_no_conflict():
    assert find(JUROR, WORK, successors={}) == ()


def test_an_own_entry_blocks():
    assert find(JUROR, replace(WORK, owner_id=7), successors={}) == (Kind.own_entry,)


def test_a_byline_of_the_same_person_blocks():
    assert find(JUROR, replace(WORK, person_ids=frozenset({70, 90})), successors={}) == (Kind.author,)


def test_an_equal_phone_or_address_blocks():
    assert find(JUROR, replace(WORK, phones=JUROR.phones), successors={}) == (Kind.contact,)
    assert find(JUROR, replace(WORK, emails=JUROR.emails), successors={}) == (Kind.contact,)


def test_the_own_newsroom_blocks():
    assert find(JUROR, replace(WORK, outlets=frozenset({1})), successors={}) == (Kind.outlet,)


def test_the_newsroom_that_took_over_and_the_other_one_it_took_over_block():
    merged = {1: 3, 2: 3, 3: None}

    assert find(JUROR, replace(WORK, outlets=frozenset({3})), successors=merged) == (Kind.outlet,)
    assert find(JUROR, replace(WORK, outlets=frozenset({2})), successors=merged) == (Kind.outlet,)


def test_a_declared_interest_blocks_this_work_alone():
    assert find(JUROR, WORK, successors={}, declared={(7, 42)}, entry_id=42) == (Kind.declared,)
    assert find(JUROR, WORK, successors={}, declared={(7, 42)}, entry_id=43) == ()


def test_a_name_that_looks_alike_only_warns():
    (kind,) = find(JUROR, replace(WORK, names=frozenset({"ta quynh lam"})), successors={})

    assert kind is Kind.name
    assert not kind.blocks


def test_missing_facts_never_match_missing_facts():
    nobody = JurorFacts(user_id=1)

    assert find(nobody, WorkFacts(owner_id=2, names=frozenset({""})), successors={}) == ()


@given(st.dictionaries(st.integers(1, 9), st.integers(1, 9)), st.integers(1, 9))
def test_a_line_of_successors_always_ends_and_all_of_it_is_one_newsroom(successors, outlet):
    current = newsroom(outlet, successors)

    assert newsroom(current, successors) == current
    if outlet in successors:
        assert newsroom(successors[outlet], successors) == current
