"""What is believed of a request, what is refused before it is read, and what every answer carries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, request, session

from contest import create_app
from contest.accounts import access
from contest.accounts.models import Attempt
from contest.database import db
from tests import engines
from tests.browser import Browser
from tests.makers.accounts import PASSWORD, make_user
from tests.makers.regulations import make_contest

EVIL = "https://evil.example"


def sign_in(visitor: Browser, email: str, **headers: str) -> Response:
    """Fill in the form of the sign-in page, and send it with what a browser says of where it came from."""
    return visitor.post_form("/dang-nhap", {"email": email, "password": PASSWORD}, headers=headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": EVIL},
        {"Origin": "http://evil.example"},
    ],
)
def test_what_a_page_of_another_site_sends_is_refused_even_with_its_token(app, browser, headers):
    """Another host of the same province is another site, too. (E2)"""
    make_contest()
    answer = sign_in(browser(), make_user().email, **headers)

    assert answer.status_code == 400
    assert "Yêu cầu này do một trang web khác gửi tới" in answer.get_data(as_text=True)
    assert db.session.query(Attempt).count() == 0


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost"},
    ],
)
def test_what_our_own_pages_send_is_taken_from_every_browser(app, browser, headers):
    make_contest()

    assert sign_in(browser(), make_user().email, **headers).status_code == 303


def test_nobody_is_signed_in_by_a_form_that_somebody_else_opened(app, browser):
    """The token of another session, in a browser that sends no word of where it came from. (E2)"""
    make_contest()
    thief, victim = browser(), browser()
    thief.get("/dang-nhap")
    values = thief.fill(thief.form("email")) | {"email": make_user().email, "password": PASSWORD}
    victim.get("/dang-nhap")

    assert victim.request("POST", "/dang-nhap", data=values).status_code == 400
    assert victim.get("/tai-khoan").status_code == 302


def reflecting(folder: Path, **settings: Any) -> Flask:
    """Make an application with one more page, which tells how a request looks to it."""
    app = create_app(engines.settings(folder, **settings), TESTING=True)
    app.add_url_rule("/toi", "mirror", lambda: f"{request.remote_addr} {request.scheme} {request.host}")
    return app


FORWARDED = {
    "X-Forwarded-For": "198.51.100.1, 203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "cuocthi.example",
    "X-Forwarded-Prefix": "/khac",
    "Forwarded": "for=203.0.113.9;host=cuocthi.example;proto=https",
}


@pytest.mark.parametrize(
    ("proxies", "seen"),
    [(0, "127.0.0.1 http localhost"), (1, "203.0.113.9 https cuocthi.example")],
    ids=["nobody in front", "one proxy"],
)
def test_a_proxy_is_believed_as_far_as_the_settings_say(tmp_path, proxies, seen):
    """Whoever writes these headers without a proxy is who they are; with one, its own word is the last. (D6)"""
    app = reflecting(tmp_path, proxies=proxies, trusted_hosts="localhost,cuocthi.example")

    assert app.test_client().get("/toi", headers=FORWARDED).text == seen


def test_a_foreign_host_is_not_answered_through_a_proxy_either(tmp_path):
    """(D6)"""
    app = reflecting(tmp_path, proxies=1)

    assert app.test_client().get("/toi", headers={"X-Forwarded-Host": "evil.example"}).status_code == 400
    assert app.test_client().get("/toi", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("base_url", "names", "flags"),
    [
        (
            "https://cuocthi.example",
            {"__Host-session", "__Host-known"},
            {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"},
        ),
        ("http://localhost", {"session", "known"}, {"HttpOnly", "SameSite=Lax", "Path=/"}),
    ],
)
def test_cookies_are_as_closed_as_the_scheme_allows(tmp_path, base_url, names, flags):
    """No script reads them, no other site sends them along, and over https no other host can set them. (D3)"""
    app = reflecting(tmp_path, base_url=base_url)
    told = Response()
    with app.test_request_context(base_url=base_url):
        access.remember_device(told, "an@toasoan.example")
        session["csrf_token"] = "x"
        app.session_interface.save_session(app, session._get_current_object(), told)
    cookies = told.headers.getlist("Set-Cookie")

    assert {cookie.partition("=")[0] for cookie in cookies} == names
    for cookie in cookies:
        parts = set(cookie.split("; ")[1:])
        assert {part for part in parts if not part.startswith(("Max-Age", "Expires"))} == flags


PROMISED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("GET", "/dang-nhap", {}, 200),
        ("GET", "/khong-co/khong-co", {}, 404),
        ("GET", "/dang-nhap", {"base_url": "http://evil.example"}, 400),
        ("PUT", "/dang-nhap", {}, 405),
        ("POST", "/dang-nhap", {}, 400),
        ("POST", "/dang-nhap", {"headers": {"Sec-Fetch-Site": "cross-site"}}, 400),
        ("POST", "/dang-nhap", {"environ_overrides": {"CONTENT_LENGTH": str(17 * 1024 * 1024)}}, 413),
        ("GET", "/static/css/20-base.css", {}, 200),
        ("GET", "/", {}, 302),
    ],
)
def test_pages_refusals_and_files_carry_the_headers(app, browser, method, path, options, status):
    """(E1)"""
    make_contest()

    answer = browser().request(method, path, **options)

    assert answer.status_code == status
    assert PROMISED.items() <= dict(answer.headers).items()
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy and "*" not in policy
    assert "Cache-Control" in answer.headers


def test_a_form_without_end_is_refused_with_a_page_before_it_is_read(app, browser):
    """Two thousand fields and two megabytes of text are more than any form of ours. (E7)"""
    make_contest()
    visitor = browser()

    for data in ({f"o{number}": "1" for number in range(2001)}, {"email": "ă" * 3_000_000}):
        answer = visitor.request("POST", "/dang-nhap", data=data, content_type="multipart/form-data")
        answer.request.environ["wsgi.input"].close()
        assert answer.status_code == 413
        assert "lớn quá" in visitor.text or "quá lớn" in visitor.text
