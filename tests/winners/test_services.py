"""What winners answer and what the staff makes of it, on rows."""

from datetime import timedelta
from itertools import combinations

import pytest
from sqlalchemy import select

from contest.accounts.models import Consent, Person
from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.entries.models import Entry
from contest.errors import NotFound
from contest.mail.models import Letter
from contest.official.queries import payments_of
from contest.results import gates
from contest.results import queries as results
from contest.results.award_changes import AwardRef
from contest.results.gates import Act
from contest.results.models import AmendmentKind
from contest.results.services import amend_decision, change_award
from contest.winners import queries, refusals, services
from contest.winners.answers import Said, State
from contest.winners.models import BankDetails
from tests.makers.accounts import make_member, make_outlet, make_user
from tests.makers.regulations import make_contest
from tests.makers.winners import ACCOUNT, ASKING, NUMBER, make_author, make_won
from tests.results import settings


@pytest.fixture
def won(app):
    return make_won()[0]


def letters(prefix):
    return db.session.scalars(select(Letter).where(Letter.key.startswith(prefix)).order_by(Letter.id)).all()


def lines_of_the_log(action):
    return db.session.scalars(select(AuditLine).filter_by(action=action).order_by(AuditLine.id)).all()


def test_each_winner_gets_one_letter_with_every_line(won):
    won.ask()

    (letter,) = letters("winners:asked:")
    assert letter.to == won.sender.email
    assert all(status.line.title in letter.text for status in won.statuses)
    with pytest.raises(refusals.AskedAlready):
        won.ask()


def test_certificates_wait_until_every_line_is_confirmed(won):
    situation = results.situation_of(won.contest)
    with pytest.raises(refusals.LinesUnconfirmed):
        gates.check(Act.PREPARE, situation, won.now)
    with pytest.raises(refusals.LinesUnconfirmed):
        won.prepare()

    for status in won.statuses:
        won.confirm(won.sender, status)

    assert queries.unconfirmed(won.contest) == []
    gates.check(Act.PREPARE, results.situation_of(won.contest), won.now)
    assert len(won.prepare()) == 4


def test_a_regulation_that_does_not_ask_lets_certificates_be_prepared(app):
    won, _ = make_won(asking=False)

    assert queries.unconfirmed(won.contest) == []
    assert queries.own_statuses(won.contest, won.sender) == []
    with pytest.raises(refusals.NotAskedFor):
        won.ask()
    assert len(won.prepare()) == 4


def test_who_confirms_must_have_read_these_very_words(won):
    with pytest.raises(refusals.LineChanged), transaction():
        services.confirm(won.contest, won.key, fingerprint="0" * 64, by=won.sender, now=won.now)
    with pytest.raises(NotFound), transaction():
        services.confirm(won.contest, won.key, fingerprint=won.first.line.fingerprint, by=make_user(), now=won.now)


def test_the_sender_answers_for_authors_without_an_account_and_says_so(app):
    won, (second, third) = make_won(group=(("Phạm Văn Rố", True), ("Hồ Thị Quế", False)))
    status = won.first
    assert status.without_account == ("Hồ Thị Quế",)

    with pytest.raises(refusals.ForOthersUnsaid):
        won.confirm(won.sender, status)
    won.confirm(won.sender, status, for_others=True)
    assert [person.name for person in won.first.silent] == ["Phạm Văn Rố"]
    won.confirm(second, won.first)

    assert won.first.state is State.CONFIRMED
    assert third is None


