"""A council that votes: sittings, ballots, secrecy, conflicts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from contest import audit, clock
from contest.accounts.models import User
from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.judging import queries, services
from contest.judging.models import Ballot, Round, Sitting
from contest.judging.refusals import (
    BallotCast,
    MemberHasVoted,
    NobodyPresent,
    NothingToVoteOn,
    NotPresent,
    PanelsMissing,
    RoundNotBegun,
    RoundSealed,
    SittingClosed,
    SittingOpen,
    SubjectNotYours,
)
from contest.mail.models import Letter
from contest.regulations.models import Contest
from tests.makers.accounts import make_member, make_outlet, make_user
from tests.makers.entries import instalment, make_entry
from tests.makers.judging import make_panel, make_round
from tests.makers.regulations import make_contest


@dataclass
class Council:
    """A council of five before a final in which it votes on three works."""

    contest: Contest
    round: Round
    jurors: list[User]
    works: list[Any]
    secretary: User
    now: datetime

    def open(self, *questions: str, present: list[User] | None = None) -> Sitting:
        with transaction():
            return services.open_ballot(
                self.round,
                questions=questions or [topic.question for topic in queries.agenda_of(self.round)],
                present=self.jurors if present is None else present,
                by=self.secretary,
                now=self.now,
            )

    def vote(self, sitting: Sitting, juror: User, value: str = "yes", question: str = "A", **how: Any) -> list[Ballot]:
        choice = how.get("choice", {str(self.works[0].code): value})
        with transaction():
            return services.cast_ballot(sitting, {question: choice}, by=juror, now=how.get("at", self.now))

    def close(self, sitting: Sitting) -> None:
        with transaction():
            services.close_ballot(sitting, by=self.secretary, now=self.now)

    def path(self, end: str) -> str:
        return f"/{self.contest.slug}/{end}"

    def field(self, number: int, question: str = "A") -> str:
        """The field of a work on the page of a ballot."""
        return f"vote_{question}_{queries.work_in(self.round, self.works[number].id).id}"


REPLACEMENTS: tuple[tuple[str, str], ...] = ()


def entered(contest: Contest, **printed: Any) -> Any:
    """A work printed on the last day that counts."""
    day = contest.regulation.calendar.publication.last
    return make_entry(contest, make_user(), instalments=[instalment(published_on=day.isoformat(), **printed)])


@pytest.fixture
def council(app: Any, request: Any) -> Council:
    """A council that can begin to vote; words of the regulation to replace come as the fixture's parameter."""
    contest = make_contest("bo_phieu", replacements=getattr(request, "param", REPLACEMENTS))
    jurors = [make_member(contest, "chair", name="Bùi Gia Miên")]
    jurors += [make_member(contest, "juror", name=f"Ủy viên {number}") for number in range(1, 5)]
    secretary = make_member(contest, "secretary", name="Hồ Thục Quế")
    works = [entered(contest) for _ in range(3)]
    round_ = make_round(contest, "chung_khao", entries=works)
    make_panel(round_, jurors, "hoi_dong")
    now = contest.regulation.round("chung_khao").opens + timedelta(days=1)
    clock.set_to(now)
    return Council(contest, round_, jurors, works, secretary, now)


def votes(council: Council) -> list[tuple[str, str, dict[str, str]]]:
    return [(line.question, line.voter, line.choice) for line in queries.ballots_of(council.round)]


# Sittings ------------------------------------------------------------------------------------------------------------


def test_a_ballot_records_what_is_asked_and_who_is_there(council):
    sitting = council.open("A", present=council.jurors[:4])

    assert [(topic.question, topic.ballot) for topic in queries.topics_of(sitting)] == [("A", 1)]
    assert sitting.present == sorted(juror.subject for juror in council.jurors[:4])
    assert queries.presence_of(council.round) == []


def test_one_ballot_is_open_at_a_time(council):
    council.open("A")

    with pytest.raises(SittingOpen):
        council.open("A")


