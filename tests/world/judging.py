"""Rounds in which jurors give marks: not open, just opened, hiding names, under way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from contest import mail
from contest.accounts.models import User
from contest.ballots.services import keep_batch
from contest.calibration.services import choose_first
from contest.database import db, transaction
from contest.entries.models import EntryState
from contest.interests.kinds import Kind
from contest.interests.services import declare, tell_of_person
from contest.judging import marks
from contest.judging.models import RedactedCopy
from contest.judging.reminding import Plan
from contest.judging.services import change_proposal, form_panel, plan_reminders, save_sheet_draft
from contest.mail.models import Letter
from contest.regulations.models import Contest
from contest.regulations.scoring import Criterion
from contest.web.reading_tables import Row, Table
from tests.makers.judging import (
    full_marks,
    make_assignment,
    make_draft,
    make_earlier_state,
    make_panel,
    make_round,
    make_sheet,
)
from tests.makers.results import judge
from tests.world.contests import SUMMER
from tests.world.councils import Councils


class Judging(Councils):
    """Makes the contests that wait for marks."""

    def gathering(self) -> None:
        """A contest whose works wait for a round that is not open: panels, hand-picked jurors, even spreading."""
        contest = self.contest("gathering")
        works = self.works(contest, 3)
        round_ = make_round(contest, "so_khao", entries=works[:2], opened=False)
        make_panel(round_, self.panel)
        assignment = make_assignment(round_, works[0], self.panel[1])
        self.world.places |= {"gathered": works[0].id, "gathered_assignment": assignment.id}

    def starting(self) -> None:
        """A contest whose final has just begun: one juror has not declared yet, another has sheets ready to be sent.

        The panel of print works has marked the work that all mark first; secretariat and jurors have left things
        half done.
        """
        contest, organizer, juror = self.contest("starting"), self.users["organizer"], self.users["juror"]
        shared, *others = self.works(contest, 3)
        broadcast = self.works(contest, 1, "TRUYEN_HINH")
        make_round(contest, "so_khao", sealed_at=contest.regulation.round("so_khao").closes)
        round_ = make_round(contest, "chung_khao", entries=[shared, *others, *broadcast])
        chair, *members = [self.users["chair"], *self.colleagues]
        make_panel(round_, [chair, *members])
        judge(round_, shared, [chair, *members], (85,) * 4)
        written = {code: marks.written(mark) for code, mark in full_marks(round_, "BAO_IN").items()}
        with transaction():
            form_panel(round_, "TRUYEN_HINH", members=[juror], chair=juror, by=organizer, now=self.now)
            tell_of_person(contest, juror, "Võ Thị Hường", Kind.co_author, by=juror, now=self.now)
            declare(members[0], others[0], Kind.edited, "Tôi biên tập bài này.", by=members[0], now=self.now)
            choose_first(round_, "BAO_IN", [shared.id], by=organizer, now=self.now)
        make_assignment(round_, broadcast[0], juror, declared=False)
        for work in others:
            assignment = make_assignment(round_, work, chair)
            with transaction():
                save_sheet_draft(assignment, written, "Bài viết chắc tay.", version=0, by=chair, now=self.now)
        with transaction():
            change_proposal(round_, others[0].id, [chair.id, members[1].id], seed=1, by=organizer, now=self.now)
            plan_reminders(round_, Plan(before=[1], every=0, hour=8), only_behind=True, by=organizer, now=self.now)

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
        self.world.places["sent_sheet"] = make_sheet(done, 80, comment="Bài viết chắc tay.").id
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
