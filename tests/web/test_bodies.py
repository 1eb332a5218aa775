"""A body that arrives slowly holds no connection of the database."""

from __future__ import annotations

import io
from contextvars import Context
from threading import Event, Thread

import pytest
from sqlalchemy import event
from werkzeug.test import EnvironBuilder, run_wsgi_app

from contest.database import db, let_go, transaction
from contest.regulations.models import Contest
from contest.regulations.queries import current_contest
from tests.makers.accounts import make_member, make_user
from tests.makers.entries import at_receipt, make_draft
from tests.makers.regulations import make_contest

MANY = 40

# The form parser leaves it to the interpreter to close what it had begun to write of a body that broke off.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file:ResourceWarning", "ignore:Exception ignored:pytest.PytestUnraisableExceptionWarning"
)


class SlowLine(io.RawIOBase):
    """A line over which the first half of a body has come; when it is cut, nothing more does."""

    def __init__(self, first_half: bytes, cut: Event) -> None:
        self._come = io.BytesIO(first_half)
        self._cut = cut
        self.waiting = Event()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if count := self._come.readinto(buffer):
            return count
        self.waiting.set()
        self._cut.wait(60)
        return 0


class Upload:
    """Somebody who sends a file over a slow line."""

    def __init__(self, app, visitor, page, path, field, cut) -> None:
        visitor.get(page)
        token = visitor.soup.find(attrs={"name": "csrf_token"})["value"]
        file = (io.BytesIO(b"%PDF-1.4 " + b"." * 100_000), "bai.pdf")
        self._app = app
        self._environ = EnvironBuilder(method="POST", path=path, data={"csrf_token": token, field: file}).get_environ()
        body = self._environ["wsgi.input"].read()
        self.line = SlowLine(body[: len(body) // 2], cut)
        self._environ["wsgi.input"] = self.line
        self._environ["HTTP_COOKIE"] = f"session={visitor.client.get_cookie('session').value}"
        self.status = ""
        self.thread = Thread(target=lambda: Context().run(self._send))

    def _send(self) -> None:
        _body, self.status, _headers = run_wsgi_app(self._app, self._environ)


@pytest.fixture
def cut():
    """What cuts the lines."""
    event = Event()
    yield event
    event.set()


def arriving(uploads):
    """Let uploads begin one after the other, and wait until the half of each has come."""
    for upload in uploads:
        upload.thread.start()
        assert upload.line.waiting.wait(60)


def test_forty_slow_uploads_leave_the_pool_free(app, browser, cut):
    contest, author = make_contest(), make_user()
    at_receipt(contest)
    entry = make_draft(contest, author, files=False)
    page = f"/{contest.slug}/tac-pham/{entry.id}/ho-so"
    slot = contest.regulation.category("BAO_IN").slots[0].code
    uploads = [Upload(app, browser(author), page, f"{page}/{slot}", "file", cut) for _ in range(MANY)]
    db.session.rollback()

    arriving(uploads)

    assert db.engine.pool.checkedout() == 0
    assert browser(author).get(page).status_code == 200
    cut.set()
    for upload in uploads:
        upload.thread.join(60)
    assert {upload.status[:3] for upload in uploads} == {"400"}


def test_a_slow_announcement_leaves_the_pool_free(app, browser, cut):
    contest = make_contest()
    organizer = browser(make_member(contest, "organizer"))
    page = f"/{contest.slug}/ban-thu-ky/thong-bao/moi"
    upload = Upload(app, organizer, page, page, "files", cut)
    db.session.rollback()

    arriving([upload])

    assert db.engine.pool.checkedout() == 0
    cut.set()
    upload.thread.join(60)


def test_a_short_text_has_come_before_anything_is_asked(app, cut):
    contest = make_contest()
    environ = EnvironBuilder(
        method="POST", path=f"/{contest.slug}/ban-cham/1/nhap", json={"comment": "x"}
    ).get_environ()
    environ["wsgi.input"] = line = SlowLine(b'{"comm', cut)
    db.session.rollback()
    asked = []

    def note(*said):
        asked.append(said[2])

    event.listen(db.engine, "before_cursor_execute", note)
    thread = Thread(target=lambda: Context().run(run_wsgi_app, app, environ))
    thread.start()

    assert line.waiting.wait(60)
    assert asked == []
    cut.set()
    thread.join(60)
    event.remove(db.engine, "before_cursor_execute", note)
    assert asked != []


def test_what_was_read_stays_when_the_connection_is_given_back(app):
    make_contest(slug="dvk")
    contest = current_contest()
    db.session.rollback()
    assert contest.slug == "dvk"

    let_go()

    assert db.engine.pool.checkedout() == 0
    assert contest.slug == "dvk"
    assert db.engine.pool.checkedout() == 0


def test_nothing_is_let_go_in_the_middle_of_a_change(app):
    make_contest()
    with pytest.raises(RuntimeError), transaction():
        let_go()
    current_contest().name = "Khác"
    with pytest.raises(RuntimeError):
        let_go()
    db.session.rollback()
    assert db.session.query(Contest).filter_by(name="Khác").count() == 0