def test_a_correction_becomes_the_next_version_of_the_decision_and_confirms_what_it_asked_for(app):
    won, (second,) = make_won(group=(("Phạm Văn Rố", True),))
    won.ask()
    won.confirm(won.sender, won.first)
    won.correct(second, names=[("Đinh Thị Mai", "Mai Trà"), ("Phạm Văn Rố", "Ka Rố")], order=[2, 1])
    assert won.first.state is State.CONFLICT
    (answer,) = won.first.open_corrections
    before = results.newest_decision(won.contest)

    with transaction():
        services.accept(
            won.contest, [answer.id], decided_on=before.decided_on + timedelta(days=1), reason="Đúng hồ sơ.",
            by=won.organizer, now=won.now,
        )  # fmt: skip

    decision = results.newest_decision(won.contest)
    assert decision.version == 2
    assert won.first.line.names == "Phạm Văn Rố (Ka Rố), Đinh Thị Mai (Mai Trà)"
    said = {person.name: won.first.said(person) for person in won.first.asked}
    assert said == {won.sender.name: Said.SILENT, "Phạm Văn Rố": Said.CONFIRMED}
    assert [letter.to for letter in letters("winners:accepted:")] == [second.email]
    assert [letter.to for letter in letters("winners:asked:")][-1] == won.sender.email
    old, new = before.copy["awards"][0], decision.copy["awards"][0]
    assert {name for name in old if old[name] != new[name]} == {"authors"}
    assert sorted(author["subject"] for author in old["authors"]) == sorted(a["subject"] for a in new["authors"])


def test_corrections_that_contradict_each_other_are_not_made_together(app):
    won, (second,) = make_won(group=(("Phạm Văn Rố", True),))
    won.correct(won.sender, title="Giữ nước")
    won.correct(second, title="Giữ rừng")
    chosen = [answer.id for answer in won.first.open_corrections]

    with pytest.raises(refusals.Contradicting), transaction():
        services.accept(won.contest, chosen, decided_on=won.today, reason="Đúng hồ sơ.", by=won.organizer, now=won.now)


def test_a_declined_correction_leaves_the_line_and_writes_why(won):
    won.correct(won.sender, unit="Tạp chí Cẩm Thành")
    answer = queries.correction(won.contest, won.first.open_corrections[0].id)

    with transaction():
        services.decline(won.contest, answer, reason="Hồ sơ ghi Báo Quảng Ngãi.", by=won.organizer, now=won.now)

    assert won.first.state is State.CONFIRMED
    (letter,) = letters("winners:declined:")
    assert "Hồ sơ ghi Báo Quảng Ngãi." in letter.text
    with pytest.raises(refusals.SettledAlready), transaction():
        services.decline(won.contest, answer, reason="Lần nữa.", by=won.organizer, now=won.now)


def test_a_correction_that_changes_nothing_or_gives_two_authors_one_place_is_refused(app):
    won, _ = make_won(group=(("Phạm Văn Rố", True),))

    with pytest.raises(refusals.NothingAsked):
        won.correct(won.sender)
    with pytest.raises(refusals.NotAnOrder):
        won.correct(won.sender, order=[1, 1])
    with pytest.raises(refusals.NameMissing):
        won.correct(won.sender, names=[("", ""), ("Phạm Văn Rố", "")])


def test_the_silent_are_reminded_once_a_day_and_passed_over_after_their_days(won):
    won.ask()
    with transaction():
        assert services.remind(won.contest, by=won.organizer, now=won.now) == 1
        services.remind(won.contest, by=won.organizer, now=won.now)
    assert len(letters("winners:reminder:")) == 1
    until = queries.answers_until(won.contest)
    assert until == won.today + timedelta(days=7)
    with pytest.raises(refusals.NotYetPassed), transaction():
        services.pass_over(won.contest, reason="Đã gọi điện.", by=won.organizer, now=won.now + timedelta(days=7))

    with transaction():
        services.pass_over(won.contest, reason="Đã gọi điện.", by=won.organizer, now=won.now + timedelta(days=8))

    assert {status.state for status in won.statuses} == {State.PASSED}
    assert queries.unconfirmed(won.contest) == []


def test_nobody_is_passed_over_who_was_not_asked_or_wants_a_correction(won):
    late = won.now + timedelta(days=60)
    with pytest.raises(refusals.NotAskedYet), transaction():
        services.pass_over(won.contest, reason="Đã gọi điện.", by=won.organizer, now=late)
    won.ask()
    won.correct(won.sender, unit="Tạp chí Cẩm Thành")

    with transaction():
        services.pass_over(won.contest, reason="Đã gọi điện.", by=won.organizer, now=late)

    assert [status.line.key for status in queries.unconfirmed(won.contest)] == [won.key]


