"""A juror without a network fills in sheets that arrive later; other windows and devices are never overwritten."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect
from sqlalchemy import select

from contest.accounts.models import User
from contest.database import db
from contest.judging.marks import written
from contest.judging.models import Assignment, ScoreSheet
from tests.axe import flaws
from tests.journeys.people import Juror, World
from tests.jury import Room, open_jury_room
from tests.makers.accounts import PASSWORD
from tests.server import Server

MARKS = (["17", "20,5", "16", "16", "7,5"], ["18", "21", "19,5", "15", "8"], ["12", "14", "11", "10", "5"])
COMMENTS = ("Cây quế nuôi cả bản.", "Kỳ hai bám sát người thật.", "Số liệu còn thiếu nguồn.")
SAVED, WAITING = re.compile("^Đã lưu lúc"), re.compile("^Mất kết nối từ")

Arrive = Callable[[], "TravellingJuror"]

WORKER_CONTROLS = """() => new Promise((resolve) => {
  const look = () => navigator.serviceWorker.controller ? resolve() : setTimeout(look, 50);
  look();
})"""

READ_RAW = """async () => {
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
    });
    for (const store of database.objectStoreNames) {
      const all = (how) => new Promise((resolve) => {
        const request = database.transaction(store).objectStore(store)[how]();
        request.onsuccess = () => resolve(request.result);
      });
      const values = (await all("getAll")).map((value) =>
        value instanceof CryptoKey
          ? { key: value.extractable }
          : Object.values(value).map((part) => new TextDecoder("latin1").decode(part)).join(""));
      found.push(...(await all("getAllKeys")).map((key, place) => [store, key, values[place]]));
    }
    database.close();
  }
  return { kept: found, plain: { ...localStorage }, caches: await caches.keys() };
}"""
"""Read whatever a script can read of what the browser keeps, as it lies there."""

READ_CACHES = """async () => {
  const pages = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) pages.push([request.url, await (await cache.match(request)).text()]);
  }
  return pages;
}"""


class TravellingJuror(Juror):
    """A juror with three works on the desk, and a network that comes and goes."""

    slug = ""
    work: tuple[int, ...] = ()

    def opens_the_desk(self) -> None:
        """Open the desk, and wait until it can be used without a network."""
        self.opens(f"/{self.slug}/ban-cham")
        self.page.evaluate(WORKER_CONTROLS)
        self.page.wait_for_selector("[data-desk][data-taken]", state="attached")

    def opens_sheet(self, number: int) -> None:
        """Open the sheet of one of the works, with a network or without."""
        self.opens(f"/{self.slug}/ban-cham/{self.work[number]}")
        self.page.wait_for_selector("form[data-ready]")

    def loses_the_network(self) -> None:
        """Get on the bus."""
        self.context.set_offline(True)

    def finds_the_network(self) -> None:
        """Get off the bus."""
        self.context.set_offline(False)

    def fills_in(self, number: int) -> None:
        """Type marks and a comment into the open sheet."""
        self.types(MARKS[number], COMMENTS[number])

    def sends(self) -> None:
        """Press the button; wherever that leads."""
        with self.page.expect_navigation():
            self.main.get_by_role("button", name="Gửi phiếu chấm").click()

    @property
    def state(self) -> Locator:
        """What the page says about saving."""
        return self.page.locator("[data-save-state]")

    @property
    def unsent(self) -> Locator:
        """What the page says has not reached the server."""
        return self.page.locator("[data-unsent]")

    @property
    def question(self) -> Locator:
        """Two texts side by side."""
        return self.page.locator("form [data-conflict]")

    def kept_here(self) -> Any:
        """Read what this browser keeps, raw."""
        return self.page.evaluate(READ_RAW)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A system with one instance for all jurors of this module."""
    system = Server(tmp_path_factory.mktemp("instance"))
    yield system
    system.stop()


@pytest.fixture(scope="module")
def room(server: Server) -> Room:
    """Jurors with three works each; none of them has begun."""
    found = open_jury_room(server, jurors=10, works=3)
    server.start()
    return found


@pytest.fixture(scope="module")
def desks(room: Room) -> Iterator[tuple[str, tuple[int, ...]]]:
    """One juror after the other."""
    return iter(room.work.items())


