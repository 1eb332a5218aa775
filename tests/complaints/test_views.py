"""Complaining without an account, following it, and the pages of those who handle it: by real forms."""

from datetime import timedelta

from contest import clock
from contest.accounts.models import Role
from contest.audit.models import AuditLine
from contest.complaints import queries
from contest.complaints.models import Complaint
from contest.complaints.rules import About
from contest.complaints.services import Subject
from contest.database import db, transaction
from contest.entries.models import Entry
from contest.judging import queries as judging
from contest.judging.forms.sheets import PREFIX
from contest.judging.services import declare_conflict
from contest.regulations.models import Contest
from tests.makers.accounts import make_member
from tests.makers.complaints import TEXT, make_complaint
from tests.makers.judging import declare, full_marks
from tests.makers.storage import pdf_bytes
from tests.tampering import written_so


def contest_entry(contest, code):
    return db.session.scalars(db.select(Entry).filter_by(contest_id=contest.id, code=code)).one()


FORM, OFFICE = "/dan-van-kheo/khieu-nai", "/dan-van-kheo/ban-thu-ky/khieu-nai"
TYPED = {
    "about": "line",
    "line": "1.a0",
    "text": TEXT,
    "name": "Võ Thị Thu Hà",
    "email": "thuha@vidu.example",
    "phone": "",
    "unit": "Xã Ba Vì",
    "truth": "y",
}


def test_a_stranger_complains_with_evidence_and_gets_a_receipt_that_is_shown_once(posting, browser):
    visitor = browser()

    visitor.post_form(FORM, TYPED, files={"files": (pdf_bytes(), "trang báo 2019.pdf")}, follow_redirects=True)

    assert "KN-0001" in visitor.text
    code = visitor.soup.find("dd", class_="code").get_text()
    [complaint] = db.session.scalars(db.select(Complaint))
    assert [file.name for file in complaint.files] == ["trang báo 2019.pdf"]
    visitor.get(f"{FORM}/bien-nhan", follow_redirects=True)
    assert code not in visitor.text
    visitor.post_form(f"{FORM}/theo-doi", {"number": "kn 1", "code": code.lower()})
    assert TEXT in visitor.text


def test_every_posted_line_leads_to_a_complaint_about_it_and_none_of_an_older_list_to_another_line(posting, browser):
    visitor = browser()
    visitor.get("/dan-van-kheo/niem-yet")
    links = [link["href"] for link in visitor.soup.select(".winner-act a")]
    assert len(links) == len(queries.posted_lines(posting))

    visitor.get(links[1])
    chosen = visitor.soup.select_one("#line option[selected]")
    assert "Giữ nước đầu nguồn sông Re 2" in chosen.get_text()
    assert visitor.soup.select_one("input[name=about][checked]")["value"] == "line"

    with transaction(), written_so():
        posting.version = 2
    visitor.get(links[1])
    assert visitor.soup.select_one("#line option[selected]") in (
        None,
        visitor.soup.select_one("#line option[value='']"),
    )
    assert "Danh sách đã được niêm yết lại." in visitor.text


def test_a_wrong_code_and_a_wrong_number_are_answered_alike(contest, posting, browser):
    make_complaint(contest)
    visitor = browser()
    said = []
    for number in ("KN-0001", "KN-0002"):
        answered = visitor.post_form(f"{FORM}/theo-doi", {"number": number, "code": "0000-0000-0000-0000"})
        assert answered.status_code == 422
        said.append(visitor.soup.find(class_="error-summary").get_text())

    assert said[0] == said[1]


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(posting, browser):
    visitor = browser()

    answered = visitor.post_form(FORM, TYPED | {"email": "", "truth": None})

    assert answered.status_code == 422
    assert TEXT in visitor.text
    answered = visitor.send(TYPED | {"email": ""})
    assert answered.status_code == 422
    assert visitor.soup.find(id="e-email")
    assert db.session.scalar(db.select(db.func.count()).select_from(Complaint)) == 0


