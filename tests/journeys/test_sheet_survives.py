"""What a juror types into a sheet outlives a reload, a sign-out, a lost connection and a dead server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.people import Juror, World
from tests.jury import open_jury_room
from tests.makers.accounts import PASSWORD
from tests.server import Server

FIRST = ["17", "20,5", "16", "16", "7,5"]
SECOND = ["18", "21", "19,5", "15", "8"]
COMMENT = "Nhân vật hiện lên qua việc làm, số liệu kiểm được."
SAVED = re.compile("^Đã lưu lúc")
WAITING = re.compile("^Mất kết nối từ")

SLOW = """(() => {
  const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const send = fetch;
  const seal = crypto.subtle.encrypt;
  window.slow = { answers: 0, seals: 0 };
  window.fetch = async (address, options) => {
    const answer = await send(address, options);
    if (/\\/(nhap|ghi-chu)$/.test(address)) await wait(window.slow.answers);
    return answer;
  };
  crypto.subtle.encrypt = async (...what) => {
    await wait(window.slow.seals);
    return seal.apply(crypto.subtle, what);
  };
})()"""
"""A busy machine: answers to savings, or seals of the copy on the device, come after so many milliseconds."""

NEVER = 60_000  # milliseconds

Arrive = Callable[[], "JurorAtTheSheet"]


class JurorAtTheSheet(Juror):
    """A juror who fills in the sheet of the first work."""

    sheet = ""

    def opens_the_sheet(self) -> None:
        """Open the sheet, and wait until it keeps what is typed."""
        self.opens(self.sheet)
        self.page.wait_for_selector("form[data-ready]")

    def works_on_a_slow_machine(self) -> None:
        """Let what the page waits for take its time; how much, each test says."""
        self.page.add_init_script(SLOW)
        self.opens_the_sheet()

    def waits_for(self, what: str, milliseconds: int) -> None:
        """Let one thing take its time from here on, until the next page."""
        self.page.evaluate("([what, time]) => { window.slow[what] = time }", [what, milliseconds])

    @property
    def state(self) -> Locator:
        """What the page says about saving."""
        return self.page.locator("[data-save-state]")

    @property
    def conflict(self) -> Locator:
        """The question which of two texts is to stay."""
        return self.page.locator("form [data-conflict]")

    def sees(self, marks: list[str]) -> None:
        """Find marks in the fields."""
        for box, mark in zip(self.marks.all(), marks, strict=True):
            expect(box).to_have_value(mark)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A system with one instance for all jurors of this module."""
    system = Server(tmp_path_factory.mktemp("instance"))
    yield system
    system.stop()


@pytest.fixture(scope="module")
def desks(server: Server) -> Iterator[tuple[str, str]]:
    """Jurors who have not begun: the address of each, and the address of the sheet."""
    room = open_jury_room(server, jurors=16, works=1)
    server.start()
    return iter([(email, f"/{room.slug}/ban-cham/{work[0]}") for email, work in room.work.items()])


@pytest.fixture
def arrive(chromium: Browser, server: Server, desks: Iterator[tuple[str, str]]) -> Iterator[Arrive]:
    """Let one juror sit down at a device: each time it is another device."""
    email, sheet = next(desks)
    world = World(chromium, server.url, password=PASSWORD)
    devices: list[JurorAtTheSheet] = []

    def sit_down() -> JurorAtTheSheet:
        juror = JurorAtTheSheet(world, email=email)
        juror.sheet = sheet
        devices.append(juror)
        juror.opens_the_sheet()
        return juror

    yield sit_down
    for device in devices:
        device.leaves()


def test_marks_survive_a_reload_a_sign_out_and_another_device(arrive: Arrive) -> None:
    juror = arrive()
    juror.types(FIRST, COMMENT)
    juror.page.reload()  # before the draft had time to save itself
    juror.sees(FIRST)
    expect(juror.state).to_have_text(SAVED)

    juror.types(SECOND)
    expect(juror.state).to_have_text(SAVED)
    juror.signs_out()
    juror.opens_the_sheet()
    juror.sees(SECOND)

    elsewhere = arrive()
    elsewhere.sees(SECOND)
    expect(elsewhere.box("Nhận xét cho Hội đồng")).to_have_value(COMMENT)


