"""What an author types outlives a reload, also while an earlier text is still on its way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.people import Person, World
from tests.makers.accounts import PASSWORD, make_user
from tests.makers.entries import make_draft, receipt_hour
from tests.makers.regulations import make_contest
from tests.server import Server

SLOW = """(() => {
  const send = fetch;
  window.fetch = async (address, options) => {
    const answer = await send(address, options);
    if (options?.method === "POST") await new Promise(() => {});
    return answer;
  };
})()"""
"""The answer to a saving never comes."""


@pytest.fixture
def author(chromium: Browser, server: Server) -> Iterator[tuple[Person, str]]:
    """An author with a draft that lacks nothing, and the address of its first step."""
    assert server.command("migrate").returncode == 0
    app = server.application()
    with app.app_context():
        contest, owner = make_contest(), make_user()
        server.set_clock(receipt_hour(contest))
        entry = make_draft(contest, owner, files=False)
        email, step = owner.email, f"/{contest.slug}/tac-pham/{entry.id}/tac-pham"
    server.start()
    person = Person(World(chromium, server.url, password=PASSWORD), email=email)
    yield person, step
    person.leaves()


def test_what_is_typed_while_a_saving_is_under_way_survives_a_reload(author: tuple[Person, str]) -> None:
    person, step = author
    person.page.add_init_script(SLOW)
    person.opens(step)
    title = person.box("Tên tác phẩm")
    with person.page.expect_response(lambda answer: answer.request.method == "POST"):
        title.fill("Người mở đường")
    title.fill("Người mở đường lên bản")
    person.page.reload()

    expect(title).to_have_value("Người mở đường lên bản")
    person.presses("Lưu, làm tiếp sau")
    person.opens(step)
    expect(title).to_have_value("Người mở đường lên bản")