def test_whoever_reads_a_corrected_line_anew_has_all_of_their_days(app):
    won, (second,) = make_won(group=(("Phạm Văn Rố", True),))
    won.ask()
    won.confirm(won.sender, won.first)
    won.correct(second, title="Giữ nước")
    late = won.now + timedelta(days=20)
    chosen = [answer.id for answer in won.first.open_corrections]

    with transaction():
        services.accept(won.contest, chosen, decided_on=won.today, reason="Đúng hồ sơ.", by=won.organizer, now=late)

    assert queries.answers_until(won.contest) == won.today + timedelta(days=27)
    (letter,) = [each for each in letters("winners:asked:") if each.created_at == late]
    assert letter.to == won.sender.email
    with pytest.raises(refusals.NotYetPassed), transaction():
        services.pass_over(won.contest, reason="Đã gọi điện.", by=won.organizer, now=late)


def test_nobody_is_passed_over_about_a_line_that_came_upon_the_list_after_they_were_asked(won):
    def amend(kind, changed):
        with transaction():
            amend_decision(
                won.contest, changed, kind=kind, number="140", decided_on=won.today, reason="Có đơn.",
                by=won.organizer, now=won.now,
            )  # fmt: skip

    paper = {"number": "140", "decided_on": won.today.isoformat()}
    whole = results.copy_of(results.newest_decision(won.contest))["awards"]
    amend("suspension", lambda copy: {**copy, "awards": [{**whole[0], "suspended": paper}, *whole[1:]]})
    won.ask()
    amend("restoration", lambda copy: {**copy, "awards": whole})
    late = won.now + timedelta(days=60)

    with pytest.raises(refusals.NotAskedYet), transaction():
        services.pass_over(won.contest, reason="Đã gọi điện.", by=won.organizer, now=late)

    won.ask()
    with transaction():
        services.pass_over(won.contest, reason="Đã gọi điện.", by=won.organizer, now=late)
    assert queries.unconfirmed(won.contest) == []


def test_corrections_of_two_prizes_of_a_work_are_made_as_one_and_reach_both_certificates(app):
    contest = make_contest(replacements=(settings.SEVERAL_PRIZES, settings.with_prizes(settings.THEMATIC), ASKING))
    won, _ = make_won(contest=contest)
    two = next(
        (one, other)
        for one, other in combinations(won.statuses, 2)
        if one.line.entry_code and one.line.entry_code == other.line.entry_code
    )

    def ask(status, title, unit):
        with transaction():
            return services.ask_correction(
                contest, status.line.key, title=title, unit=unit, order=range(1, len(status.line.authors) + 1),
                names=[(author.name, author.pen_names) for author in status.line.authors],
                reason="Theo bản đăng.", by=won.sender, now=won.now,
            ).id  # fmt: skip

    def accept(*answers):
        with transaction():
            services.accept(contest, answers, decided_on=won.today, reason="Đúng.", by=won.organizer, now=won.now)

    of_first = ask(two[0], "Giữ rừng", two[0].line.unit)
    with pytest.raises(refusals.Contradicting):
        accept(of_first, ask(two[1], "Giữ nước", two[1].line.unit))
    accept(of_first, ask(two[1], "Giữ rừng", "Đài Quảng Ngãi"))

    found = [status.line for status in won.statuses if status.line.entry_code == two[0].line.entry_code]
    assert [(line.title, line.unit) for line in found] == [("Giữ rừng", "Đài Quảng Ngãi")] * 2