def test_a_file_of_no_known_kind_is_refused_and_nothing_is_taken_in(posting, browser):
    visitor = browser()

    answered = visitor.post_form(FORM, TYPED, files={"files": (b"MZ nothing good", "anh.pdf")})

    assert answered.status_code == 422
    assert db.session.scalar(db.select(db.func.count()).select_from(Complaint)) == 0


def test_one_network_sends_only_so_many_complaints_an_hour(posting, browser):
    visitor = browser()
    answered = [visitor.post_form(FORM, TYPED).status_code for _ in range(6)]

    assert answered == [303] * 5 + [429]


def test_before_a_list_is_posted_the_page_says_when_complaints_are_sent(contest, browser):
    visitor = browser()

    assert visitor.get(FORM).status_code == 200
    assert visitor.soup.find("form", attrs={"enctype": "multipart/form-data"}) is None


def test_an_author_who_is_signed_in_finds_their_name_and_address_written(contest, posting, browser):
    author = make_member(contest, Role.OUTLET, name="Đinh Thị Mai")
    desk = browser(author)

    desk.get(FORM)

    assert desk.soup.find(id="name")["value"] == "Đinh Thị Mai"
    assert desk.soup.find(id="email")["value"] == author.email


def test_who_complained_is_shown_to_the_secretariat_on_demand_and_that_is_recorded(contest, posting, browser):
    make_complaint(contest)
    secretary, observer = make_member(contest, Role.SECRETARY), make_member(contest, Role.OBSERVER)
    office = browser(secretary)

    office.get(f"{OFFICE}/1")
    assert "thuha@vidu.example" not in office.text
    office.send(action=f"{OFFICE}/1/nguoi-gui")

    assert "thuha@vidu.example" in office.text
    assert db.session.scalar(db.select(AuditLine.action).order_by(AuditLine.id.desc())) == "complaint.contact_seen"
    watching = browser(observer)
    watching.get(f"{OFFICE}/1")
    assert watching.response.status_code == 200
    assert "nguoi-gui" not in watching.text


def test_a_complaint_about_a_hidden_work_is_not_there_for_whoever_may_not_hear_of_it(contest, posting, browser):
    secretary = make_member(contest, Role.SECRETARY)
    about_it = make_complaint(contest, Subject(About.WORK, work="BI-0005"))
    make_complaint(contest, Subject(About.WORK, work="Bài BI-0005 của ai đó"))
    with transaction():
        declare_conflict(secretary, about_it.entry, by=secretary, now=clock.now())
    office = browser(secretary)

    office.get(OFFICE)

    assert "KN-0001" not in office.text
    assert "KN-0002" not in office.text
    assert office.get(f"{OFFICE}/1").status_code == office.get(f"{OFFICE}/2").status_code == 404


def test_a_complaint_that_tells_of_a_hidden_work_is_not_offered_for_handling_together(contest, posting, browser):
    secretary = make_member(contest, Role.SECRETARY)
    hidden, told, open_one = (
        make_complaint(contest, Subject(About.WORK, work="BI-0005")),
        make_complaint(contest, Subject(About.WORK, work="Bài BI-0005 của ai đó")),
        make_complaint(contest),
    )
    make_complaint(contest, Subject(About.LIST))
    with transaction():
        declare_conflict(secretary, hidden.entry, by=secretary, now=clock.now())
    office = browser(secretary)

    office.get(f"{OFFICE}/{open_one.number}")

    assert told.shown_number not in office.text
    assert [option["value"] for option in office.soup.select("[name=into] option")] == ["4"]


def test_nobody_looks_at_who_sent_a_complaint_of_which_they_may_not_hear(contest, organizer, posting, browser):
    secretary = make_member(contest, Role.SECRETARY)
    complaint = make_complaint(contest, Subject(About.LIST))
    office = browser(secretary)
    office.get(f"{OFFICE}/1")
    with transaction():
        complaint.entry = declared = contest_entry(contest, "BI-0005")
        declare_conflict(secretary, declared, by=organizer, now=clock.now())

    assert office.send(action=f"{OFFICE}/1/nguoi-gui").status_code == 404

    assert "complaint.contact_seen" not in db.session.scalars(db.select(AuditLine.action)).all()