def test_nothing_is_opened_without_a_question_a_member_or_before_its_hour(council):
    with pytest.raises(NothingToVoteOn):
        council.open("KHONG_CO")
    with pytest.raises(NobodyPresent):
        council.open("A", present=[council.secretary])
    council.now = council.round.window().opens - timedelta(microseconds=1)
    with pytest.raises(RoundNotBegun):
        council.open("A")


def test_a_sealed_round_opens_no_ballot(council):
    council.round.sealed_at = council.now
    db.session.commit()

    with pytest.raises(RoundSealed):
        council.open("A")


def test_who_comes_late_is_recorded_and_who_has_voted_stays(council):
    sitting = council.open("A", present=council.jurors[:2])
    council.vote(sitting, council.jurors[0])

    with transaction():
        services.record_presence(sitting, council.jurors[2:4], by=council.secretary, now=council.now)

    present = {council.jurors[0].subject, *(juror.subject for juror in council.jurors[2:4])}
    assert set(sitting.present) == present


def test_a_closed_ballot_says_who_was_there(council):
    council.close(council.open("A", present=council.jurors[:3]))

    (presence,) = queries.presence_of(council.round)
    assert (presence.question, presence.ballot) == ("A", 1)
    assert presence.present == tuple(sorted(juror.subject for juror in council.jurors[:3]))


# Votes ---------------------------------------------------------------------------------------------------------------


def test_a_change_of_mind_is_the_next_revision_and_the_same_again_is_none(council):
    sitting = council.open("A")
    council.vote(sitting, council.jurors[0], "yes")
    council.vote(sitting, council.jurors[0], "yes")
    council.vote(sitting, council.jurors[0], "no")

    rows = db.session.execute(select(Ballot.revision, Ballot.choice).order_by(Ballot.id)).all()
    code = council.works[0].code
    assert [tuple(row) for row in rows] == [(1, {code: "yes"}), (2, {code: "no"})]


def test_an_open_ballot_counts_for_nobody_and_a_closed_one_with_its_newest_votes(council):
    sitting = council.open("A")
    council.vote(sitting, council.jurors[0], "yes")
    council.vote(sitting, council.jurors[0], "no")
    assert votes(council) == []

    council.close(sitting)

    assert votes(council) == [("A", council.jurors[0].subject, {council.works[0].code: "no"})]


def test_nothing_is_cast_or_changed_once_the_ballot_is_closed(council):
    sitting = council.open("A")
    council.close(sitting)

    with pytest.raises(SittingClosed):
        council.vote(sitting, council.jurors[0])
    with pytest.raises(SittingClosed):
        council.close(sitting)


def test_only_members_who_are_present_vote(council):
    sitting = council.open("A", present=council.jurors[:2])

    with pytest.raises(NotPresent):
        council.vote(sitting, council.jurors[3])


def test_nobody_votes_on_a_work_of_the_own_newsroom(council):
    outlet = make_outlet("Báo Cẩm Thành")
    colleague = make_member(council.contest, "juror", outlet=outlet)
    theirs = entered(council.contest, outlet_id=outlet.id)
    with transaction():
        services.form_panel(
            council.round,
            "hoi_dong",
            members=[*council.jurors, colleague],
            chair=council.jurors[0],
            by=council.secretary,
            now=council.now,
        )
        services.admit_entries(council.round, [theirs], by=council.secretary, now=council.now)
    sitting = council.open("A", present=[*council.jurors, colleague])

    with pytest.raises(SubjectNotYours):
        council.vote(sitting, colleague, choice={str(theirs.code): "yes"})
    works = {line.key: line for line in queries.voted_works(colleague, council.round)}
    assert works[theirs.code].is_barred
    assert queries.voted_work(colleague, council.contest, works[theirs.code].work_id) is None


def test_what_a_member_voted_before_stepping_back_does_not_count(council):
    sitting = council.open("A")
    council.vote(sitting, council.jurors[1])
    work = queries.work_in(council.round, council.works[0].id)
    with transaction():
        services.step_back_from_vote(work, reason="Là em ruột tác giả", by=council.jurors[1], now=council.now)
    council.close(sitting)

    assert votes(council) == [("A", council.jurors[1].subject, {})]