@pytest.fixture
def arrive(
    chromium: Browser, server: Server, room: Room, desks: Iterator[tuple[str, tuple[int, ...]]]
) -> Iterator[Arrive]:
    """Let one juror sit down at a device: each time it is another device."""
    email, work = next(desks)
    devices: list[TravellingJuror] = []

    def sit_down() -> TravellingJuror:
        juror = TravellingJuror(World(chromium, server.url, password=PASSWORD), email=email)
        juror.slug, juror.work = room.slug, work
        devices.append(juror)
        return juror

    yield sit_down
    for device in devices:
        device.leaves()


def sheets_of(room: Room, juror: Juror) -> list[tuple[int, int, list[str], str]]:
    """Read what a juror has sent: assignment, revision, marks and comment, in the order of their coming."""
    with room.app.app_context():
        rows = db.session.scalars(
            select(ScoreSheet)
            .join(ScoreSheet.assignment)
            .join(User, User.id == Assignment.juror_id)
            .where(User.email == juror.email)
            .order_by(ScoreSheet.id)
        )
        return [
            (row.assignment_id, row.revision, [written(row.marks[code]) for code in room.maxima], row.comment)
            for row in rows
        ]


def test_three_sheets_filled_in_without_a_network_arrive_when_it_returns(arrive: Arrive, room: Room) -> None:
    juror = arrive()
    juror.opens_the_desk()
    juror.loses_the_network()
    juror.page.reload()
    juror.reads("Chấm khi không có mạng")
    assert flaws(juror.page) == []
    juror.main.get_by_role("row").nth(1).get_by_role("link").click()
    for number in range(3):
        juror.page.wait_for_selector("form[data-ready]")
        juror.fills_in(number)
        juror.sends()
        expect(juror.unsent).to_contain_text(f"{number + 1} phiếu chưa gửi")
    expect(juror.page.locator("tr[data-work] [data-local]")).to_have_text(["Chờ gửi"] * 3)
    assert sheets_of(room, juror) == []

    juror.finds_the_network()

    expect(juror.unsent).to_be_hidden()
    assert sheets_of(room, juror) == [(juror.work[number], 1, MARKS[number], COMMENTS[number]) for number in range(3)]
    juror.page.get_by_role("link", name="Tải lại trang").click()
    juror.reads("Bạn đã gửi đủ mọi phiếu")
    assert [line for line in juror.kept_here()["kept"] if "sheet/" in line[1]] == []


def test_what_is_kept_on_the_device_cannot_be_read_there_and_is_wiped_at_sign_out(arrive: Arrive) -> None:
    juror = arrive()
    juror.opens_the_desk()
    juror.loses_the_network()
    juror.opens_sheet(0)
    juror.fills_in(0)
    expect(juror.state).to_have_text(WAITING)
    juror.page.wait_for_timeout(300)

    raw = juror.kept_here()
    kept = json.dumps(raw, ensure_ascii=False)
    assert [line for line in raw["kept"] if f"sheet/{juror.work[0]}" in line[1]] != []
    assert [line[2] for line in raw["kept"] if line[0] == "keys"] == [{"key": False}]
    for secret in (COMMENTS[0], COMMENTS[0].encode().decode("latin1"), "comment", "mark_", "20,5", juror.email):
        assert secret not in kept
    for _address, text in juror.page.evaluate(READ_CACHES):
        assert juror.email not in text and "Đăng xuất" not in text

    juror.finds_the_network()
    expect(juror.state).to_have_text(SAVED)
    juror.opens_the_desk()
    juror.signs_out()
    left = juror.kept_here()
    assert (left["kept"], left["caches"], left["plain"]) == ([], [], {})


def test_signing_out_asks_before_it_wipes_what_has_not_arrived(arrive: Arrive) -> None:
    juror = arrive()
    juror.opens_the_desk()
    juror.opens_sheet(0)
    juror.loses_the_network()
    juror.fills_in(0)
    expect(juror.state).to_have_text(WAITING)
    said: list[str] = []

    def stay(dialog: Any) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    juror.page.once("dialog", stay)
    juror.page.get_by_role("banner").get_by_role("button", name="Đăng xuất").click()
    juror.page.wait_for_timeout(3000)

    assert len(said) == 1 and "1 phiếu chưa đến máy chủ" in said[0]
    juror.finds_the_network()
    expect(juror.state).to_have_text(SAVED)


def test_somebody_else_at_the_same_browser_finds_nothing(arrive: Arrive, room: Room) -> None:
    juror = arrive()
    juror.opens_the_desk()
    assert juror.kept_here()["kept"] != []
    juror.context.clear_cookies()
    mine = {line[1] for line in juror.kept_here()["kept"]}

    juror.email = next(email for email in room.work if email != juror.email)
    juror.opens("/tai-khoan")
    juror.page.wait_for_timeout(500)

    assert mine.isdisjoint(line[1] for line in juror.kept_here()["kept"])


