"""Who may not judge what."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from contest.interests.inference import PersonFacts, WorkFacts, find
from contest.interests.kinds import Kind, State
from contest.interests.newsrooms import newsroom

JUROR = PersonFacts(
    user_id=7,
    person_id=70,
    emails=frozenset({"lam@example.vn"}),
    phones=frozenset({"+84905123456"}),
    newsrooms=frozenset({1}),
    name=("Tạ Quỳnh Lâm", ""),
)
WORK = WorkFacts(owner_id=9, person_ids=frozenset({90}), emails=frozenset({"an@example.vn"}), newsrooms=frozenset({2}))


def test_strangers_have_no_conflict():
    assert find(JUROR, WORK) == ()


def test_an_own_entry_blocks():
    assert find(JUROR, replace(WORK, owner_id=7)) == (Kind.own_entry,)


def test_a_byline_of_the_same_person_blocks():
    assert find(JUROR, replace(WORK, person_ids=frozenset({70, 90}))) == (Kind.author,)


def test_an_equal_phone_or_address_blocks():
    assert find(JUROR, replace(WORK, phones=JUROR.phones)) == (Kind.contact,)
    assert find(JUROR, replace(WORK, emails=JUROR.emails)) == (Kind.contact,)


def test_the_own_newsroom_blocks():
    assert find(JUROR, replace(WORK, newsrooms=frozenset({1}))) == (Kind.outlet,)


def test_a_newsroom_left_recently_blocks():
    juror = replace(JUROR, left=frozenset({2}))

    assert find(juror, replace(WORK, newsrooms=frozenset({2}))) == (Kind.former_outlet,)


def test_a_declared_interest_blocks():
    assert find(JUROR, WORK, said=[(Kind.declared, State.declared)]) == (Kind.declared,)


def test_what_was_waived_no_longer_ties():
    same = replace(WORK, phones=JUROR.phones, newsrooms=frozenset({1}))

    assert find(JUROR, same, said=[(Kind.outlet, State.waived)]) == (Kind.contact,)
    assert find(JUROR, same, said=[(Kind.outlet, State.waived), (Kind.contact, State.waived)]) == ()


def test_the_very_own_work_is_never_waived():
    own = replace(WORK, person_ids=frozenset({70}))

    assert find(JUROR, own, said=[(Kind.author, State.waived)]) == (Kind.author,)


def test_a_likeness_that_was_confirmed_blocks():
    alike = replace(WORK, names=frozenset({("Ta Quynh Lam", "")}))

    (kind,) = find(JUROR, alike, said=[(Kind.name, State.confirmed)])

    assert kind is Kind.confirmed
    assert kind.blocks


def test_a_name_that_looks_alike_only_warns():
    (kind,) = find(JUROR, replace(WORK, names=frozenset({("Ta Quynh Lam", "")})))

    assert kind is Kind.name
    assert not kind.blocks


def test_missing_facts_never_match_missing_facts():
    nobody = PersonFacts(user_id=1)

    assert find(nobody, WorkFacts(owner_id=2, names=frozenset({("", "")}))) == ()


@given(st.dictionaries(st.integers(1, 9), st.integers(1, 9)), st.integers(1, 9))
def test_a_line_of_successors_always_ends_and_all_of_it_is_one_newsroom(successors, outlet):
    current = newsroom(outlet, successors)

    assert newsroom(current, successors) == current
    if outlet in successors:
        assert newsroom(successors[outlet], successors) == current