def test_marks_survive_a_reload_before_they_are_sealed(arrive: Arrive) -> None:
    juror = arrive()
    juror.works_on_a_slow_machine()
    juror.waits_for("seals", NEVER)
    juror.types(FIRST, COMMENT)
    juror.page.reload()

    juror.sees(FIRST)
    expect(juror.state).to_have_text(SAVED)
    arrive().sees(FIRST)


@pytest.mark.parametrize("seals", [0, NEVER])
def test_marks_typed_while_a_saving_is_under_way_survive_a_reload(arrive: Arrive, seals: int) -> None:
    juror = arrive()
    juror.works_on_a_slow_machine()
    juror.waits_for("seals", seals)
    juror.waits_for("answers", NEVER)
    with juror.page.expect_response("**/nhap"):
        juror.types(FIRST)
    juror.types(SECOND, COMMENT)
    juror.page.reload()

    juror.sees(SECOND)
    expect(juror.box("Nhận xét cho Hội đồng")).to_have_value(COMMENT)
    expect(juror.state).to_have_text(SAVED)
    expect(juror.conflict).to_have_count(0)
    arrive().sees(SECOND)


def test_an_older_copy_on_the_device_is_no_other_window(arrive: Arrive) -> None:
    juror = arrive()
    juror.works_on_a_slow_machine()
    juror.types([*FIRST[:2], "", "", ""])
    juror.page.wait_for_timeout(300)  # until these are sealed, and not yet sent
    juror.waits_for("seals", NEVER)
    juror.types(SECOND)
    juror.page.reload()

    juror.sees(SECOND)
    expect(juror.state).to_have_text(SAVED)
    expect(juror.conflict).to_have_count(0)


def test_a_note_survives_a_reload_while_a_saving_is_under_way(arrive: Arrive) -> None:
    juror = arrive()
    juror.works_on_a_slow_machine()
    juror.page.on("dialog", lambda question: question.accept())
    juror.waits_for("answers", NEVER)
    with juror.page.expect_response("**/ghi-chu"):
        juror.fills("Ghi chú riêng", "Nghe lại")
    juror.fills("Ghi chú riêng", COMMENT)
    juror.page.reload()

    expect(juror.box("Ghi chú riêng")).to_have_value(COMMENT)
    expect(juror.page.locator("[data-note-conflict]")).to_have_count(0)


def test_signing_out_waits_for_what_was_typed_last(arrive: Arrive) -> None:
    juror = arrive()
    juror.works_on_a_slow_machine()
    juror.waits_for("seals", 1000)
    juror.waits_for("answers", 1000)
    juror.types(FIRST, COMMENT)
    juror.signs_out()

    juror.opens_the_sheet()
    juror.sees(FIRST)


def test_the_last_word_of_one_device_is_not_written_over_another_device(arrive: Arrive) -> None:
    one, other = arrive(), arrive()
    one.works_on_a_slow_machine()
    one.waits_for("answers", NEVER)
    with one.page.expect_response("**/nhap"):
        one.types(FIRST)
    other.opens_the_sheet()
    with other.page.expect_response("**/nhap"):
        other.types(SECOND)
    one.types(FIRST, COMMENT)
    one.page.reload()

    expect(one.conflict).to_contain_text(COMMENT)
    expect(one.conflict).to_contain_text(SECOND[1])
    arrive().sees(SECOND)


def test_marks_survive_a_refusal(arrive: Arrive) -> None:
    juror = arrive()
    juror.types(FIRST, "ă" * 5000)
    juror.main.get_by_role("button", name="Gửi phiếu chấm").click()
    expect(juror.page.locator(".error-summary")).to_be_visible()

    juror.opens_the_sheet()
    juror.sees(FIRST)


