"""From the sheets to the wall: rounds to be sealed, what is left to people, lists, certificates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from contest import jobs
from contest.certificates import seal
from contest.certificates import services as certificates
from contest.certificates.models import Certificate
from contest.complaints import services as complaints
from contest.complaints.rules import About
from contest.complaints.services import Subject
from contest.database import db, transaction
from contest.delivery import queries as handed_over
from contest.delivery import services as delivery
from contest.delivery.models import Taken
from contest.entries.models import Byline, Entry
from contest.judging.models import Assignment, Round
from contest.mail import Letter
from contest.regulations.models import Contest
from contest.results import services as results
from contest.seconding.services import ask_for
from contest.showcase import queries as showcase
from tests.makers import winners
from tests.makers.certificates import certificates_of, make_template
from tests.makers.complaints import make_complaint
from tests.makers.council import make_meeting
from tests.makers.judging import make_panel, make_round
from tests.makers.results import FIVE, after, judge, make_approved, make_decided, make_posted, make_proposed
from tests.makers.showcase import allow_media, draw_cards, entry_coded, make_picture
from tests.results import settings
from tests.world.contests import SUMMER, Contests

NAMED_FOR_THE_NEXT_ROUND = (
    'advancement = {kind = "share", share = "1/2"}',
    'advancement = {kind = "flagged", flagged = true}\n'
    'bonus = [{code = "clip", name = "Có clip hoàn chỉnh", points = 2, by_act = true}]',
)
CARRIED_ON = ("\n[certificate]", '\n[carry_on]\ntiers = ["A"]\n\n[certificate]')


class Results(Contests):
    """Makes the contests whose marks are all in."""

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
        assignment = db.session.scalars(
            select(Assignment.id).filter_by(round_id=round_.id).order_by(Assignment.id)
        ).first()
        reason = "Giám khảo ốm trong ngày cuối."
        with transaction():
            asked = ask_for(
                contest,
                "reopen_round",
                f"Chung khảo · {self._codes(contest)[0]}",
                f"/{contest.slug}/ban-thu-ky/cham-giai/chung_khao/mo-lai/{assignment}",
                [("until", "2025-09-13T17:00"), ("reason", reason)],
                [("Lý do", reason)],
                by=self.users["secretary"],
                now=self.now,
            )
            number = asked.id
        self.world.places |= {
            "seconded_act": number,
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
        phase = self.sealed("phase", also=(CARRIED_ON, settings.with_prizes(settings.COLLECTIVE)))
        given = make_decided(phase, by=self.users["organizer"]).copy
        self.world.places |= {
            "award": given["awards"][0]["award_id"],
            "collective_award": given["collective"][0]["collective_id"],
        }
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
        self._design(self.numbered("numbered")[0])
        contest, made = self.numbered("prepared")
        self._mark_prepared(contest, made)

    def complaining(self) -> None:
        """A posted list with three complaints: one with evidence, another like it, and one that has a work marked."""
        contest = self.sealed("complaining", also=(settings.gates("remark_jurors = 1"),))
        organizer = self.users["organizer"]
        make_approved(contest, by=organizer)
        with transaction():
            results.post_list(contest, by=organizer, now=self.now)
        first = make_complaint(contest, now=self.now, evidence=True)
        make_complaint(contest, now=self.now)
        third = make_complaint(contest, Subject(About.LINE, line="1.a2"), now=self.now)
        with transaction():
            complaints.order_remark(
                third,
                [self.users["other_juror"]],
                until=self.now + timedelta(days=3),
                reason="Một phiếu bỏ trống nhận xét.",
                by=organizer,
                now=self.now,
            )
        self.world.places |= {"complaint": first.number, "evidence": first.files[0].id, "remarked": third.number}

    def sealed(self, stage: str, *, also: tuple[tuple[str, str], ...] = ()) -> Contest:
        """A contest whose final is sealed."""
        contest, round_ = self.judged(stage, *FIVE, also=also)
        with transaction():
            results.seal_round(round_, by=self.users["organizer"], now=after(contest))
        return contest

    def numbered(self, stage: str) -> tuple[Contest, list[Certificate]]:
        """A contest whose certificates have numbers and codes."""
        contest = self.sealed(stage)
        if stage == "published":
            self._name_people_without_account(contest)
        decision = make_decided(contest, by=self.users["organizer"])
        with transaction():
            made = certificates.prepare(
                contest,
                key=seal.signing_key(Path(self.world.app.instance_path)),
                by=self.users["organizer"],
                now=decision.at,
            )
        return contest, made

    def _design(self, contest: Contest) -> None:
        """Two templates of certificates, one in use since the certificates were prepared, and one retired."""
        self.world.places["template"] = make_template(contest, by=self.users["organizer"]).id
        retired = make_template(contest, name="Mẫu cũ", tiers=["B"], by=self.users["organizer"])
        self.world.places["retired_template"] = retired.id
        with transaction():
            certificates.retire_template(retired, by=self.users["organizer"], now=self.now)

    def _name_people_without_account(self, contest: Contest) -> None:
        """Let the second work have an author of whom only an address is known, and one of whom not even that."""
        entries = select(Entry).filter_by(contest_id=contest.id).order_by(Entry.code)
        revision = db.session.scalars(entries).all()[1].revision_id
        for position, name in ((2, "Đinh Thị Rin"), (3, "Hồ Văn Phếu")):
            winners.make_author(revision, position, name, account=False)
        db.session.get_one(Byline, (revision, 2)).email = "rin@bao.example"
        db.session.commit()

    def _mark_prepared(self, contest: Contest, made: list[Certificate]) -> None:
        with transaction():
            results.mark_prepared(contest, certificates=len(made), by=self.users["organizer"], now=self.now)

    def confirming(self) -> None:
        """Contests whose winners confirm what is printed: not asked yet; and asked, a group at odds, an account given.

        The days to answer are over by the morning of the world, so that the silent may be passed over.
        """
        make_decided(self.sealed("unasked", also=(winners.ASKING,)), by=self.users["organizer"])
        contest, round_ = self.judged("confirming", *FIVE, also=(winners.ASKING,))
        group = db.session.scalars(select(Entry).filter_by(contest_id=contest.id).order_by(Entry.code)).first()
        winners.add_author(group.revision_id, 2, "Phạm Văn Rố", self.users["other_author"].person_id)
        with transaction():
            results.seal_round(round_, by=self.users["organizer"], now=after(contest))
        decision = make_decided(contest, by=self.users["organizer"])
        won = winners.Won(contest, self.users["organizer"], self.users["author"], decision.at)
        won.ask()
        won.correct(self.users["other_author"], title="Giữ nước đầu nguồn")
        won.confirm(self.users["author"], won.statuses[1])
        won.give_account(self.users["author"])
        won.pay(won.statuses[2].line.key, self.users["author"], by=self.users["payer"])
        self.world.places |= {
            "known_paid": won.statuses[2].line.key,
            "line": won.key,
            "won_award": won.first.line.number,
            "correction": won.first.open_corrections[0].id,
            "paid_line": won.statuses[1].line.key,
            "payee": self.users["author"].id,
        }

    def published(self) -> None:
        """A contest whose results are public and whose certificates are drawn."""
        contest, _ = self.numbered("published")
        winner = entry_coded(contest, self._codes(contest)[0])
        allow_media(winner)
        make_picture(winner)
        with transaction():
            certificates.request_drawing(contest, by=self.users["organizer"], now=self.now)
        while jobs.work_once():
            pass
        with transaction():
            results.publish(contest, by=self.users["organizer"], now=self.now)
            delivery.record_prints(contest, None, source=Taken.PRINT_FILE, by=self.users["organizer"], now=self.now)
            db.session.scalars(select(Byline).filter_by(name="Hồ Văn Phếu")).one().email = "pheu@bao.example"
        draw_cards()
        letter = db.session.scalars(select(Letter).filter_by(to="rin@bao.example")).one()
        first = certificates_of(contest)[0]
        shown = showcase.in_force(contest)
        medium = showcase.media_of(contest, [showcase.works_of(shown)[winner.code]])[winner.code][0]
        self.world.places |= {
            "certificate": first.number,
            "certificate_code": first.code,
            "winner": winner.code,
            "medium": medium.sha256,
            "card": showcase.card_of(shown).sha256,
            "sheet": db.session.scalars(handed_over.prints(contest)).first().id,
            "told": letter.id,
            "copy_token": letter.text.partition("/giay-chung-nhan/nhan/")[2].split()[0],
        }
