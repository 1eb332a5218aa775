"""Whom to tell of which certificate of a prize."""

from contest.delivery.addressing import Reader, of_prize


def reader(name, *subjects, account=True, sent=False):
    return Reader(name, f"{name}@bao.example", frozenset(subjects), account, sent)


def told(readers, *copies):
    return {reader.name: own for reader, own in of_prize(readers, [(each or "nhóm", each) for each in copies])}


def test_a_single_author_is_told_of_the_only_copy():
    assert told([reader("na", "a", sent=True)], "") == {"na": ["nhóm"]}


def test_authors_of_a_group_get_their_own_copies_and_the_sender_the_groups_as_well():
    people = [reader("na", "a", sent=True), reader("rin", "b", account=False)]

    assert told(people, "", "a", "b") == {"na": ["nhóm", "a"], "rin": ["b"]}


def test_where_there_are_no_copies_of_their_own_everybody_gets_the_groups():
    assert told([reader("na", "a", sent=True), reader("rin", "b")], "") == {"na": ["nhóm"], "rin": ["nhóm"]}


def test_copies_of_those_who_cannot_be_written_to_go_to_whoever_sent_the_work():
    assert told([reader("na", "a"), reader("toa-soan", sent=True)], "", "a", "b") == {
        "na": ["a"],
        "toa-soan": ["nhóm", "b"],
    }
