"""Taking the sealed last round to the posted list, and on to its decision."""

from __future__ import annotations

from datetime import timedelta

from contest.clock import ZONE
from contest.demo.services.founding import Play
from contest.results import services as results


def post_the_list(play: Play) -> None:
    """Take the sealed final to the wall: propose, approve, post."""
    contest, organizer, hours = play.contest, play.cast.organizer, play.hours
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


def decide(play: Play) -> None:
    """Record the decision once every complaint has its answer."""
    contest, letterhead = play.contest, play.contest.regulation.letterhead
    results.decide(
        contest,
        number=f"127-{letterhead.symbol}" if letterhead.profile == "party" else f"127/{letterhead.symbol}",
        decided_on=contest.regulation.calendar.decision_on,
        issuer=contest.regulation.issuer,
        signer_power=letterhead.signer_power[0] if letterhead.signer_power else "",
        signer_title=letterhead.signer_title,
        signer_name=letterhead.signer_name,
        no_open_complaint=True,
        by=play.cast.organizer,
        now=play.hours.decided,
    )
