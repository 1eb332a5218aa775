"""The page that comes where the database does not answer: it keeps what was typed, and asks the database nothing."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, ProgrammingError

GONE = OperationalError("SELECT 1", {}, Exception("the server closed the connection"))


def answer(app, fields, *, error=GONE, accept="text/html"):
    with app.test_request_context("/", method="POST", data=fields, headers={"Accept": accept}):
        return app.make_response(app.handle_user_exception(error))


def test_what_was_typed_is_kept_and_sent_again_with_one_button(app):
    """(G1)"""
    said = answer(app, {"csrf_token": "abc", "title": 'Giữ "nước" <b>', "note": "một\nhai"})

    page = said.get_data(as_text=True)
    assert (said.status_code, said.headers["Retry-After"]) == (503, "5")
    assert '<input type="hidden" name="csrf_token" value="abc">' in page
    assert 'name="title" value="Giữ &#34;nước&#34; &lt;b&gt;"' in page
    assert "Gửi lại những gì đã gõ" in page
    assert "action=" not in page


@pytest.mark.parametrize("fields", [{"email": "a@b.example", "password": "bí mật lắm"}, {}])
def test_a_password_is_typed_again(app, fields):
    page = answer(app, fields).get_data(as_text=True)

    assert "<form" not in page
    assert "bí mật" not in page


def test_a_script_is_told_in_its_own_form(app):
    said = answer(app, {"title": "x"}, accept="application/json")

    assert said.status_code == 503
    assert said.json["error"].startswith("Lúc này hệ thống không ghi lại được")


@pytest.mark.parametrize(
    "error",
    [
        InterfaceError("SELECT 1", {}, Exception("closed")),
        DBAPIError("SELECT 1", {}, Exception("broken off"), connection_invalidated=True),
    ],
)
def test_a_connection_that_is_closed_is_told_the_same_way(app, error):
    assert answer(app, {}, error=error).status_code == 503


def test_a_mistake_in_a_statement_is_not_told_as_a_database_that_is_away(app):
    with pytest.raises(ProgrammingError):
        answer(app, {}, error=ProgrammingError("SELEC 1", {}, Exception("a mistake")))
