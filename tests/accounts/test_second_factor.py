"""The second factor: who must have one, how it is added, used, lost and taken away."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import func, select, text

from contest import clock
from contest.accounts import personal, queries, second_factor, services
from contest.accounts.models import Authenticator, Passkey, RecoveryCode, User, UserSession
from contest.accounts.roles import Role
from contest.accounts.second_factor import Demand
from contest.audit.models import AuditLine
from contest.config import Settings
from contest.database import db, transaction
from contest.mail import Letter
from contest.subjects import Subject
from contest.vault import Unreadable
from tests.accounts.test_proving import let_time_pass
from tests.makers.accounts import PASSWORD, code_of, give_app, make_member, make_user
from tests.makers.regulations import make_contest

SECURITY = "/tai-khoan/bao-mat"
NOON = datetime(2026, 3, 4, 5, 0, 7, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def contest(app, fifteen_minutes):
    return make_contest()


@pytest.fixture
def demanding(app, monkeypatch):
    """The instance as it stands in production: staff and jurors must have a second factor."""
    settings: Settings = app.config["SETTINGS"]
    monkeypatch.setitem(app.config, "SETTINGS", settings.model_copy(update={"second_factor": ""}))


def enter_password(visitor, user):
    """Sign in by e-mail and password, as far as that leads."""
    visitor.post_form("/dang-nhap", {"email": user.email, "password": PASSWORD})
    return visitor.get(visitor.response.location)


def letters_to(user):
    return db.session.scalars(select(Letter.subject).filter_by(to=user.email).order_by(Letter.id)).all()


def newest_letter():
    return db.session.scalar(select(Letter.text).order_by(Letter.id.desc()))


def acts():
    return db.session.scalars(select(AuditLine.action).order_by(AuditLine.id)).all()


# Rules ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("demand", "roles", "is_founder", "must"),
    [
        (Demand.OFF, {Role.ORGANIZER}, True, False),
        (Demand.STAFF, {Role.SECRETARY}, False, True),
        (Demand.STAFF, {Role.PAYER}, False, True),
        (Demand.STAFF, {Role.JUROR, Role.CHAIR}, False, False),
        (Demand.STAFF, set(), True, True),
        (Demand.STAFF_AND_JURORS, {Role.JUROR}, False, True),
        (Demand.STAFF_AND_JURORS, {Role.OUTLET}, False, False),
        (Demand.STAFF_AND_JURORS, set(), False, False),
    ],
)
def test_a_second_factor_is_asked_of_whom_the_setting_names(demand, roles, is_founder, must):
    assert second_factor.must_have(demand, roles, is_founder=is_founder) == must


def test_a_code_fits_its_half_minute_and_those_beside_it():
    codes = pyotp.TOTP(SECRET)
    present = int(NOON.timestamp()) // 30

    def found(seconds, last_step=0):
        code = codes.at(NOON + timedelta(seconds=seconds))
        return second_factor.step_of(SECRET, code, now=NOON, last_step=last_step)

    assert [found(seconds) for seconds in (-60, -30, 0, 30, 60)] == [None, present - 1, present, present + 1, None]
    assert found(0, last_step=present) is None
    assert found(-30, last_step=present) is None
    assert (
        second_factor.step_of(SECRET, f" {codes.at(NOON)[:3]} {codes.at(NOON)[3:]}", now=NOON, last_step=0) == present
    )


@pytest.mark.parametrize("typed", ["", "12345", "chữ số", "٠١٢٣٤٥", "0" * 40])
def test_what_is_no_code_is_a_wrong_code(typed):
    assert second_factor.step_of(SECRET, typed, now=NOON, last_step=0) is None


def test_recovery_codes_are_read_as_people_write_them():
    codes = second_factor.new_recovery_codes()

    assert len(set(codes)) == second_factor.RECOVERY_CODES
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code) for code in codes)
    assert second_factor.recovery_code(" o1il aaaa-bbbb cccc ") == "0111-AAAA-BBBB-CCCC"
    assert second_factor.recovery_code("0111-AAAA-BBBB-CCC") is None
    assert second_factor.recovery_code("0111-AAAA-BBBB-CCCU") is None


def test_a_secret_opens_for_its_owner_alone_and_never_without_the_key_outside_the_database(tmp_path):
    """Whoever copies the database reads no secret of an app (G7)."""
    sealed = second_factor.vault(tmp_path).seal("one", {"secret": SECRET})

    assert SECRET not in sealed
    assert second_factor.vault(tmp_path).open("one", sealed) == {"secret": SECRET}
    for folder, owner in ((tmp_path, "two"), (tmp_path / "elsewhere", "one")):
        with pytest.raises(Unreadable):
            second_factor.vault(folder).open(owner, sealed)


# Signing in ----------------------------------------------------------------------------------------------------------


def test_somebody_with_an_app_gives_password_and_code(contest, browser):
    user = make_user()
    secret = give_app(user)
    visitor = browser()

    enter_password(visitor, user)
    assert "/dang-nhap/buoc-hai" in visitor.response.request.path
    assert visitor.get("/tai-khoan").status_code == 302  # the password alone opens nothing
    assert db.session.scalars(select(UserSession)).all() == []

    assert visitor.post_form("/dang-nhap/buoc-hai", {"code": code_of(secret)}).status_code == 303
    assert visitor.get("/tai-khoan").status_code == 200


def test_a_code_works_once(contest, browser):
    """Whoever reads a code over a shoulder cannot use it again (D4)."""
    user = make_user()
    secret = give_app(user)
    code = code_of(secret)
    first, second = browser(), browser()
    enter_password(first, user)
    enter_password(second, user)

    assert first.send({"code": code}).status_code == 303
    assert second.send({"code": code}).status_code == 422
    assert second.send({"code": code_of(secret, later=1)}).status_code == 303


def test_guessing_codes_comes_to_an_end_even_for_the_right_one(contest, browser):
    """Six figures are guessed by nobody: tries are counted in the database (D1, D4)."""
    user = make_user()
    secret = give_app(user)
    guesser = browser()
    enter_password(guesser, user)
    for _guess in range(5):
        assert guesser.send({"code": "000000"}).status_code == 422

    assert guesser.send({"code": code_of(secret)}).status_code == 429
    assert db.session.scalars(select(UserSession)).all() == []


def test_the_password_alone_waits_for_ten_minutes_and_dies_with_its_change(contest, browser, monkeypatch):
    """What waits for the second step is bound to the password and to its time (D3)."""
    user = make_user()
    give_app(user)
    late, changed = browser(), browser()
    enter_password(late, user)
    enter_password(changed, user)
    with transaction():
        db.session.get_one(User, user.id).password_hash = "another"
    assert changed.get("/dang-nhap/buoc-hai").status_code == 303

    now = clock.now()
    monkeypatch.setattr("contest.clock.now", lambda: now + timedelta(minutes=10))
    assert late.get("/dang-nhap/buoc-hai").status_code == 303


def test_a_recovery_code_opens_once_and_its_owner_is_told(contest, browser):
    """A lost device does not lock its owner out, and a code found later opens nothing (D4)."""
    user = make_user()
    give_app(user)
    with transaction():
        code = services.renew_recovery_codes(db.session.get_one(User, user.id), now=clock.now())[0]
    first, second = browser(), browser()
    enter_password(first, user)
    enter_password(second, user)

    assert first.send({"code": code.lower().replace("-", " ")}).status_code == 303
    assert second.send({"code": code}).status_code == 422
    assert any("Mã dự phòng" in subject for subject in letters_to(user))
    assert code not in str(db.session.execute(text("SELECT * FROM recovery_code")).all())


def test_signing_in_in_place_asks_for_the_code_as_well(contest, browser):
    user = make_user()
    secret = give_app(user)
    page = browser()
    page.get("/dang-nhap")
    token = {"X-CSRFToken": page.soup.select_one("[name=csrf_token]")["value"]}
    sent = {"account": user.subject, "password": PASSWORD}

    asked = page.request("POST", "/dang-nhap/tai-cho", json=sent, headers=token)
    assert (asked.status_code, asked.json["code"]) == (422, True)
    wrong = page.request("POST", "/dang-nhap/tai-cho", json=sent | {"code": "000000"}, headers=token)
    assert (wrong.status_code, wrong.json["code"]) == (422, True)
    right = page.request("POST", "/dang-nhap/tai-cho", json=sent | {"code": code_of(secret)}, headers=token)
    assert right.status_code == 200


def test_a_reset_link_does_not_replace_the_second_factor(contest, browser):
    """Whoever reads somebody's mail still lacks the device (D5)."""
    user = make_user()
    give_app(user)
    visitor = browser()
    visitor.post_form("/quen-mat-khau", {"email": user.email})
    link = re.search(r"http://localhost(/dat-lai\S+)", newest_letter()).group(1)
    chosen = "gió chướng thổi qua đồng muối"
    visitor.post_form(link, {"password": chosen})
    visitor.post_form("/dang-nhap", {"email": user.email, "password": chosen})

    assert visitor.response.location == "/dang-nhap/buoc-hai"
    assert visitor.get(link).status_code == 410


