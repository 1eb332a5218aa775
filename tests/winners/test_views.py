"""What winners, the staff and the payer do on their pages, by the real forms."""

from pathlib import Path

import pytest
from sqlalchemy import select, text

from contest import clock
from contest.audit.models import AuditLine
from contest.certificates import queries as certificates
from contest.certificates.wording import printed_words
from contest.database import db, transaction
from contest.mail.models import Letter
from contest.results import queries as results
from contest.results.award_changes import AwardRef
from contest.results.models import AmendmentKind
from contest.results.services import change_award
from contest.winners import queries
from contest.winners.answers import State
from tests.makers.accounts import make_member, make_user
from tests.makers.regulations import make_contest
from tests.makers.results import make_posted, make_sealed
from tests.makers.winners import ACCOUNT, ASKING, NUMBER, make_won

OWN, OFFICE, PAYMENTS = (
    f"/dan-van-kheo/{path}" for path in ("giai-thuong", "ban-thu-ky/nguoi-dat-giai", "ban-thu-ky/chi-thuong")
)
BANK = f"{OWN}/tai-khoan/ca-nhan"


@pytest.fixture
def won(app):
    won, _ = make_won(group=(("Phạm Văn Rố", True),))
    clock.set_to(won.now)
    return won


@pytest.fixture
def typed():
    return {"bank": ACCOUNT.bank, "number": "0123 4567 89012", "holder": ACCOUNT.holder, "consent": "y"}


def second(won):
    return next(person.user_id for person in won.first.asked if person.name == "Phạm Văn Rố")


def test_the_page_shows_the_words_of_the_certificate_and_nothing_of_marks(won, browser):
    visitor = browser(won.sender)
    visitor.get(OWN)
    copy = results.copy_of(results.newest_decision(won.contest))

    for line in copy["awards"]:
        words = printed_words(copy, line, line["authors"], won.contest.regulation.certificate, won.now.date())
        for part in (words["work"], words["unit"], *(author["name"] for author in words["authors"])):
            assert part in visitor.text
    assert not {"91", "92", "86", "84"} & set(visitor.text.split())


def test_a_winner_confirms_by_the_form_and_another_account_sees_nothing(won, browser):
    winner, stranger = browser(won.sender), browser(make_user())
    winner.get(OWN)
    winner.send(action=f"{won.key}/xac-nhan")
    assert winner.response.status_code == 303

    assert [person.name for person in won.first.silent] == ["Phạm Văn Rố"]
    assert won.first.line.title not in stranger.get(OWN).get_data(as_text=True)
    assert stranger.get(f"{OWN}/{won.key}/sua").status_code == 404
    assert browser().get(OWN).status_code == 302


def test_a_correction_goes_to_the_staff_who_make_it_by_their_form(won, browser):
    winner, staff = browser(won.sender), browser(won.organizer)
    winner.post_form(
        f"{OWN}/{won.key}/sua",
        {"pen_names_1": "Mai Trà, Cỏ Tranh", "order_1": "2", "order_2": "1", "reason": "Sai so với trang báo."},
    )
    assert winner.response.status_code == 303
    assert won.first.state is State.ASKED

    staff.get(f"{OFFICE}/de-nghi-sua")
    chosen = staff.soup.select_one("[name=chosen]")["value"]
    staff.post_form(f"{OFFICE}/de-nghi-sua", {"chosen": chosen, "reason": "Đúng hồ sơ."})
    assert staff.response.status_code == 303

    assert won.first.line.names == "Phạm Văn Rố, Đinh Thị Mai (Mai Trà, Cỏ Tranh)"


def test_the_way_and_the_certificates_say_that_they_wait_for_the_winners(won, browser):
    staff = browser(won.organizer)

    for page in ("ket-qua", "giay-chung-nhan"):
        staff.get(f"/dan-van-kheo/ban-thu-ky/{page}")
        assert "4 dòng in chưa được người đạt giải xác nhận" in staff.text
    assert not staff.soup.select("form[action$=chuan-bi]")


def test_winners_are_asked_reminded_and_passed_over_by_the_forms_of_the_staff(won, browser):
    staff = browser(won.organizer)
    assert staff.post_form(OFFICE, action="hoi").status_code == 303
    assert staff.post_form(OFFICE, action="nhac").status_code == 303
    assert staff.get(f"{OFFICE}/bo-qua").status_code == 200
    assert staff.soup.select("main form") == []
    late = queries.answers_until(won.contest)
    clock.set_to(won.now.replace(year=late.year + 1))
    staff = browser(won.organizer)
    assert staff.post_form(f"{OFFICE}/bo-qua", {"reason": "Đã gọi điện."}).status_code == 303

    assert queries.unconfirmed(won.contest) == []


def test_a_secretary_declines_but_does_not_correct_the_decision(won, browser):
    won.correct(won.sender, unit="Tạp chí Cẩm Thành")
    answer = won.first.open_corrections[0]
    secretary = browser(make_member(won.contest, "secretary"))

    assert secretary.get(f"{OFFICE}/de-nghi-sua").status_code == 403
    assert secretary.post_form(f"{OFFICE}/de-nghi-sua/{answer.id}/tu-choi", {"reason": "Hồ sơ."}).status_code == 303
    assert won.first.open_corrections == ()


