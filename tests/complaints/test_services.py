"""Complaints are taken in, looked into and answered, and hold the decision until they are."""

from datetime import timedelta

import pytest

from contest import clock
from contest.accounts.models import Role
from contest.audit.models import AuditLine
from contest.complaints import queries, refusals, rules, services
from contest.complaints.rules import About, State, Verdict
from contest.complaints.services import Sender, Subject
from contest.database import db, transaction
from contest.judging import queries as judging
from contest.judging.services import declare_conflict, submit_score_sheet
from contest.mail.models import Letter
from contest.results import queries as results
from contest.results import refusals as results_refusals
from contest.results import services as results_services
from contest.results.gates import Act
from contest.results.office.blueprint import why_not
from tests.makers import results as makers
from tests.makers.accounts import make_member
from tests.makers.complaints import make_complaint, make_complaint_with_code
from tests.makers.judging import declare, full_marks
from tests.makers.regulations import make_contest
from tests.results import settings
from tests.tampering import written_so


def answer(complaint, by, verdict=Verdict.NOT_UPHELD, now=None):
    with transaction():
        return services.answer(complaint, verdict, "Đã đối chiếu bản lưu chiểu.", by=by, now=now or clock.now())


def decide(contest, by, posting):
    with transaction():
        return results_services.decide(
            contest, **makers.decision_words(posting.until + timedelta(days=1)), by=by, now=makers.later(posting)
        )


def test_a_complaint_about_a_posted_line_is_about_its_work_and_has_a_number_and_a_letter(contest, posting):
    complaint, code = make_complaint_with_code(contest)

    assert complaint.shown_number == "KN-0001"
    assert complaint.entry.code == "BI-0001"
    assert complaint.subject == "Giữ nước đầu nguồn sông Re 1 (Giải A)"
    letter = db.session.scalars(db.select(Letter).where(Letter.about == "complaint:KN-0001")).one()
    assert rules.written_code(code) in letter.text
    assert code not in complaint.code_digest


@pytest.mark.parametrize("name", ["bi-0005", "BI-0005", "giu nuoc dau nguon song re 5"])
def test_a_work_off_the_list_is_found_by_code_or_title(contest, posting, name):
    assert make_complaint(contest, Subject(About.WORK, work=name)).entry.code == "BI-0005"


def test_a_title_that_nobody_knows_is_kept_as_it_was_written_and_named_later(contest, organizer, posting):
    complaint = make_complaint(contest, Subject(About.WORK, work="Bài về con suối"))
    with pytest.raises(refusals.NoSuchWork), transaction():
        services.name_work(complaint, "BI-9999", by=organizer, now=clock.now())

    with transaction():
        services.name_work(complaint, "BI-0005", by=organizer, now=clock.now())

    assert (complaint.subject, complaint.entry.code) == ("Bài về con suối", "BI-0005")


def test_whoever_may_not_hear_of_the_work_that_is_named_looks_into_the_complaint_no_longer(contest, organizer, posting):
    secretary = make_member(contest, Role.SECRETARY)
    complaint, about_it = make_complaint(contest, Subject(About.LIST)), make_complaint(contest)
    with transaction():
        services.assign(complaint, secretary, by=organizer, now=clock.now())
        declare_conflict(secretary, about_it.entry, by=secretary, now=clock.now())

    with transaction():
        services.name_work(complaint, "BI-0001", by=organizer, now=clock.now())

    assert complaint.assigned_to_id is None


def test_a_line_of_a_list_that_was_posted_anew_since_is_not_taken_for_another(contest, organizer, posting):
    stale = Subject(About.LINE, line=queries.posted_lines(posting)[0].key)
    with transaction(), written_so():
        posting.version = 2

    with pytest.raises(refusals.NoSuchLine):
        make_complaint(contest, stale)