def test_a_newsroom_whose_printed_name_is_corrected_is_still_asked_written_to_and_given_its_certificate(app):
    contest = make_contest(replacements=(settings.with_prizes(settings.COLLECTIVE), ASKING))
    today = make_outlet("Báo và Phát thanh, Truyền hình Quảng Ngãi")
    make_outlet("Báo Quảng Ngãi", successor=today)
    person = make_member(contest, "outlet", outlet=today)
    won, _ = make_won(contest=contest)
    status = won.statuses[-1]
    with transaction():
        services.ask_correction(
            contest, status.line.key, title="", unit="", names=[(today.name, "")], order=[1], reason="Đã đổi tên.",
            by=person, now=won.now,
        )  # fmt: skip
    (answer,) = won.statuses[-1].open_corrections

    with transaction():
        services.accept(contest, [answer.id], decided_on=won.today, reason="Đúng.", by=won.organizer, now=won.now)

    assert won.statuses[-1].line.names == today.name
    assert won.statuses[-1].state is State.CONFIRMED
    assert [each.to for each in letters("winners:accepted:")] == [person.email]
    assert results.collective_awards_for(person, contest) == {status.line.number}


# Money ---------------------------------------------------------------------------------------------------------------


def test_the_only_account_of_a_prize_is_paid_all_of_it_without_being_chosen(won):
    payees = queries.payees(won.contest)

    assert [payee.amount for payee in payees] == [15_000_000, 10_000_000, 10_000_000, 8_000_000]
    assert {payee.user_id for payee in payees} == {won.sender.id}


def test_a_group_says_who_is_paid_and_its_shares_add_up(app):
    won, (second,) = make_won(group=(("Phạm Văn Rố", True),))
    assert queries.payees(won.contest)[0].user_id is None
    with pytest.raises(refusals.NotTheSum), transaction():
        services.divide(won.contest, won.key, {won.sender.id: 15_000_001}, by=second, now=won.now)
    with pytest.raises(NotFound), transaction():
        services.divide(won.contest, won.key, {make_user().id: 15_000_000}, by=second, now=won.now)

    with transaction():
        services.divide(won.contest, won.key, {won.sender.id: 7_500_001, second.id: 7_499_999}, by=second, now=won.now)

    shares = {payee.user_id: payee.amount for payee in queries.payees(won.contest) if payee.line.key == won.key}
    assert shares == {won.sender.id: 7_500_001, second.id: 7_499_999}
    assert [letter.to for letter in letters("winners:divided:")] == [won.sender.email]


def test_an_account_number_is_masked_until_the_payer_asks_and_each_reading_is_recorded(won, payer):
    won.give_account(won.sender)

    assert queries.payees(won.contest)[0].account.number == "•••• 9012"
    assert lines_of_the_log("bank_details.revealed") == []
    with transaction():
        account = services.reveal(won.contest, won.key, won.sender.id, by=payer, now=won.now)
    assert account == ACCOUNT
    (line,) = lines_of_the_log("bank_details.revealed")
    assert (line.actor, line.about) == (payer.subject, f"user:{won.sender.subject}")


@pytest.fixture
def payer(won):
    from tests.makers.accounts import make_member

    return make_member(won.contest, "payer")


def test_what_is_paid_does_not_change_any_more(won, payer):
    on = won.today
    with transaction():
        services.mark_paid(won.contest, won.key, won.sender.id, paid_on=on, reference="UNC 01", by=payer, now=won.now)

    assert queries.payees(won.contest)[0].paid_on == on
    with pytest.raises(refusals.PaidAlready), transaction():
        services.mark_paid(won.contest, won.key, won.sender.id, paid_on=on, reference="02", by=payer, now=won.now)
    with pytest.raises(refusals.PaidInFuture), transaction():
        key = won.statuses[1].line.key
        later = on + timedelta(days=1)
        services.mark_paid(won.contest, key, won.sender.id, paid_on=later, reference="02", by=payer, now=won.now)