def test_the_log_has_the_hash_of_a_vote_and_never_the_vote(council):
    (ballot,) = council.vote(council.open("A"), council.jurors[0])

    line = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert line.action == "ballot.cast"
    assert line.details == {
        "round": "chung_khao",
        "sitting": 1,
        "question": "A",
        "revision": 1,
        "sha256": ballot.sha256,
    }
    assert ballot.receipt not in str(line.details)
    assert audit.verify(council.contest.id) is None


def test_a_member_who_has_voted_stays_on_the_panel(council):
    council.vote(council.open("A"), council.jurors[4])

    with pytest.raises(MemberHasVoted), transaction():
        services.form_panel(
            council.round,
            "hoi_dong",
            members=council.jurors[:4],
            chair=council.jurors[0],
            by=council.secretary,
            now=council.now,
        )


# Paper ---------------------------------------------------------------------------------------------------------------


def on_paper(council: Council, voter: User, value: str, *, question: str = "A", ballot: int = 1) -> Ballot:
    with transaction():
        return services.record_paper_ballot(
            council.round,
            ballot=ballot,
            question=question,
            voter=voter,
            choice={str(council.works[0].code): value},
            by=council.secretary,
            now=council.now,
        )


def test_a_paper_ballot_is_recorded_with_who_typed_it_also_after_the_closing(council):
    sitting = council.open("A", present=council.jurors[:2])
    council.close(sitting)

    ballot = on_paper(council, council.jurors[3], "yes")
    on_paper(council, council.jurors[3], "no")

    assert ballot.typed_by_id == council.secretary.id
    assert council.jurors[3].subject in sitting.present
    assert votes(council) == [("A", council.jurors[3].subject, {council.works[0].code: "no"})]


def test_paper_never_replaces_what_a_member_cast_themselves(council):
    council.vote(council.open("A"), council.jurors[0], "yes")

    with pytest.raises(BallotCast):
        on_paper(council, council.jurors[0], "no")
    assert on_paper(council, council.jurors[0], "yes").typed_by_id is None


def test_paper_answers_a_question_that_was_asked(council):
    council.open("A")

    for question, ballot in (("B", 1), ("A", 2)):
        with pytest.raises(NothingToVoteOn):
            on_paper(council, council.jurors[0], "yes", question=question, ballot=ballot)


# Opening -------------------------------------------------------------------------------------------------------------


def test_a_voted_round_opens_when_its_council_can_have_a_quorum_and_tells_the_members(app):
    contest = make_contest("bo_phieu")
    secretary = make_member(contest, "secretary")
    jurors = [make_member(contest, "juror") for _ in range(6)]
    round_ = make_round(contest, "chung_khao", entries=[entered(contest)], opened=False)
    panel = make_panel(round_, jurors[:5], "hoi_dong")
    now = contest.regulation.round("chung_khao").opens

    with pytest.raises(PanelsMissing), transaction():
        services.open_round(round_, by=secretary, now=now)
    db.session.delete(panel)
    db.session.commit()
    make_panel(round_, jurors, "hoi_dong")
    with transaction():
        services.open_round(round_, by=secretary, now=now)

    assert letters() == {juror.email: "1" for juror in jurors}
    assert [row.code for row in queries.rounds_on_desk(jurors[0], contest)] == ["chung_khao"]


def test_the_letter_about_a_vote_counts_no_work_of_which_its_reader_may_not_hear(app):
    contest = make_contest("bo_phieu")
    jurors = [make_member(contest, "juror") for _ in range(6)]
    works = [entered(contest), entered(contest)]
    round_ = make_round(contest, "chung_khao", entries=works, opened=False)
    make_panel(round_, jurors, "hoi_dong")
    now, kept_away = contest.regulation.round("chung_khao").opens, jurors[0]

    with transaction():
        services.declare_conflict(kept_away, works[0], note="người thân", by=kept_away, now=now)
        services.open_round(round_, by=make_member(contest, "secretary"), now=now)

    assert letters() == {juror.email: "1" if juror is kept_away else "2" for juror in jurors}