def test_nothing_is_taken_in_before_the_posting_and_after_its_last_day(contest, organizer, posting):
    with pytest.raises(refusals.NotTakenNow):
        make_complaint(contest, now=makers.end_of(posting.until))
    with pytest.raises(refusals.NotTakenNow):
        make_complaint(contest, now=posting.at - timedelta(seconds=1))


def test_further_days_of_the_regulation_count_and_hold_the_decision(app):
    contest = make_contest(replacements=(settings.gates("complaint_days = 3"),))
    organizer = make_member(contest, Role.ORGANIZER)
    makers.make_sealed(contest=contest, by=organizer)
    posting = makers.make_posted(contest, by=organizer)

    with pytest.raises(results_refusals.ComplaintsMayArrive):
        decide(contest, organizer, posting)
    assert make_complaint(contest, now=makers.end_of(posting.until) + timedelta(days=2)).number == 1


def test_somebody_who_cannot_be_answered_is_asked_for_a_way(contest, posting):
    with pytest.raises(refusals.NoWayToAnswer):
        make_complaint(contest, sender=Sender("Võ Thị Thu Hà"))


def test_the_decision_waits_for_every_answer_and_the_way_names_who_waits(contest, organizer, posting):
    complaint = make_complaint(contest)
    with pytest.raises(results_refusals.ComplaintsUnanswered):
        decide(contest, organizer, posting)
    assert "KN-0001" in why_not(Act.DECIDE, results.situation_of(contest), makers.later(posting))

    answer(complaint, organizer)

    assert decide(contest, organizer, posting).version == 1


def test_an_answer_is_given_once_and_goes_to_everybody_whose_complaint_was_merged(contest, organizer, posting):
    first = make_complaint(contest)
    second = make_complaint(contest, sender=Sender("Trần Văn Bảy", email="bay@vidu.example"))
    with transaction():
        services.merge(second, first, by=organizer, now=clock.now())
    with pytest.raises(refusals.AnsweredElsewhere):
        answer(second, organizer)

    answer(first, organizer, Verdict.PARTLY)

    assert {first.state, second.state} == {State.ANSWERED}
    told = db.session.scalars(db.select(Letter.to).where(Letter.key.startswith("complaint:answered:"))).all()
    assert set(told) == {"thuha@vidu.example", "bay@vidu.example"}
    assert results.situation_of(contest).unanswered == ()
    with pytest.raises(refusals.AlreadyAnswered):
        answer(first, organizer)


def test_two_complaints_are_not_merged_into_each_other(contest, organizer, posting):
    first, second = make_complaint(contest), make_complaint(contest)
    with transaction():
        services.merge(second, first, by=organizer, now=clock.now())

    for one, other in ((first, second), (first, first)):
        with pytest.raises(refusals.NotMergeable), transaction():
            services.merge(one, other, by=organizer, now=clock.now())


def test_nobody_looks_into_a_complaint_about_a_work_they_may_not_hear_of(contest, organizer, posting):
    secretary = make_member(contest, Role.SECRETARY, name="Lê Thị Thư")
    complaint = make_complaint(contest)
    with transaction():
        declare_conflict(secretary, complaint.entry, by=secretary, now=clock.now())

    assert secretary not in queries.who_may_look_into(complaint)
    with pytest.raises(refusals.NobodyToAssign), transaction():
        services.assign(complaint, secretary, by=organizer, now=clock.now())


def test_no_line_of_the_log_says_who_complained(contest, organizer, posting):
    complaint = make_complaint(contest)
    with transaction():
        services.open_contact(complaint, by=organizer, now=clock.now())
    answer(complaint, organizer)

    lines = db.session.scalars(db.select(AuditLine).filter_by(about="complaint:KN-0001").order_by(AuditLine.id)).all()

    assert [line.action for line in lines] == [
        "result.complaint_received",
        "complaint.contact_seen",
        "result.complaint_answered",
    ]
    assert not any("Thu Hà" in str(line.details) or "thuha" in str(line.details) for line in lines)