def test_a_payment_recorded_by_mistake_is_undone_with_a_reason_and_both_are_kept(won, payer):
    won.pay(won.key, won.sender, by=payer)

    def undo():
        with transaction():
            services.undo_payment(won.contest, won.key, won.sender.id, why="Nhầm dòng.", by=payer, now=won.now)

    undo()

    assert queries.payees(won.contest)[0].paid_on is None
    (undone,) = queries.undone_payments(won.contest)
    assert (undone.reference, undone.paid_on, undone.why) == ("UNC 01", won.today, "Nhầm dòng.")
    (line,) = lines_of_the_log("payout.undone")
    assert line.actor == payer.subject
    with pytest.raises(refusals.NotPaid):
        undo()
    won.pay(won.key, won.sender, by=payer)
    assert queries.payees(won.contest)[0].paid_on == won.today


def moving(**words):
    """A decided contest in which the second work moves up when the prize of the first is revoked."""
    contest = make_contest(replacements=(ASKING, *settings.MOVING_UP, ("floor = 90", "floor = 85")))
    return make_won(contest=contest, **words)[0]


def change(won, line, kind, number="140"):
    with transaction():
        change_award(
            won.contest, AwardRef("award", line.number), AmendmentKind(kind), number=number, decided_on=won.today,
            signer="Nguyễn Thị Trưởng", reason="Đăng lại bài đã công bố.", by=won.organizer, now=won.now,
        )  # fmt: skip


def test_what_was_paid_for_a_lower_prize_counts_when_the_work_moves_up_and_a_revoked_prize_is_to_be_returned(app):
    won = moving()
    payer = make_member(won.contest, "payer")
    first, second = (status.line for status in won.statuses[:2])
    won.pay(first.key, won.sender, by=payer)
    won.pay(second.key, won.sender, by=payer)

    change(won, first, "revocation")

    def sums():
        found = queries.payees(won.contest)
        return {(each.line.title, each.line.prize): (each.amount, each.paid, each.left) for each in found if each.paid}

    gone, moved = (first.title, "Giải A"), (second.title, "Giải A")
    assert sums() == {
        moved: (15_000_000, 10_000_000, 5_000_000),
        gone: (0, 15_000_000, -15_000_000),
    }
    assert sum(each.left for each in payments_of(won.contest) if each.paid) == -10_000_000

    won.pay(won.key, won.sender, by=payer)
    back = {"paid_on": won.today, "reference": "PT 02", "by": payer, "now": won.now}
    with transaction():
        services.mark_returned(won.contest, first.key, won.sender.id, **back)

    assert sums() == {moved: (15_000_000, 15_000_000, 0)}
    assert queries.payees(won.contest)[-1].reference == "UNC 01; PT 02"
    with pytest.raises(refusals.NothingToReturn), transaction():
        services.mark_returned(won.contest, first.key, won.sender.id, **back)
    with pytest.raises(refusals.PaidAlready):
        won.pay(won.key, won.sender, by=payer)


def test_nothing_of_a_suspended_prize_is_paid_or_returned_and_once_revoked_and_restored_it_is_as_it_was(app):
    won = moving()
    payer, last = make_member(won.contest, "payer"), won.statuses[-1].line
    won.pay(last.key, won.sender, by=payer)

    def left(kind):
        change(won, last, kind)
        return [each.left for each in queries.payees(won.contest) if each.line.title == last.title]

    assert [left(kind) for kind in ("suspension", "revocation", "restoration")] == [[0], [-last.money], [0]]