# Adding and taking away ----------------------------------------------------------------------------------------------


def test_staff_without_a_second_factor_are_led_to_add_one_before_anything_opens(contest, browser, demanding):
    """A password alone opens no office (D4)."""
    secretary = make_member(contest, Role.SECRETARY)
    visitor = browser(secretary)
    office = f"/{contest.slug}/ban-thu-ky"
    for path in (office, "/", "/tai-khoan", "/tai-khoan/mat-khau"):
        assert (visitor.get(path).status_code, visitor.response.location) == (303, SECURITY), path
    visitor.get(SECURITY)
    assert "Vai trò của bạn cần" in visitor.text

    visitor.get(f"{SECURITY}/ung-dung")
    secret = visitor.soup.select_one(".setup-key").get_text().replace(" ", "")
    assert visitor.send({"code": "000000"}).status_code == 422
    assert visitor.send({"code": code_of(secret)}).location == f"{SECURITY}/ma-du-phong"

    assert visitor.get(office).status_code == 200
    assert browser(make_user()).get("/tai-khoan").status_code == 200  # an author needs none


def test_adding_an_app_ends_every_other_session_and_begins_a_new_one_here(contest, browser):
    """A thief's session does not outlive the second factor (D3)."""
    user = make_user()
    mine, thief = browser(user), browser(user)
    before = mine.client.get_cookie("session").value
    mine.get(f"{SECURITY}/ung-dung")
    secret = mine.soup.select_one(".setup-key").get_text().replace(" ", "")
    mine.send({"code": code_of(secret), "name": "Máy cũ"})

    assert thief.get("/tai-khoan").status_code == 302
    mine.client.set_cookie("session", before)
    assert mine.get("/tai-khoan").status_code == 302
    assert db.session.scalars(select(Authenticator.name)).all() == ["Máy cũ"]
    assert any("Lớp xác thực thứ hai" in subject for subject in letters_to(user))
    assert "second_factor.added" in acts()


