"""Doors that are opened by a link in a letter."""

from __future__ import annotations

import re

from sqlalchemy import select

from contest.accounts import services as accounts
from contest.database import db, transaction
from contest.mail.models import Letter
from tests.makers.accounts import password_hash
from tests.world.contests import Contests


class Letters(Contests):
    """Leaves letters in the outbox."""

    def doors(self) -> None:
        """Leave letters with links that still work."""
        with transaction():
            accounts.register(
                name="Người mới",
                email="nguoimoi@toasoan.example",
                password_hash=password_hash(),
                consent="Đồng ý.",
                now=self.now,
            )
        with transaction():
            accounts.request_reset("newcomer@toasoan.example", now=self.now)
        self.world.places |= {
            "confirm_token": self._token("/xac-nhan/"),
            "reset_token": self._token("/dat-lai-mat-khau/"),
            "invitation_token": self._token("/loi-moi/"),
        }

    def _token(self, address: str) -> str:
        for text in db.session.scalars(select(Letter.text).order_by(Letter.id.desc())):
            found = re.search(re.escape(address) + r"(\S+)", text)
            if found:
                return found[1]
        raise AssertionError(f"no letter leads to {address}")
