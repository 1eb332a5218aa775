"""Playing a contest through, with the services that people use, at the hours of its calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import select

from contest.accounts import passwords
from contest.accounts import services as accounts
from contest.accounts.models import Outlet, OutletKind, Role, User
from contest.accounts.queries import user_by_email
from contest.clock import ZONE
from contest.database import db
from contest.demo.people import Somebody, invented
from contest.demo.places import NEWSROOMS
from contest.demo.shelf import Shelf, file_name
from contest.demo.timetable import Timetable, at
from contest.demo.works import Work, categories, invent
from contest.entries import services as entries
from contest.entries.draft import AWARD, BYLINE, EXEMPLAR, INSTALMENT
from contest.entries.models import Entry, EntryState
from contest.entries.parts import FIELDS, Part
from contest.entries.refusals import FindingsBlock
from contest.home import services as home
from contest.regulations import presets, schema
from contest.regulations import services as regulations
from contest.regulations.models import Contest
from contest.results import services as results
from contest.screening import services as screening
from contest.screening.acts import Shown

PRESET = "quang_ngai_2025"
DOMAIN = "danvankheo.example"
CHAIR = 1  # the second of a panel chairs it, so that the first is a juror and nothing else


AUTHOR = Somebody("Võ Gia Trà", "Trà Giang", "0700999999", f"tacgia@{DOMAIN}")


@dataclass
class Cast:
    """Who plays."""

    organizer: User
    secretary: User
    panels: dict[str, list[User]]
    council: list[User]
    severities: dict[int, float]
    outlets: dict[str, Outlet]


@dataclass
class Play:
    """The contest as far as it has been played.

    :ivar works: what was invented, by the id of the entry that came of it
    :ivar qualities: how good it is, by the code of the entry
    """

    contest: Contest
    cast: Cast
    random: Random
    shelf: Shelf
    hours: Timetable
    works: dict[int, Work] = field(default_factory=dict)
    qualities: dict[str, float] = field(default_factory=dict)


def hours_of(preset: str) -> Timetable:
    """Give the hours of a contest that is run by a ready regulation."""
    return Timetable(schema.parse(presets.text(preset)))


# People --------------------------------------------------------------------------------------------------------------


def begin(seed: int, preset_name: str) -> Play:
    """Found the contest, adopt its regulation, and give everybody their part."""
    random = Random(seed)
    hours = hours_of(preset_name)
    preset = hours.regulation
    launched = hours.launched
    contest = regulations.create_contest(
        slug=preset.slug,
        name=preset.name,
        short_name=preset.short_name,
        preset=preset_name,
        by=None,
        now=launched,
        is_demo=True,
    )
    organizer = _person("bantochuc", "Trần Hoài Giang", Role.ORGANIZER, contest, launched)
    regulations.adopt(
        contest,
        decision_number="01-TL/BTC",
        decision_date=preset.calendar.launched_on,
        signer=preset.letterhead.signer_name,
        by=organizer,
        now=launched,
    )
    people = invented(Random(seed + 1))
    cast = _cast(contest, organizer, people, random, hours.receives[0])
    return Play(contest, cast, random, Shelf(seed), hours)


def _cast(contest: Contest, organizer: User, people: Iterator[Somebody], random: Random, now: datetime) -> Cast:
    secretary = _person("thuky", "Ngô Hoài Khuê", Role.SECRETARY, contest, now)
    _person("giamsat", "Lương Quốc Bình", Role.OBSERVER, contest, now)
    outlets = {room.name: _outlet(room.name, room.kind, room.valid_from, room.valid_until) for room in NEWSROOMS}
    for room in NEWSROOMS:
        if room.successor:
            outlets[room.name].successor_id = outlets[room.successor].id
    representative = _person("toasoan", "Đặng Thu Hạnh", None, contest, now)
    accounts.grant_role(
        contest.id, representative, Role.OUTLET, by=organizer, now=now, outlet_id=outlets["Tạp chí Cẩm Thành"].id
    )
    first, *later = contest.regulation.rounds
    panels: dict[str, list[User]] = {}
    number = 0
    for panel in contest.regulation.panels_of(first):
        panels[panel.code] = []
        for _ in range(first.panel_size):
            number += 1
            somebody = next(people)
            panels[panel.code].append(_person(f"giamkhao{number}", somebody.name, Role.JUROR, contest, now))
        accounts.grant_role(contest.id, panels[panel.code][CHAIR], Role.CHAIR, by=organizer, now=now)
    council = []
    for place in range(1, max((rule.panel_size for rule in later), default=0) + 1):
        somebody = next(people)
        council.append(_person(f"hoidong{place}", somebody.name, Role.JUROR, contest, now))
    if council:
        accounts.grant_role(contest.id, council[CHAIR], Role.CHAIR, by=organizer, now=now)
    jurors = [juror for panel in panels.values() for juror in panel] + council
    return Cast(
        organizer=organizer,
        secretary=secretary,
        panels=panels,
        council=council,
        severities={juror.id: random.gauss(0, 2.5) for juror in jurors},
        outlets=outlets,
    )


@cache
def _password_hash() -> passwords.PasswordHash:
    return passwords.hashed(passwords.DEMO_PASSWORD)


def _person(account: str, name: str, role: Role | None, contest: Contest, now: datetime) -> User:
    address = account if "@" in account else f"{account}@{DOMAIN}"
    user = accounts.create_user(
        name=name, email=address, password_hash=_password_hash(), founder=role == Role.ORGANIZER, now=now
    )
    user.is_demo = True
    if role is not None:
        accounts.grant_role(contest.id, user, role, by=None, now=now)
    return user


def _outlet(name: str, kind: str, valid_from: date | None, valid_until: date | None) -> Outlet:
    return accounts.save_outlet(
        None, name=name, kind=OutletKind(kind), valid_from=valid_from, valid_until=valid_until, successor_id=None
    )


def announce(play: Play, now: datetime) -> None:
    """Write what the organizers have told the public by now."""
    for said_at, words in announcements(play.hours):
        if said_at <= now:
            announcement = home.write_announcement(play.contest, words, by=play.cast.secretary, now=said_at)
            home.publish_announcement(announcement, by=play.cast.organizer, now=said_at)


def announcements(hours: Timetable) -> Iterator[tuple[datetime, home.Words]]:
    """Say what is announced in the course of a contest, and when."""
    regulation, calendar = hours.regulation, hours.regulation.calendar
    opens, last = calendar.receipt.first_day, calendar.receipt.last_day
    yield (
        at(opens, 7),
        home.Words(
            "Bắt đầu nhận tác phẩm dự thi",
            f"Hệ thống nhận tác phẩm từ ngày {opens:%d/%m/%Y} đến ngày {last:%d/%m/%Y}.",
            "Tác giả đăng ký tài khoản, điền hồ sơ theo từng bước và tải tệp lên. Bản nháp được giữ cho đến khi đóng nhận."
            "\n\nMỗi tác phẩm nộp thành công có **mã số** và **phiếu tiếp nhận**; hãy giữ phiếu để tra cứu, bổ sung hoặc rút "
            "tác phẩm.",
        ),
    )
    if regulation.limits.window_share == Fraction(2, 3):
        yield (
            at(opens + timedelta(days=4), 9),
            home.Words(
                "Loạt bài có kỳ đăng ngoài thời hạn vẫn dự thi được nếu ít nhất hai phần ba số kỳ trong hạn",
                "Giải thích cách tính đối với loạt 3 kỳ và loạt 5 kỳ.",
                "- Loạt 3 kỳ: cần ít nhất 2 kỳ trong thời hạn.\n- Loạt 5 kỳ: cần ít nhất 4 kỳ trong thời hạn.\n\n"
                "Trang *Kiểm tra tác phẩm* trả lời ngay cho từng trường hợp, không cần đăng nhập.",
            ),
        )
    yield (
        at(calendar.screening.first, 8),
        home.Words(
            "Ban Thư ký bắt đầu kiểm tra hồ sơ",
            "Tác phẩm cần bổ sung được trả lại kèm lý do và thời hạn.",
            "Thư của Ban Thư ký nêu rõ phần cần sửa. Tác giả chỉ sửa được phần ấy và nộp lại trước thời hạn ghi trong thư.",
        ),
    )
    if calendar.posting:
        yield (
            hours.posted,
            home.Words(
                "Niêm yết danh sách tác phẩm dự kiến đạt giải",
                f"Danh sách được niêm yết {calendar.posting.days} ngày, đến hết ngày {calendar.posting.last:%d/%m/%Y}.",
                "Trong thời gian niêm yết, mọi người có quyền gửi ý kiến, khiếu nại đến Tổ Thư ký Cuộc thi.",
            ),
        )


# Entering and screening ----------------------------------------------------------------------------------------------


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
        user = _person(f"toasoan{outlet.id}", f"Văn thư {outlet.name}"[:80], None, play.contest, now)
        accounts.grant_role(play.contest.id, user, Role.OUTLET, by=play.cast.organizer, now=now, outlet_id=outlet.id)
    return user


def _author(play: Play, work: Work, now: datetime) -> User:
    user = _person(work.lead.email, work.lead.name, None, play.contest, now)
    user.is_demo = work.lead is AUTHOR
    person = user.person
    person.pen_names, person.phone = work.lead.pen_names, "+84" + work.lead.phone[1:]
    person.unit = work.draft["bylines"][0]["unit"]
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


# From sealing to the decision -----------------------------------------------------------------------------------------


def bring_to_decision(play: Play) -> None:
    """Take the sealed final to its decision: propose, approve, post, decide."""
    contest, organizer = play.contest, play.cast.organizer
    letterhead = contest.regulation.letterhead
    hours = play.hours
    results.propose(contest, by=organizer, now=hours.proposed)
    for place, body in enumerate(contest.regulation.gates.approvals or ("Ban Tổ chức Cuộc thi",), 5):
        results.approve(
            contest,
            body=body,
            held_on=hours.proposed.astimezone(ZONE).date(),
            number=f"{place:02}-BB/BTC",
            by=organizer,
            now=hours.proposed + timedelta(minutes=place),
        )
    if contest.regulation.has_posting:
        results.post_list(contest, by=organizer, now=hours.posted)
    results.decide(
        contest,
        number=f"127-{letterhead.symbol}" if letterhead.profile == "party" else f"127/{letterhead.symbol}",
        decided_on=contest.regulation.calendar.decision_on,
        issuer=contest.regulation.issuer,
        signer_power=letterhead.signer_power[0] if letterhead.signer_power else "",
        signer_title=letterhead.signer_title,
        signer_name=letterhead.signer_name,
        no_open_complaint=True,
        by=organizer,
        now=hours.decided,
    )


def sent_entries(play: Play, state: EntryState = EntryState.RECEIVED) -> Sequence[Entry]:
    """List the contest's works in a state, in the order in which they came."""
    return db.session.scalars(
        select(Entry).filter_by(contest_id=play.contest.id, state=state).order_by(Entry.submitted_at, Entry.id)
    ).all()
