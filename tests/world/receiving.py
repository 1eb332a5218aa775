"""Receiving and screening."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from contest import storage
from contest.accounts import services as accounts
from contest.accounts.models import Authenticator, Consent, Invitation, Membership, Role, User
from contest.database import db, transaction
from contest.exemplars import services as exemplars
from contest.exemplars.models import Exemplar
from contest.home import services as home
from contest.home.models import Announcement, AnnouncementFile
from contest.mail.models import Letter
from contest.privacy import services as privacy
from contest.privacy.terms import Wish
from contest.regulations.models import Contest
from tests.makers import entries as make
from tests.makers.accounts import give_app, give_office_account
from tests.makers.home import make_announcement, make_exemplar, make_story
from tests.makers.screening import reject, return_entry
from tests.makers.storage import make_blob, pdf_bytes
from tests.world.contests import MONTH, Contests


class Receiving(Contests):
    """Makes the contest that takes works in."""

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
            **self._alike(contest, exemplar, organizer),
            **self._requests(contest, organizer),
            "invitation": db.session.scalars(select(Invitation.id).order_by(Invitation.id)).first(),
            "membership": self._membership(contest, "other_juror"),
            "secretary_membership": self._membership(contest, "secretary"),
            "payer_membership": self._membership(contest, "payer"),
            "app": self._app_of(self.users["payer"]),
            "office_account": give_office_account(self.users["payer"]),
            "outlet": self.second_outlet.id,
            "letter": db.session.scalars(
                select(Letter.id).filter_by(contest_id=contest.id).order_by(Letter.id)
            ).first(),
        }

    def _requests(self, contest: Contest, organizer: User) -> dict[str, int]:
        """What somebody asked about their data, and on paper; a consent; an incident."""
        author = self.users["author"]
        with transaction():
            asked = privacy.ask(contest, Wish.CORRECTION, "Tên tôi viết sai dấu.", by=author, now=self.now)
            granted = privacy.enter_paper(
                contest, Wish.OBJECTION, "Thư tay.", [author.person_id], by=organizer, now=self.now
            )
            privacy.decide(granted, granted=True, reason="", by=organizer, now=self.now)
            consent = Consent(
                person_id=author.person_id, code="bank:0", version=1, text="Tôi đồng ý.", given_at=self.now
            )
            db.session.add(consent)
            incident = privacy.record_incident(
                contest, by=organizer, now=self.now, what="Gửi nhầm thư.", affected="2 tác giả", known_at=self.now
            )
        return {
            "asked_request": asked.id,
            "granted_request": granted.id,
            "consent": consent.id,
            "incident": incident.number,
        }

    def _alike(self, contest: Contest, exemplar: Exemplar, organizer: User) -> dict[str, int]:
        """Exemplars beside one: proposed as the same, said to be different, merged."""
        proposed = make_exemplar(contest, "bà Đinh Thị Sương")
        apart, also_apart = make_exemplar(contest, "Hồ Văn Thạch"), make_exemplar(contest, "già làng Hồ Văn Thạch")
        merged, into = make_exemplar(contest, "Phạm Văn Lý"), make_exemplar(contest, "ông Phạm Văn Lý")
        with transaction():
            exemplars.say_different(apart, also_apart, by=organizer, now=self.now)
            made = exemplars.merge(merged, into, by=organizer, now=self.now)
            return {
                "other_exemplar": proposed.id,
                "apart": apart.id,
                "also_apart": also_apart.id,
                "merge": made.id,
            }

    def _membership(self, contest: Contest, who: str) -> int:
        wanted = select(Membership.id).filter_by(contest_id=contest.id, user_id=self.users[who].id)
        return db.session.scalars(wanted).one()

    def _app_of(self, owner: User) -> int:
        give_app(owner)
        return db.session.scalars(select(Authenticator.id).filter_by(user_id=owner.id)).one()

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
