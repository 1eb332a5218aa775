"""An instance with its people, whose rows can be put back."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask

from contest.accounts.models import User
from contest.database import db
from tests.browser import Browser
from tests.disk import NO_WAITING
from tests.makers.accounts import sign_in

SESSION = "session"
FORGETTABLE = {"user_session", "attempt"}
"""Tables in which a visit may leave a trace: when a session was last seen, how often a door was tried."""


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

    @property
    def rows(self) -> Path:
        """The file of the rows."""
        return Path(self.app.instance_path) / "contest.sqlite"

    @property
    def kept(self) -> Path:
        """The rows as they were when the world was complete."""
        return self.rows.with_name("kept.sqlite")

    @cached_property
    def observer(self) -> sqlite3.Connection:
        """A connection of our own, which notices what others commit."""
        return sqlite3.connect(self.rows)

    def keep(self) -> None:
        """Remember the rows as they are now."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        with sqlite3.connect(self.rows) as rows:
            rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        rows.close()
        shutil.copy(self.rows, self.kept)
        self.content = self.fingerprint()
        self.unchanged = self.changed()

    def restore(self) -> None:
        """Put the rows back where anybody has changed them, in place, so that open connections see them."""
        if self.changed() == self.unchanged:
            return
        kept = sqlite3.connect(self.kept)
        rows = sqlite3.connect(self.rows, timeout=10)
        rows.execute(NO_WAITING)
        kept.backup(rows)
        kept.close()
        rows.close()
        self.unchanged = self.changed()

    def changed(self) -> int:
        """Give a number that is another one as soon as anybody commits anything."""
        number: int = self.observer.execute("PRAGMA data_version").fetchone()[0]
        return number

    def fingerprint(self) -> dict[str, str]:
        """Give the content of every table, as a hash; but for the traces of a visit."""
        return {
            name: sha256(repr(self.observer.execute(f'SELECT * FROM "{name}"').fetchall()).encode()).hexdigest()  # noqa: S608 - names of our own tables
            for name in sorted(set(db.metadata.tables) - FORGETTABLE)
        }

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
