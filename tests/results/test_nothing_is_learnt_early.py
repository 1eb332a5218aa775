"""Nobody learns anything of results, scores or money before the table of visibility grants it, from any address."""

from __future__ import annotations

from contest.results.visibility import Fact, Moment, Viewer
from tests.results import moments

SHORT = {Moment.PREPARED: (Viewer.JUROR,)}
"""What is asked in the check: everything exists and nothing is public, seen by whoever comes furthest."""
ALL = {
    moment: tuple(viewer for viewer in Viewer if moments.sees_nothing(viewer, moment))
    for moment in Moment
    if moment is not Moment.PUBLISHED
}


def is_own(endpoint, viewer, moment):
    """Whether an address tells somebody of themselves what the table lets them see of it."""
    return endpoint in moments.OWN and moments.may(moments.OWN[endpoint], viewer, moment)


def differences(told, asked, *, slow):
    """List the addresses that answer differently when other works win."""
    found = []
    for moment, people in asked.items():
        heard = []
        for shares in (moments.SHARES, moments.SHARES[::-1]):
            moments.tell(told, shares, moment)
            heard.append({viewer: list(moments.ask_everywhere(told, viewer, slow=slow)) for viewer in people})
        found += [
            f"{viewer} at {moment}: {one.path} ({one.status}): {first_difference(one, other)}"
            for viewer in people
            for one, other in zip(heard[0][viewer], heard[1][viewer], strict=True)
            if one != other and not is_own(one.endpoint, viewer, moment)
        ]
        assert all(len(heard[0][viewer]) > 150 for viewer in people)
    return found


def first_difference(one, other):
    """Quote where two answers part."""
    if (one.status, one.head) != (other.status, other.head):
        return f"{one.status} {one.head} / {other.status} {other.head}"
    at = next((n for n, (a, b) in enumerate(zip(one.said, other.said, strict=False)) if a != b), 0)
    return f"{one.said[at - 60 : at + 60]!r} / {other.said[at - 60 : at + 60]!r}"


def test_who_may_not_see_results_gets_the_same_answers_whatever_they_are(app, request):
    long = request.config.getoption("--long")

    assert differences(moments.begun(app), ALL if long else SHORT, slow=long) == []


def test_the_question_finds_what_is_told_where_the_table_grants_it(app):
    told, heard = moments.begun(app), []
    for shares in (moments.SHARES, moments.SHARES[::-1]):
        moments.tell(told, shares, Moment.PUBLISHED)
        asked = [moments.ask_everywhere(told, Viewer.PUBLIC, room=room) for room in ("showcase", "portraits")]
        heard.append({each.path: each for answers in asked for each in answers})

    assert heard[0]["/dan-van-kheo/ket-qua"].status == 200
    for told_of in ("ket-qua", "dien-hinh/1-to-dan-van-thon-1", "dien-hinh.json"):
        assert heard[0][f"/dan-van-kheo/{told_of}"] != heard[1][f"/dan-van-kheo/{told_of}"]


def test_no_mean_and_no_sum_is_written_where_the_table_does_not_grant_it(app, request):
    long = request.config.getoption("--long")
    asked = {moment: tuple(Viewer) for moment in Moment} if long else {Moment.PREPARED: (Viewer.OBSERVER,)}
    told, seen, wrong = moments.begun(app), set(), []
    for moment, people in asked.items():
        moments.tell(told, moments.SHARES, moment)
        for viewer in people:
            for answer in moments.ask_everywhere(told, viewer, slow=long):
                for fact, pattern in ((Fact.STANDINGS, moments.MEANS), (Fact.MONEY, moments.PAID)):
                    if pattern.search(answer.said):
                        seen.add(fact)
                        if not moments.may(fact, viewer, moment):
                            wrong.append(f"{viewer} at {moment}: {answer.path} tells {fact}")

    assert wrong == []
    assert Fact.STANDINGS in seen
    assert not long or Fact.MONEY in seen