def test_a_square_made_for_somebody_else_is_refused(contest, browser):
    """What the page carries along belongs to one account (A8)."""
    other = services.begin_authenticator(make_user())
    visitor = browser(make_user())
    visitor.get(f"{SECURITY}/ung-dung")

    assert visitor.send({"sealed": other.sealed, "code": code_of(other.secret)}).status_code == 422
    assert db.session.scalars(select(Authenticator)).all() == []


def test_recovery_codes_are_shown_once_and_saved_from_that_page_alone(contest, browser):
    user = make_user()
    give_app(user)
    visitor = browser(user)
    visitor.post_form(f"{SECURITY}/ma-du-phong")
    codes = [code.get_text() for code in visitor.soup.select(".recovery-codes code")]
    page = visitor.response

    saved = visitor.send(action="ma-du-phong.txt")
    assert len(codes) == 10
    assert all(code in saved.get_data(as_text=True) for code in codes)
    assert saved.headers["Content-Disposition"] == "attachment; filename=ma-du-phong.txt"
    visitor.response = page
    assert visitor.send({"shown": ["0000-0000-0000-0000"]}, action="ma-du-phong.txt").status_code == 400
    assert codes[0] not in visitor.get(f"{SECURITY}/ma-du-phong").get_data(as_text=True)


