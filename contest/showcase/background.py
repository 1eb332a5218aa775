"""Drawing the cards of a published decision, away from any page that somebody waits for."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from contest import clock, jobs, storage
from contest.database import db, transaction
from contest.jobs import Wanted
from contest.jobs.services import Progress
from contest.results import queries as results
from contest.results.models import Decision
from contest.showcase import cards, documents, listing, queries, services

KIND: Final = "showcase.cards"
LIMIT: Final = 4 * storage.MEGABYTE


@jobs.lookout
def decisions_to_draw() -> Iterator[Wanted]:
    """Ask for the cards of every decision that has been published and has none yet."""
    for contest_id, decision_id in queries.decisions_without_cards():
        yield Wanted(KIND, f"{KIND}:{decision_id}", {"decision": decision_id}, contest_id)


@jobs.handler(KIND)
def draw_cards(job: jobs.Job, progress: Progress) -> dict[str, Any]:
    """Draw the cards of a decision; what an earlier version of it said in the same words is not drawn again."""
    decision_id = job.payload["decision"]
    decision = db.session.get_one(Decision, decision_id)
    copy = results.copy_of(decision)
    wanted = cards.cards_of(copy, listing.works_of(copy))
    known = queries.cards_drawn(decision.contest_id)
    db.session.rollback()  # nothing is read while it draws
    new = {card.facts: card for card in wanted.values() if card.facts not in known}
    received: dict[str, storage.Received] = {}
    for facts, picture in zip(new, documents.pictures(list(new.values())), strict=True):
        received[facts] = storage.receive(BytesIO(picture), limit=LIMIT)
        progress(len(received), len(new))
    with transaction():
        decision = db.session.get_one(Decision, decision_id)
        for file in received.values():
            storage.register(file, media_type="image/png")
        bytes_of = known | {facts: file.sha256 for facts, file in received.items()}
        services.keep_cards(
            decision, {code: (card.facts, bytes_of[card.facts]) for code, card in wanted.items()}, now=clock.now()
        )
    return {"cards": len(wanted), "drawn": len(new)}
