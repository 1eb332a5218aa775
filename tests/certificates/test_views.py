"""Looking a certificate up, and finding one's own."""

from datetime import date, timedelta
from unicodedata import normalize

import pytest

from contest.accounts import attempts
from contest.accounts.attempts import AttemptKind
from contest.certificates import codes
from contest.certificates.models import CertificateState
from contest.database import db
from contest.entries.models import Entry
from tests.makers.accounts import make_user
from tests.makers.certificates import make_drawn_certificates, make_public_certificates


def test_a_genuine_certificate_shows_what_is_printed_on_it(app, browser):
    _, _, certificates = make_public_certificates()
    certificate = certificates[0]
    visitor = browser()

    answer = visitor.get(f"/tra-cuu/{certificate.shown_code}")

    assert answer.status_code == 200
    assert "Giấy chứng nhận có thật" in visitor.text
    for words in ("Đinh Thị Mai", "Mai Trà", "Giải A", certificate.printed["work"], "127-QĐ/BTGDVTU", "001/2025"):
        assert words in visitor.text


def test_the_look_up_form_leads_to_the_certificate(app, browser):
    _, _, certificates = make_public_certificates()
    typed = certificates[0].shown_code.lower().replace("-", " ")

    answer = browser().get("/tra-cuu", query_string={"ma": typed})

    assert (answer.status_code, answer.location) == (302, f"/tra-cuu/{certificates[0].shown_code}")


def test_a_code_written_otherwise_leads_to_its_one_address(app, browser):
    answer = browser().get(f"/tra-cuu/{codes.make(7).lower()}")

    assert (answer.status_code, answer.location) == (302, f"/tra-cuu/{codes.shown(codes.make(7))}")


def test_before_publication_a_certificate_is_answered_like_one_that_does_not_exist(app, browser):
    _, _, certificates = make_drawn_certificates()
    drawn, invented = certificates[0].shown_code, codes.shown(codes.make(2**70 + 99))
    visitor = browser()

    pages = []
    for code in (drawn, invented):
        answer = visitor.get(f"/tra-cuu/{code}")
        assert answer.status_code == 404
        pages.append(visitor.text.replace(code, ""))

    assert pages[0] == pages[1]
    assert "Không có giấy chứng nhận nào mang mã này" in pages[0]


def test_a_mistyped_code_says_which_character_does_not_fit(app, browser):
    code = codes.make(7)
    wrong = codes.shown(code[:5] + ("A" if code[5] != "A" else "B") + code[6:])
    visitor = browser()

    answer = visitor.get(f"/tra-cuu/{wrong}")

    assert answer.status_code == 404
    assert "Ký tự thứ 6" in visitor.text
    assert visitor.soup.find("input", attrs={"name": "ma"})["value"] == wrong


@pytest.mark.parametrize("typed", ["", " ", "7K4M", "x" * 500, "<script>alert(1)</script>", "7K4M-%00", "Ố" * 20])
def test_anything_else_comes_back_with_a_sentence_and_what_was_typed(app, browser, typed):
    visitor = browser()

    answer = visitor.get("/tra-cuu", query_string={"ma": typed})

    assert answer.status_code == 422
    assert visitor.soup.find(id="e-code").get_text()
    assert "<script>alert" not in answer.get_data(as_text=True)


def test_a_revoked_certificate_says_so_with_day_decision_and_reason(app, browser):
    _, _, certificates = make_public_certificates()
    certificate = certificates[0]
    certificate.state, certificate.ended_on = CertificateState.REVOKED, date(2025, 11, 12)
    certificate.ended_by, certificate.ended_why = "19-QĐ/BTC", "Tác phẩm đã đạt giải trước đó"
    db.session.commit()
    visitor = browser()

    visitor.get(f"/tra-cuu/{certificate.shown_code}")

    for words in ("đã bị thu hồi", "12/11/2025", "19-QĐ/BTC", "Tác phẩm đã đạt giải trước đó"):
        assert words in visitor.text
    assert "có thật" not in visitor.text


def test_trying_codes_out_is_slowed_down_and_looking_up_what_is_there_is_not(app, browser, monkeypatch):
    _, _, certificates = make_public_certificates()
    monkeypatch.setitem(attempts.BY_ADDRESS, AttemptKind.LOOK_UP, (attempts.Limit(3, timedelta(minutes=10)),))
    visitor = browser()
    right, wrong = f"/tra-cuu/{certificates[0].shown_code}", "/tra-cuu/0000-0000-0000-0000-0000"

    assert [visitor.get(right).status_code for _ in range(5)] == [200] * 5
    assert [visitor.get(wrong).status_code for _ in range(4)] == [404] * 3 + [429]
    assert visitor.get(right).status_code == 429


def test_own_certificates_need_a_sign_in(app, browser):
    contest, _, _ = make_public_certificates()

    assert browser().get(f"/{contest.slug}/giay-chung-nhan").status_code == 302


def test_an_author_downloads_the_certificates_of_their_own_works(app, browser):
    contest, _, certificates = make_public_certificates()
    owner = db.session.get(Entry, certificates[0].award.entry_id).owner
    author = browser(owner)

    author.get(f"/{contest.slug}/giay-chung-nhan")
    assert normalize("NFC", "Bạn có 4 giấy chứng nhận") in author.text

    answer = author.get(f"/{contest.slug}/giay-chung-nhan/1.pdf")
    assert answer.get_data().startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    answer.close()
    assert author.get(f"/{contest.slug}/giay-chung-nhan/1.png").get_data().startswith(b"\x89PNG")


def test_a_stranger_gets_none_of_them(app, browser):
    contest, _, _ = make_public_certificates()
    stranger = browser(make_user())

    assert "không có tác phẩm đạt giải" in (stranger.get(f"/{contest.slug}/giay-chung-nhan") and stranger.text)
    for kind in ("pdf", "png"):
        assert stranger.get(f"/{contest.slug}/giay-chung-nhan/1.{kind}").status_code == 404


def test_a_winner_learns_nothing_before_publication(app, browser):
    contest, _, certificates = make_drawn_certificates()
    owner = db.session.get(Entry, certificates[0].award.entry_id).owner
    author = browser(owner)

    author.get(f"/{contest.slug}/giay-chung-nhan")

    assert certificates[0].printed["work"] not in author.text
    assert author.get(f"/{contest.slug}/giay-chung-nhan/1.pdf").status_code == 404