def test_the_last_device_stays_with_whoever_must_have_one(contest, browser, demanding):
    secretary = make_member(contest, Role.SECRETARY)
    give_app(secretary)
    app_id = db.session.scalars(select(Authenticator.id)).one()
    visitor = browser(secretary)

    assert visitor.post_form(f"{SECURITY}/ung-dung/{app_id}/go").status_code == 422
    assert visitor.get(f"{SECURITY}/khoa-truy-cap/{app_id}/go").status_code == 404
    assert browser(make_user()).get(f"{SECURITY}/ung-dung/{app_id}/go").status_code == 404


def test_taking_a_device_away_asks_for_the_password_and_ends_the_other_sessions(contest, browser):
    """A thief at an open screen takes no second factor away (D3)."""
    user = make_user()
    give_app(user)
    path = f"{SECURITY}/ung-dung/{db.session.scalars(select(Authenticator.id)).one()}/go"
    mine, other = browser(user), browser(user)
    let_time_pass()
    assert mine.post_form(path).status_code == 403
    assert mine.send({"proof_password": PASSWORD}).status_code == 303

    assert db.session.scalars(select(Authenticator)).all() == []
    assert db.session.scalars(select(RecoveryCode)).all() == []
    assert db.session.get_one(User, user.id).second_factor_since is None
    assert mine.get(SECURITY).status_code == 200
    assert other.get(SECURITY).status_code == 302


def test_a_code_proves_the_owner_of_an_open_screen(contest, browser):
    user = make_user()
    secret = give_app(user)
    visitor = browser(user)
    let_time_pass()
    visitor.post_form(f"{SECURITY}/ma-du-phong")

    assert visitor.send({"proof_code": "000000"}).status_code == 422
    assert "Ten codes" not in visitor.send({"proof_code": code_of(secret)}).get_data(as_text=True)
    assert len(visitor.soup.select(".recovery-codes code")) == 10


def test_an_organizer_takes_a_lost_second_factor_away_with_a_reason(contest, browser):
    """Who lost the device is let in again by somebody who knows them, on record (D4)."""
    secretary = make_member(contest, Role.SECRETARY)
    organizer = browser(make_member(contest, Role.ORGANIZER))
    give_app(secretary)
    membership = secretary.memberships[0].id
    page = f"/{contest.slug}/ban-thu-ky/nhan-su/{membership}/yeu-to-thu-hai"
    theirs = browser(secretary)

    assert organizer.post_form(page, {"reason": ""}).status_code == 422
    assert organizer.send({"reason": "Mất điện thoại ngày 3/3"}).status_code == 303

    assert db.session.get_one(User, secretary.id).second_factor_since is None
    assert theirs.get("/tai-khoan").status_code == 302
    line = db.session.scalars(select(AuditLine).filter_by(action="second_factor.reset")).one()
    assert line.details == {"reason": "Mất điện thoại ngày 3/3"}
    assert "Mất điện thoại ngày 3/3" in newest_letter()
    assert organizer.post_form(page, {"reason": "Lần nữa"}).status_code == 422


def test_somebody_reads_which_devices_prove_them_and_has_them_erased(app):
    """A key of a device knows its owner as well as a name does. (G7)"""
    user = make_user()
    give_app(user)
    with transaction():
        services.renew_recovery_codes(user, now=clock.now())
        db.session.add(
            Passkey(
                user_id=user.id,
                name="Máy ở nhà",
                key_id="a",
                public_key="b",
                count=0,
                synced=False,
                created_at=clock.now(),
            )
        )
    subject = Subject(frozenset({user.id}), frozenset({user.person_id}), frozenset({user.subject}))
    assert "Máy ở nhà" in str([one for one in personal.export(subject) if one.key == "second_factor"])

    with transaction():
        personal.erase(subject, clock.now())

    left = [
        db.session.scalar(select(func.count()).select_from(kind)) for kind in (Authenticator, Passkey, RecoveryCode)
    ]
    assert left == [0, 0, 0]
    assert user.second_factor_since is None


