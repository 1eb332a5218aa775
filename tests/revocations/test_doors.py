"""An award suspended, revoked and restored through its page, and what everybody then reads of its certificate."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from contest import clock
from contest.certificates import queries as certificates
from contest.certificates import services as certificate_services
from contest.certificates.models import CertificateState
from contest.database import db
from contest.jobs import work_once
from contest.mail.models import Letter
from contest.results import queries
from contest.results.models import AmendmentKind
from contest.winners import queries as winners
from tests.makers.accounts import make_member
from tests.makers.certificates import make_public_certificates
from tests.makers.regulations import make_contest
from tests.makers.winners import ASKING, make_won
from tests.results.settings import MOVING_UP

INDEX = "/dan-van-kheo/ban-thu-ky/thu-hoi-giai"
REASON = "Tác phẩm đăng lại bài đã công bố của người khác."


@pytest.fixture
def published(app):
    contest, organizer, made = make_public_certificates(replacements=MOVING_UP)
    clock.set_to(queries.publication_of(contest).at + timedelta(days=1))
    return contest, organizer, made


def act(visitor, certificate, address, number="140-QĐ/BTGDVTU"):
    return visitor.post_form(f"{INDEX}/tac-pham/{certificate.award_id}/{address}", {"number": number, "reason": REASON})


def told(visitor, certificate):
    visitor.get(f"/tra-cuu/{certificate.shown_code}")
    return visitor.soup.select_one(".verdict").get_text(" ", strip=True)


def test_a_suspended_certificate_says_so_until_its_award_is_restored(published, browser):
    contest, organizer, made = published
    staff, anybody = browser(organizer), browser()

    assert act(staff, made[0], "tam-thu-hoi").status_code == 303

    assert "đang tạm thu hồi" in told(anybody, made[0])
    assert "140-QĐ/BTGDVTU" in told(anybody, made[0])
    assert "xác thực" not in told(anybody, made[0])
    staff.get(INDEX)
    assert "đang tạm thu hồi" in staff.soup.select("tbody tr")[0].get_text(" ", strip=True)

    assert act(staff, made[0], "khoi-phuc", "145-QĐ/BTGDVTU").status_code == 303

    assert "tạm thu hồi" not in told(anybody, made[0])
    assert [each.state for each in certificates.register_of(contest)] == [CertificateState.PREPARED] * len(made)


def test_a_revoked_certificate_says_by_what_decision_and_the_others_stay_as_they_were(published, browser):
    contest, organizer, made = published
    staff, anybody = browser(organizer), browser()
    last = made[-1]

    staff.get(f"{INDEX}/tac-pham/{last.award_id}/thu-hoi")
    assert last.printed["register_number"] in staff.soup.select_one("#changes").parent.get_text()
    assert certificates.register_of(contest)[-1].state == CertificateState.PREPARED  # looking changes nothing

    assert act(staff, last, "thu-hoi").status_code == 303

    verdict = told(anybody, last)
    assert "đã bị thu hồi" in verdict
    assert "140-QĐ/BTGDVTU" in verdict
    assert REASON in verdict
    assert "140-QĐ" not in told(anybody, made[0])
    code = last.printed["facts"]["entry_code"]
    assert code not in {line["entry_code"] for line in queries.copy_of(queries.newest_decision(contest))["awards"]}


def test_a_work_that_moves_up_gets_a_new_certificate_to_which_the_old_one_leads(app, browser):
    lower = (*MOVING_UP, ("floor = 90", "floor = 85"))
    contest, organizer, made = make_public_certificates(replacements=lower)
    clock.set_to(queries.publication_of(contest).at + timedelta(days=1))
    codes = [each.printed["facts"]["entry_code"] for each in made]

    assert act(browser(organizer), made[0], "thu-hoi").status_code == 303
    while work_once():
        pass

    register = certificates.register_of(contest)
    assert [each.number for each in register] == list(range(1, len(register) + 1))
    assert [each.state for each in register] == [
        CertificateState.REVOKED,
        CertificateState.SUPERSEDED,
        *[CertificateState.PREPARED] * (len(register) - 2),
    ]
    new = register[len(made)]
    assert (new.printed["award"], new.printed["facts"]["entry_code"]) == ("GIẢI A", codes[1])
    assert new.sha256 is not None
    anybody = browser()
    assert "đã được thay" in told(anybody, register[1])
    assert anybody.soup.select_one(f'.verdict a[href="/tra-cuu/{new.shown_code}"]')
    assert certificate_services.consequences_of(contest, queries.copy_of(queries.newest_decision(contest))).are_none


def test_only_the_organizer_changes_an_award_and_the_rest_of_the_office_reads_of_it(published, browser):
    contest, _, made = published
    address = f"{INDEX}/tac-pham/{made[0].award_id}/thu-hoi"

    for role, reads in (("secretary", True), ("observer", True), ("juror", False), ("chair", False)):
        visitor = browser(make_member(contest, role))
        assert visitor.get(INDEX).status_code == (200 if reads else 404), role
        assert not visitor.soup.select(f'a[href="{address}"]')
        assert visitor.get(address).status_code in ((403,) if reads else (403, 404)), role


def test_a_number_without_an_award_and_an_act_that_does_not_fit_are_refused(published, browser):
    contest, organizer, made = published
    staff = browser(organizer)

    assert staff.get(f"{INDEX}/tac-pham/999/thu-hoi").status_code == 404
    assert staff.get(f"{INDEX}/tac-pham/{made[0].award_id}/khoi-phuc").status_code == 409
    assert act(staff, made[0], "thu-hoi", number="").status_code == 422
    assert queries.newest_decision(contest).amended_as is not AmendmentKind.REVOCATION


# Winners who move up once results are public ------------------------------------------------------------------------


@pytest.fixture
def asking(app):
    contest = make_contest(replacements=(ASKING, *MOVING_UP, ("floor = 90", "floor = 85")))
    won, _ = make_won(contest=contest)
    won.publish()
    clock.set_to(won.now + timedelta(days=1))
    return won


def test_who_moves_up_after_the_publication_is_asked_before_their_certificate_is_issued(asking, browser):
    won, (first, second, *_) = asking, certificates.register_of(asking.contest)
    staff, winner, anybody = browser(won.organizer), browser(won.sender), browser()

    assert act(staff, first, "thu-hoi").status_code == 303

    assert "đã bị thu hồi" in told(anybody, first)
    assert "thay" not in told(anybody, second)
    (waiting,) = winners.unconfirmed(won.contest)
    assert waiting.line.prize == "Giải A"
    letter = db.session.scalars(select(Letter).where(Letter.key.startswith("winners:asked:"))).one()
    assert (letter.to, waiting.line.title in letter.text) == (won.sender.email, True)
    staff.get("/dan-van-kheo/ban-thu-ky/giay-chung-nhan")
    assert "đang chờ người đạt giải xác nhận" in staff.text

    winner.get("/dan-van-kheo/giai-thuong")
    assert len(winner.soup.select("form[action$=xac-nhan]")) == 1
    winner.send(action=f"{waiting.line.key}/xac-nhan")
    assert winner.response.status_code == 303
    while work_once():
        pass

    new = certificates.register_of(won.contest)[-1]
    assert (new.printed["award"], new.award_id, new.sha256 is not None) == ("GIẢI A", waiting.line.number, True)
    assert anybody.get(f"/tra-cuu/{second.shown_code}").status_code == 200
    assert anybody.soup.select_one(f'.verdict a[href="/tra-cuu/{new.shown_code}"]')
    assert winners.unconfirmed(won.contest) == []


def test_who_moves_up_and_is_silent_is_passed_over_after_their_days_with_a_reason(asking, browser):
    won, made = asking, certificates.register_of(asking.contest)
    assert act(browser(won.organizer), made[0], "thu-hoi").status_code == 303
    page = "/dan-van-kheo/ban-thu-ky/nguoi-dat-giai/bo-qua"
    assert browser(won.organizer).get(page).status_code == 200
    until = winners.answers_until(won.contest)
    assert until == clock.local(clock.now()).date() + timedelta(days=7)
    assert len(certificates.register_of(won.contest)) == len(made)
    clock.set_to(clock.now() + timedelta(days=8))

    assert browser(won.organizer).post_form(page, {"reason": "Đã gọi điện hai lần."}).status_code == 303

    assert certificates.register_of(won.contest)[-1].printed["award"] == "GIẢI A"
