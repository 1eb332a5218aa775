"""Contests for tests, with the default regulation adopted. Everything made is committed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from contest.database import db
from contest.regulations import presets, queries, services
from contest.regulations.models import Contest

LONG_AGO = datetime(2021, 3, 24, 1, 0, tzinfo=UTC)
SLUG = "dan-van-kheo"
_numbers = count(2)


def preset_text(preset: str = "quang_ngai_2025", *replacements: tuple[str, str]) -> str:
    """Give the document of a preset with some of its words replaced; each must be there."""
    text = presets.text(preset)
    for old, new in replacements:
        assert old in text, f"the preset does not say {old!r}"
        text = text.replace(old, new)
    return text


def make_contest(
    preset: str = "quang_ngai_2025",
    now: datetime | None = None,
    *,
    slug: str | None = None,
    name: str = "Cuộc thi báo chí viết về tấm gương “Dân vận khéo” tỉnh Quảng Ngãi, giai đoạn 2021–2025",
    short_name: str = "Dân vận khéo",
    adopted: bool = True,
    replacements: tuple[tuple[str, str], ...] = (),
    by: Any = None,
) -> Contest:
    """Make a contest under a preset.

    :param now: when it is made and adopted; the day of the launch unless told otherwise
    :param adopted: whether the regulation is in force
    :param replacements: words of the preset to replace first
    """
    now = now or LONG_AGO
    first = queries.current_contest() is None
    contest = services.create_contest(
        slug=slug or (SLUG if first else f"{SLUG}-{next(_numbers)}"),
        name=name,
        short_name=short_name,
        preset=preset,
        by=by,
        now=now,
    )
    for old, new in replacements:
        assert old in contest.draft_text, f"the preset does not say {old!r}"
        contest.draft_text = contest.draft_text.replace(old, new)
    if adopted:
        services.adopt(
            contest,
            decision_number="01-TL/BTC",
            decision_date=date(2021, 3, 24),
            signer="Phạm Trường Giang",
            by=by,
            now=now,
        )
    db.session.commit()
    return contest