def test_nothing_is_asked_or_paid_before_the_moment_that_grants_it(app, browser):
    contest = make_contest(replacements=(ASKING,))
    organizer = make_member(contest, "organizer")
    _, entries = make_sealed(contest=contest, by=organizer)
    posting = make_posted(contest, by=organizer)
    clock.set_to(posting.at)
    people = [entries[0].owner, organizer, make_member(contest, "payer"), make_member(contest, "observer")]

    for person in people:
        visitor = browser(person)
        for path in (OWN, OFFICE, PAYMENTS, BANK, f"{OWN}/giai-1/sua", f"{OFFICE}/de-nghi-sua"):
            page = visitor.get(path).get_data(as_text=True)
            assert entries[0].title not in page, path
            assert "15.000.000" not in page, path


# A line that is wrong once results are public ------------------------------------------------------------------------


@pytest.fixture
def public(app):
    won, _ = make_won(asking=False)
    won.publish()
    clock.set_to(won.now)
    return won


def told_of_the_first(visitor, won):
    old, *_, new = certificates.register_of(won.contest)
    visitor.get(f"/tra-cuu/{old.shown_code}")
    assert visitor.soup.select_one(f'.verdict a[href="/tra-cuu/{new.shown_code}"]')
    return visitor.soup.select_one(".verdict").get_text(" ", strip=True), [
        each["name"] for each in new.printed["authors"]
    ]


def test_the_staff_corrects_a_misspelt_name_of_a_public_line_and_looking_up_the_old_paper_tells(public, browser):
    staff, page = browser(public.organizer), f"{OFFICE}/{public.key}/sua"
    staff.get(OFFICE)
    assert staff.soup.select(f'a[href="{page}"]')
    typed = {"name_1": "Đinh Thị Mây", "reason": "Sai tên, người đạt giải báo tại lễ trao giải."}
    assert staff.post_form(page, typed).status_code == 422
    assert staff.post_form(page, typed | {"number": "150-QĐ/BTGDVTU"}).status_code == 303

    verdict, names = told_of_the_first(browser(), public)
    assert "150-QĐ/BTGDVTU" in verdict
    assert names == ["Đinh Thị Mây"]
    assert "Đinh Thị Mây" in browser().get("/dan-van-kheo/ket-qua").get_data(as_text=True)
    (letter,) = db.session.scalars(select(Letter).where(Letter.key.startswith("winners:corrected:"))).all()
    assert (letter.to, "Đinh Thị Mây" in letter.text) == (public.sender.email, True)
    secretary = browser(make_member(public.contest, "secretary"))
    assert secretary.get(page).status_code == 403


def test_a_winner_asks_for_a_correction_of_a_public_line_and_the_staff_makes_it(public, browser):
    winner, staff = browser(public.sender), browser(public.organizer)
    page = f"{OWN}/{public.key}/sua"
    winner.get(OWN)
    assert winner.soup.select(f'a[href="{page}"]')
    assert not winner.soup.select("form[action$=xac-nhan]")
    assert winner.post_form(page, {"name_1": "Đinh Thị Mây", "reason": "Sai tên."}).status_code == 303

    staff.get(OFFICE)
    assert staff.soup.select('a[href$="de-nghi-sua"]')
    chosen = staff.get(f"{OFFICE}/de-nghi-sua") and staff.soup.select_one("[name=chosen]")["value"]
    typed = {"chosen": chosen, "reason": "Đúng hồ sơ."}
    assert staff.post_form(f"{OFFICE}/de-nghi-sua", typed).status_code == 422
    assert staff.post_form(f"{OFFICE}/de-nghi-sua", typed | {"number": "150-QĐ/BTGDVTU"}).status_code == 303

    assert told_of_the_first(browser(), public)[1] == ["Đinh Thị Mây"]
    assert db.session.scalars(select(Letter).where(Letter.key.startswith("winners:accepted:"))).one()


# Money ---------------------------------------------------------------------------------------------------------------


def test_a_group_divides_the_money_and_a_wrong_sum_is_refused_with_a_sentence(won, browser):
    winner = browser(won.sender)
    page = f"{OWN}/{won.key}/chia"
    mine, theirs = f"share_{won.sender.id}", f"share_{second(won)}"

    assert winner.post_form(page, {mine: "10.000.000", theirs: "4.000.000"}).status_code == 422
    assert "cộng lại đúng 15.000.000" in winner.text
    assert winner.post_form(page, {mine: "10.000.000", theirs: "5 000 000"}).status_code == 303


