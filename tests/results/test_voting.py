from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.regulations.voting import VoteRule
from contest.results.voting import Electorate, Paper, Vote, count_votes

SEVEN = Electorate(frozenset("1234567"), chairs=frozenset("1"))
TIERS = ("A", "B", "C")


def rule(kind: str = "yes_no", **settings) -> VoteRule:
    return VoteRule(kind=kind, **settings)


def papers(*choices: str, ballot: int = 1) -> list[Paper]:
    """One paper a member, written like "a+ b- c=A d=2"."""
    marks = {"+": "yes", "-": "no"}
    return [
        Paper(
            ballot,
            str(number),
            {word[0]: marks.get(word[1:], word[2:]) for word in choice.split()},
        )
        for number, choice in enumerate(choices, start=1)
    ]


def carried(vote: Vote) -> dict[str, str | None]:
    return {subject: counts[-1].carried if counts else None for subject, counts in vote.counts.items()}


# Majorities ----------------------------------------------------------------------------------------------------------


def test_more_than_half_of_those_present_carry():
    vote = count_votes(rule(), "abc", papers("a+ b+ c+", "a+ b+", "a+ b-", "a+ b-", "a+", "a-"), SEVEN)

    count = vote.counts["a"][0]
    assert (count.yes, count.no, count.of, count.needed, count.carried) == (5, 1, 6, 4, "yes")
    assert carried(vote) == {"a": "yes", "b": None, "c": None}


def test_half_is_not_more_than_half():
    assert carried(count_votes(rule(), "a", papers("a+", "a+", "a-", "a-"), SEVEN)) == {"a": None}


def test_those_who_are_present_and_do_not_vote_count_as_present():
    electorate = Electorate(SEVEN.members, present={1: frozenset("123456")})

    vote = count_votes(rule(), "a", papers("a+", "a+", "a+"), electorate)

    assert (vote.held[0].present, vote.held[0].cast, carried(vote)) == (6, 3, {"a": None})


def test_a_majority_of_all_members_asks_more_than_one_of_those_present():
    cast = papers("a+ b+", "a+ b+", "a+ b+", "a+")

    assert carried(count_votes(rule(majority="members"), "ab", cast, SEVEN)) == {"a": "yes", "b": None}


@pytest.mark.parametrize(("present", "needed"), [(3, 2), (4, 3), (5, 4), (6, 4), (7, 5)])
def test_two_thirds_are_rounded_up(present, needed):
    cast = papers(*["a+"] * needed, *["a-"] * (present - needed))
    fewer = papers(*["a+"] * (needed - 1), *["a-"] * (present - needed + 1))
    two_thirds = rule(majority="two_thirds", quorum="1/7")

    assert carried(count_votes(two_thirds, "a", cast, SEVEN)) == {"a": "yes"}
    assert carried(count_votes(two_thirds, "a", fewer, SEVEN)) == {"a": None}


def test_the_vote_of_the_chair_decides_when_exactly_half_are_for():
    casting = rule(casting_vote=True)

    assert carried(count_votes(casting, "a", papers("a+", "a+", "a-", "a-"), SEVEN)) == {"a": "yes"}
    assert carried(count_votes(casting, "a", papers("a-", "a+", "a+", "a-"), SEVEN)) == {"a": None}
    assert carried(count_votes(casting, "a", papers("a+", "a-", "a-", "a-"), SEVEN)) == {"a": None}
    assert count_votes(casting, "a", papers("a+", "a+", "a-", "a-"), SEVEN).counts["a"][0].casting


def test_the_chair_has_no_casting_vote_where_two_thirds_are_needed():
    casting = rule(casting_vote=True, majority="two_thirds")

    assert carried(count_votes(casting, "a", papers("a+", "a+", "a-", "a-"), SEVEN)) == {"a": None}


# Quorum and ballots --------------------------------------------------------------------------------------------------


def test_a_ballot_without_its_quorum_does_not_count_nor_use_up_a_ballot():
    two_thirds_there = rule(quorum="2/3")
    cast = papers("a+", "a+", "a+", "a+") + papers(*["a-"] * 5, ballot=2)

    vote = count_votes(two_thirds_there, "a", cast, SEVEN)

    assert [(held.ballot, held.present, held.counts) for held in vote.held] == [(1, 4, False), (2, 5, True)]
    assert (carried(vote), vote.is_decided) == ({"a": None}, True)


def test_a_quorum_is_counted_exactly():
    assert count_votes(rule(quorum="4/7"), "a", papers(*["a+"] * 4), SEVEN).is_decided
    assert not count_votes(rule(quorum="5/8"), "a", papers(*["a+"] * 4), SEVEN).is_decided


def test_what_one_ballot_does_not_carry_goes_into_the_next():
    cast = papers(*["a+ b+"] * 3, *["a+ b-"] * 2) + papers(*["a- b+"] * 5, ballot=2)

    vote = count_votes(rule(ballots=2), "ab", cast, SEVEN)

    assert {subject: [count.ballot for count in counts] for subject, counts in vote.counts.items()} == {
        "a": [1],
        "b": [1],
    }
    cast = papers(*["a+ b+"] * 2, *["a+ b-"] * 3) + papers(*["a- b+"] * 5, ballot=2)
    vote = count_votes(rule(ballots=2), "ab", cast, SEVEN)
    assert [count.carried for count in vote.counts["b"]] == [None, "yes"]
    assert [count.carried for count in vote.counts["a"]] == ["yes"]


def test_no_more_ballots_are_counted_than_the_regulation_allows():
    cast = papers(*["a-"] * 5) + papers(*["a+"] * 5, ballot=2)

    assert carried(count_votes(rule(), "a", cast, SEVEN)) == {"a": None}


