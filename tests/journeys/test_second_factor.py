"""A secretary sets up an app and a passkey in a real browser, whose device is played by Chromium itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update
from werkzeug.serving import make_server

from contest import clock, create_app
from contest.accounts.models import Authenticator, UserSession
from contest.accounts.roles import Role
from contest.database import db, transaction
from tests import engines
from tests.journeys.people import PATIENCE
from tests.makers.accounts import PASSWORD, make_member
from tests.makers.regulations import make_contest
from tests.postbox import free_port

SECURITY = "/tai-khoan/bao-mat"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass
class Office:
    """A running instance that asks staff for a second factor, and the address of its secretary."""

    app: Flask
    url: str
    email: str
    desk: str


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Serve an instance from this process: pages and their scripts are what matters here, not how they are served."""
    port = free_port()
    url = f"http://localhost:{port}"
    app = create_app(engines.settings(tmp_path, base_url=url, second_factor="staff", proof_minutes=15))
    with app.app_context():
        db.create_all()
        contest = make_contest()
        secretary = make_member(contest, Role.SECRETARY)
        served = Office(app, url, secretary.email, f"/{contest.slug}/ban-thu-ky")
        db.session.remove()
    server = make_server("localhost", port, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield served
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


def gives_password(page: Page, office: Office) -> None:
    page.goto("/dang-nhap")
    page.get_by_label("Thư điện tử").fill(office.email)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def signs_out(page: Page) -> None:
    page.get_by_role("banner").get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", name="Đăng nhập", exact=True)).to_be_visible()


def test_staff_add_an_app_and_a_passkey_and_sign_in_by_each(office: Office, chromium: Browser) -> None:
    """A passkey signs for this site alone, and a code of an app is asked for after the password (D4)."""
    context = chromium.new_context(base_url=office.url, locale="vi-VN")
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    # The password alone opens one page only.
    gives_password(page, office)
    expect(page).to_have_url(office.url + SECURITY)
    page.goto(office.desk)
    expect(page).to_have_url(office.url + SECURITY)

    # An app is added by its key, and recovery codes follow.
    page.get_by_role("link", name="Thêm ứng dụng").click()
    secret = page.locator(".setup-key").inner_text().replace(" ", "")
    page.get_by_label("Mã xác nhận", exact=True).fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Thêm ứng dụng này").click()
    page.get_by_role("button", name="Tạo mã dự phòng").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Lưu thành tệp").click()
    assert page.locator(".recovery-codes code").first.inner_text() in saved.value.path().read_text("utf-8")
    assert page.goto(office.desk).status == 200

    # A passkey is added, and signs in without a password.
    page.goto(f"{SECURITY}/khoa-truy-cap")
    page.get_by_label("Tên thiết bị").fill("Máy tính cơ quan")
    page.get_by_role("button", name="Tạo khóa truy cập").click()
    expect(page.get_by_role("link", name="Gỡ Máy tính cơ quan")).to_be_visible()
    signs_out(page)
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    expect(page).to_have_url(office.url + office.desk)

    # It also proves who sits at a screen that was left open.
    with office.app.app_context(), transaction():
        db.session.execute(update(UserSession).values(proved_at=clock.now() - timedelta(minutes=20)))
        db.session.execute(update(Authenticator).values(last_step=0))
    page.goto(f"{SECURITY}/ma-du-phong")
    page.get_by_role("button", name="Tạo mã dự phòng mới").click()
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    signs_out(page)

    # After the password, either of the two.
    for way in ("code", "passkey"):
        gives_password(page, office)
        if way == "code":
            page.get_by_label("Mã xác nhận", exact=True).fill(pyotp.TOTP(secret).now())
            page.get_by_role("button", name="Đăng nhập", exact=True).click()
        else:
            page.get_by_role("button", name="Dùng khóa truy cập").click()
        expect(page).to_have_url(office.url + office.desk)
        signs_out(page)
    context.close()