def test_a_group_whose_work_moves_up_divides_the_new_money_and_what_each_had_counts(app):
    won = moving()
    payer, (first, second) = make_member(won.contest, "payer"), [status.line for status in won.statuses[:2]]
    revision_id = db.session.get_one(Entry, second.entry_id).revision_id
    other = make_author(revision_id, 2, "Phạm Văn Rố")
    amend = {"kind": "correction", "number": "", "decided_on": won.today, "reason": "Thiếu tên một tác giả."}
    subject = db.session.get_one(Person, other.person_id).subject

    def named(copy):
        copy["awards"][1]["authors"].append({"subject": subject, "name": other.name, "pen_names": "", "role": ""})
        return copy

    with transaction():
        amend_decision(won.contest, named, by=won.organizer, now=won.now, **amend)
    with transaction():
        shares = {won.sender.id: 6_000_000, other.id: 4_000_000}
        services.divide(won.contest, second.key, shares, by=other, now=won.now)
    won.pay(second.key, other, by=payer)

    change(won, first, "revocation")

    assert next((each.name, each.left) for each in queries.payees(won.contest)) == ("", 11_000_000)
    with transaction():
        shares = {won.sender.id: 9_000_000, other.id: 6_000_000}
        services.divide(won.contest, won.key, shares, by=other, now=won.now)
    assert {each.name: each.left for each in queries.payees(won.contest) if each.line.key == won.key} == {
        won.sender.name: 9_000_000,
        "Phạm Văn Rố": 2_000_000,
    }


def test_only_who_is_paid_gives_an_account_and_only_with_consent(won):
    with pytest.raises(refusals.NothingToPay):
        won.give_account(make_user())
    with pytest.raises(refusals.ConsentNeeded), transaction():
        services.give_bank_details(won.contest, ACCOUNT, newsroom=False, consent="", by=won.sender, now=won.now)

    won.give_account(won.sender)

    consent = db.session.scalars(select(Consent).where(Consent.code.startswith("bank:"))).one()
    assert (consent.person_id, consent.version, consent.withdrawn_at) == (won.sender.person_id, 1, None)


def test_withdrawing_the_consent_deletes_at_once_and_it_can_be_given_again(won):
    won.give_account(won.sender)

    with transaction():
        assert services.withdraw_bank_details(won.contest, by=won.sender, now=won.now)

    assert db.session.scalars(select(BankDetails)).all() == []
    consent = db.session.scalars(select(Consent).where(Consent.code.startswith("bank:"))).one()
    assert consent.withdrawn_at == won.now
    won.give_account(won.sender)
    assert consent.withdrawn_at is None


def test_accounts_are_deleted_so_many_days_after_the_last_payment_with_a_line_in_the_log(won, payer):
    won.give_account(won.sender)
    with transaction():
        services.mark_paid(
            won.contest, won.key, won.sender.id, paid_on=won.today, reference="UNC 01", by=payer, now=won.now
        )

    with transaction():
        assert services.forget_bank_details(now=won.now + timedelta(days=90)) == 0
        assert services.forget_bank_details(now=won.now + timedelta(days=91)) == 1

    assert db.session.scalars(select(BankDetails)).all() == []
    (line,) = lines_of_the_log("bank_details.deleted")
    assert line.details["count"] == 1


def test_an_account_that_was_swapped_with_another_row_is_not_read(app):
    won, (second,) = make_won(group=(("Phạm Văn Rố", True),))
    with transaction():
        services.divide(won.contest, won.key, {won.sender.id: 1, second.id: 14_999_999}, by=second, now=won.now)
    won.give_account(won.sender)
    won.give_account(second, number="999988887777")
    one, other = db.session.scalars(select(BankDetails).order_by(BankDetails.id)).all()

    one.sealed, other.sealed = other.sealed, one.sealed
    db.session.commit()

    assert {payee.account for payee in queries.payees(won.contest) if payee.has_details} == {None}
    assert queries.unreadable() == 2


def test_keys_change_and_everything_can_still_be_read(won):
    won.give_account(won.sender)
    vault = queries.vault()
    old = vault.file.read_text()

    vault.add_key()
    with transaction():
        assert services.rotate_keys() == 1
        needed = services.keys_in_use()
    vault.keep_only(needed)

    assert queries.payees(won.contest, whole=True)[0].account.number == NUMBER
    assert old.strip() not in vault.file.read_text()
    assert len(vault.file.read_text().split()) == 1


def test_a_key_that_is_gone_is_not_made_anew_to_read_with(won):
    won.give_account(won.sender)
    queries.vault().file.unlink()

    assert queries.unreadable() == 1
    assert not queries.vault().file.exists()