# Papers --------------------------------------------------------------------------------------------------------------


def test_papers_of_strangers_of_the_absent_and_of_those_who_vote_twice_are_left_out_and_counted():
    electorate = Electorate(SEVEN.members, present={1: frozenset("12345")})
    cast = [*papers(*["a+"] * 6), Paper(1, "stranger", {"a": "yes"}), Paper(1, "1", {"a": "no"})]

    (held,) = count_votes(rule(), "a", cast, electorate).held

    assert held.left_out == {"not_a_member": 1, "not_present": 1, "twice": 2}
    assert (held.cast, held.present) == (4, 5)


def test_pseudonyms_are_counted_where_the_vote_is_secret():
    electorate = Electorate(SEVEN.members, pseudonyms=True)
    cast = [Paper(1, f"p{number}", {"a": "yes"}) for number in range(4)]

    assert carried(count_votes(rule(), "a", cast, electorate)) == {"a": "yes"}


def test_an_approval_that_names_too_many_is_left_out():
    approval = rule("approval", most=2)

    vote = count_votes(approval, "abc", papers("a+ b+ c+", "a+ b+", "a+ x+ b+", "a+"), SEVEN)

    assert vote.held[0].left_out == {"too_many": 1}
    assert {subject: counts[0].yes for subject, counts in vote.counts.items()} == {"a": 3, "b": 2, "c": 0}


# Tiers and rankings --------------------------------------------------------------------------------------------------


def test_a_vote_for_a_higher_tier_counts_for_the_lower_ones():
    vote = count_votes(rule("tier"), "ab", papers("a=A b=A", "a=A b=C", "a=B", "b=C", "b=C"), SEVEN, tiers=TIERS)

    assert carried(vote) == {"a": "B", "b": "C"}
    assert vote.counts["a"][0].tiers == {"A": 2, "B": 1, "C": 0}
    assert vote.support("a", "A", TIERS) is None
    assert vote.support("a", "B", TIERS).share == Fraction(3, 5)
    assert vote.support("b", "C", TIERS).share == Fraction(4, 5)


def test_a_ranking_adds_up_places_and_puts_what_a_paper_leaves_out_behind_all_it_names():
    vote = count_votes(rule("ranking"), "abc", papers("a=1 b=2 c=3", "b=1", "a=7 b=7", "a=x b=0"), SEVEN)

    assert {subject: counts[0].sum for subject, counts in vote.counts.items()} == {"a": 5, "b": 5, "c": 9}
    assert vote.support("a").key == vote.support("b").key > vote.support("c").key


# Properties ----------------------------------------------------------------------------------------------------------

rules = st.builds(
    VoteRule,
    kind=st.sampled_from(["yes_no", "tier", "approval", "ranking"]),
    most=st.none() | st.integers(1, 3),
    quorum=st.sampled_from(["1/7", "1/2", "2/3", "1"]),
    majority=st.sampled_from(["present", "members", "two_thirds"]),
    ballots=st.integers(1, 3),
    casting_vote=st.booleans(),
)
words = st.sampled_from(["yes", "no", "A", "B", "C", "1", "2", "3", "", "0", "-1", "²"])
cast = st.lists(
    st.builds(
        Paper,
        st.integers(0, 3),
        st.sampled_from("1234567x"),
        st.dictionaries(st.sampled_from("abcz"), words, max_size=4),
    ),
    max_size=24,
)
electorates = st.builds(
    Electorate,
    st.frozensets(st.sampled_from("1234567"), max_size=7),
    st.frozensets(st.sampled_from("12")),
    st.dictionaries(st.integers(1, 3), st.frozensets(st.sampled_from("1234567x"))),
    st.booleans(),
)


@given(rules, cast, electorates, st.randoms())
def test_the_order_of_papers_never_matters(rule, cast, electorate, random):
    shuffled = list(cast)
    random.shuffle(shuffled)

    assert count_votes(rule, "abc", shuffled, electorate, tiers=TIERS) == count_votes(
        rule, "abc", cast, electorate, tiers=TIERS
    )


@given(rules, cast, electorates)
def test_whatever_is_on_the_papers_nothing_is_carried_without_a_quorum_and_a_majority(rule, cast, electorate):
    vote = count_votes(rule, "abc", cast, electorate, tiers=TIERS)
    held = {each.ballot: each for each in vote.held}

    assert sum(each.counts for each in vote.held) <= rule.ballots
    assert all(each.present >= rule.quorum * each.members > 0 for each in vote.held if each.counts)
    for counts in vote.counts.values():
        for count in counts:
            assert held[count.ballot].counts
            if count.carried is None:
                continue
            votes = count.yes
            if count.tiers is not None:
                votes = sum(count.tiers[tier] for tier in TIERS[: TIERS.index(count.carried) + 1])
            assert votes >= count.needed or (count.casting and 2 * votes == count.of)
            assert 3 * votes >= 2 * count.of if rule.majority == "two_thirds" else 2 * votes >= count.of
        assert all(count.carried is None for count in counts[:-1])


@given(rules.filter(lambda rule: rule.kind == "yes_no"), cast, electorates, st.integers(0, 23))
def test_one_more_vote_for_a_work_never_unmakes_it(rule, cast, electorate, which):
    if not cast:
        return
    which %= len(cast)
    more = list(cast)
    more[which] = Paper(cast[which].ballot, cast[which].voter, {**cast[which].choice, "a": "yes"})

    before = count_votes(rule, "a", cast, electorate).support("a")
    after = count_votes(rule, "a", more, electorate).support("a")

    assert before is None or (after is not None and after.key >= before.key)
