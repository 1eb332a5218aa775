"""What people can do, with rows."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from contest import audit, clock
from contest.accounts import access, passwords, queries, services
from contest.accounts.attempts import AttemptKind
from contest.accounts.models import Consent, Invitation, Membership, Outlet, Person, User, UserSession
from contest.accounts.outlets import OutletKind
from contest.accounts.refusals import (
    AccountExists,
    AlreadyMember,
    DeadLink,
    InvitationOver,
    LastOrganizer,
    OutletDatesReversed,
    OutletKnown,
    OutletListUnreadable,
    OutletNeeded,
    OutletSucceedsItself,
    SuccessorUnknown,
    TooManyAttempts,
    WeakPassword,
    WrongAccount,
    WrongPassword,
)
from contest.accounts.roles import Role
from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.mail import Letter
from tests.makers.accounts import PASSWORD, make_member, make_outlet, make_user, password_hash
from tests.makers.regulations import make_contest

NEW = "gió chướng thổi qua đồng muối"


@pytest.fixture
def contest(app):
    return make_contest()


def letters(to):
    return db.session.scalars(select(Letter).filter_by(to=to).order_by(Letter.id)).all()


def token_in(letter):
    return re.search(r"http://localhost/[\w-]+/(\S+)", letter.text).group(1)


def register(email="moi@toasoan.example", name="Nguyễn Văn Mới", now=None):
    with transaction():
        services.register(
            name=name, email=email, password_hash=password_hash(NEW), consent="Tôi đồng ý.", now=now or clock.now()
        )


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_who_registers_is_kept_unconfirmed_with_the_words_agreed_to(app):
    register()

    user = db.session.scalars(select(User)).one()
    assert (user.email, user.name, user.email_confirmed_at) == ("moi@toasoan.example", "Nguyễn Văn Mới", None)
    assert db.session.scalars(select(Consent.text)).all() == ["Tôi đồng ý."]
    assert [letter.about for letter in letters("moi@toasoan.example")] == [f"user:{user.subject}"]


def test_registering_a_confirmed_address_changes_nothing_and_writes_to_its_owner(app):
    owner = make_user("chu@toasoan.example")
    register("chu@toasoan.example", name="Kẻ Khác")

    db.session.refresh(owner)
    assert (owner.name, owner.password_hash, count(User)) == ("Huỳnh Đông Trà", password_hash(PASSWORD), 1)
    assert len(letters("chu@toasoan.example")) == 1
    assert "/dang-nhap" in letters("chu@toasoan.example")[0].text


def test_registering_again_makes_the_older_letter_useless(app):
    register()
    with transaction():
        services.register(
            name="Nguyễn Văn Mới",
            email="moi@toasoan.example",
            password_hash=passwords.hashed("một mật khẩu khác hẳn"),
            consent="Tôi đồng ý.",
            now=clock.now(),
        )
    first, second = letters("moi@toasoan.example")

    with pytest.raises(DeadLink), transaction():
        services.confirm_email(token_in(first), now=clock.now())
    with transaction():
        services.confirm_email(token_in(second), now=clock.now())
    assert (count(User), count(Person), count(Consent)) == (1, 1, 1)


def test_a_confirmation_works_once_and_in_its_time(app):
    register()
    token = token_in(letters("moi@toasoan.example")[0])

    with pytest.raises(DeadLink), transaction():
        services.confirm_email(token, now=clock.now() + services.CONFIRMATION_LIFE)
    with transaction():
        assert services.confirm_email(token, now=clock.now()).person.email == "moi@toasoan.example"
    with pytest.raises(DeadLink), transaction():
        services.confirm_email(token, now=clock.now())


def test_signing_in_needs_a_confirmed_open_account_and_its_password(app):
    user = make_user("chu@toasoan.example")
    make_user("chua@toasoan.example", confirmed=False)
    make_user("dong@toasoan.example", disabled_at=clock.now())

    assert services.verified_user("chu@toasoan.example", PASSWORD) == user
    assert services.verified_user("chu@toasoan.example", "sai mật khẩu rồi") is None
    assert services.verified_user("chua@toasoan.example", PASSWORD) is None
    assert services.verified_user("dong@toasoan.example", PASSWORD) is None
    assert services.verified_user("khong@toasoan.example", PASSWORD) is None


def test_a_reset_link_dies_with_its_use_its_hour_and_any_change_of_password(app):
    user = make_user("chu@toasoan.example")
    for _ in range(2):
        with transaction():
            services.request_reset("Chu@Toasoan.example", now=clock.now())
    first, second = (token_in(letter) for letter in letters("chu@toasoan.example"))

    with pytest.raises(DeadLink), transaction():
        services.reset_password(first, password_hash(NEW), now=clock.now() + services.RESET_LIFE)
    with transaction():
        services.reset_password(first, password_hash(NEW), now=clock.now())
    for token in (first, second):
        with pytest.raises(DeadLink), transaction():
            services.reset_password(token, password_hash(PASSWORD), now=clock.now())
    assert services.verified_user("chu@toasoan.example", NEW) == user


def test_a_reset_ends_every_session_and_tells_the_owner(app):
    user = make_user("chu@toasoan.example")
    with transaction():
        open_session(user)
        services.request_reset(user.email, now=clock.now())
    token = token_in(letters("chu@toasoan.example")[0])
    with transaction():
        services.reset_password(token, password_hash(NEW), now=clock.now())

    assert count(UserSession) == 0
    assert letters("chu@toasoan.example")[-1].subject == "Mật khẩu của bạn đã thay đổi"


def test_asking_a_reset_for_an_unknown_address_writes_a_letter_without_a_key(app):
    with transaction():
        services.request_reset("ai@toasoan.example", now=clock.now())

    assert "dat-lai-mat-khau" not in letters("ai@toasoan.example")[0].text


def open_session(user, now=None):
    return services.open_session(
        user, device="Firefox, Linux", address="::1", now=now or clock.now(), oldest=access.longest_session()
    )


def test_a_session_is_kept_by_its_hash_and_found_with_user_and_roles_in_one_query(contest, query_count):
    user, contest_id = make_member(contest, Role.JUROR), contest.id
    with transaction():
        token = open_session(user)
    db.session.expunge_all()

    with query_count() as queries_made:
        found = queries.session_of(token)
        assert queries.roles_of(found.user, contest_id) == {"juror"}
        assert found.user.name == "Huỳnh Đông Trà"
    assert queries_made.total == 1
    assert token not in found.token_hash


def test_changing_the_password_ends_every_other_session(app):
    user = make_user()
    with transaction():
        here = queries.session_of(open_session(user)).id
        open_session(user)
    with transaction():
        services.change_password(user, password_hash(NEW), keep=here, now=clock.now())

    assert [session.id for session in queries.sessions_of(user)] == [here]


def test_the_present_password_proves_the_owner(app):
    user = make_user()

    services.check_owner(user, PASSWORD)
    with pytest.raises(WrongPassword):
        services.check_owner(user, NEW)


def test_a_chosen_password_is_refused_with_its_reason(app):
    with pytest.raises(WeakPassword) as refusal:
        services.choose_password("danvankheo2025", email="a@b.vn", name="A")

    assert "contest" in refusal.value.message


def test_a_new_address_counts_only_after_its_letter_is_confirmed(app):
    user = make_user("cu@toasoan.example")
    with transaction():
        services.ask_new_email(user, "Moi@Toasoan.example", now=clock.now())
    assert (user.email, user.new_email) == ("cu@toasoan.example", "moi@toasoan.example")

    with transaction():
        services.confirm_email(token_in(letters("moi@toasoan.example")[0]), now=clock.now())
    assert (user.email, user.new_email, user.person.email) == ("moi@toasoan.example", "", "moi@toasoan.example")
    assert "Từ" in letters("cu@toasoan.example")[0].text


def test_a_taken_address_is_told_to_its_owner_alone(app):
    make_user("chu@toasoan.example")
    user = make_user("cu@toasoan.example")
    with transaction():
        services.ask_new_email(user, "chu@toasoan.example", now=clock.now())

    assert "xac-nhan" not in letters("chu@toasoan.example")[0].text


def test_two_accounts_cannot_confirm_the_same_new_address(app):
    one, other = make_user("mot@toasoan.example"), make_user("hai@toasoan.example")
    for user in (one, other):
        with transaction():
            services.ask_new_email(user, "chung@toasoan.example", now=clock.now())
    first, second = (token_in(letter) for letter in letters("chung@toasoan.example"))
    with transaction():
        services.confirm_email(first, now=clock.now())

    with pytest.raises(DeadLink), transaction():
        services.confirm_email(second, now=clock.now())


def attempt(email="chu@toasoan.example", network="203.0.113.7", known=False, now=None):
    with transaction():
        return services.begin_attempt(
            AttemptKind.SIGN_IN, email, network=network, known_device=known, now=now or clock.now()
        ).id


def test_the_sixth_wrong_try_must_wait_whether_the_account_exists_or_not(app):
    for email in ("co@toasoan.example", "khong@toasoan.example"):
        for number in range(5):
            assert services.tries_left(attempt(email), clock.now()) == 4 - number
        with pytest.raises(TooManyAttempts) as refusal:
            attempt(email)
        assert timedelta(minutes=14) < refusal.value.until - clock.now() <= timedelta(minutes=15)


def test_who_guesses_makes_neither_the_owner_at_a_known_device_nor_anybody_else_wait(app):
    for _ in range(5):
        attempt(network="198.51.100.9")

    attempt(known=True)
    attempt("khac@toasoan.example", network="198.51.100.9")
    with pytest.raises(TooManyAttempts):
        attempt()


def test_one_network_that_tries_many_accounts_must_wait_alone(app):
    for number in range(60):
        attempt(f"{number}@toasoan.example", network="198.51.100.9")

    with pytest.raises(TooManyAttempts):
        attempt("61@toasoan.example", network="198.51.100.9")
    attempt("61@toasoan.example")


def test_one_person_of_a_newsroom_keeps_nobody_out_who_has_signed_in_there_before(app):
    """All of them have one address on the network. (D1)"""
    for number in range(60):
        attempt(f"{number}@toasoan.example", network="198.51.100.9")

    attempt("61@toasoan.example", network="198.51.100.9", known=True)
    for _ in range(4):
        attempt("61@toasoan.example", network="198.51.100.9", known=True)
    with pytest.raises(TooManyAttempts):
        attempt("61@toasoan.example", network="198.51.100.9", known=True)


def test_a_right_password_is_not_counted_against_its_owner(app):
    for _ in range(8):
        number = attempt()
        with transaction():
            services.forgive_attempt(number)

    assert services.tries_left(attempt(), clock.now()) == 4


def test_old_attempts_are_forgotten(app):
    attempt(now=clock.now() - timedelta(days=2))
    attempt()

    from contest.accounts.models import Attempt

    assert count(Attempt) == 1


def test_giving_and_taking_roles_is_on_record_without_names(contest):
    organizer, user = make_member(contest, Role.ORGANIZER), make_user()
    with transaction():
        membership = services.grant_role(contest.id, user, "secretary", by=organizer, now=clock.now())
    with transaction():
        services.change_role(membership, "juror", by=organizer, now=clock.now())
    with transaction():
        services.remove_role(membership, by=organizer, now=clock.now())

    lines = db.session.scalars(select(AuditLine).filter_by(about=f"user:{user.subject}").order_by(AuditLine.id)).all()
    assert [(line.action, line.details["role"]) for line in lines] == [
        ("role.granted", "secretary"),
        ("role.removed", "secretary"),
        ("role.granted", "juror"),
        ("role.removed", "juror"),
    ]
    assert audit.verify(contest.id) is None


def test_whoever_is_given_more_begins_a_new_session(contest):
    """A session that was stolen before opens no more after. (D3)"""
    organizer, juror = make_member(contest, Role.ORGANIZER), make_member(contest, Role.JUROR)
    membership = db.session.scalars(select(Membership).filter_by(user_id=juror.id)).one()
    for given in (
        lambda: services.grant_role(contest.id, juror, Role.OBSERVER, by=organizer, now=clock.now()),
        lambda: services.change_role(membership, Role.CHAIR, by=organizer, now=clock.now()),
    ):
        with transaction():
            for user in (organizer, juror):
                services.open_session(user, device="", address="", now=clock.now(), oldest=timedelta(days=1))
        with transaction():
            given()
        assert set(db.session.scalars(select(UserSession.user_id))) == {organizer.id}


def test_a_role_is_given_once(contest):
    user = make_member(contest, Role.JUROR)

    with pytest.raises(AlreadyMember), transaction():
        services.grant_role(contest.id, user, Role.JUROR, by=None, now=clock.now())


def test_a_representative_represents_an_outlet(contest):
    user, outlet = make_user(), make_outlet()

    with pytest.raises(OutletNeeded), transaction():
        services.grant_role(contest.id, user, Role.OUTLET, by=None, now=clock.now())
    with transaction():
        services.grant_role(contest.id, user, Role.OUTLET, by=None, now=clock.now(), outlet_id=outlet.id)
    assert [membership.outlet_id for membership in user.memberships] == [outlet.id]


def test_nobody_can_remove_or_move_the_last_organizer(contest):
    organizer = make_member(contest, Role.ORGANIZER)
    membership = queries.members(contest.id)[0]

    with pytest.raises(LastOrganizer), transaction():
        services.remove_role(membership, by=organizer, now=clock.now())
    with pytest.raises(LastOrganizer), transaction():
        services.change_role(membership, Role.OBSERVER, by=organizer, now=clock.now())

    make_member(contest, Role.ORGANIZER)
    with transaction():
        services.remove_role(membership, by=organizer, now=clock.now())
    assert count(Membership) == 1


def invite(contest, organizer, email="moi@toasoan.example", role=Role.JUROR):
    with transaction():
        invitation = services.invite(contest, email=email, name="", role=role, by=organizer, now=clock.now())
    return invitation, token_in(letters(email.lower())[-1])


def accept_as_newcomer(token):
    with transaction():
        return services.accept_as_newcomer(
            token, name="Tạ Quỳnh Lam", password_hash=password_hash(NEW), consent="Tôi đồng ý.", now=clock.now()
        )


def test_a_newcomer_takes_up_an_invitation_once(contest):
    _invitation, token = invite(contest, make_member(contest, Role.ORGANIZER))

    user = accept_as_newcomer(token)
    assert (user.email, user.name, user.is_active) == ("moi@toasoan.example", "Tạ Quỳnh Lam", True)
    assert queries.roles_of(user, contest.id) == {"juror"}
    with pytest.raises(DeadLink):
        accept_as_newcomer(token)


def test_an_account_begun_by_another_is_taken_over_by_the_invited(contest):
    register(name="Kẻ Khác")
    _invitation, token = invite(contest, make_member(contest, Role.ORGANIZER))

    user = accept_as_newcomer(token)
    assert (user.name, count(User)) == ("Tạ Quỳnh Lam", 2)


def test_an_invitation_is_taken_up_by_the_account_of_its_address_alone(contest):
    invited, other = make_user("moi@toasoan.example"), make_user()
    _invitation, token = invite(contest, make_member(contest, Role.ORGANIZER))

    with pytest.raises(WrongAccount), transaction():
        services.accept_invitation(token, other, now=clock.now())
    with pytest.raises(WrongAccount):
        accept_as_newcomer(token)
    with transaction():
        services.accept_invitation(token, invited, now=clock.now())
    assert queries.roles_of(invited, contest.id) == {"juror"}


def test_sending_an_invitation_again_makes_the_older_link_useless(contest):
    organizer = make_member(contest, Role.ORGANIZER)
    invitation, first = invite(contest, organizer)
    same, second = invite(contest, organizer, "MOI@toasoan.example")

    assert (same.id, count(Invitation)) == (invitation.id, 1)
    with pytest.raises(DeadLink):
        services.invitation_of_link(first, now=clock.now())
    assert services.invitation_of_link(second, now=clock.now()) == invitation


def test_a_withdrawn_and_an_old_invitation_open_nothing(contest):
    organizer = make_member(contest, Role.ORGANIZER)
    invitation, token = invite(contest, organizer)

    with pytest.raises(DeadLink):
        services.invitation_of_link(token, now=clock.now() + services.INVITATION_LIFE)
    with transaction():
        services.withdraw_invitation(invitation, by=organizer, now=clock.now())
    with pytest.raises(DeadLink):
        services.invitation_of_link(token, now=clock.now())
    with pytest.raises(InvitationOver), transaction():
        services.resend_invitation(invitation, contest=contest, by=organizer, now=clock.now())
    with pytest.raises(InvitationOver), transaction():
        services.withdraw_invitation(invitation, by=organizer, now=clock.now())


def test_who_has_the_role_is_not_invited_to_it(contest):
    make_member(contest, Role.JUROR, email="moi@toasoan.example")

    with pytest.raises(AlreadyMember):
        invite(contest, make_member(contest, Role.ORGANIZER))


def save(outlet=None, name="Báo Quảng Ngãi", valid_from=None, valid_until=None, successor_id=None):
    return services.save_outlet(
        outlet,
        name=name,
        kind=OutletKind.NEWSPAPER,
        valid_from=valid_from,
        valid_until=valid_until,
        successor_id=successor_id,
    )


def test_two_outlets_of_one_name_may_follow_each_other_but_not_meet(app):
    with transaction():
        save(valid_until=date(2025, 6, 30))
        save(valid_from=date(2025, 7, 1))

    with pytest.raises(OutletKnown), transaction():
        save(name="báo quảng NGÃI", valid_from=date(2025, 1, 1))
    with pytest.raises(OutletDatesReversed), transaction():
        save(name="Báo khác", valid_from=date(2025, 1, 2), valid_until=date(2025, 1, 1))


def test_successors_do_not_go_round_in_a_circle(app):
    first = make_outlet("Đài A")
    second = make_outlet("Đài B", successor=first)

    for successor in (first, second):
        with pytest.raises(OutletSucceedsItself), transaction():
            save(first, name="Đài A", successor_id=successor.id)


def test_outlets_are_found_by_the_day(app):
    paper = make_outlet("Báo Quảng Ngãi")
    station = make_outlet("Đài PT-TH Quảng Ngãi", "broadcaster", valid_until=date(2025, 5, 18), successor=paper)

    assert queries.outlets_on(date(2025, 5, 18)) == [paper, station]
    assert queries.outlets_on(date(2025, 5, 19)) == [paper]


KINDS = {"báo": OutletKind.NEWSPAPER}


def test_a_list_of_outlets_is_added_to_what_is_known(app):
    make_outlet("Báo Quảng Ngãi")
    with transaction():
        result = services.import_outlets("Báo Quảng Ngãi;báo\nĐài A;báo;;18/05/2025;báo quảng ngãi\n", KINDS)

    assert result == (1, 1)
    assert [(outlet.name, outlet.successor.name if outlet.successor else None) for outlet in queries.outlets()] == [
        ("Báo Quảng Ngãi", None),
        ("Đài A", "Báo Quảng Ngãi"),
    ]


def test_a_list_with_one_bad_line_adds_nothing(app):
    for text, refusal in [("A;báo\nB;nhật trình", OutletListUnreadable), ("A;báo\nB;báo;;;C", SuccessorUnknown)]:
        with pytest.raises(refusal), transaction():
            services.import_outlets(text, KINDS)
    assert count(Outlet) == 0


def test_the_shell_makes_a_confirmed_account_and_says_when_the_address_is_taken(app):
    def create():
        with transaction():
            return services.create_user(
                name="Hồ Thục Quế",
                email="Que@Toasoan.example",
                password_hash=password_hash(NEW),
                founder=True,
                now=clock.now(),
            )

    assert create().may_create_contests
    assert services.verified_user("que@toasoan.example", NEW) is not None
    with pytest.raises(AccountExists):
        create()


def test_a_closed_account_has_no_session_and_can_be_opened_again(app):
    user = make_user("chu@toasoan.example")
    with transaction():
        open_session(user)
    with transaction():
        services.disable("chu@toasoan.example", now=clock.now())
    assert (count(UserSession), services.verified_user(user.email, PASSWORD)) == (0, None)

    with transaction():
        services.enable("chu@toasoan.example", now=clock.now())
    assert services.verified_user(user.email, PASSWORD) == user


def test_a_demo_offers_one_account_per_role_with_the_author_first(contest):
    author = make_user(is_demo=True)
    juror = make_member(contest, Role.JUROR, is_demo=True)
    make_member(contest, Role.JUROR, is_demo=True)
    make_member(contest, Role.ORGANIZER)

    assert queries.demo_accounts(contest.id) == [(None, author), (Role.JUROR, juror)]
