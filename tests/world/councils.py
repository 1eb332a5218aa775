"""Councils that vote and meet."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from contest.accounts.models import Outlet
from contest.council import services as council
from contest.database import db, transaction
from contest.entries.models import Attachment, Entry, EntryState
from contest.judging import queries
from contest.judging.models import Round, RoundEntry, Sitting
from contest.judging.services import close_ballot, open_ballot
from tests.makers import entries as make
from tests.makers.accounts import make_outlet
from tests.makers.council import make_meeting
from tests.makers.judging import make_panel, make_round
from tests.world.contests import VOTING, Contests

BALLOT_KINDS = {
    "tier": (('kind = "yes_no", quorum', 'kind = "tier", quorum'),),
    "approval": (('kind = "yes_no", quorum', 'kind = "approval", most = 1, quorum'),),
    "ranking": (
        ('kind = "yes_no", quorum', 'kind = "ranking", quorum'),
        (', majority = "present", ballots = 2, casting_vote = true', ""),
    ),
}
"""What the council does on a ballot, besides voting for and against."""


class Councils(Contests):
    """Makes the contests whose councils vote, and meetings."""

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