@pytest.mark.parametrize(
    "reason",
    [
        "Chị NGÔ HOÀI KHUÊ mất máy",
        "Chi Ngo Hoai Khue mat may",
        "Gọi số 0905 777 123 không được",
        "Đã hỏi qua khue@toasoan.example",
    ],
)
def test_a_reason_that_stands_in_the_log_for_good_names_nobody(contest, browser, reason):
    """No erasure reaches a line of the log. (G7)"""
    secretary = make_member(contest, Role.SECRETARY, name="Ngô Hoài Khuê")
    organizer = browser(make_member(contest, Role.ORGANIZER))
    give_app(secretary)
    page = f"/{contest.slug}/ban-thu-ky/nhan-su/{secretary.memberships[0].id}/yeu-to-thu-hai"

    assert organizer.post_form(page, {"reason": reason}).status_code == 422
    assert "không có họ tên" in organizer.text
    assert organizer.send({"reason": "Mất máy, đã gặp tại phòng 3"}).status_code == 303


def test_an_organizer_does_not_take_away_their_own_second_factor_by_the_way_of_others(contest, browser):
    member = make_member(contest, Role.ORGANIZER)
    give_app(member)
    membership = member.memberships[0].id

    organizer = browser(member)
    page = f"/{contest.slug}/ban-thu-ky/nhan-su/{membership}/yeu-to-thu-hai"
    assert organizer.post_form(page, {"reason": "Mất máy"}).status_code == 422


def test_an_app_on_a_telephone_fits_a_demo_whose_calendar_is_another(app, contest):
    user = make_user()
    clock.move_by(timedelta(days=-300))

    with transaction():
        owner = db.session.get_one(User, user.id)
        setup = services.begin_authenticator(owner)
        code = pyotp.TOTP(setup.secret).at(clock.of_instance().time_of_day())
        services.add_authenticator(owner, setup, code, name="Điện thoại của tôi", now=clock.now())

    assert [app.name for app in queries.authenticators_of(user)] == ["Điện thoại của tôi"]


def test_without_the_key_of_secrets_no_code_is_right_and_recovery_codes_still_are(app, contest):
    user = make_user()
    secret = give_app(user)
    (Path(app.instance_path) / second_factor.KEY_FILE).unlink()

    with transaction():
        owner = db.session.get_one(User, user.id)
        assert services.unreadable_apps() == 1
        assert not services.is_right_code(owner, code_of(secret), now=clock.now())
        code = services.renew_recovery_codes(owner, now=clock.now())[0]
        assert services.is_right_code(owner, code, now=clock.now())


def test_new_passkeys_are_only_made_after_a_fresh_proof(contest, browser):
    visitor = browser(make_user())
    visitor.get(f"{SECURITY}/khoa-truy-cap")
    token = {"X-CSRFToken": visitor.soup.select_one("[name=csrf_token]")["value"]}
    asked = visitor.request("POST", f"{SECURITY}/khoa-truy-cap/hoi", headers=token)
    assert asked.json["publicKey"]["rp"]["id"] == "localhost"
    visitor.get(f"{SECURITY}/khoa-truy-cap")
    assert visitor.send({"passkey": '{"id": "x"}'}).status_code == 422  # signed by nobody

    let_time_pass()
    assert visitor.request("POST", f"{SECURITY}/khoa-truy-cap/hoi", headers=token).status_code == 403
    assert visitor.get(f"{SECURITY}/khoa-truy-cap").status_code == 302


@pytest.mark.parametrize(
    "answer", ["", "{", "[]", '{"rawId": 1}', '{"rawId": "AAAA", "id": "AAAA"}', "null", "[" * 5000]
)
def test_a_passkey_that_nobody_knows_signs_nobody_in(contest, browser, answer):
    visitor = browser()
    visitor.get("/dang-nhap")
    token = visitor.soup.select_one("[name=csrf_token]")["value"]
    visitor.request("POST", "/dang-nhap/khoa-truy-cap/hoi", headers={"X-CSRFToken": token})

    data = {"csrf_token": token, "passkey": answer}
    assert visitor.request("POST", "/dang-nhap/khoa-truy-cap", data=data).status_code == 422