def letters() -> dict[str, str]:
    """How many works each member is told of."""
    told = select(Letter.to, Letter.text).where(Letter.key.startswith("judging:assigned:"))
    return {email: re.search(r"(\d+) tác phẩm", text)[1] for email, text in db.session.execute(told)}


# Pages ---------------------------------------------------------------------------------------------------------------


def test_a_member_reads_the_works_and_casts_a_ballot(council, browser):
    juror = browser(council.jurors[1])
    desk = juror.get(council.path("ban-cham"))
    assert str(council.works[0].title) in desk.text
    work = queries.work_in(council.round, council.works[0].id)
    assert juror.get(council.path(f"ban-cham/tac-pham/{work.id}")).status_code == 200
    sitting = council.open()
    path = council.path(f"ban-cham/bieu-quyet/{sitting.id}")
    assert path in juror.get(council.path("ban-cham")).text

    first, second = council.field(0), council.field(1)
    answer = juror.post_form(path, {first: "yes", second: "no"})

    assert answer.status_code == 303
    ballot = db.session.scalars(select(Ballot).filter_by(question="A")).one()
    assert sorted(ballot.choice.values()) == ["no", "yes"]
    page = juror.get(path)
    assert ballot.receipt in page.text
    assert juror.soup.select_one(f"input[name={first}][checked]")["value"] == "yes"


def test_a_ballot_is_refused_with_a_sentence_and_everything_chosen_is_kept(council, browser):
    juror = browser(council.jurors[1])
    sitting = council.open("A")
    path = council.path(f"ban-cham/bieu-quyet/{sitting.id}")
    juror.get(path)
    form = juror.form()
    values = juror.fill(form).to_dict() | {council.field(0): "yes"}
    council.close(sitting)

    answer = juror.client.post(path, data=values)

    assert answer.status_code == 422
    assert db.session.scalars(select(Ballot)).all() == []


def test_a_vote_stays_with_its_work_when_another_leaves_the_ballot_while_its_page_is_open(council, browser):
    sitting = council.open("A")
    path, member = council.path(f"ban-cham/bieu-quyet/{sitting.id}"), council.jurors[1]
    juror = browser(member)
    juror.get(path)
    chosen = {council.field(0): "no", council.field(1): "yes", council.field(2): "yes"}
    values = juror.fill(juror.form()).to_dict() | chosen
    with transaction():
        services.declare_conflict(member, council.works[0], note="người thân", by=member, now=council.now)

    assert juror.client.post(path, data=values).status_code == 303

    ballot = db.session.scalars(select(Ballot)).one()
    assert ballot.choice == {str(work.code): "yes" for work in council.works[1:]}


def test_a_ballot_of_which_nothing_is_left_to_a_member_is_refused_with_a_sentence(council, browser):
    sitting = council.open("A")
    path, member = council.path(f"ban-cham/bieu-quyet/{sitting.id}"), council.jurors[1]
    juror = browser(member)
    juror.get(path)
    values = juror.fill(juror.form()).to_dict() | {council.field(0): "yes"}
    with transaction():
        for work in council.works:
            services.declare_conflict(member, work, note="người thân", by=member, now=council.now)

    answer = juror.client.post(path, data=values)

    assert answer.status_code == 422
    assert db.session.scalars(select(Ballot)).all() == []


def test_who_is_not_present_is_told_so_and_strangers_find_no_ballot(council, browser):
    sitting = council.open("A", present=council.jurors[:2])
    path = council.path(f"ban-cham/bieu-quyet/{sitting.id}")

    late = browser(council.jurors[3])
    assert late.get(path).status_code == 200
    assert late.soup.select("form button[type=submit]") == [] or council.field(0) not in str(late.soup.select("button"))
    outside = browser(make_member(council.contest, "juror"))
    assert outside.get(path).status_code == 404


