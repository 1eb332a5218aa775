"""What every stage needs: people with their roles, contests whose days are moved, and works."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from contest import clock, jobs
from contest.accounts.models import User
from contest.database import db, transaction
from contest.entries import services as entries
from contest.entries.models import Attachment, Entry
from contest.regulations import presets
from contest.regulations.models import Contest
from contest.storage.models import Blob
from tests.makers import entries as make
from tests.makers.accounts import make_member, make_outlet, make_user
from tests.makers.regulations import make_contest
from tests.makers.results import make_works
from tests.makers.storage import make_blob, pdf_bytes
from tests.world.instance import World

ROLES = ("secretary", "juror", "chair", "organizer", "observer", "payer")
MONTH, SUMMER, VOTING = 30, -60, -240
"""How far the calendar of a contest is moved: its receipt is open that morning, or its list has been decided."""


def moved(days: int, preset: str = "quang_ngai_2025") -> tuple[tuple[str, str], ...]:
    """Give the lines of a regulation that hold days, each with its days moved; the launch of the default one stays."""
    day = re.compile(r"\d{4}-\d{2}-\d{2}")

    def move(found: re.Match[str]) -> str:
        return (date.fromisoformat(found[0]) + timedelta(days=days)).isoformat()

    lines = [line for line in presets.text(preset).splitlines() if day.search(line)]
    staying = ("#", "launched_on") if preset == "quang_ngai_2025" else ("#",)
    dated = [line for line in lines if not line.startswith(staying)]
    return tuple((f"\n{line}\n", f"\n{day.sub(move, line)}\n") for line in dated) if days else ()


class Contests:
    """What the stages share."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.now = clock.now()

    def cast(self) -> None:
        """Make the newsrooms and the people; their roles come with each contest."""
        self.outlet = make_outlet("Báo Quảng Ngãi")
        self.second_outlet = make_outlet("Tạp chí Cẩm Thành", "magazine", successor=self.outlet)
        names = {
            "newcomer": "Trương Bảo Ngân",
            "author": "Đinh Thị Mai",
            "other_author": "Phạm Văn Rố",
            "outlet": "Đặng Thu Hạnh",
            "secretary": "Ngô Hoài Khuê",
            "juror": "Tạ Quỳnh Lam",
            "other_juror": "Lương Khánh Vỹ",
            "chair": "Bùi Gia Miên",
            "organizer": "Trần Hoài Giang",
            "observer": "Lương Quốc Bình",
            "payer": "Cao Bích Quyên",
            "foreign_organizer": "Hồ Thục Quế",
        }
        self.users = {
            who: make_user(
                f"{who.replace('_', '.')}@toasoan.example",
                name,
                unit="Báo Quảng Ngãi" if who not in (*ROLES, "other_juror") else "",  # whoever judges is of no newsroom
                is_demo=who in ("author", "secretary", "organizer"),
                may_create_contests=who == "organizer",
            )
            for who, name in names.items()
        }
        self.colleagues = [make_user(f"uyvien{number}@toasoan.example", f"Ủy viên {number}") for number in range(1, 4)]
        self.world.people = {"anonymous": None} | {who: user.id for who, user in self.users.items()}

    def contest(
        self,
        stage: str,
        *,
        days: int = 0,
        adopted: bool = True,
        preset: str = "quang_ngai_2025",
        also: tuple[tuple[str, str], ...] = (),
    ) -> Contest:
        """Make a contest in which everybody has their role.

        :param also: words of the regulation to replace, besides its days
        """
        words = (*moved(days, preset), *also)
        contest = make_contest(preset, slug=f"cuoc-thi-{stage}", replacements=words, adopted=adopted)
        for role in ROLES:
            make_member(contest, role, user=self.users[role])
        make_member(contest, "juror", user=self.users["other_juror"])
        make_member(contest, "outlet", user=self.users["outlet"], outlet=self.outlet)
        for colleague in self.colleagues:
            make_member(contest, "juror", user=colleague)
        self.world.slugs[stage] = contest.slug
        return contest

    @property
    def panel(self) -> list[User]:
        """Who judges print works; the first chairs."""
        return [self.users["chair"], self.users["juror"], *self.colleagues]

    def elsewhere(self) -> None:
        """A contest that has nothing to do with the others."""
        contest = make_contest(slug="cuoc-thi-khac")
        make_member(contest, "organizer", user=self.users["foreign_organizer"])
        self.world.slugs["elsewhere"] = contest.slug

    def beginning(self) -> None:
        """A contest whose regulation nobody has adopted."""
        self.contest("beginning", adopted=False)

    # Works

    page_name = "trang báo.pdf"

    def works(self, contest: Contest, number: int, category: str = "BAO_IN") -> list[Entry]:
        """Accepted works, written straight into the rows."""
        return make_works(contest, self.users["author"], number, category)

    def send(self, contest: Contest, owner: User, state: str, category: str = "BAO_IN", **typed: Any) -> Entry:
        """A work that was sent through the real services."""
        return make.make_entry(contest, owner, state, category, **typed)

    def _amend(self, entry: Entry, author: User, moment: datetime) -> Attachment:
        """Change a work that was sent, with a page of a newspaper that can be looked at."""
        slot = entry.contest.regulation.category(entry.category).slots[0]
        blob = make_blob(pdf_bytes() + f"\n% {entry.id}\n".encode())
        while jobs.work_once():
            pass
        with transaction():
            kept = db.session.get_one(Blob, blob.sha256)
            added = entries.attach(entry, slot.code, kept, self.page_name, begun_at=moment, by=author, now=moment)
            entries.amend(entry, by=author, now=moment)
        return added