def test_staff_assign_note_and_answer_on_one_page(contest, organizer, posting, browser):
    make_complaint(contest)
    office = browser(organizer)
    page = f"{OFFICE}/1"

    for action, fields in (
        ("phan-cong", {"person": organizer.id}),
        ("ghi-chu", {"text": "Gọi lại Báo Quảng Ngãi."}),
        ("tac-pham", {"work": "BI-0002"}),
    ):
        office.get(page)
        office.send(fields, action=f"{page}/{action}", follow_redirects=True)
        assert office.response.status_code == 200
    assert "Gọi lại Báo Quảng Ngãi." in office.text
    assert office.send({"reasons": "Không."}, action=f"{page}/tra-loi").status_code == 422
    office.send(
        {"verdict": "not_upheld", "reasons": "Bài đăng lần đầu năm 2024."},
        action=f"{page}/tra-loi",
        follow_redirects=True,
    )

    assert "Bài đăng lần đầu năm 2024." in office.text
    assert not office.soup.find("form", attrs={"action": f"{page}/tra-loi"})


def test_a_complaint_that_nobody_answered_in_time_is_late(contest, organizer, posting, browser):
    make_complaint(contest)
    clock.set_to(posting.at + timedelta(days=12))
    office = browser(organizer)

    office.get(OFFICE)

    assert office.soup.find(class_="state fix")


def test_a_work_is_marked_again_and_the_changed_list_goes_to_the_wall_once_its_complaint_is_answered(
    contest, organizer, posting, browser
):
    round_ = judging.round_of(contest, "chung_khao")
    jurors = [make_member(contest, Role.JUROR, name=f"Lương Khánh {name}") for name in ("Vỹ", "An")]
    for juror in jurors:
        declare(round_, juror)
    db.session.commit()
    make_complaint(contest, Subject(About.WORK, work="BI-0005"))
    office, page = browser(organizer), f"{OFFICE}/1"
    until = f"{clock.local(clock.now() + timedelta(days=2)):%Y-%m-%dT%H:%M}"
    order = {"jurors": [juror.id for juror in jurors], "until": until, "reason": "Phiếu trước bỏ trống nhận xét."}
    assert office.post_form(f"{page}/cham-lai", order | {"jurors": [jurors[0].id]}).status_code == 422
    assert office.send(order).status_code == 303

    for juror in jurors:
        desk = browser(juror)
        assignment = next(one for one in judging.remarking(round_) if one.juror_id == juror.id)
        desk.get(f"/dan-van-kheo/ban-cham/{assignment.id}")
        fields = {PREFIX + code: mark // 100 for code, mark in full_marks(round_, "BAO_IN", 90).items()}
        assert desk.send(fields, button="send").status_code == 303
    office.post_form(f"{page}/ket-luan-lai", {}, follow_redirects=True)

    row = next(row for row in office.soup.select("tbody tr") if "BI-0005" in row.get_text())
    assert "hạng 5" in row.get_text()
    assert "hạng 2" in row.get_text()
    public = browser()
    public.get("/dan-van-kheo/niem-yet")
    assert "Danh sách đang được lập lại" in public.text

    results = "/dan-van-kheo/ban-thu-ky/ket-qua"
    office.post_form(f"{results}/phe-duyet", {"body": "Ban Tổ chức", "number": "13-BB/BTC"})
    office.post_form(f"{results}/niem-yet", {})
    public.get("/dan-van-kheo/niem-yet")
    assert "sông Re 5" in public.text
    clock.set_to(clock.now() + timedelta(days=40))
    office = browser(organizer)  # the session of the other one is long over
    office.get(f"{results}/quyet-dinh")
    assert "KN-0001" in office.text
    office.get(page)
    office.send({"verdict": "upheld", "reasons": "Đã chấm lại."}, action=f"{page}/tra-loi")
    assert office.post_form(f"{results}/quyet-dinh", {"number": "127-QĐ/BTGDVTU"}).status_code == 303
    assert db.session.get(Contest, contest.id).stage == "decided"
