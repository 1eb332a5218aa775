"""Addresses lead where they say, and never elsewhere."""

from __future__ import annotations

import pytest

from contest.web.addresses import absolute_url, is_local_path
from tests.makers.regulations import make_contest


@pytest.mark.parametrize("path", ["/", "/tac-pham", "/cuoc-thi/the-le?trang=2#dieu-5", "/tra-cuu/ABCD"])
def test_a_path_of_ours_is_followed(path):
    assert is_local_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "https:evil.example",
        "evil",
        "",
        "/a\nb",
        "/\tb",
        "/a\\b",
    ],
)
def test_an_address_that_could_lead_elsewhere_is_not(path):
    assert not is_local_path(path)


def test_public_addresses_come_from_the_settings_and_not_from_the_request(app):
    contest = make_contest()

    with app.test_request_context(base_url="http://evil.example"):
        assert absolute_url("regulations.pdf", contest=contest) == f"http://localhost/{contest.slug}/the-le.pdf"


def test_a_bare_address_leads_to_the_current_contest(browser):
    contest = make_contest()

    response = browser().get("/the-le")

    assert response.status_code == 302
    assert response.location == f"/{contest.slug}/the-le"


def test_a_foreign_host_is_not_answered(app):
    response = app.test_client().get("/", base_url="http://evil.example")

    assert response.status_code == 400
    assert "evil" not in response.text


@pytest.mark.parametrize("path", ["/khong-co/the-le", "/khong-co/", "/the-le/khong-co"])
def test_what_does_not_exist_is_a_page_that_says_so(browser, path):
    response = browser().get(path)

    assert response.status_code == 404
    assert "<main" in response.text


def test_every_answer_carries_the_headers(browser):
    headers = browser().get("/dang-nhap").headers

    assert "'unsafe-inline'" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("number", [2**31, 2**63, 10**40])
def test_a_number_no_row_can_have_is_an_address_that_does_not_exist(app, browser, number):
    contest = make_contest()

    assert browser().get(f"/{contest.slug}/thong-bao/{number}").status_code == 404
    assert browser().get(f"/{contest.slug}/the-le/{number}.pdf").status_code == 404
