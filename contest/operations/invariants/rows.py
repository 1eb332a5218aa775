"""Invariants of all rows alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import JSON, Column, String, Text, cast, func, select, text, type_coerce

from contest.accounts.models import User, UserSession
from contest.database import UtcDateTime, db
from contest.mail import Letter

# How SQLite keeps a moment: in UTC, without naming the zone, with all its microseconds.
IN_UTC = "[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]:[0-6][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]"


def references_lead_to_rows() -> Iterator[str]:
    """Every reference leads to a row, and the file of the database is sound; PostgreSQL sees to both by itself."""
    if db.engine.dialect.name != "sqlite":
        return
    for (fault,) in db.session.execute(text("PRAGMA integrity_check")):
        if fault != "ok":
            yield _("The database file is damaged: %(fault)s.", fault=fault)
    for table, number, other, _key in db.session.execute(text("PRAGMA foreign_key_check")):
        yield _(
            "Row %(number)s of %(table)s refers to a row of %(other)s that does not exist.",
            number=number,
            table=table,
            other=other,
        )


def moments_are_in_utc() -> Iterator[str]:
    """Every moment is kept in UTC; PostgreSQL keeps the zone with it."""
    if db.engine.dialect.name != "sqlite":
        return
    for column in _columns(UtcDateTime):
        kept = type_coerce(column, String)
        if count := db.session.scalar(select(func.count(kept)).where(kept.op("NOT GLOB")(IN_UTC))):
            yield _("%(count)s moments in %(place)s are not kept in UTC.", count=count, place=column)


def words_are_in_nfc() -> Iterator[str]:
    """Every letter with its marks is one character, so that equal names are equal."""
    for column in _columns(String, JSON):
        kept = select(cast(column, Text)).where(column.is_not(None)).execution_options(yield_per=1000)
        count = sum(not unicodedata.is_normalized("NFC", words) for words in db.session.scalars(kept))
        if count:
            yield _("%(count)s texts in %(place)s are not in the form NFC.", count=count, place=column)


def nobody_disabled_is_signed_in() -> Iterator[str]:
    """No session outlives the closing of its account."""
    signed_in = select(User.subject).join(UserSession, UserSession.user_id == User.id)
    for subject in db.session.scalars(signed_in.where(User.disabled_at.is_not(None)).distinct()):
        yield _("Account %(subject)s is closed but still signed in.", subject=subject)


def letters_have_a_key_of_their_own() -> Iterator[str]:
    """No letter is without a key, and no two have the same."""
    counted = select(Letter.key, func.count()).group_by(Letter.key)
    for key, count in db.session.execute(counted.having((func.count() > 1) | (Letter.key == ""))):
        yield _("%(count)s letters in the outbox have the key “%(key)s”.", count=count, key=key)


def _columns(*kinds: type[Any]) -> Iterator[Column[Any]]:
    for table in db.metadata.tables.values():
        yield from (column for column in table.columns if isinstance(column.type, kinds))
