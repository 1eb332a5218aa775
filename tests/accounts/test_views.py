"""The doors as people meet them: pages opened, real forms sent."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from argon2 import extract_parameters
from sqlalchemy import select

from contest import clock
from contest.accounts import passwords
from contest.accounts.models import Invitation, Membership, Outlet, User, UserSession
from contest.accounts.roles import Role
from contest.database import db, transaction
from contest.mail import Letter
from tests.makers.accounts import PASSWORD, make_member, make_outlet, make_user
from tests.makers.regulations import make_contest

NEW = "gió chướng thổi qua đồng muối"
DETAILS = {"name": "Huỳnh Đông Trà", "email": "dongtra@toasoan.example", "password": NEW, "consent": "y"}
STAFF = "/ban-thu-ky/nhan-su"


@pytest.fixture
def contest(app):
    return make_contest()


@pytest.fixture
def office(contest):
    return f"/{contest.slug}{STAFF}"


def last_letter(address):
    return db.session.scalars(select(Letter).filter_by(to=address).order_by(Letter.id.desc())).first()


def link_to(address):
    return re.search(r"http://localhost(/\S+)", last_letter(address).text).group(1)


def sign_in(visitor, email, password=PASSWORD, path="/dang-nhap"):
    return visitor.post_form(path, {"email": email, "password": password})


def errors(visitor):
    return [text.get_text() for text in visitor.soup.select(".invalid-text")]


def test_somebody_registers_confirms_and_signs_in(contest, browser):
    person = browser()
    answer = person.post_form("/dang-ky", {**DETAILS, "email": "DongTra@ToaSoan.example"})
    assert answer.headers["Location"] == "/dang-ky/da-gui"
    person.get("/dang-ky/da-gui")
    assert "DongTra@ToaSoan.example" in person.text
    assert sign_in(person, "dongtra@toasoan.example", NEW).status_code == 422

    link = link_to("dongtra@toasoan.example")
    person.get(link)
    assert db.session.scalars(select(User.email_confirmed_at)).one() is None
    assert person.send().headers["Location"] == "/dang-nhap"
    assert person.get(link).status_code == 410

    assert sign_in(person, "dongtra@toasoan.example", NEW).status_code == 303
    person.get("/tai-khoan")
    assert "Huỳnh Đông Trà" in person.text


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "", "email": "", "password": "", "consent": None},
        {"name": "a" * 5000, "email": "b" * 5000, "password": "c" * 5000},
        {"name": "12345", "email": "không phải thư", "password": "danvankheo2025"},
        {"name": "<script>", "email": "a@b.vn\r\nBcc: c@d.vn", "password": "'; drop table user"},
        {"email": ["a@b.vn", "c@d.vn"], "password": "ngắn"},
        {"consent": "false"},
    ],
)
def test_a_registration_that_makes_no_sense_is_answered_at_the_field(contest, browser, fields):
    person = browser()
    answer = person.post_form("/dang-ky", {**DETAILS, **fields})

    assert answer.status_code == 422
    assert errors(person) and all(text.startswith("Lỗi:") for text in errors(person))
    assert (db.session.scalars(select(User)).all(), db.session.scalars(select(Letter)).all()) == ([], [])
    typed = person.soup.find("input", {"name": "name"}).get("value", "")
    assert typed == {**DETAILS, **fields}["name"].strip()
    assert not person.soup.find("input", {"name": "password"}).get("value")


def without_tokens(page):
    """Leave out what differs on every page: the token of the form, the hour, and the address that was typed."""
    return re.sub(r'(name="csrf_token"[^>]*|<time.*?</time>|\w+@toasoan\.example)', "", page.get_data(as_text=True))


@pytest.mark.parametrize("path", ["/dang-nhap", "/quen-mat-khau", "/dang-ky"])
def test_no_answer_tells_whether_an_address_has_an_account(contest, browser, path):
    make_user("co@toasoan.example")
    make_user("chua@toasoan.example", confirmed=False)
    make_user("dong@toasoan.example", disabled_at=clock.now())
    answers = set()
    for email in ("co", "chua", "dong", "khong"):
        visitor = browser()
        typed = {"email": f"{email}@toasoan.example", "password": "một câu hoàn toàn khác"}
        typed |= {"name": "Ai Đó", "consent": "y"} if path == "/dang-ky" else {}
        if path == "/quen-mat-khau":
            del typed["password"]
        answer = visitor.post_form(path, typed)
        seen = (
            without_tokens(visitor.get(answer.headers["Location"]))
            if answer.status_code == 303
            else without_tokens(answer)
        )
        answers.add((answer.status_code, answer.headers.get("Location"), seen))

    assert len(answers) == 1


def test_a_wrong_password_is_worked_at_as_hard_for_an_account_as_for_none(contest, browser, monkeypatch):
    """The one thing that takes its time, the hash, is computed once at the same cost. (D2)"""
    worked = []

    class Noting:
        def verify(self, hashed: str, password: str) -> bool:
            worked.append(extract_parameters(hashed))
            return hasher.verify(hashed, password)

        def __getattr__(self, name: str) -> object:
            return getattr(hasher, name)

    hasher = passwords._hasher
    make_user("co@toasoan.example")
    monkeypatch.setattr(passwords, "_hasher", Noting())
    for name in ("co", "khong"):
        visitor = browser()
        visitor.get("/dang-nhap")
        visitor.send({"email": f"{name}@toasoan.example", "password": "một câu hoàn toàn khác"})

    there, nobody = worked
    assert there == nobody


def test_after_five_wrong_passwords_the_page_says_when_to_come_back(contest, browser):
    make_user("co@toasoan.example")
    guesser = browser()
    for left in (4, 3, 2, 1, 0):
        sign_in(guesser, "co@toasoan.example", "sai hoàn toàn rồi")
        assert f"Còn {left} lần thử" in guesser.text
    answer = sign_in(guesser, "co@toasoan.example")

    assert answer.status_code == 429
    assert 800 < int(answer.headers["Retry-After"]) <= 900
    assert "Bạn có thể thử lại từ" in guesser.text


def test_the_owner_at_their_own_device_does_not_wait_for_a_guesser(contest, browser):
    make_user("co@toasoan.example")
    owner, guesser = browser(), browser()
    sign_in(owner, "co@toasoan.example")
    owner.post_form("/dang-xuat")
    for _ in range(6):
        sign_in(guesser, "co@toasoan.example", "sai hoàn toàn rồi")

    assert sign_in(owner, "co@toasoan.example").status_code == 303


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/tai-khoan?x=1", "/tai-khoan?x=1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("https:evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_to_pages_of_ours_only(contest, browser, asked, led):
    make_user("co@toasoan.example")
    visitor = browser()
    visitor.get("/dang-nhap", query_string={"next": asked})

    assert visitor.send({"email": "co@toasoan.example", "password": PASSWORD}).headers["Location"] == led


def test_signing_in_leads_staff_to_their_office_and_authors_to_the_front_page(contest, browser):
    secretary, author = make_member(contest, Role.SECRETARY), make_user()

    assert sign_in(browser(), secretary.email).headers["Location"].startswith(f"/{contest.slug}/ban-thu-ky")
    assert sign_in(browser(), author.email).headers["Location"] == "/"


def test_the_first_organizer_signs_in_before_there_is_a_contest(app, browser):
    founder = make_user()

    assert sign_in(browser(), founder.email).headers["Location"] == "/"


def test_signing_in_gives_a_new_session_and_ends_the_one_before(contest, browser):
    user = make_user("co@toasoan.example")
    visitor = browser()
    with visitor.client.session_transaction() as cookie:
        cookie["_user_id"] = "planted"
    sign_in(visitor, "co@toasoan.example")

    with visitor.client.session_transaction() as cookie:
        assert cookie["_user_id"] != "planted"
    assert [session.user_id for session in db.session.scalars(select(UserSession))] == [user.id]


def test_signing_out_ends_the_session_on_the_server(contest, browser):
    visitor = browser(make_user())
    with visitor.client.session_transaction() as cookie:
        kept = dict(cookie)
    visitor.post_form("/dang-xuat")
    with visitor.client.session_transaction() as cookie:
        cookie.update(kept)

    assert visitor.get("/tai-khoan").headers["Location"] == "/dang-nhap?next=/tai-khoan"


def test_opening_the_sign_out_page_signs_nobody_out(contest, browser):
    visitor = browser(make_user())
    visitor.get("/dang-xuat")

    assert visitor.get("/tai-khoan").status_code == 200


def test_a_session_ends_after_resting_and_the_page_says_so(contest, browser):
    visitor = browser(make_user())
    with transaction():
        db.session.scalars(select(UserSession)).one().last_seen_at = clock.now() - timedelta(minutes=241)

    assert visitor.get("/tai-khoan").status_code == 302
    visitor.get("/dang-nhap")
    assert "Phiên làm việc đã hết hạn" in visitor.text


def test_a_closed_account_and_a_removed_role_are_gone_with_the_next_page(contest, browser, office):
    user = make_member(contest, Role.SECRETARY)
    visitor = browser(user)
    assert visitor.get(office).status_code == 200
    with transaction():
        db.session.delete(db.session.scalars(select(Membership)).one())
    assert visitor.get(office).status_code == 404

    with transaction():
        db.session.get(User, user.id).disabled_at = clock.now()
    assert visitor.get("/tai-khoan").status_code == 302


def test_who_is_there_costs_one_query_and_writes_only_every_few_minutes(contest, browser, query_count):
    visitor = browser(make_user())
    visitor.get("/quen-mat-khau/da-gui")
    seen = db.session.scalars(select(UserSession.last_seen_at)).one()
    with query_count() as signed_in:
        visitor.get("/quen-mat-khau/da-gui")
    stranger = browser()
    with query_count() as anonymous:
        stranger.get("/quen-mat-khau/da-gui")
    assert signed_in.total - anonymous.total == 1
    assert db.session.scalars(select(UserSession.last_seen_at)).one() == seen

    with transaction():
        db.session.scalars(select(UserSession)).one().last_seen_at = clock.now() - timedelta(minutes=6)
    visitor.get("/quen-mat-khau/da-gui")
    assert db.session.scalars(select(UserSession.last_seen_at)).one() > seen


def test_a_forgotten_password_is_replaced_by_the_link(contest, browser):
    user = make_user("co@toasoan.example")
    elsewhere, visitor = browser(user), browser()
    visitor.post_form("/quen-mat-khau", {"email": "co@toasoan.example"})
    link = link_to("co@toasoan.example")

    assert visitor.post_form(link, {"password": "danvankheo2025"}).status_code == 422
    assert visitor.post_form(link, {"password": NEW}).headers["Location"] == "/dang-nhap"
    assert visitor.get(link).status_code == 410
    assert elsewhere.get("/tai-khoan").status_code == 302
    assert sign_in(visitor, "co@toasoan.example", NEW).status_code == 303


def test_letters_for_one_address_are_not_sent_without_end(contest, browser):
    visitor = browser()
    answers = [visitor.post_form("/quen-mat-khau", {"email": "co@toasoan.example"}).status_code for _ in range(4)]

    assert answers == [303, 303, 303, 429]
    assert len(db.session.scalars(select(Letter)).all()) == 3


def test_whoever_is_signed_in_sends_no_letters_without_end_either(contest, browser):
    visitor = browser(make_user())
    typed = {"email": "ai.do@toasoan.example", "current": PASSWORD}
    answers = [visitor.post_form("/tai-khoan/thu-dien-tu", typed).status_code for _ in range(4)]

    assert answers == [303, 303, 303, 429]
    assert len(db.session.scalars(select(Letter)).all()) == 3


def test_an_account_that_somebody_else_began_is_not_confirmed_with_their_password(contest, browser):
    """Whoever owns the address opens the letter elsewhere: only who knows the password has begun the account. (D5)"""
    owner, other = browser(), browser()
    owner.post_form("/dang-ky", {**DETAILS, "password": "con chim sẻ đậu mái đình làng"})
    other.post_form("/dang-ky", DETAILS)
    link = link_to(DETAILS["email"])

    owner.get(link)
    assert owner.send({"password": "con chim sẻ đậu mái đình làng"}).status_code == 422
    assert owner.send({"password": ""}).status_code == 422
    assert db.session.scalars(select(User.email_confirmed_at)).one() is None
    assert browser().post_form(link, {"password": NEW}).headers["Location"] == "/dang-nhap"


def test_somebody_corrects_what_is_known_of_them(contest, browser):
    user = make_user()
    visitor = browser(user)
    typed = {"name": "  Huỳnh   Đông Trà ", "pen_names": "Mộc Miên", "phone": "0905.123.456", "unit": "Báo Quảng Ngãi"}
    visitor.post_form("/tai-khoan", typed)

    person = db.session.get(User, user.id).person
    assert (person.name, person.pen_names, person.phone, person.unit) == (
        "Huỳnh Đông Trà",
        "Mộc Miên",
        "+84905123456",
        "Báo Quảng Ngãi",
    )
    visitor.get("/tai-khoan")
    assert visitor.soup.find("input", {"name": "phone"})["value"] == "0905 123 456"


@pytest.mark.parametrize(
    "fields",
    [{"name": ""}, {"name": "x" * 500}, {"phone": "gọi tôi"}, {"pen_names": "y" * 500}, {"unit": "z" * 500}],
)
def test_details_that_make_no_sense_are_kept_on_the_page_and_change_nothing(contest, browser, fields):
    user = make_user()
    visitor = browser(user)
    assert visitor.post_form("/tai-khoan", fields).status_code == 422

    [(name, typed)] = fields.items()
    assert visitor.soup.find("input", {"name": name})["value"] == typed
    assert len(errors(visitor)) == 1
    assert db.session.get(User, user.id).name == "Huỳnh Đông Trà"


def test_nobody_makes_themselves_more_than_they_are_by_sending_more_fields(contest, browser):
    user = make_user()
    visitor = browser(user)
    visitor.post_form("/tai-khoan", {"name": "Trà", "may_create_contests": "1", "is_demo": "1", "email": "x@y.vn"})

    db.session.refresh(user)
    assert (user.name, user.may_create_contests, user.is_demo) == ("Trà", False, False)


def test_a_new_address_is_asked_for_with_the_password_and_confirmed_by_its_letter(contest, browser):
    user = make_user("cu@toasoan.example")
    visitor = browser(user)
    path = "/tai-khoan/thu-dien-tu"
    assert visitor.post_form(path, {"email": "moi@toasoan.example", "current": "sai"}).status_code == 422
    assert visitor.post_form(path, {"email": "moi@toasoan.example", "current": PASSWORD}).status_code == 303
    visitor.get("/tai-khoan")
    assert "moi@toasoan.example chưa được xác nhận" in visitor.text

    visitor.post_form(link_to("moi@toasoan.example"))
    assert db.session.scalars(select(User.email)).one() == "moi@toasoan.example"


def test_a_new_password_ends_every_other_session(contest, browser):
    user = make_user()
    here, elsewhere = browser(user), browser(user)
    path = "/tai-khoan/mat-khau"
    assert here.post_form(path, {"current": "sai", "password": NEW}).status_code == 422
    assert here.post_form(path, {"current": PASSWORD, "password": "ngắn"}).status_code == 422
    assert here.post_form(path, {"current": PASSWORD, "password": NEW}).status_code == 303

    assert here.get("/tai-khoan").status_code == 200
    assert elsewhere.get("/tai-khoan").status_code == 302


def test_the_present_password_cannot_be_guessed_at_an_open_screen(contest, browser):
    visitor = browser(make_user())
    typed = {"current": "sai hoàn toàn", "password": NEW}
    answers = [visitor.post_form("/tai-khoan/mat-khau", typed).status_code for _ in range(6)]

    assert answers == [422] * 5 + [429]


def test_somebody_sees_their_sessions_and_ends_one_or_all_others(contest, browser):
    user = make_user()
    here, second, third = browser(user), browser(user), browser(user)
    stranger = browser(make_user())
    here.get("/tai-khoan/phien")
    assert "Đang đăng nhập ở 3 trình duyệt" in here.text
    of_stranger = db.session.scalars(select(UserSession.id).order_by(UserSession.id.desc())).first()
    here.request("POST", "/tai-khoan/phien", data={**here.fill(here.form()), "end": str(of_stranger)})
    assert stranger.get("/tai-khoan").status_code == 200

    here.get("/tai-khoan/phien")
    one = here.soup.find("button", {"name": "end", "value": re.compile(r"\d+")})["value"]
    here.send(button=f"end={one}")
    assert sorted(other.get("/tai-khoan").status_code for other in (second, third)) == [200, 302]
    here.post_form("/tai-khoan/phien", {"end": "x" * 100})
    here.get("/tai-khoan/phien")
    here.send(button="end=others")
    assert [other.get("/tai-khoan").status_code for other in (here, second, third)] == [200, 302, 302]


def test_a_trial_has_one_account_per_role_and_lets_anybody_in(contest, browser, app):
    author = make_user(is_demo=True, demo_note="có một bản nháp")
    make_member(contest, Role.JUROR, is_demo=True)
    app.extensions["clock"].set_offset(timedelta())
    visitor = browser()
    visitor.get("/dang-nhap")
    assert [item.b.get_text() for item in visitor.soup.select(".roles li")] == ["Tác giả", "Giám khảo"]

    assert visitor.send(button=f"subject={author.subject}", action="/dang-nhap/thu").status_code == 303
    assert visitor.get("/tai-khoan").status_code == 200


def test_outside_a_trial_there_is_no_such_door(contest, browser, app):
    user = make_user(is_demo=True)
    visitor = browser()
    visitor.get("/dang-nhap")
    assert "Thử với vai trò" not in visitor.text
    fields = {**visitor.fill(visitor.form()), "subject": user.subject}
    assert visitor.request("POST", "/dang-nhap/thu", data=fields).status_code == 404


def test_a_trial_does_not_open_accounts_that_are_not_offered(contest, browser, app):
    make_user(is_demo=True)
    user = make_user()
    app.extensions["clock"].set_offset(timedelta())
    visitor = browser()
    visitor.get("/dang-nhap")
    fields = {**visitor.fill(visitor.form()), "subject": user.subject}

    assert visitor.request("POST", "/dang-nhap/thu", data=fields).status_code == 404


@pytest.mark.parametrize("path", ["/xac-nhan/x", "/dat-lai-mat-khau/x", "/loi-moi/x.y", "/loi-moi/" + "a" * 3000])
def test_an_invented_link_is_dead(contest, browser, path):
    visitor = browser()

    assert visitor.get(path).status_code == 410
    assert "không còn dùng được" in visitor.text
    assert visitor.response.headers["Cache-Control"] == "no-store"


def test_a_letter_is_in_vietnamese_whatever_language_the_page_was_read_in(contest, browser, office):
    organizer = browser(make_member(contest, Role.ORGANIZER))
    organizer.get(f"{office}?lang=en")

    organizer.post_form(f"{office}/moi", {"email": "lam@toasoan.example", "name": "Tạ Quỳnh Lam", "role": "juror"})

    letter = last_letter("lam@toasoan.example")
    assert letter.subject.startswith("Lời mời: Giám khảo")
    assert "Chào" in letter.text or "Kính" in letter.text
    assert "Open this page" not in letter.text


def test_an_organizer_invites_a_juror_who_makes_an_account_and_is_let_in(contest, browser, office):
    organizer = browser(make_member(contest, Role.ORGANIZER))
    organizer.post_form(f"{office}/moi", {"email": "lam@toasoan.example", "name": "Tạ Quỳnh Lam", "role": "juror"})
    link = link_to("lam@toasoan.example")

    juror = browser()
    juror.get(link)
    assert juror.soup.find("input", {"name": "name"})["value"] == "Tạ Quỳnh Lam"
    assert juror.send({"password": "ngắn", "consent": None}).status_code == 422
    assert len(errors(juror)) == 1
    assert juror.send({"password": NEW, "consent": "y"}).status_code == 303
    assert juror.get("/tai-khoan").status_code == 200
    assert "Giám khảo" in juror.text
    assert browser().get(link).status_code == 410


def test_somebody_with_an_account_signs_in_and_accepts(contest, browser, office):
    make_user("lam@toasoan.example")
    organizer = browser(make_member(contest, Role.ORGANIZER))
    organizer.post_form(f"{office}/moi", {"email": "lam@toasoan.example", "role": "observer"})
    link = link_to("lam@toasoan.example")
    invited, other = browser(), browser(make_user())
    other.get(link)
    assert "Hãy đăng xuất" in other.text

    invited.get(link)
    way = invited.soup.find("a", string=re.compile("Đăng nhập để nhận lời"))["href"]
    assert sign_in(invited, "lam@toasoan.example", path=way).headers["Location"] == link
    assert invited.get(link).status_code == 200
    assert db.session.scalars(select(Membership.role).order_by(Membership.id)).all() == [Role.ORGANIZER]
    invited.send()
    assert db.session.scalars(select(Membership.role).order_by(Membership.id)).all() == [Role.ORGANIZER, Role.OBSERVER]


@pytest.mark.parametrize(
    "fields",
    [
        {"email": ""},
        {"email": "x" * 5000},
        {"role": "emperor"},
        {"role": None},
        {"role": "outlet"},
        {"role": "outlet", "outlet": "9999"},
        {"role": "outlet", "outlet": "một"},
        {"name": "n" * 500},
    ],
)
def test_an_invitation_that_makes_no_sense_is_not_sent(contest, browser, office, fields):
    organizer = browser(make_member(contest, Role.ORGANIZER))
    answer = organizer.post_form(f"{office}/moi", {"email": "lam@toasoan.example", "role": "juror", **fields})

    assert answer.status_code == 422
    assert errors(organizer)
    assert db.session.scalars(select(Invitation)).all() == []


def test_only_organizers_read_the_letter_that_gives_a_role(contest, browser, office):
    organizer, secretary = browser(make_member(contest, Role.ORGANIZER)), browser(make_member(contest, Role.SECRETARY))
    organizer.post_form(f"{office}/moi", {"email": "lam@toasoan.example", "role": "organizer"})
    path = f"/{contest.slug}/ban-thu-ky/thu/{last_letter('lam@toasoan.example').id}"
    for reader in (organizer, secretary):
        assert reader.get(path).status_code == 200

    assert "/loi-moi/" in organizer.text
    assert "/loi-moi/" not in secretary.text


def test_an_invitation_is_sent_again_and_withdrawn(contest, browser, office):
    organizer = browser(make_member(contest, Role.ORGANIZER))
    organizer.post_form(f"{office}/moi", {"email": "lam@toasoan.example", "role": "juror"})
    first = link_to("lam@toasoan.example")
    organizer.get(office)
    organizer.send(action="/gui-lai")
    second = link_to("lam@toasoan.example")
    assert (browser().get(first).status_code, browser().get(second).status_code) == (410, 200)

    invitation = db.session.scalars(select(Invitation)).one()
    organizer.post_form(f"{office}/loi-moi/{invitation.id}/rut")
    assert browser().get(second).status_code == 410
    organizer.get(office)
    assert "lam@toasoan.example" not in organizer.text


def test_roles_are_changed_and_taken_away_but_not_from_the_last_organizer(contest, browser, office):
    boss = make_member(contest, Role.ORGANIZER)
    user = make_member(contest, Role.SECRETARY, name="Ngô Hoài Khuê")
    mine, theirs = (db.session.scalars(select(Membership.id).filter_by(user_id=one.id)).one() for one in (boss, user))
    organizer = browser(boss)
    assert organizer.post_form(f"{office}/{theirs}", {"role": "observer"}).status_code == 303
    assert db.session.get(Membership, theirs).role == Role.OBSERVER
    assert organizer.post_form(f"{office}/{mine}", {"role": "juror"}).status_code == 422
    assert "người duy nhất" in organizer.text
    organizer.post_form(f"{office}/{mine}/go")
    assert "người duy nhất" in organizer.text
    assert organizer.post_form(f"{office}/{theirs}/go").status_code == 303
    assert db.session.scalars(select(Membership.role)).all() == [Role.ORGANIZER]


def test_people_of_another_contest_are_not_found(contest, browser, office):
    organizer = browser(make_member(contest, Role.ORGANIZER))
    other = make_contest(slug="giai-khac")
    make_member(other, Role.ORGANIZER)
    foreign = db.session.scalars(select(Membership.id).filter_by(contest_id=other.id)).one()

    assert organizer.get(f"{office}/{foreign}").status_code == 404
    assert organizer.get(f"/giai-khac{STAFF}").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [("organizer", 200), ("secretary", 200), ("observer", 200), ("juror", 404), ("chair", 404), (None, 404)],
)
def test_staff_read_about_people_and_others_find_no_such_page(contest, browser, office, role, status):
    user = make_member(contest, role) if role else make_user()
    make_member(contest, Role.ORGANIZER)

    assert browser(user).get(office).status_code == status
    assert browser(user).get(f"{office}/co-quan-bao-chi").status_code == status


def test_who_only_reads_cannot_invite(contest, browser, office):
    reader = browser(make_member(contest, Role.SECRETARY))
    reader.get(f"{office}/moi")

    assert reader.send({"email": "lam@toasoan.example", "role": "organizer"}).status_code == 403
    assert db.session.scalars(select(Invitation)).all() == []


def test_the_list_of_outlets_is_kept_by_organizers(contest, browser, office):
    organizer = browser(make_member(contest, Role.ORGANIZER))
    paper = make_outlet("Báo Quảng Ngãi")
    organizer.post_form(
        f"{office}/co-quan-bao-chi/moi",
        {"name": "Đài A", "kind": "broadcaster", "valid_until": "2025-05-18", "successor": str(paper.id)},
    )
    organizer.get(f"{office}/co-quan-bao-chi")
    assert "Nay là Báo Quảng Ngãi" in organizer.text

    organizer.post_form(f"{office}/co-quan-bao-chi/{paper.id}", {"name": "Báo và Đài Quảng Ngãi"})
    assert db.session.get(Outlet, paper.id).name == "Báo và Đài Quảng Ngãi"


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"name": "x" * 5000},
        {"kind": "temple"},
        {"valid_from": "31/02/2025"},
        {"valid_from": "2025-02-02", "valid_until": "2025-02-01"},
        {"successor": "9999"},
        {"name": "báo quảng ngãi"},
    ],
)
def test_an_outlet_that_makes_no_sense_is_answered_at_the_field(contest, browser, office, fields):
    make_outlet("Báo Quảng Ngãi")
    organizer = browser(make_member(contest, Role.ORGANIZER))
    typed = {"name": "Đài A", "kind": "broadcaster", **fields}

    assert organizer.post_form(f"{office}/co-quan-bao-chi/moi", typed).status_code == 422
    assert len(errors(organizer)) == 1
    assert len(db.session.scalars(select(Outlet)).all()) == 1


def test_a_list_of_outlets_is_pasted(contest, browser, office):
    organizer = browser(make_member(contest, Role.ORGANIZER))
    path = f"{office}/co-quan-bao-chi/nhap"
    example = organizer.get(path) and organizer.soup.select_one(".example").get_text()
    organizer.send({"text": example})
    organizer.get(f"{office}/co-quan-bao-chi")
    assert "Đã thêm 3 cơ quan báo chí." in organizer.text

    assert organizer.post_form(path, {"text": "Báo X;nhật trình"}).status_code == 422
    assert "dòng 1" in errors(organizer)[0]
    assert organizer.soup.find("textarea").get_text().strip() == "Báo X;nhật trình"


@pytest.mark.parametrize("path", ["", "/thu-dien-tu", "/mat-khau", "/phien"])
def test_a_stranger_is_asked_to_sign_in_before_any_page_of_an_account(contest, browser, path):
    assert browser().get(f"/tai-khoan{path}").headers["Location"] == f"/dang-nhap?next=/tai-khoan{path}"
