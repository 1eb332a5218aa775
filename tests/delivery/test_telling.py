"""Letters about certificates, and the link to one's own copy."""

import re
from datetime import timedelta

import pytest

from contest import clock
from contest.certificates import background
from contest.database import db, transaction
from contest.delivery import queries, refusals, services
from contest.delivery.models import CertificateLetter
from contest.entries.models import Byline
from contest.mail import Letter, LetterState
from contest.results.services import publish
from tests.makers.accounts import make_user
from tests.makers.certificates import certificates_of
from tests.makers.winners import make_won

RIN = "rin@bao.example"
MIXED = (("Đinh Thị Rin", False), ("Phạm Văn Sơn", True), ("Hồ Thị Ngoan", False))


@pytest.fixture
def won(app, monkeypatch):
    """A contest that is public; of the best work one author has an account, one only an address, one neither."""
    won, authors = make_won(asking=False, group=MIXED)
    line = won.first.line
    byline = db.session.query(Byline).filter_by(name="Đinh Thị Rin").one()
    byline.email = RIN
    db.session.commit()
    made = won.prepare()
    background.draw_decision(made[0].decision_id, by_id=won.organizer.id, progress=lambda done, total: None)
    with transaction():
        publish(won.contest, by=won.organizer, now=won.now)
    monkeypatch.setattr(clock, "now", lambda: won.now)
    won.line, won.coauthor = line, next(user for user in authors if user is not None)
    return won


def letters(to):
    return (
        db.session.query(Letter)
        .join(CertificateLetter, CertificateLetter.letter_id == Letter.id)
        .filter(Letter.to == to)
        .distinct()
        .order_by(Letter.id)
        .all()
    )


def link_in(letter):
    return re.search(r"https?://[^/\s]+(/\S+/giay-chung-nhan/nhan/\S+)", letter.text).group(1)


def again(won):
    with transaction():
        return services.tell_again(won.contest, letters(RIN)[-1], by=won.organizer, now=won.now)


def test_with_the_publication_everybody_gets_one_letter(won):
    told = {each.email: each for each in queries.told(won.contest)}

    assert set(told) == {won.sender.email, won.coauthor.email, RIN}
    assert all(each.is_told for each in told.values())
    assert {to: len(letters(to)) for to in told} == dict.fromkeys(told, 1)
    assert len(told[won.sender.email].certificates) > 1
    assert "/giay-chung-nhan/nhan/" not in letters(won.coauthor.email)[0].text
    assert RIN not in letters(won.coauthor.email)[0].text + letters(won.sender.email)[0].text


def test_before_the_publication_nobody_is_told_of_anything(app, now):
    won, _authors = make_won(asking=False)

    assert queries.told(won.contest) == []
    with pytest.raises(refusals.NotPublicYet), transaction():
        services.tell_everybody(won.contest, by=won.organizer, now=now)


def test_an_author_without_account_reads_and_downloads_their_copy_and_nothing_else(won, browser):
    reader, path = browser(), link_in(letters(RIN)[0])

    answer = reader.get(path)
    assert (answer.status_code, answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == (
        200,
        "no-store",
        "no-referrer",
    )
    assert "Đinh Thị Rin" in reader.text
    assert RIN not in reader.text
    file = reader.get(f"{path}/giay.pdf")
    assert file.get_data().startswith(b"%PDF")
    file.close()
    assert reader.get(f"{path}x").status_code == 410
    assert reader.get(f"/{won.contest.slug}/giay-chung-nhan").status_code == 302


def test_a_link_ends_with_its_time_or_with_the_address(won, browser, monkeypatch):
    reader, path = browser(), link_in(letters(RIN)[0])

    db.session.query(Byline).filter_by(name="Đinh Thị Rin").one().email = "khac@bao.example"
    db.session.commit()
    assert reader.get(path).status_code == 404
    db.session.query(Byline).filter_by(name="Đinh Thị Rin").one().email = RIN
    db.session.commit()
    later = won.now + timedelta(days=91)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert reader.get(path).status_code == 410


def test_a_link_to_a_revoked_certificate_leads_to_the_page_that_says_so(won, browser):
    reader, path = browser(), link_in(letters(RIN)[0])
    for each in certificates_of(won.contest):
        each.state, each.ended_on = "revoked", won.today
    db.session.commit()

    assert reader.get(path).headers["Location"].startswith("/tra-cuu/")


def test_staff_writes_again_and_sees_what_did_not_arrive(won, browser):
    with pytest.raises(refusals.StillWaiting):
        again(won)
    letters(RIN)[0].state = LetterState.FAILED
    db.session.commit()
    organizer = browser(won.organizer)
    page = f"/{won.contest.slug}/ban-thu-ky/giay-chung-nhan/thu"

    organizer.get(page)
    assert "1 thư không đến nơi" in organizer.text
    assert organizer.post_form(page, action=f"{letters(RIN)[0].id}/gui-lai").status_code == 303
    assert len(letters(RIN)) == 2
    assert link_in(letters(RIN)[1])
    assert organizer.request("POST", page).status_code in (400, 422)
    with pytest.raises(refusals.EverybodyTold), transaction():
        services.tell_everybody(won.contest, by=won.organizer, now=won.now)


def test_who_got_an_address_since_is_written_to_on_request(won):
    db.session.query(Byline).filter_by(name="Hồ Thị Ngoan").one().email = "ngoan@bao.example"
    db.session.commit()

    with transaction():
        written = services.tell_everybody(won.contest, by=won.organizer, now=won.now)

    assert (written, len(letters("ngoan@bao.example"))) == (1, 1)


def test_an_account_that_was_closed_is_not_written_to(won):
    closed = make_user(email="ngoan@bao.example")
    closed.disabled_at = won.now
    db.session.query(Byline).filter_by(name="Hồ Thị Ngoan").one().email = closed.email
    db.session.commit()

    assert "ngoan@bao.example" not in {each.email for each in queries.told(won.contest)}


def test_a_coauthor_with_an_account_finds_the_certificate_of_the_group(won, browser):
    reader = browser(won.coauthor)

    reader.get(f"/{won.contest.slug}/giay-chung-nhan")

    assert won.line.title in reader.text
