"""An instance with its people, whose rows can be put back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from flask import Flask
from sqlalchemy import update

from contest import clock
from contest.accounts.models import User, UserSession
from contest.database import db
from tests import engines
from tests.browser import Browser
from tests.makers.accounts import sign_in

SESSION = "session"
FORGETTABLE = {"user_session", "attempt", "opening"}
"""Tables in which a visit may leave a trace: of a session, of a try at a door, of who opened whose data."""


@dataclass(eq=False)
class World:
    """An instance with its people, who have signed in once and left their browser open.

    :ivar slugs: address of each contest, by the stage it is at
    :ivar people: id of each person, by the name this module gives them; None for somebody not signed in
    :ivar places: what fills in the addresses of things, by a name this module gives them
    :ivar cookies: the session of each person
    :ivar tokens: what each person's forms carry against forgery
    :ivar content: every table as it was when the world was complete
    :ivar unchanged: what `changed` gives as long as nobody has committed anything since
    """

    app: Flask
    slugs: dict[str, str] = field(default_factory=dict)
    people: dict[str, int | None] = field(default_factory=dict)
    places: dict[str, Any] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    content: dict[str, str] = field(default_factory=dict)
    unchanged: int = 0

    @cached_property
    def rows(self) -> engines.Rows:
        """The rows, and a copy of them."""
        return engines.chosen().rows(self.app)

    def keep(self) -> None:
        """Remember the rows as they are now."""
        self.rows.keep("complete")
        self.content = self.fingerprint()
        self.unchanged = self.changed()

    def restore(self) -> None:
        """Put the rows back where anybody has changed them, in place, so that open connections see them."""
        if self.changed() == self.unchanged:
            return
        self.rows.put_back("complete")
        self.unchanged = self.changed()

    def changed(self) -> int:
        """Give a number that is another one as soon as anybody commits anything."""
        return self.rows.changed()

    def fingerprint(self) -> dict[str, str]:
        """Give the content of every table, as a hash; but for the traces of a visit."""
        return {name: content for name, content in self.rows.content().items() if name not in FORGETTABLE}

    def differences(self) -> list[str]:
        """Name the tables that are not as they were."""
        now = self.fingerprint()
        return [name for name, content in self.content.items() if now.get(name) != content]

    def browser(self, person: str) -> Browser:
        """Open a browser in which somebody has signed in."""
        visitor = Browser(self.app)
        visitor.client.set_cookie(SESSION, self.cookies[person])
        return visitor

    def let_in(self, person: str, user: User | None) -> None:
        """Sign somebody in, and open one form so that its token is known."""
        visitor = Browser(self.app)
        if user is not None:
            sign_in(visitor.client, user)
        visitor.get("/dang-xuat" if user is not None else "/dang-nhap")
        self.tokens[person] = visitor.soup.select_one("input[name=csrf_token]")["value"]
        cookie = visitor.client.get_cookie(SESSION)
        assert cookie is not None
        self.cookies[person] = cookie.value
        if user is not None:
            seen = update(UserSession).values(last_seen_at=clock.now() + timedelta(hours=1))
            db.session.execute(seen)  # no visit is noted while the tests go on, however long they take
            db.session.commit()