def test_a_complaint_waits_for_its_remark_and_the_list_is_walked_to_the_wall_again(contest, organizer, posting):
    jurors = [make_member(contest, Role.JUROR, name=f"Lương Khánh {name}") for name in ("Vỹ", "An")]
    complaint = make_complaint(contest, Subject(About.WORK, work="BI-0005"))
    with transaction():
        services.order_remark(
            complaint, jurors, until=clock.now() + timedelta(days=2), reason="Chấm lại.", by=organizer, now=clock.now()
        )
    assert complaint.state is State.REMARKING
    with pytest.raises(refusals.RemarkUnderWay):
        answer(complaint, organizer)
    round_ = judging.round_of(contest, "chung_khao")
    for assignment in judging.remarking(round_):
        declare(round_, assignment.juror)
        db.session.commit()
        with transaction():
            submit_score_sheet(assignment, full_marks(round_, "BAO_IN", 90), by=assignment.juror, now=clock.now())

    with transaction():
        changes = services.conclude_again(contest, by=organizer, now=clock.now())
    answer(complaint, organizer, Verdict.UPHELD)

    assert changes[0].entry == "BI-0005"
    assert (complaint.remarks[0].version, contest.stage) == (2, "proposed")
    with pytest.raises(results_refusals.NotNow):
        decide(contest, organizer, posting)
    with transaction():
        results_services.approve(contest, body="Ban Tổ chức", held_on=clock.now().date(), by=organizer, now=clock.now())
        anew = results_services.post_list(contest, by=organizer, now=clock.now())
    assert anew.version == 2
    assert any(line["entry_code"] == "BI-0005" for line in decide(contest, organizer, anew).copy["awards"])


def test_a_list_on_which_nobody_has_a_prize_any_more_is_walked_to_the_wall_as_well(contest, organizer, browser):
    jurors = [make_member(contest, Role.JUROR, name=f"Lương Khánh {name}") for name in ("Vỹ", "An")]
    makers.make_sealed((70,) * 5, contest=contest, by=organizer)
    clock.set_to(makers.make_posted(contest, by=organizer).at + timedelta(hours=2))
    complaint = make_complaint(contest, Subject(About.WORK, work="BI-0001"))
    with transaction():
        services.order_remark(
            complaint, jurors, until=clock.now() + timedelta(days=2), reason="Chấm lại.", by=organizer, now=clock.now()
        )
    round_ = judging.round_of(contest, "chung_khao")
    for assignment in judging.remarking(round_):
        declare(round_, assignment.juror)
        db.session.commit()
        with transaction():
            submit_score_sheet(assignment, full_marks(round_, "BAO_IN", 10), by=assignment.juror, now=clock.now())
    staff = browser(organizer)

    staff.post_form(f"/{contest.slug}/ban-thu-ky/khieu-nai/1/ket-luan-lai", {})
    staff.get(f"/{contest.slug}/ban-thu-ky/khieu-nai/1")
    assert "Không còn tác phẩm nào đạt giải." in staff.text
    answer(complaint, organizer, Verdict.UPHELD)
    assert results.awards_of(contest) == []
    with transaction():
        results_services.approve(contest, body="Ban Tổ chức", held_on=clock.now().date(), by=organizer, now=clock.now())
        anew = results_services.post_list(contest, by=organizer, now=clock.now())
    staff.get(f"/{contest.slug}/niem-yet")
    assert staff.soup.h1.get_text() == "Không có tác phẩm nào được đề nghị tặng giải"
    decision = decide(contest, organizer, anew)
    with transaction():
        results_services.mark_prepared(contest, certificates=0, by=organizer, now=makers.later(anew))
        results_services.publish(contest, by=organizer, now=makers.later(anew))
    staff.get(f"/{contest.slug}/ket-qua")
    assert (decision.version, decision.copy["awards"]) == (2, [])
    assert staff.soup.h1.get_text(strip=True) == "Không có tác phẩm nào đạt giải"
