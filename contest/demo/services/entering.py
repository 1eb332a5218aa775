"""Entering works, and checking their dossiers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import select

from contest.accounts import services as accounts
from contest.accounts.models import Outlet, Role, User
from contest.accounts.queries import user_by_email
from contest.database import db
from contest.demo.people import Somebody, invented
from contest.demo.services.founding import AUTHOR, DOMAIN, Play, person
from contest.demo.shelf import file_name
from contest.demo.timetable import at
from contest.demo.works import Work, categories, invent
from contest.entries import services as entries
from contest.entries.draft import AWARD, BYLINE, EXEMPLAR, INSTALMENT
from contest.entries.models import Entry, EntryState
from contest.entries.parts import FIELDS, Part
from contest.entries.refusals import FindingsBlock
from contest.screening import services as screening
from contest.screening.acts import Shown


def invented_works(play: Play, count: int, seed: int) -> Iterator[Work]:
    """Invent so many works. A person takes part in three at most, so no limit of the regulation is touched."""
    random = Random(seed + 2)
    people = invented(Random(seed + 3))
    known: list[Somebody] = []
    taken_part: Counter[str] = Counter()
    own = {count // 3, count // 2, count - 1}  # works of the author whom visitors can be
    regulation = play.contest.regulation
    for number, code in enumerate(categories(random, regulation, count)):
        category = regulation.category(code)
        size = min(category.max_authors, random.choice((1, 1, 1, 1, 1, 2, 2, 2, 3, 4, 6)))
        authors = list(islice(people, size))
        if len(known) > 20 and random.random() < 0.25:
            authors[0] = known.pop(random.randrange(len(known)))
        taken_part.update(author.name for author in authors)
        if taken_part[authors[-1].name] < 3:
            known.append(authors[-1])
        if number in own:
            authors[0] = AUTHOR
        yield invent(random, regulation, category, authors, number)


def enter(play: Play, work: Work, number: int, *, now: datetime, send: bool = True) -> Entry:
    """Let the lead author start a work, fill in every step, add the files and send it."""
    author = user_by_email(work.lead.email) or _author(play, work, now)
    contest = play.contest
    begun = now - timedelta(minutes=12)
    through = None
    if "author" not in contest.regulation.entrants.through:
        through = play.cast.outlets[work.draft["instalments"][0]["outlet"]]
        author = _representative(play, through, now)
    entry = entries.start_entry(
        contest,
        category=work.category,
        title=work.draft["title"],
        start_key=f"demo-{number}",
        through=through,
        by=author,
        now=begun,
    )
    draft = _as_typed(play, work)
    for part in Part:
        if FIELDS[part]:
            values = {key: draft[key] for key in FIELDS[part] if key in draft}
            entries.save_draft(entry, part, values, version=entry.draft_version, by=author, now=begun)
    for place, (slot, kind) in enumerate(work.files, 1):
        blob = play.shelf.take(work, kind, number + place, now=begun)
        entries.attach(entry, slot, blob, file_name(slot, kind, place), begun_at=begun, by=author, now=begun)
    if send:
        with suppress(FindingsBlock):  # where the regulation takes fewer works than were invented, some stay drafts
            entries.submit(entry, by=author, now=now)
            play.works[entry.id] = work
            play.qualities[str(entry.code)] = work.quality
    return entry


def _representative(play: Play, outlet: Outlet, now: datetime) -> User:
    """Find or appoint the person who sends works for a newsroom."""
    address = f"toasoan{outlet.id}@{DOMAIN}"
    user = user_by_email(address)
    if user is None:
        user = person(f"toasoan{outlet.id}", f"Văn thư {outlet.name}"[:80], None, play.contest, now)
        accounts.grant_role(play.contest.id, user, Role.OUTLET, by=play.cast.organizer, now=now, outlet_id=outlet.id)
    return user


def _author(play: Play, work: Work, now: datetime) -> User:
    user = person(work.lead.email, work.lead.name, None, play.contest, now)
    user.is_demo = work.lead is AUTHOR
    known = user.person
    known.pen_names, known.phone = work.lead.pen_names, "+84" + work.lead.phone[1:]
    known.unit = work.draft["bylines"][0]["unit"]
    return user


def _as_typed(play: Play, work: Work) -> dict[str, Any]:
    """Complete the rows of a draft with the keys that stay empty, and with the ids of the outlets."""
    draft = dict(work.draft)
    outlets = play.cast.outlets
    draft["instalments"] = [
        INSTALMENT | row | {"outlet_id": outlets[row["outlet"]].id} for row in work.draft["instalments"]
    ]
    draft["bylines"] = [BYLINE | row for row in work.draft["bylines"]]
    draft["exemplars"] = [EXEMPLAR | row for row in work.draft["exemplars"]]
    draft["prior_awards"] = [AWARD | row for row in work.draft["prior_awards"]]
    return draft


def screen(play: Play, entry: Entry, *, now: datetime) -> None:
    """Let the secretary decide on one work: most are valid, a few are returned or rejected."""
    secretary, chance = play.cast.secretary, play.random.random()
    shown = Shown(entry.revision_id or 0, 0)
    if chance < 0.04:
        screening.reject(
            entry,
            shown,
            rule="true_story",
            reason="Nội dung là bài tổng kết công tác của đơn vị, không viết về con người hoặc mô hình cụ thể.",
            by=secretary,
            now=now,
        )
    elif chance < 0.07 and now < play.hours.screens[1]:
        screening.return_entry(
            entry,
            shown,
            items=[Part.INSTALMENTS],
            reason="Ngày đăng của kỳ 1 không khớp với măng sét trên bản chụp. Đề nghị kiểm tra và nhập lại.",
            until=at(play.hours.regulation.calendar.screening.last, 17),
            by=secretary,
            now=now,
        )
    else:
        reason = "Đã đối chiếu bản gốc tại tòa soạn." if entry.blocks else ""
        screening.accept(entry, shown, reason=reason, by=secretary, now=now)


def sent_entries(play: Play, state: EntryState = EntryState.RECEIVED) -> Sequence[Entry]:
    """List the contest's works in a state, in the order in which they came."""
    return db.session.scalars(
        select(Entry).filter_by(contest_id=play.contest.id, state=state).order_by(Entry.submitted_at, Entry.id)
    ).all()