def test_the_payee_and_the_staff_see_a_masked_number_and_only_the_payer_the_whole_one(won, browser, typed):
    winner, payer = browser(won.sender), make_member(won.contest, "payer")
    assert winner.post_form(BANK, typed).status_code == 303
    assert NUMBER not in winner.get(BANK).get_data(as_text=True)
    assert "•••• 9012" in winner.text
    staff = browser(won.organizer)
    assert NUMBER not in staff.get(PAYMENTS).get_data(as_text=True)
    assert "•••• 9012" in staff.text
    key = won.statuses[1].line.key
    reveal = f"{PAYMENTS}/{key}/{won.sender.id}/so-tai-khoan"
    token = staff.soup.select_one("input[name=csrf_token]")["value"]
    assert staff.request("POST", reveal, data={"csrf_token": token}).status_code == 403

    paying = browser(payer)
    assert NUMBER not in paying.get(PAYMENTS).get_data(as_text=True)
    paying.send(action=f"{key}/{won.sender.id}/so-tai-khoan")

    assert NUMBER in paying.text
    assert paying.response.headers["Cache-Control"] == "no-store"
    lines = db.session.scalars(select(AuditLine).filter_by(action="bank_details.revealed")).all()
    assert [line.actor for line in lines] == [payer.subject]


def test_the_payer_finds_the_payments_and_nothing_else_of_the_staff(won, browser):
    payer = browser(make_member(won.contest, "payer"))

    assert payer.get(PAYMENTS).status_code == 200
    assert [link.get_text() for link in payer.soup.select("header nav a") if "/ban-thu-ky" in link["href"]] == [
        "Chi thưởng"
    ]
    for path in ("", "/ket-qua", "/ho-so", "/nguoi-dat-giai", "/giay-chung-nhan", "/nhan-su"):
        assert payer.get(f"/dan-van-kheo/ban-thu-ky{path}").status_code == 404, path
    key = won.statuses[1].line.key
    page = f"{PAYMENTS}/{key}/{won.sender.id}/da-chi"
    payer.get(page)
    assert f"{won.statuses[1].line.prize}: {won.statuses[1].line.title}" in payer.text
    assert payer.send({"paid_on": won.today.isoformat(), "reference": "UNC 07"}).status_code == 303
    assert "UNC 07" in payer.get(PAYMENTS).get_data(as_text=True)
    undo = page.replace("da-chi", "huy-ghi")
    assert payer.post_form(undo, {"reason": ""}).status_code == 422
    assert payer.post_form(undo, {"reason": "Ghi nhầm người."}).status_code == 303
    assert "Ghi nhầm người." in payer.get(PAYMENTS).get_data(as_text=True)


def test_the_payer_reads_what_is_to_be_returned_for_a_revoked_prize_and_records_that_it_came_back(won, browser):
    payer, line = make_member(won.contest, "payer"), won.statuses[1].line
    won.pay(line.key, won.sender, by=payer)
    with transaction():
        change_award(
            won.contest, AwardRef("award", line.number), AmendmentKind.REVOCATION, number="140", decided_on=won.today,
            signer="Nguyễn Thị Trưởng", reason="Đăng lại bài đã công bố.", by=won.organizer, now=won.now,
        )  # fmt: skip
    paying = browser(payer)

    assert "Phải thu hồi 10.000.000" in paying.get(PAYMENTS).get_data(as_text=True)
    page = f"{PAYMENTS}/{line.key}/{won.sender.id}/da-chi"
    assert paying.post_form(page, {"paid_on": won.today.isoformat(), "reference": "PT 02"}).status_code == 303

    assert "Đã thu hồi 10.000.000" in paying.get(PAYMENTS).get_data(as_text=True)
    assert not paying.soup.select(".alert-warning")


def test_without_consent_nothing_is_kept_and_withdrawing_it_deletes(won, browser, typed):
    winner = browser(won.sender)
    del typed["consent"]
    assert winner.post_form(BANK, typed).status_code == 422
    assert queries.details_of(won.contest, won.sender.id, newsroom=False) is None
    winner.post_form(BANK, typed | {"consent": "y"})

    assert winner.post_form(BANK, action="/rut").status_code == 303

    assert queries.details_of(won.contest, won.sender.id, newsroom=False) is None


def test_no_account_number_stands_in_plain_in_any_table_log_letter_or_file(won, app, browser, typed, caplog):
    winner, payer = browser(won.sender), browser(make_member(won.contest, "payer"))
    winner.post_form(BANK, {**typed, "tax_code": "8012345678"})
    payer.get(PAYMENTS)
    payer.send(action=f"{won.statuses[1].line.key}/{won.sender.id}/so-tai-khoan")
    assert NUMBER in payer.text

    found = []
    for name in db.metadata.tables:
        for row in db.session.execute(text(f'SELECT * FROM "{name}"')):  # noqa: S608 - names of our own tables
            if any(secret in str(list(row)) for secret in (NUMBER, "8012345678", "DINH THI MAI")):
                found.append(name)
    for letter in db.session.scalars(select(Letter)):
        assert NUMBER not in letter.text
    assert found == []
    assert NUMBER not in caplog.text
    for file in Path(app.instance_path).rglob("*"):
        assert not file.is_file() or NUMBER.encode() not in file.read_bytes(), file
