"""Announcements and stories for tests. Everything made is committed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from contest.database import db
from contest.exemplars.models import Exemplar
from contest.exemplars.services import remember
from contest.home import services
from contest.home.models import Announcement, ExemplarStory
from contest.home.services import Words

AUGUST = datetime(2025, 8, 9, 2, 0, tzinfo=UTC)


def make_announcement(
    contest: Any,
    by: Any,
    title: str = "Bắt đầu nhận tác phẩm giai đoạn tổng kết",
    *,
    summary: str = "",
    text: str = "Tác phẩm gửi trên hệ thống.",
    published: bool = True,
    now: datetime = AUGUST,
) -> Announcement:
    """Make an announcement, before the public unless told otherwise."""
    announcement = services.write_announcement(contest, Words(title, summary, text), by=by, now=now)
    if published:
        services.publish_announcement(announcement, by=by, now=now)
    db.session.commit()
    return announcement


def make_exemplar(contest: Any, name: str = "Đinh Thị Sương", locality: str = "Xã Sơn Hà") -> Exemplar:
    """Make an exemplar as if a work had named it."""
    row = {"name": name, "kind": "person", "topic": "kinh_te", "locality": locality, "unit": "Thôn Gò Re"}
    exemplar = remember(contest.id, [row])[0]
    db.session.commit()
    return exemplar


def make_story(
    exemplar: Exemplar,
    by: Any,
    title: str = "Bà trưởng thôn đi từng nhà",
    *,
    text: str = "Bà ghi từng thước đất hiến.",
    published: bool = True,
    now: datetime = AUGUST,
) -> ExemplarStory:
    """Make the story of an exemplar, before the public unless told otherwise."""
    story = services.tell_story(exemplar, Words(title, "", text), by=by, now=now)
    if published:
        services.publish_story(story, by=by, now=now)
    db.session.commit()
    return story
