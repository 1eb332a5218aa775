"""What somebody can do now: decided from the phase, their roles and a few numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from contest.errors import N_
from contest.home.situation import Phase

STAFF = frozenset({"secretary", "organizer", "observer"})
JURY = frozenset({"juror", "chair"})


@dataclass(frozen=True)
class Numbers:
    """What waits for one person in one contest."""

    drafts: int = 0
    returned: int = 0
    sent: int = 0
    to_check: int = 0
    to_second: int = 0
    """Acts that another organizer asked for."""
    to_answer: int = 0
    """Requests about personal data."""
    sheets_left: int = 0
    sheets_given: int = 0
    confirms: bool = False
    """Whether winners confirm what is printed of them."""


@dataclass(frozen=True)
class Task:
    """One thing to do: where it is done, what it is called, and why.

    :param label: message id
    :param hint: message id
    :param parameters: numbers for both
    :param values: of the address
    """

    endpoint: str
    label: str
    hint: str
    parameters: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)


READ_REGULATION = ("regulations.show", N_("Read the regulation"))

# What the front page offers first in each phase; the first of them is the act the page is for.
ACTS: dict[Phase, tuple[tuple[str, str], ...]] = {
    Phase.PREPARING: (),
    Phase.BEFORE: (READ_REGULATION,),
    Phase.RECEIVING: (("entries.start", N_("Send in a work")), READ_REGULATION),
    Phase.SCREENING: (READ_REGULATION,),
    Phase.ROUND: (READ_REGULATION,),
    Phase.BETWEEN: (READ_REGULATION,),
    Phase.CONCLUDING: (READ_REGULATION,),
    Phase.POSTED: (("results.notice", N_("Read the proposed list")), READ_REGULATION),
    Phase.DECIDED: (READ_REGULATION,),
    Phase.PUBLISHED: (
        ("showcase.show", N_("Read the results")),
        ("certificates.look_up", N_("Check a certificate")),
    ),
}


def tasks(phase: Phase, roles: frozenset[str], numbers: Numbers, *, signed_in: bool) -> list[Task]:
    """List what somebody can do now, the most pressing first; four things at most fit the eye."""
    found = [
        *_for_payer(phase, roles),
        *_for_jury(phase, roles, numbers),
        *_for_staff(phase, roles, numbers),
        *_for_authors(phase, numbers),
    ]
    if not roles & (STAFF | JURY):
        found += _for_everybody(phase, signed_in=signed_in)
    return found[:4]


def _for_payer(phase: Phase, roles: frozenset[str]) -> Iterator[Task]:
    if "payer" in roles and phase in (Phase.DECIDED, Phase.PUBLISHED):
        yield Task("winners_payments.index", N_("Pay the prizes"), N_("Who is paid what, and what has been paid."))


def _for_jury(phase: Phase, roles: frozenset[str], numbers: Numbers) -> Iterator[Task]:
    if not roles & JURY:
        return
    if numbers.sheets_left:
        yield Task(
            "judging.desk",
            N_("Score the works assigned to you (%(left)s left)"),
            N_("You have sent %(given)s sheets so far. What you type is kept as a draft by itself."),
            {"left": numbers.sheets_left, "given": numbers.sheets_given},
        )
    else:
        yield Task(
            "judging.desk",
            N_("Look at your desk"),
            N_("No work waits for your marks at the moment."),
        )
    yield Task(
        "home_site.help_page", N_("Read how to score"), N_("Marks, steps, stepping back."), {}, {"topic": "giam-khao"}
    )


def _for_staff(phase: Phase, roles: frozenset[str], numbers: Numbers) -> Iterator[Task]:
    if not roles & STAFF:
        return
    if phase is Phase.PREPARING and "organizer" in roles:
        yield Task(
            "regulations_office.overview",
            N_("Write and adopt the regulation"),
            N_("Choose a ready one, set dates and letterhead, then adopt it with its decision number."),
        )
        yield Task(
            "accounts_office.people",
            N_("Invite the secretariat and the jurors"),
            N_("Each gets a link by mail and chooses their own password."),
        )
    if numbers.to_second:
        yield Task(
            "seconding.index",
            N_("Confirm or decline as the second person (%(count)s waiting)"),
            N_("Another organizer asked for it; nothing is done before you answer."),
            {"count": numbers.to_second},
        )
    if numbers.to_answer:
        yield Task(
            "privacy_office.index",
            N_("Answer requests about personal data (%(count)s waiting)"),
            N_("The law gives a few days for each; the page says until when."),
            {"count": numbers.to_answer},
        )
    if numbers.to_check:
        yield Task(
            "screening_office.works",
            N_("Check the works received (%(count)s waiting)"),
            N_("Compare each dossier with the regulation, then accept, return or reject it."),
            {"count": numbers.to_check},
        )
    if phase in (Phase.SCREENING, Phase.ROUND, Phase.BETWEEN):
        yield Task(
            "judging_office.rounds",
            N_("Follow the judging"),
            N_("Panels, assignment, and how many sheets have come in."),
        )
    if phase in (Phase.BETWEEN, Phase.CONCLUDING, Phase.POSTED, Phase.DECIDED) and roles & {"organizer", "secretary"}:
        yield Task(
            "results_office.overview",
            N_("Take the results one step further"),
            N_("Sealing, proposal, approval, posting, decision: each step says what it still waits for."),
        )
    if roles & {"organizer", "secretary"}:
        yield Task(
            "home_office.announcements",
            N_("Write an announcement"),
            N_("It appears on the front page and in the feed."),
        )
    yield Task("home_office.overview", N_("Open the secretariat"), N_("All works, rounds, papers and mails."))


def _for_authors(phase: Phase, numbers: Numbers) -> Iterator[Task]:
    if numbers.returned:
        yield Task(
            "entries.works",
            N_("Complete what the secretariat sent back (%(count)s)"),
            N_("Each work says what is missing and until when it can be completed."),
            {"count": numbers.returned},
        )
    if numbers.drafts and phase is Phase.RECEIVING:
        yield Task(
            "entries.works",
            N_("Finish the works you have begun (%(count)s)"),
            N_("Drafts are kept until works are no longer received; only what is sent takes part."),
            {"count": numbers.drafts},
        )
    if numbers.sent and numbers.confirms and phase is Phase.DECIDED:
        yield Task(
            "winners.index",
            N_("Check what will be printed of your prize"),
            N_("If a work of yours has won, its line waits there for your answer."),
        )
    if numbers.sent and phase is Phase.PUBLISHED:
        yield Task(
            "certificates_own.index",
            N_("Download your certificate"),
            N_("If a work of yours won, its certificate is kept there."),
        )
    if numbers.sent:
        yield Task(
            "entries.works",
            N_("Follow the works you have sent (%(count)s)"),
            N_("Receipt, state, and what the secretariat wrote to you."),
            {"count": numbers.sent},
        )


def _for_everybody(phase: Phase, *, signed_in: bool) -> Iterator[Task]:
    if phase is Phase.PUBLISHED:
        yield Task("showcase.show", N_("Read the results"), N_("By category and prize, with authors and newsrooms."))
        yield Task(
            "certificates.look_up",
            N_("Check a certificate"),
            N_("Type the code printed on it, or point your camera at the square."),
        )
    if phase is Phase.POSTED:
        yield Task("results.notice", N_("Read the proposed list"), N_("Anybody may object while it is posted."))
    if phase in (Phase.BEFORE, Phase.RECEIVING):
        yield Task(
            "eligibility.self_check",
            N_("Check whether your work may enter"),
            N_("A few questions, without signing in."),
        )
        if not signed_in:
            yield Task(
                "accounts.register",
                N_("Open an account"),
                N_("With it you keep drafts, send works and get your receipt."),
            )
    yield Task(
        "regulations.show",
        N_("Read the regulation"),
        N_("Who may enter, with what, how it is judged, what can be won."),
    )
    yield Task(
        "home_site.help_page",
        N_("See how to enter, step by step"),
        N_("What to have ready before you start."),
        {},
        {"topic": "tac-gia"},
    )
    yield Task(
        "regulations.calendar_file",
        N_("Put the dates into your calendar"),
        N_("A file for the calendar of your telephone or computer."),
    )
