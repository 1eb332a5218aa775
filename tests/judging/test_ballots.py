"""What may be written on a ballot."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.judging import ballots
from contest.judging.ballots import Question, Topic, clean, members_needed
from contest.judging.refusals import BallotRefused, ChoiceUnknown, RanksNotInOrder, SubjectNotYours, TooManyNamed
from contest.regulations import presets, schema
from contest.regulations.voting import VoteRule

WORKS = ("BI-0001", "BI-0002", "BI-0003")


def question(kind, **rule):
    return Question("", "", VoteRule(kind=kind, **rule), tiers=(("A", "Giải A"), ("B", "Giải B")))


@pytest.mark.parametrize(
    ("kind", "choice"),
    [
        ("yes_no", {"BI-0001": "yes", "BI-0002": "no"}),
        ("tier", {"BI-0001": "A", "BI-0003": "B"}),
        ("approval", {"BI-0002": "yes"}),
        ("ranking", {"BI-0003": "1", "BI-0001": "2"}),
    ],
)
def test_what_is_left_empty_is_an_abstention(kind, choice):
    assert clean(question(kind), {**dict.fromkeys(WORKS, ""), **choice}, WORKS) == choice


@pytest.mark.parametrize(
    ("kind", "choice", "refusal"),
    [
        ("yes_no", {"BI-0001": "maybe"}, ChoiceUnknown),
        ("yes_no", {"BI-0009": "yes"}, SubjectNotYours),
        ("tier", {"BI-0001": "C"}, ChoiceUnknown),
        ("approval", {"BI-0001": "no"}, ChoiceUnknown),
        ("ranking", {"BI-0001": "1", "BI-0002": "1"}, RanksNotInOrder),
        ("ranking", {"BI-0001": "2"}, RanksNotInOrder),
        ("ranking", {"BI-0001": "0"}, ChoiceUnknown),
        ("ranking", {"BI-0001": "²"}, ChoiceUnknown),
    ],
)
def test_anything_else_is_refused(kind, choice, refusal):
    with pytest.raises(refusal):
        clean(question(kind), choice, WORKS)


def test_an_approval_names_so_many_and_no_more():
    rule = question("approval", most=2)

    assert clean(rule, {"BI-0001": "yes", "BI-0002": "yes"}, WORKS) == {"BI-0001": "yes", "BI-0002": "yes"}
    with pytest.raises(TooManyNamed):
        clean(rule, dict.fromkeys(WORKS, "yes"), WORKS)


def test_a_rank_is_kept_as_the_number_it_is():
    assert clean(question("ranking"), {"BI-0001": "01", "BI-0002": "2"}, WORKS) == {"BI-0001": "1", "BI-0002": "2"}


@given(st.sampled_from(["yes_no", "tier", "approval", "ranking"]), st.dictionaries(st.sampled_from(WORKS), st.text()))
def test_any_text_is_a_vote_or_a_refusal_with_a_sentence(kind, choice):
    try:
        kept = clean(question(kind), choice, WORKS)
    except BallotRefused as refusal:
        assert str(refusal)
    else:
        assert clean(question(kind), kept, WORKS) == kept


def test_a_quorum_is_counted_exactly():
    rule = VoteRule(kind="yes_no", quorum="2/3")

    assert [members_needed(rule, members) for members in (3, 7, 9)] == [2, 5, 6]


def test_a_round_that_gives_the_tiers_asks_for_each_of_them():
    regulation = schema.parse(presets.text("bo_phieu"))

    assert ballots.own_questions(regulation, regulation.round("chung_khao")) == ("A", "B", "C", "KK")
    assert ballots.own_questions(regulation, regulation.round("so_khao")) == ()


def test_a_topic_is_read_as_it_was_written():
    topic = Topic("A", 2, WORKS)

    assert Topic.read(topic.written()) == topic


def test_the_hash_of_a_ballot_hangs_on_its_receipt_and_everything_else():
    facts = {
        "round_code": "chung_khao",
        "sitting": 1,
        "question": "A",
        "voter": "s1",
        "revision": 1,
        "receipt": "aa",
        "cast_at": datetime(2025, 9, 8, tzinfo=UTC),
    }
    first = ballots.fingerprint({"BI-0001": "yes"}, **facts)

    others = [
        ballots.fingerprint({"BI-0001": "no"}, **facts),
        *(
            ballots.fingerprint({"BI-0001": "yes"}, **{**facts, name: value})
            for name, value in [("receipt", "ab"), ("voter", "s2"), ("revision", 2), ("typed_by", "s3")]
        ),
    ]
    assert first == ballots.fingerprint({"BI-0001": "yes"}, **facts)
    assert len({first, *others}) == 6


def test_the_tiers_of_a_vote_are_asked_by_panel_and_unknown_questions_are_not_there():
    regulation = schema.parse(presets.text("bo_phieu"))
    rule = regulation.round("chung_khao")

    assert ballots.question_of(regulation, rule, "A").by_panel
    with pytest.raises(KeyError):
        ballots.question_of(regulation, rule, "DAC_BIET")
    assert ballots.question_of(regulation, rule, "A").kind == "yes_no"
