"""A small world: contests at every stage, people of every role, and something behind every door.

It is built once through the makers, and its rows are kept aside: whoever changes them puts them back. Every contest
has its calendar moved so that all of them are at their stage on one and the same morning.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from contest import clock, create_app, jobs, mail, migrations, storage
from contest.accounts import services as accounts
from contest.accounts.models import Invitation, Membership, Outlet, Role, User
from contest.ballots.services import keep_batch
from contest.certificates import seal
from contest.certificates import services as certificates
from contest.certificates.models import Certificate
from contest.clock import ZONE
from contest.config import Settings
from contest.council import services as council
from contest.database import db, transaction
from contest.entries import services as entries
from contest.entries.models import Attachment, Entry, EntryState
from contest.home import services as home
from contest.home.models import Announcement, AnnouncementFile
from contest.judging import queries
from contest.judging.models import Assignment, RedactedCopy, Round, RoundEntry, Sitting
from contest.judging.services import close_ballot, open_ballot
from contest.mail.models import Letter
from contest.regulations import presets
from contest.regulations.models import Contest
from contest.regulations.scoring import Criterion
from contest.results import services as results
from contest.storage.models import Blob
from contest.web.reading_tables import Row, Table
from tests.browser import Browser
from tests.makers import entries as make
from tests.makers.accounts import make_member, make_outlet, make_user, password_hash, sign_in
from tests.makers.certificates import certificates_of
from tests.makers.council import make_meeting
from tests.makers.home import make_announcement, make_exemplar, make_story
from tests.makers.judging import make_assignment, make_draft, make_earlier_state, make_panel, make_round, make_sheet
from tests.makers.regulations import make_contest
from tests.makers.results import FIVE, after, judge, make_approved, make_decided, make_posted, make_proposed, make_works
from tests.makers.screening import reject, return_entry
from tests.makers.storage import make_blob, pdf_bytes
from tests.results import settings

MORNING = datetime(2025, 9, 12, 9, 30, tzinfo=ZONE)
MONTH, SUMMER, VOTING = 30, -60, -240
"""How far the calendar of a contest is moved: its receipt is open that morning, or its list has been decided."""

NAMED_FOR_THE_NEXT_ROUND = (
    'advancement = {kind = "share", share = "1/2"}',
    'advancement = {kind = "flagged", flagged = true}\n'
    'bonus = [{code = "clip", name = "Có clip hoàn chỉnh", points = 2, by_act = true}]',
)
CARRIED_ON = ("\n[certificate]", '\n[carry_on]\ntiers = ["A"]\n\n[certificate]')

BALLOT_KINDS = {
    "tier": (('kind = "yes_no", quorum', 'kind = "tier", quorum'),),
    "approval": (('kind = "yes_no", quorum', 'kind = "approval", most = 1, quorum'),),
    "ranking": (
        ('kind = "yes_no", quorum', 'kind = "ranking", quorum'),
        (', majority = "present", ballots = 2, casting_vote = true', ""),
    ),
}
"""What the council does on a ballot, besides voting for and against."""

SESSION = "session"
ROLES = ("secretary", "juror", "chair", "organizer", "observer")
FORGETTABLE = {"user_session", "attempt"}
"""Tables in which a visit may leave a trace: when a session was last seen, how often a door was tried."""


def moved(days: int, preset: str = "quang_ngai_2025") -> tuple[tuple[str, str], ...]:
    """Give the lines of a regulation that hold days, each with its days moved; the launch of the default one stays."""
    day = re.compile(r"\d{4}-\d{2}-\d{2}")

    def move(found: re.Match[str]) -> str:
        return (date.fromisoformat(found[0]) + timedelta(days=days)).isoformat()

    lines = [line for line in presets.text(preset).splitlines() if day.search(line)]
    staying = ("#", "launched_on") if preset == "quang_ngai_2025" else ("#",)
    dated = [line for line in lines if not line.startswith(staying)]
    return tuple((f"\n{line}\n", f"\n{day.sub(move, line)}\n") for line in dated) if days else ()


@dataclass(eq=False)
class World:
    """An instance with its people, who have signed in once and left their browser open.

    :ivar slugs: address of each contest, by the stage it is at
    :ivar people: id of each person, by the name this module gives them; None for somebody not signed in
    :ivar places: what fills in the addresses of things, by a name this module gives them
    :ivar cookies: the session of each person
    :ivar tokens: what each person's forms carry against forgery
    :ivar content: every table as it was when the world was complete
    """

    app: Flask
    slugs: dict[str, str] = field(default_factory=dict)
    people: dict[str, int | None] = field(default_factory=dict)
    places: dict[str, Any] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    content: dict[str, str] = field(default_factory=dict)

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

    def restore(self) -> None:
        """Put the rows back, in place, so that open connections see them."""
        kept = sqlite3.connect(self.kept)
        rows = sqlite3.connect(self.rows, timeout=10)
        kept.backup(rows)
        kept.close()
        rows.close()

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


def build(folder: Path, builder: type[Builder] | None = None) -> World:
    """Make the world in an instance folder of its own.

    :param builder: what makes its works
    """
    settings = Settings(
        instance=folder,
        base_url="http://localhost",
        secret_key="k" * 64,
        session_hours=24 * 365,
        session_idle_minutes=60 * 24 * 365,
    )
    app = create_app(settings, TESTING=True, PROPAGATE_EXCEPTIONS=False)
    world = World(app)
    with app.app_context():
        migrations.upgrade()
        clock.set_to(MORNING)
        (builder or Builder)(world).build()
        for person, number in world.people.items():
            world.let_in(person, db.session.get(User, number) if number is not None else None)
    world.keep()
    return world


class Builder:
    """What the parts of the building share."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.now = clock.now()

    def build(self) -> None:
        """Make everything, the contest that bare addresses lead to last."""
        self.outlet = make_outlet("Báo Quảng Ngãi")
        self.second_outlet = make_outlet("Tạp chí Cẩm Thành", "magazine", successor=self.outlet)
        self.cast()
        self.elsewhere()
        self.beginning()
        for build in (
            self.receiving,
            self.gathering,
            self.advancing,
            self.sealing,
            self.deciding,
            self.on_the_way,
            self.published,
            self.voting,
            self.hiding,
            self.judging,
            self.doors,
        ):
            build()

    # People

    def cast(self) -> None:
        """Make the people; their roles come with each contest."""
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

    # Receiving and screening

    def receiving(self) -> None:
        """A contest that takes works in: one in every state, and everything that organizers write."""
        contest = self.contest("receiving", days=MONTH)
        author, secretary, organizer = (self.users[who] for who in ("author", "secretary", "organizer"))
        sent = self.now - timedelta(days=1)
        draft = make.make_draft(contest, author, now=sent, prior_awards=[make.prior_award(level="district")])
        received = self.send(contest, author, "received", now=sent)
        accepted = self.send(contest, author, "accepted", "BAO_DIEN_TU", now=sent)
        returned = self.send(contest, author, "received", "PHAT_THANH", now=sent)
        return_entry(returned, secretary, now=sent, until=self.now + timedelta(days=1))
        rejected = self.send(contest, self.users["other_author"], "received", "TRUYEN_HINH", now=sent)
        reject(rejected, secretary, now=sent)
        self.send(contest, self.users["other_author"], "withdrawn", now=sent)
        self._amend(received, author, sent)
        announcement = self._announcement(contest, organizer)
        unpublished = make_announcement(contest, organizer, "Lịch họp báo", published=False, now=sent)
        exemplar = make_exemplar(contest)
        make_story(exemplar, organizer, now=sent)
        self._invite(contest, organizer)
        self.world.places |= {
            "draft": draft.id,
            "received": received.id,
            "accepted": accepted.id,
            "returned": returned.id,
            "rejected": rejected.id,
            "slot": draft.files[0].slot,
            "draft_file": draft.files[0].id,
            "received_file": next(file.id for file in received.files if file.name == self.page_name),
            "announcement": announcement.id,
            "announcement_file": db.session.scalars(select(AnnouncementFile.id)).one(),
            "unpublished": unpublished.id,
            "exemplar": exemplar.id,
            "invitation": db.session.scalars(select(Invitation.id).order_by(Invitation.id)).first(),
            "membership": self._membership(contest, "other_juror"),
            "secretary_membership": self._membership(contest, "secretary"),
            "outlet": self.second_outlet.id,
            "letter": db.session.scalars(
                select(Letter.id).filter_by(contest_id=contest.id).order_by(Letter.id)
            ).first(),
        }

    def _membership(self, contest: Contest, who: str) -> int:
        wanted = select(Membership.id).filter_by(contest_id=contest.id, user_id=self.users[who].id)
        return db.session.scalars(wanted).one()

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

    def _announcement(self, contest: Contest, organizer: User) -> Announcement:
        announcement = make_announcement(contest, organizer, now=self.now - timedelta(days=2))
        blob = make_blob(pdf_bytes(2))
        received = storage.Received(blob.sha256, blob.size)
        with transaction():
            upload = home.Upload("kế hoạch.pdf", received, storage.sniff(storage.path(blob.sha256)))
            home.attach_files(announcement, [upload], by=organizer, now=self.now)
        return announcement

    def _invite(self, contest: Contest, organizer: User) -> None:
        for email in ("moi1@toasoan.example", "moi2@toasoan.example"):
            with transaction():
                accounts.invite(
                    contest,
                    email=email,
                    name="Người được mời",
                    role=Role.JUROR,
                    outlet_id=None,
                    by=organizer,
                    now=self.now,
                )

    # Judging

    def gathering(self) -> None:
        """A contest whose works wait for a round that is not open: panels, hand-picked jurors, even spreading."""
        contest = self.contest("gathering")
        works = self.works(contest, 3)
        round_ = make_round(contest, "so_khao", entries=works[:2], opened=False)
        make_panel(round_, self.panel)
        assignment = make_assignment(round_, works[0], self.panel[1])
        self.world.places |= {"gathered": works[0].id, "gathered_assignment": assignment.id}

    def voting(self) -> None:
        """Contests whose councils vote, each in another way: a ballot is open, on two works."""
        elsewhere = make_outlet("Báo Ba Tơ")
        for kind, words in BALLOT_KINDS.items():
            sitting, _work, _file = self._put_to_the_vote(f"voting-{kind}", elsewhere, words)
            self.world.places[f"{kind}_sitting"] = sitting.id
        between, _work, _file = self._put_to_the_vote("between-votes", elsewhere)
        with transaction():
            close_ballot(between, by=self.users["secretary"], now=self.now)
        self._meet(between.round, _work.entry, "meeting")
        balloting, _work, _file = self._put_to_the_vote("balloting", elsewhere)
        with transaction():
            close_ballot(balloting, by=self.users["secretary"], now=self.now)
        self._meet(balloting.round, _work.entry, "voting_meeting", ballot=True)
        sitting, voted, file = self._put_to_the_vote("voting", elsewhere)
        self.world.places |= {"sitting": sitting.id, "voted": voted.id, "voted_file": file.id}

    def hiding(self) -> None:
        """Contests that hide names: a file has its copy in one, and in the other the round is sealed."""
        hide = (("blind = false", "blind = true"),)
        contest, author = self.contest("hiding", also=hide), self.users["author"]
        sent = contest.regulation.calendar.receipt.closes - timedelta(hours=1)
        filed = self.send(contest, author, "received", now=sent)
        file = self._amend(filed, author, sent)
        with transaction():
            filed.state = EntryState.ACCEPTED
        round_ = make_round(contest, "so_khao", entries=[filed])
        make_panel(round_, self.panel)
        with transaction():
            copy = RedactedCopy(attachment_id=file.id, sha256=file.sha256, by_id=self.users["secretary"].id, at=sent)
            db.session.add(copy)
        sealed = self.contest("unblinding", days=SUMMER, also=hide)
        closes = sealed.regulation.round("so_khao").closes
        make_round(sealed, "so_khao", entries=self.works(sealed, 1), sealed_at=closes)
        self.world.places |= {"nameless": filed.id, "nameless_file": file.id}

    def _meet(self, round_: Round, work: Entry, place: str, *, ballot: bool = False, proposal: bool = False) -> None:
        """A meeting in session: a work on the table, or a ballot, or a proposal about the work."""
        secretary = self.users["secretary"]
        meeting = make_meeting(round_, self.panel[0], secretary, now=self.now, absent=())
        with transaction():
            item = council.take_up_work(meeting, work.id, by=secretary, now=self.now)
            council.write_note(meeting, "Bài viết chắc tay.", by=secretary, now=self.now)
            if ballot:
                questions = [topic.question for topic in queries.agenda_of(round_)][:1]
                council.open_vote(meeting, questions, by=secretary, now=self.now)
            if proposal:
                council.propose(meeting, "Chấm lại tác phẩm này.", by=secretary, now=self.now)
            self.world.places |= (
                {place: meeting.id, "discussed": item.id} if place == "meeting" else {place: meeting.id}
            )

    def _put_to_the_vote(
        self, stage: str, outlet: Outlet, also: tuple[tuple[str, str], ...] = ()
    ) -> tuple[Sitting, RoundEntry, Attachment]:
        contest = self.contest(stage, days=VOTING, preset="bo_phieu", also=also)
        author, calendar = self.users["author"], contest.regulation.calendar
        sent = calendar.receipt.closes - timedelta(hours=1)
        printed = {"published_on": calendar.publication.last, "outlet_id": outlet.id}
        works = [
            self.send(contest, author, "received", now=sent, instalments=[make.instalment(**printed)]) for _ in range(2)
        ]
        file = self._amend(works[0], author, sent)
        with transaction():
            for work in works:
                work.state = EntryState.ACCEPTED
        round_ = make_round(contest, "chung_khao", entries=works)
        make_panel(round_, self.panel, "hoi_dong")
        questions = [topic.question for topic in queries.agenda_of(round_)][:1]
        with transaction():
            sitting = open_ballot(
                round_, questions=questions, present=self.panel, by=self.users["secretary"], now=self.now
            )
        voted = db.session.scalars(select(RoundEntry).filter_by(round_id=round_.id).order_by(RoundEntry.id)).first()
        assert voted is not None
        return sitting, voted, file

    def judging(self) -> None:
        """A contest whose final is open: a work begun, a work sent, a work untouched; bare addresses lead here."""
        contest = self.contest("judging")
        author, juror = self.users["author"], self.users["juror"]
        works = self.works(contest, 3)
        sent = contest.regulation.calendar.receipt.closes - timedelta(hours=1)
        filed = self.send(contest, author, "received", now=sent)
        file = self._amend(filed, author, sent)
        with transaction():
            filed.state = EntryState.ACCEPTED
        broadcast = self.works(contest, 1, "TRUYEN_HINH")
        make_round(contest, "so_khao", sealed_at=contest.regulation.round("so_khao").closes)
        round_ = make_round(contest, "chung_khao", entries=[*works, filed, *broadcast])
        make_panel(round_, self.panel)
        make_panel(round_, [self.users["other_juror"], *self.colleagues], "TRUYEN_HINH")
        begun, done, untouched, seen = (make_assignment(round_, work, juror) for work in (*works, filed))
        draft = make_draft(begun, {"phat_hien": "17,5"}, comment="Đoạn mở đầu có chi tiết.")
        make_earlier_state(draft, {"phat_hien": "12"})
        make_sheet(done, 80, comment="Bài viết chắc tay.")
        for colleague in (*self.colleagues, self.users["chair"]):
            make_sheet(make_assignment(round_, works[0], colleague), 85)
        make_assignment(round_, broadcast[0], self.users["other_juror"])
        letter = self._letter(contest)
        self._meet(round_, works[0], "deciding_meeting", proposal=True)
        self.world.places |= {
            "begun": begun.id,
            "done": done.id,
            "untouched": untouched.id,
            "seen": seen.id,
            "seen_file": file.id,
            "judged": works[0].id,
            "judging_letter": letter,
            "paper_batch": self._paper_batch(contest, works[2].code, juror, round_.rubric("BAO_IN")),
        }

    def _paper_batch(self, contest: Contest, code: str | None, juror: User, rubric: Sequence[Criterion]) -> int:
        heads = ("Mã tác phẩm", "E-mail", *(criterion.name for criterion in rubric))
        table = Table("Phiếu", (Row(1, heads), Row(2, (code or "", juror.email, *("7,5" for _ in rubric)))))
        with transaction():
            batch = keep_batch(
                contest, [table], name="phieu.csv", content=b"", by=self.users["secretary"], now=self.now
            )
            return batch.id

    def _letter(self, contest: Contest) -> int:
        with transaction():
            mail.post(
                key="world:letter",
                to="tacgia@toasoan.example",
                subject="Thư của Ban Thư ký",
                text="Kính gửi tác giả.",
                contest_id=contest.id,
                now=self.now,
                about="world",
            )
        return db.session.scalars(select(Letter.id).filter_by(key="world:letter")).one()

    # Results

    def judged(
        self, stage: str, *works: Sequence[int], code: str = "chung_khao", also: tuple[tuple[str, str], ...] = ()
    ) -> tuple[Contest, Round]:
        """A contest whose sheets for a round are all in, and the round over."""
        contest = self.contest(stage, days=SUMMER, also=also)
        made = self.works(contest, len(works))
        if code == "chung_khao":
            make_round(contest, "so_khao", sealed_at=contest.regulation.round("so_khao").closes)
        round_ = make_round(contest, code, entries=made)
        make_panel(round_, self.panel)
        for entry, shares in zip(made, works, strict=True):
            judge(round_, entry, self.panel, shares)
        return contest, round_

    def advancing(self) -> None:
        """A contest whose first round is sealed and whose best works wait to go on."""
        contest, round_ = self.judged("advancing", *FIVE, code="so_khao")
        with transaction():
            results.seal_round(round_, by=self.users["organizer"], now=after(contest, "so_khao"))

    def sealing(self) -> None:
        """A contest whose final can be sealed, and two where it cannot: works are equal, one splits its jurors."""
        self.judged("ready", *FIVE)
        tied, _ = self.judged("tied", (92,) * 5, (92,) * 5, (75,) * 5)
        contest, round_ = self.judged("sealing", (92,) * 5, (95, 94, 60, 93, 92), (75,) * 5)
        assignment = db.session.scalars(select(Assignment.id).filter_by(round_id=round_.id)).first()
        self.world.places |= {
            "tied_work": self._codes(tied)[0],
            "discrepant": self._codes(contest)[1],
            "closed_assignment": assignment,
            "called_meeting": make_meeting(round_, self.panel[0], self.users["secretary"], now=self.now).id,
        }

    def deciding(self) -> None:
        """Contests whose regulation leaves something to people: works to name, a number, a prize, a tie for it."""
        third = settings.differing("third_joins")
        differing, _ = self.judged("differing", (92, 94, 40, 93, 92), (75,) * 5, also=(third,))
        self.world.places |= {"differing": self._codes(differing)[0]}
        self.judged("drawing-lots", (92,) * 5, (92,) * 5, (75,) * 5, also=(settings.ties_by("lot"),))
        self.judged("naming", *FIVE, code="so_khao", also=(NAMED_FOR_THE_NEXT_ROUND,))
        self.judged("short", (85,) * 5, also=(settings.EXACTLY_ONE_A,))
        self.judged("choosing", *FIVE, also=(settings.with_prizes(settings.SPECIAL),))
        tied, _ = self.judged("prize-tied", (50,) * 5, (50,) * 5, also=(settings.with_prizes(settings.THEMATIC),))
        phase = self.sealed("phase", also=(CARRIED_ON,))
        make_decided(phase, by=self.users["organizer"])
        phase.parent_id = tied.id
        db.session.commit()

    def _codes(self, contest: Contest) -> Sequence[Any]:
        return db.session.scalars(select(Entry.code).filter_by(contest_id=contest.id).order_by(Entry.code)).all()

    def on_the_way(self) -> None:
        """A contest at every stage from the sealed final to the certificates."""
        by = self.users["organizer"]
        self.world.places["explained"] = self._codes(self.sealed("sealed"))[0]
        make_proposed(self.sealed("proposed"), by=by)
        make_approved(self.sealed("approved"), by=by)
        make_posted(self.sealed("posted"), by=by)
        make_decided(self.sealed("decided"), by=by)
        self.numbered("numbered")
        contest, made = self.numbered("prepared")
        self._mark_prepared(contest, made)

    def sealed(self, stage: str, *, also: tuple[tuple[str, str], ...] = ()) -> Contest:
        """A contest whose final is sealed."""
        contest, round_ = self.judged(stage, *FIVE, also=also)
        with transaction():
            results.seal_round(round_, by=self.users["organizer"], now=after(contest))
        return contest

    def numbered(self, stage: str) -> tuple[Contest, list[Certificate]]:
        """A contest whose certificates have numbers and codes."""
        contest = self.sealed(stage)
        decision = make_decided(contest, by=self.users["organizer"])
        with transaction():
            made = certificates.prepare(
                contest,
                key=seal.signing_key(Path(self.world.app.instance_path)),
                by=self.users["organizer"],
                now=decision.at,
            )
        return contest, made

    def _mark_prepared(self, contest: Contest, made: list[Certificate]) -> None:
        with transaction():
            results.mark_prepared(contest, certificates=len(made), by=self.users["organizer"], now=self.now)

    def published(self) -> None:
        """A contest whose results are public and whose certificates are drawn."""
        contest, _ = self.numbered("published")
        with transaction():
            certificates.request_drawing(contest, by=self.users["organizer"], now=self.now)
        while jobs.work_once():
            pass
        with transaction():
            results.publish(contest, by=self.users["organizer"], now=self.now)
        first = certificates_of(contest)[0]
        self.world.places |= {
            "certificate": first.number,
            "certificate_code": first.code,
            "winner": self._codes(contest)[0],
        }

    # Doors that are opened by a link in a letter

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
