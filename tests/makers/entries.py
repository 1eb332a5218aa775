"""Works for tests: drafts, and works that were sent through the real services with real files on disk."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from contest import clock, storage
from contest.accounts.models import Outlet
from contest.database import db, transaction
from contest.entries import services
from contest.entries.draft import AWARD, BYLINE, EXEMPLAR, INSTALMENT
from contest.entries.models import Attachment, Entry, EntryState
from contest.entries.parts import Part
from tests.makers.accounts import make_outlet

_numbers = count(1)
KINDS = {
    "pdf": "application/pdf",
    "image": "image/jpeg",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def receipt_hour(contest: Any) -> datetime:
    """Give a moment at which works are received: an hour before the deadline."""
    closes: datetime = contest.regulation.calendar.receipt.closes
    return closes - timedelta(hours=1)


def the_outlet() -> Outlet:
    """Give the one outlet that works of tests appear in unless they say otherwise."""
    return db.session.scalar(select(Outlet).order_by(Outlet.id).limit(1)) or make_outlet()


def instalment(**typed: Any) -> dict[str, Any]:
    """Write down an instalment that breaks no rule of the default regulation."""
    number = next(_numbers)
    row = INSTALMENT | {
        "title": f"Kỳ {number}",
        "published_on": "2024-06-12",
        "outlet_id": the_outlet().id,
        "url": f"https://baoquangngai.example/tin/{number}.htm",
        "issue": "6120",
        "page": "3",
        "channel": "PTQ1",
        "hour": "19:45",
        "minutes": 12,
        "words": 1800,
    }
    day = typed.get("published_on")
    return row | typed | ({"published_on": day.isoformat()} if isinstance(day, date) else {})


def byline(**typed: Any) -> dict[str, Any]:
    """Write down an author who answers for the work unless told otherwise."""
    number = next(_numbers)
    return (
        BYLINE
        | {
            "name": f"Đinh Thị Mai {number}",
            "pen_names": "Mai Trà",
            "role": "Tác giả",
            "unit": "Báo Quảng Ngãi",
            "phone": f"+84905{number:06d}",
            "email": f"tacgia{number}@toasoan.example",
            "lead": True,
        }
        | typed
    )


def parts(contest: Any, category: str = "BAO_IN", **typed: Any) -> dict[Part, dict[str, Any]]:
    """Fill in every part of the form as the regulation wants it.

    :param typed: keys of the draft to be filled in otherwise
    """
    rule = contest.regulation.category(category)
    number = next(_numbers)
    draft: dict[str, Any] = {
        "title": f"Giữ nước đầu nguồn sông Re {number}",
        "category": category,
        "genre": rule.genres[0],
        "topic": contest.regulation.topics[0].code,
        "summary": "Chuyện một tổ dân vận giữ rừng và giữ nước ở đầu nguồn.",
        "instalments": [instalment()],
        "bylines": [byline(role=rule.roles[0])],
        "exemplars": [EXEMPLAR | {"name": f"Tổ dân vận thôn {number}", "kind": "collective", "locality": "Ba Tơ"}],
        "prior_awards": [],
        "statements": {one.code: one.version for one in contest.regulation.statements if one.required},
    } | typed
    return {
        Part.WORK: {key: draft[key] for key in ("title", "category", "genre", "topic", "summary")},
        Part.INSTALMENTS: {"instalments": draft["instalments"]},
        Part.BYLINES: {"bylines": draft["bylines"]},
        Part.EXEMPLARS: {"exemplars": draft["exemplars"]},
        Part.DECLARATIONS: {"prior_awards": draft["prior_awards"], "statements": draft["statements"]},
    }


def prior_award(**typed: Any) -> dict[str, Any]:
    """Write down a prize the work has won."""
    return AWARD | {"name": "Giải C", "date": "2023-06-21", "organiser": "Hội Nhà báo huyện"} | typed


def make_blob(kind: str = "pdf", content: bytes | None = None) -> storage.Blob:
    """Put bytes of their own into the store, as if their content had been looked at."""
    content = content or f"%PDF-1.4 {next(_numbers)}".encode()
    received = storage.receive(io.BytesIO(content), limit=1_000_000)
    return storage.register(received, sniffed=storage.Sniffed(storage.Kind(kind), KINDS[kind]))


def make_attachment(entry: Entry, slot: str, *, kind: str | None = None, now: datetime | None = None) -> Attachment:
    """Put a file into a slot of a dossier that is open."""
    moment = now or receipt_hour(entry.contest)
    with transaction():
        rule = entry.contest.regulation.category(entry.category).slot(slot)
        blob = make_blob(kind or rule.kinds[0])
        name = f"{rule.name}.{blob.kind}"
        return services.attach(entry, slot, blob, name, begun_at=moment, by=entry.owner, now=moment)


def make_draft(
    contest: Any, owner: Any, category: str = "BAO_IN", *, now: datetime | None = None, files: bool = True, **typed: Any
) -> Entry:
    """Make a draft that lacks nothing and breaks no rule.

    :param files: whether every required slot gets a file
    :param typed: keys of the draft to be filled in otherwise
    """
    moment = now or receipt_hour(contest)
    filled = parts(contest, category, **typed)
    with transaction():
        entry = services.start_entry(
            contest, category=category, title="", start_key=f"test-{next(_numbers)}", by=owner, now=moment
        )
        for part, values in filled.items():
            services.save_draft(entry, part, values, version=entry.draft_version, by=owner, now=moment)
    if files:
        for slot in contest.regulation.category(category).slots:
            if slot.required:
                make_attachment(entry, slot.code, now=moment)
    return entry


def make_entry(
    contest: Any,
    owner: Any,
    state: EntryState | str = EntryState.ACCEPTED,
    category: str = "BAO_IN",
    *,
    now: datetime | None = None,
    returned: Mapping[str, Any] | None = None,
    **typed: Any,
) -> Entry:
    """Make a work in a state, with a real revision unless it is a draft.

    The screening is not played: accepting, returning and rejecting only set the state.

    :param now: when it was sent; an hour before the deadline unless told otherwise
    :param returned: columns of a return, such as ``returned_until`` and ``returned_items``
    """
    state = EntryState(state)
    moment = now or receipt_hour(contest)
    entry = make_draft(contest, owner, category, now=moment, **typed)
    if state is EntryState.DRAFT:
        return entry
    with transaction():
        services.submit(entry, by=owner, now=moment)
    if state is EntryState.WITHDRAWN:
        with transaction():
            services.withdraw(entry, "Tòa soạn xin rút.", by=owner, now=moment)
    elif state is not EntryState.RECEIVED:
        with transaction():
            entry.state = state
            if state is EntryState.RETURNED:
                entry.returned_until = contest.regulation.calendar.receipt.closes + timedelta(days=3)
                entry.returned_items = [Part.INSTALMENTS.value]
            for column, value in (returned or {}).items():
                setattr(entry, column, value)
    return entry


def at_receipt(contest: Any) -> datetime:
    """Set the clock of a test instance to an hour at which works are received."""
    moment = receipt_hour(contest)
    clock.set_to(moment)
    return moment