def test_two_tabs_show_both_texts_at_once_and_ask(arrive: Arrive) -> None:
    juror = arrive()
    juror.opens_sheet(0)
    juror.fills_in(0)
    expect(juror.state).to_have_text(SAVED)
    one = juror.page
    other = juror.page = juror.opens_a_window()
    juror.opens_sheet(0)
    juror.types(MARKS[1])
    expect(juror.state).to_have_text(SAVED)

    juror.page = one
    expect(juror.question).to_contain_text("Cửa sổ hoặc thiết bị khác đã lưu bản này")
    expect(juror.question.locator("[data-text=mine]")).to_contain_text(MARKS[0][1])
    expect(juror.question.locator("[data-text=theirs]")).to_contain_text(MARKS[1][1])
    assert flaws(one) == []
    juror.question.get_by_role("button", name="Giữ bản vừa gõ").click()
    expect(juror.state).to_have_text(SAVED)

    juror.page = other
    expect(juror.question.locator("[data-text=theirs]")).to_contain_text(MARKS[0][1])
    juror.question.get_by_role("button", name="Lấy bản kia").click()
    assert juror.typed() == MARKS[0]


def test_a_sheet_sent_without_a_network_never_overwrites_what_another_device_saved(arrive: Arrive, room: Room) -> None:
    bus, office = arrive(), arrive()
    bus.opens_the_desk()
    bus.loses_the_network()
    bus.opens_sheet(0)
    bus.fills_in(0)
    bus.sends()
    expect(bus.unsent).to_contain_text("1 phiếu chưa gửi")
    office.opens_sheet(0)
    office.fills_in(1)
    expect(office.state).to_have_text(SAVED)

    bus.opens(f"/{bus.slug}/ban-cham")
    bus.finds_the_network()
    expect(bus.unsent).to_contain_text("Thiết bị khác đã sửa phiếu này")
    assert sheets_of(room, bus) == []
    bus.opens_sheet(0)
    expect(bus.question.locator("[data-text=mine], [data-text=theirs]")).to_have_count(2)
    expect(bus.question).to_contain_text(COMMENTS[0])
    expect(bus.question).to_contain_text(COMMENTS[1])
    bus.question.get_by_role("button", name="Lấy bản kia").click()
    expect(bus.state).to_have_text(SAVED)
    bus.sends()
    assert sheets_of(room, bus) == [(bus.work[0], 1, MARKS[0], COMMENTS[0])]


def test_a_session_that_ended_while_typing_is_begun_again_in_place(arrive: Arrive, room: Room) -> None:
    juror = arrive()
    juror.opens_sheet(0)
    juror.context.clear_cookies()
    juror.fills_in(0)
    dialog = juror.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Phiên đăng nhập đã hết")
    assert flaws(juror.page) == []
    expect(dialog.get_by_label("Mật khẩu")).to_be_focused()
    dialog.get_by_label("Mật khẩu").fill("sai mật khẩu rồi")
    dialog.get_by_role("button", name="Làm tiếp").click()
    expect(dialog.get_by_role("alert")).to_contain_text("mật khẩu")
    dialog.get_by_label("Mật khẩu").fill(PASSWORD)
    dialog.get_by_role("button", name="Làm tiếp").click()

    expect(juror.state).to_have_text(SAVED)
    assert juror.typed() == MARKS[0]
    tokens = juror.page.locator("[name=csrf_token]").evaluate_all("fields => fields.map((field) => field.value)")
    assert (len(tokens) > 1, len(set(tokens))) == (True, 1)  # what stands beside the sheet is sent as well
    juror.sends()
    assert sheets_of(room, juror) == [(juror.work[0], 1, MARKS[0], COMMENTS[0])]


def test_a_server_killed_between_draft_and_sheet_loses_neither(arrive: Arrive, room: Room, server: Server) -> None:
    juror = arrive()
    juror.opens_the_desk()
    juror.opens_sheet(0)
    juror.fills_in(0)
    expect(juror.state).to_have_text(SAVED)
    server.kill()
    juror.sends()
    expect(juror.unsent).to_contain_text("1 phiếu chưa gửi")

    server.start()
    expect(juror.unsent).to_be_hidden()
    assert sheets_of(room, juror) == [(juror.work[0], 1, MARKS[0], COMMENTS[0])]
