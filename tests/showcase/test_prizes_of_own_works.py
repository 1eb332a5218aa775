"""What authors and newsrooms read of their works on their own pages: the prize once it is published, never before."""

from __future__ import annotations

import pytest

from contest.accounts.models import User
from contest.database import db
from contest.entries.models import Entry, EntryState
from tests.makers import results as makers
from tests.makers.accounts import make_member, make_outlet
from tests.makers.regulations import make_contest
from tests.showcase.conftest import ROOM
from tests.showcase.test_pages import amend, first_suspended, without_first

WORKS = f"{ROOM}/tac-pham"
VALID = {f"BI-000{number}": "Hợp lệ" for number in (1, 2, 3, 4, 5)}
WON = {
    "BI-0001": "Giải A",
    "BI-0002": "Giải B",
    "BI-0003": "Giải B",
    "BI-0004": "Giải C",
    "BI-0005": "Không đạt giải",
}


def works() -> dict[str, Entry]:
    return {entry.code: entry for entry in db.session.scalars(db.select(Entry).order_by(Entry.code))}


def author_of(code: str) -> User:
    return db.session.get_one(User, works()[code].owner_id)


def author(contest=None) -> User:
    """Who entered the works."""
    return author_of("BI-0001")


def newsroom(contest) -> User:
    """Somebody of the newsroom through which all works were sent."""
    outlet = make_outlet()
    for entry in works().values():
        entry.sender_id = outlet.id
    return make_member(contest, "outlet", outlet=outlet)


def states(visitor) -> dict[str, str]:
    """What the table of a page says of each work, by its code."""
    visitor.get(WORKS)
    rows = visitor.soup.select("main tbody tr")
    cells = [[row.select_one(f"[data-label='{label}']") for label in ("Mã số", "Trạng thái")] for row in rows]
    return {code.get_text(strip=True): " ".join(state.get_text(" ").split()) for code, state in cells}


def head(visitor, code: str) -> str:
    """What stands under the title on the page of a work."""
    visitor.get(f"{WORKS}/{works()[code].id}")
    return " ".join(visitor.soup.select_one(".page-head").get_text(" ").split())


@pytest.mark.parametrize("people", [author, newsroom])
def test_who_entered_a_work_reads_its_prize_once_the_results_are_published(published, browser, people):
    visitor = browser(people(published))

    assert states(visitor) == WON
    assert "5 tác phẩm, trong đó 4 đạt giải" in visitor.soup.select_one("caption").get_text()
    assert "Giải A" in head(visitor, "BI-0001")
    assert visitor.soup.select_one(f'main a[href="{ROOM}/ket-qua/BI-0001"]')
    assert "Không đạt giải" in head(visitor, "BI-0005")
    assert "Hợp lệ" not in head(visitor, "BI-0005")


@pytest.mark.parametrize("people", [author, newsroom])
def test_until_then_their_pages_say_that_it_is_valid_and_nothing_more(contest, organizer, browser, people):
    makers.make_sealed(contest=contest, by=organizer)
    makers.make_prepared(contest, by=organizer)
    visitor = browser(people(contest))

    assert states(visitor) == VALID
    assert "giải" not in visitor.soup.select_one("main").get_text().lower()
    for code in ("BI-0001", "BI-0005"):
        assert "Hợp lệ" in head(visitor, code)
        assert "giải" not in head(visitor, code).lower()


@pytest.mark.parametrize(
    ("changed", "kind", "told"),
    [(first_suspended, "suspension", "Giải A Tạm thu hồi"), (without_first, "revocation", "Không đạt giải")],
)
def test_a_suspended_prize_says_so_and_a_revoked_one_is_gone(published, browser, changed, kind, told):
    visitor = browser(author())
    assert states(visitor)["BI-0001"] == "Giải A"

    amend(published, changed, kind=kind)

    assert states(visitor)["BI-0001"] == told


def test_a_work_that_was_refused_says_that_and_not_that_it_received_no_prize(published, browser):
    works()["BI-0005"].state = EntryState.REJECTED
    db.session.commit()
    visitor = browser(author())

    assert states(visitor)["BI-0005"] == "Bị loại"


def test_an_author_without_a_prize_is_led_to_the_results_and_not_to_certificates(published, browser):
    for code, entry in works().items():
        if code != "BI-0005":
            entry.owner_id = make_member(published, "secretary").id
    db.session.commit()
    visitor = browser(author_of("BI-0005"))

    assert states(visitor) == {"BI-0005": "Không đạt giải"}
    assert not visitor.soup.select_one(f'main a[href="{ROOM}/giay-chung-nhan"]')
    assert visitor.soup.select_one(f'main a[href="{ROOM}/ket-qua"]')


def test_works_of_another_contest_are_not_taken_for_those_that_won(published, browser):
    other = make_contest(slug="cuoc-thi-khac")
    entry = makers.make_works(other, author(), 1)[0]
    visitor = browser(author())

    visitor.get(f"/cuoc-thi-khac/tac-pham/{entry.id}")

    assert entry.code == "BI-0006"
    assert "Hợp lệ" in visitor.soup.select_one(".page-head").get_text()