def test_marks_survive_a_session_that_ended_while_typing(arrive: Arrive) -> None:
    juror = arrive()
    window = juror.page
    juror.page = juror.opens_a_window()
    juror.opens_the_sheet()
    juror.signs_out()
    juror.page = window

    juror.types(FIRST, COMMENT)
    dialog = juror.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Để sau").click()
    expect(juror.state).to_have_text(re.compile("^Phiên đăng nhập đã hết"))
    juror.main.get_by_role("button", name="Đăng nhập lại").click()
    dialog.get_by_label("Mật khẩu").fill(PASSWORD)
    dialog.get_by_role("button", name="Làm tiếp").click()
    juror.sees(FIRST)
    expect(juror.state).to_have_text(SAVED)
    arrive().sees(FIRST)


def test_a_note_survives_a_session_that_ended_while_it_was_typed(arrive: Arrive) -> None:
    juror = arrive()
    window = juror.page
    juror.page = juror.opens_a_window()
    juror.opens_the_sheet()
    juror.signs_out()
    juror.page = window
    state = juror.page.locator("[data-note-state]")

    juror.fills("Ghi chú riêng", COMMENT)
    dialog = juror.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Để sau").click()
    expect(state).to_have_text(re.compile("^Phiên đăng nhập đã hết"))
    juror.main.get_by_role("button", name="Lưu ghi chú").click()
    dialog.get_by_label("Mật khẩu").fill(PASSWORD)
    dialog.get_by_role("button", name="Làm tiếp").click()

    expect(state).to_have_text(SAVED)
    juror.types(FIRST)
    expect(juror.state).to_have_text(SAVED)
    juror.opens_the_sheet()
    expect(juror.box("Ghi chú riêng")).to_have_value(COMMENT)


def test_marks_survive_a_lost_connection(arrive: Arrive) -> None:
    juror = arrive()
    juror.context.set_offline(True)
    juror.types(FIRST, COMMENT)
    expect(juror.state).to_have_text(WAITING)

    juror.context.set_offline(False)
    expect(juror.state).to_have_text(SAVED)
    arrive().sees(FIRST)


def test_marks_typed_offline_survive_a_closed_window(arrive: Arrive) -> None:
    juror = arrive()
    juror.context.set_offline(True)
    juror.types(FIRST, COMMENT)
    expect(juror.state).to_have_text(WAITING)
    juror.page.close()
    juror.context.set_offline(False)

    juror.page = juror.opens_a_window()
    juror.opens_the_sheet()
    juror.sees(FIRST)
    expect(juror.state).to_have_text(SAVED)
    arrive().sees(FIRST)


def test_marks_survive_a_server_that_is_killed(arrive: Arrive, server: Server) -> None:
    juror = arrive()
    juror.types(FIRST)
    expect(juror.state).to_have_text(SAVED)
    server.kill()
    juror.types(SECOND, COMMENT)
    expect(juror.state).to_have_text(WAITING)

    server.start()
    expect(juror.state).to_have_text(SAVED)
    arrive().sees(SECOND)


@pytest.mark.parametrize(("button", "kept"), [("Giữ bản vừa gõ", SECOND), ("Lấy bản kia", FIRST)])
def test_a_second_window_is_noticed_and_the_juror_chooses(arrive: Arrive, button: str, kept: list[str]) -> None:
    one, other = arrive(), arrive()
    one.types(FIRST, COMMENT)
    expect(one.state).to_have_text(SAVED)

    other.types(SECOND)
    expect(other.conflict).to_contain_text("Cửa sổ hoặc thiết bị khác đã lưu bản này")
    expect(other.conflict).to_contain_text(FIRST[1])
    other.conflict.get_by_role("button", name=button).click()
    expect(other.state).to_have_text(SAVED)
    other.sees(kept)
    arrive().sees(kept)