def test_the_secretary_opens_follows_and_closes_a_ballot_and_sees_counts_alone(council, browser):
    office = council.path("ban-thu-ky/cham-giai/chung_khao/bieu-quyet")
    secretary = browser(council.secretary)

    answer = secretary.post_form(
        office, {"questions": ["A"], "present": [str(juror.id) for juror in council.jurors[:4]]}
    )
    assert answer.status_code == 303
    sitting = queries.open_sitting(council.round)
    council.vote(sitting, council.jurors[0], "yes")
    page = secretary.get(office).text
    assert "1 / 4" in page or "1 <small>/ 4" in page
    assert str(council.works[0].code) not in page

    presence = f"{office}/{sitting.id}/co-mat"
    assert secretary.post_form(presence, {"present": [str(juror.id) for juror in council.jurors]}).status_code == 303
    assert len(queries.open_sitting(council.round).present) == 5
    assert secretary.post_form(office, {}, action=f"{office}/{sitting.id}/dong").status_code == 303
    assert queries.open_sitting(council.round) is None


@pytest.mark.parametrize(
    "council", [(("casting_vote = true}", "casting_vote = true, secret = false}"),)], indirect=True
)
def test_an_open_vote_is_shown_by_name_only_once_the_round_is_sealed(council, browser):
    office = council.path("ban-thu-ky/cham-giai/chung_khao/bieu-quyet")
    sitting = council.open("A")
    council.vote(sitting, council.jurors[1], "no")
    council.close(sitting)
    secretary = browser(council.secretary)
    assert str(council.works[0].code) not in secretary.get(office).text

    council.round.sealed_at = council.now
    db.session.commit()

    assert f"{council.works[0].code}: Không" in " ".join(secretary.get(office).text.split())


def test_a_secret_vote_is_shown_by_name_never(council, browser):
    sitting = council.open("A")
    council.vote(sitting, council.jurors[1], "no")
    council.close(sitting)
    council.round.sealed_at = council.now
    db.session.commit()

    page = browser(council.secretary).get(council.path("ban-thu-ky/cham-giai/chung_khao/bieu-quyet"))

    assert str(council.works[0].code) not in page.text


def test_a_member_steps_back_from_a_work_on_its_own_page(council, browser):
    work = queries.work_in(council.round, council.works[0].id)
    juror = browser(council.jurors[1])
    path = council.path(f"ban-cham/tac-pham/{work.id}/khong-tham-gia")

    assert juror.post_form(path, {"reason": ""}).status_code == 422
    assert juror.post_form(path, {"reason": "Cùng viết năm ngoái"}).status_code == 303
    assert juror.get(path).status_code == 404


KINDS = {
    "tier": ('kind = "yes_no", quorum', 'kind = "tier", quorum'),
    "approval": ('kind = "yes_no", quorum', 'kind = "approval", most = 2, quorum'),
    "ranking": ('kind = "yes_no", quorum', 'kind = "ranking", quorum'),
}


@pytest.mark.parametrize(
    ("council", "typed", "kept"),
    [
        ((KINDS["tier"],), {0: "A", 1: "KK"}, ["A", "KK"]),
        ((KINDS["approval"],), {0: "y"}, ["yes"]),
        (
            (KINDS["ranking"], ("ballots = 2, casting_vote = true", "ballots = 1")),
            {0: "1", 2: "2"},
            ["1", "2"],
        ),
    ],
    indirect=["council"],
    ids=list(KINDS),
)
def test_every_way_of_voting_has_its_ballot(council, browser, typed, kept):
    sitting = council.open()
    path = council.path(f"ban-cham/bieu-quyet/{sitting.id}")
    question = sitting.agenda[0]["question"]
    typed = {council.field(number, question): value for number, value in typed.items()}

    assert browser(council.jurors[1]).post_form(path, typed).status_code == 303

    ballot = db.session.scalars(select(Ballot).order_by(Ballot.id)).first()
    assert sorted(ballot.choice.values()) == kept
