"""Who may open each address of the application, and who may send what it takes: the one table.

Somebody not signed in is asked to; whoever works there in another capacity is told that their role does not allow it;
to everybody else there is no such page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.world import World

ANONYMOUS = frozenset({"anonymous"})
EVERYONE = ANONYMOUS | {
    "newcomer",
    "author",
    "other_author",
    "outlet",
    "secretary",
    "juror",
    "other_juror",
    "chair",
    "organizer",
    "observer",
    "payer",
    "foreign_organizer",
}
SIGNED_IN = EVERYONE - ANONYMOUS
NOBODY: frozenset[str] = frozenset()
STAFF = frozenset({"secretary", "organizer", "observer"})
DECIDERS = frozenset({"secretary", "organizer"})
ORGANIZER = frozenset({"organizer"})
COUNCIL = STAFF | {"chair"}
SETTLERS = frozenset({"chair", "organizer"})
COMPARERS = SETTLERS | {"observer"}
CHAIR = frozenset({"chair"})
CHAIRS = CHAIR | {"other_juror"}
OWNER = frozenset({"author"})
AUTHORS = OWNER | {"other_author"}
PAYER = frozenset({"payer"})
READERS = OWNER | {"outlet"}
JURORS = frozenset({"juror", "other_juror", "chair"})
JUROR = frozenset({"juror"})
WORKING = JURORS | DECIDERS
VOTERS = frozenset({"juror", "chair"})


@dataclass(frozen=True)
class Door:
    """One endpoint: who may open it, who may send to it, and where in the world something is behind it.

    :ivar opens: who may open the page
    :ivar sends: who may send its form
    :ivar knows: who may not, but is told so, because they work there
    :ivar stage: of which contest
    :ivar values: the rest of the address, as names of places of the world or as they stand
    :ivar slow: whether opening it draws something
    :ivar notes: in which tables it is noted who opened it
    """

    opens: frozenset[str] = NOBODY
    sends: frozenset[str] = NOBODY
    knows: frozenset[str] = NOBODY
    stage: str = "judging"
    values: dict[str, Any] = field(default_factory=dict)
    slow: bool = False
    notes: frozenset[str] = NOBODY


def page(opens: frozenset[str], stage: str = "judging", **values: Any) -> Door:
    """A page that is only read."""
    return Door(opens, stage=stage, values=values)


def drawing(opens: frozenset[str], stage: str = "judging", **values: Any) -> Door:
    """A page whose answer is drawn."""
    return Door(opens, stage=stage, values=values, slow=True)


def taken(slow: bool = False, **values: Any) -> Door:
    """A file from which certificates can be printed; who took it is noted."""
    notes = frozenset({"audit_line", "audit_head", "certificate_download"})
    return Door(STAFF, stage="published", values=values, slow=slow, notes=notes)


def form(opens: frozenset[str], stage: str = "judging", **values: Any) -> Door:
    """A page with a form; whoever opens it may send it."""
    return Door(opens, opens, stage=stage, values=values)


def office(sends: frozenset[str], stage: str = "judging", **values: Any) -> Door:
    """A page of the staff with a form that only some of them may send."""
    return Door(STAFF, sends, STAFF, stage, values)


def act(sends: frozenset[str], knows: frozenset[str] = NOBODY, stage: str = "judging", **values: Any) -> Door:
    """An address that only takes what a form sends."""
    return Door(NOBODY, sends, knows, stage, values)


def result(sends: frozenset[str], stage: str, **values: Any) -> Door:
    """A step on the way to the wall, which only those entitled to it may even open."""
    return Door(sends, sends, COUNCIL, stage, values)


def comparing(stage: str, **values: Any) -> Door:
    """A page that compares jurors: chair and organizers send its form, observers read it."""
    return Door(COMPARERS, SETTLERS, COMPARERS, stage, values)


FIRST, LAST = {"code": "so_khao"}, {"code": "chung_khao"}
DISCUSSED = {"meeting_id": "meeting", "item_id": "discussed", "number": 2}
SHOWN = {"attachment_id": "received_file", "part": "page", "position": 1}

HIDDEN = FIRST | {"entry_id": "nameless", "attachment_id": "nameless_file"}

DOORS: dict[str, Door] = {
    "static": page(EVERYONE, filename="css/10-tokens.css"),
    "assets.serve": page(EVERYONE, digest="0", name="house.css"),
    "upkeep.alive": page(EVERYONE),
    "upkeep.ready": page(EVERYONE),
    "upkeep.measured": page(EVERYONE),
    # Accounts
    "accounts.sign_in": form(EVERYONE),
    "accounts.who_is_here": page(EVERYONE),
    "accounts.sign_in_here": act(EVERYONE),
    "accounts.try_role": act(EVERYONE),
    "accounts.sign_out": form(EVERYONE),
    "accounts.register": form(EVERYONE),
    "accounts.registered": page(EVERYONE),
    "accounts.confirm": form(EVERYONE, token="confirm_token"),
    "accounts.forgot": form(EVERYONE),
    "accounts.reset_sent": page(EVERYONE),
    "accounts.reset": form(EVERYONE, token="reset_token"),
    "accounts.invitation": form(EVERYONE, token="invitation_token"),
    "accounts.prove": form(SIGNED_IN),
    "accounts.second_step": form(EVERYONE),
    "accounts.passkey_question": act(EVERYONE),
    "accounts.passkey_sign_in": act(EVERYONE),
    "accounts.security": page(SIGNED_IN),
    "accounts.sign_in_at_office": page(EVERYONE),
    "accounts.back_from_office": page(EVERYONE),
    "accounts.prove_at_office": page(SIGNED_IN),
    "accounts.find_office_account": page(SIGNED_IN),
    "accounts.link_office_account": form(SIGNED_IN),
    "accounts.unlink_office_account": form(PAYER, account_id="office_account"),
    "accounts.add_authenticator": form(SIGNED_IN),
    "accounts.add_passkey": form(SIGNED_IN),
    "accounts.new_passkey_question": act(SIGNED_IN),
    "accounts.remove_factor": form(PAYER, kind="ung-dung", factor_id="app"),
    "accounts.recovery_codes": form(SIGNED_IN),
    "accounts.recovery_codes_file": act(SIGNED_IN),
    "accounts.profile": form(SIGNED_IN),
    "accounts.change_email": form(SIGNED_IN),
    "accounts.change_password": form(SIGNED_IN),
    "accounts.sessions": form(SIGNED_IN),
    "accounts_office.people": page(STAFF, "receiving"),
    "accounts_office.invite": office(ORGANIZER, "receiving"),
    "accounts_office.resend_invitation": act(ORGANIZER, STAFF, "receiving", invitation_id="invitation"),
    "accounts_office.withdraw_invitation": office(ORGANIZER, "receiving", invitation_id="invitation"),
    "accounts_office.change_role": office(ORGANIZER, "receiving", membership_id="membership"),
    "accounts_office.remove_role": office(ORGANIZER, "receiving", membership_id="membership"),
    "accounts_office.reset_factor": office(ORGANIZER, "receiving", membership_id="payer_membership"),
    "seconding.index": page(STAFF, "sealing"),
    "seconding.show": office(DECIDERS, "sealing", seconded_act_id="seconded_act"),
    "accounts_office.outlets": page(STAFF, "receiving"),
    "accounts_office.add_outlet": office(ORGANIZER, "receiving"),
    "accounts_office.change_outlet": office(ORGANIZER, "receiving", outlet_id="outlet"),
    "accounts_office.import_outlets": office(ORGANIZER, "receiving"),
    # The front page and what is announced
    "home_site.root": page(EVERYONE),
    "home_site.help_page": page(EVERYONE),
    "home.front": page(EVERYONE),
    "home.announcements": page(EVERYONE, "receiving"),
    "home.announcement": page(EVERYONE, "receiving", announcement_id="announcement"),
    "home.announcement_file": page(EVERYONE, "receiving", announcement_id="announcement", file_id="announcement_file"),
    "home.feed": page(EVERYONE, "receiving"),
    "portraits.show": page(EVERYONE, "receiving"),
    "portraits.exemplar": page(EVERYONE, "receiving", exemplar_id="exemplar"),
    "portraits.show_json": page(EVERYONE, "receiving"),
    "portraits.booklet": drawing(EVERYONE, "receiving"),
    "portraits.old_list": page(EVERYONE, "receiving"),
    "portraits.old_page": page(EVERYONE, "receiving", exemplar_id="exemplar"),
    "home_office.overview": page(STAFF),
    "home_office.announcements": page(STAFF, "receiving"),
    "home_office.new_announcement": office(DECIDERS, "receiving"),
    "home_office.edit_announcement": office(DECIDERS, "receiving", announcement_id="announcement"),
    "home_office.withdraw_announcement": office(DECIDERS, "receiving", announcement_id="announcement"),
    "home_office.exemplars": page(STAFF, "receiving"),
    "home_office.edit_story": office(DECIDERS, "receiving", exemplar_id="exemplar"),
    "portraits_office.proposals": page(STAFF, "receiving"),
    "portraits_office.facts": office(DECIDERS, "receiving", exemplar_id="exemplar"),
    "portraits_office.replication": act(DECIDERS, STAFF, "receiving", exemplar_id="exemplar"),
    "portraits_office.choose": page(STAFF, "receiving", exemplar_id="exemplar"),
    "portraits_office.merge": office(DECIDERS, "receiving", exemplar_id="exemplar", other_id="other_exemplar"),
    "portraits_office.merges": page(STAFF, "receiving"),
    "portraits_office.undo": act(DECIDERS, STAFF, "receiving", merge_id="merge"),
    "portraits_office.different": act(DECIDERS, STAFF, "receiving", exemplar_id="exemplar", other_id="other_exemplar"),
    "portraits_office.again": act(DECIDERS, STAFF, "receiving", exemplar_id="apart", other_id="also_apart"),
    # The regulation
    "regulations.show": page(EVERYONE),
    "regulations.show_version": page(EVERYONE, number=1),
    "regulations.pdf": drawing(EVERYONE),
    "regulations.pdf_version": drawing(EVERYONE, number=1),
    "regulations.calendar_file": page(EVERYONE),
    "regulations_beginning.begin": form(ORGANIZER),
    "regulations_office.overview": page(STAFF),
    "regulations_office.dates": office(ORGANIZER),
    "regulations_office.letterhead": office(ORGANIZER),
    "regulations_office.limits": office(ORGANIZER),
    "regulations_office.categories": office(ORGANIZER),
    "regulations_office.dossier": office(ORGANIZER, number=1),
    "regulations_office.rounds": office(ORGANIZER),
    "regulations_office.round_": office(ORGANIZER, number=1),
    "regulations_office.rubrics": office(ORGANIZER),
    "regulations_office.rubric": office(ORGANIZER, number=1),
    "regulations_office.prizes": office(ORGANIZER),
    "regulations_office.more_prizes": office(ORGANIZER),
    "regulations_office.publishing": office(ORGANIZER),
    "regulations_office.text": office(ORGANIZER),
    "regulations_office.preview": page(STAFF),
    "regulations_office.adopt": office(ORGANIZER, "beginning"),
    # Entering
    "eligibility.self_check": page(EVERYONE, "receiving"),
    "entries.works": page(SIGNED_IN, "receiving"),
    "entries.start": form(SIGNED_IN, "receiving"),
    "entries.entry": page(READERS, "receiving", entry_id="received"),
    "entries.receipt": drawing(READERS, "receiving", entry_id="received"),
    "entries.step": form(OWNER, "receiving", entry_id="draft", step="tac-pham"),
    "entries.dossier": page(OWNER, "receiving", entry_id="draft"),
    "entries.upload": form(OWNER, "receiving", entry_id="draft", slot="slot"),
    "entries.remove": act(OWNER, stage="receiving", entry_id="draft", slot="slot", attachment_id="draft_file"),
    "entries.file": page(OWNER, "receiving", entry_id="draft", attachment_id="draft_file"),
    "entries.review": form(OWNER, "receiving", entry_id="draft"),
    "entries.withdraw": form(OWNER, "receiving", entry_id="draft"),
    # Screening
    "screening_office.works": page(STAFF, "receiving"),
    "screening_office.archives": page(STAFF, "receiving"),
    "screening_office.archive": act(DECIDERS, STAFF, "receiving", category="BAO_IN"),
    "screening_office.dossier": page(STAFF, "receiving", entry_id="received"),
    "screening_office.differences": page(STAFF, "receiving", entry_id="received", number=2),
    "screening_office.original": page(STAFF, "receiving", entry_id="received", attachment_id="received_file"),
    "screening_office.derivative": page(STAFF, "receiving", entry_id="received", **SHOWN),
    "screening_office.accept": act(DECIDERS, STAFF, "receiving", entry_id="received"),
    "screening_office.return_entry": office(DECIDERS, "receiving", entry_id="received"),
    "screening_office.reject": office(DECIDERS, "receiving", entry_id="received"),
    "screening_office.note": act(DECIDERS, STAFF, "receiving", entry_id="received"),
    "screening_office.check_again": act(DECIDERS, STAFF, "receiving", entry_id="received"),
    # Interests
    "interests.own": page(WORKING),
    "interests.newsroom": act(WORKING),
    "interests.person": act(WORKING),
    "interests.work": act(WORKING),
    "interests.take_back": act(WORKING, what="khai"),
    "interests.done": act(WORKING),
    "interests_office.ties": form(SETTLERS | CHAIRS),
    "interests_office.check": form(SETTLERS | CHAIRS),
    # Judging
    "judging.desk": page(JURORS),
    "judging.sheet": page(JUROR, assignment_id="begun"),
    "judging.save_sheet": act(JUROR, assignment_id="begun"),
    "judging.autosave": act(JUROR, assignment_id="begun"),
    "judging.send": act(JUROR, assignment_id="begun"),
    "judging.take_along": page(JURORS),
    "judging_shell.page": page(EVERYONE),
    "judging_shell.worker": page(EVERYONE),
    "judging.save_note": act(JUROR, assignment_id="begun"),
    "judging.earlier_states": page(JUROR, assignment_id="begun"),
    "judging.restore_draft": act(JUROR, assignment_id="begun", number=1),
    "judging.restore_sheet": act(JUROR, assignment_id="done", revision=1),
    "judging.paper": drawing(JUROR, assignment_id="begun"),
    "judging.papers": drawing(JURORS),
    "judging.compare": page(JURORS),
    "judging.send_all": form(JURORS),
    "judging.recuse": form(JUROR, assignment_id="begun"),
    "judging.ask_for_time": form(JUROR, assignment_id="begun"),
    "judging.file": page(JUROR, assignment_id="seen", number=2, part="page", position=1),
    "judging.ballot": form(VOTERS, "voting", sitting_id="sitting"),
    "judging.work": page(VOTERS, "voting", work_id="voted"),
    "judging.work_file": page(VOTERS, "voting", work_id="voted", number=2, part="page", position=1),
    "judging.abstain": form(VOTERS, "voting", work_id="voted"),
    "judging_office.rounds": page(STAFF),
    "judging_office.progress": page(STAFF, **LAST),
    "judging_office.admit": act(DECIDERS, STAFF, "gathering", **FIRST),
    "judging_office.open_round": office(DECIDERS, "gathering", **FIRST),
    "judging_office.voting": office(DECIDERS, "voting", **LAST),
    "judging_office.presence": office(DECIDERS, "voting", **LAST, sitting_id="sitting"),
    "judging_office.close_ballot": act(DECIDERS, STAFF, "voting", **LAST, sitting_id="sitting"),
    "judging_office.remind": act(DECIDERS, STAFF, **LAST),
    "judging_office.blind_works": page(STAFF, "hiding", **FIRST),
    "judging_office.look_for_names": act(DECIDERS, STAFF, "hiding", **FIRST),
    "judging_office.blind_work": office(DECIDERS, "hiding", **FIRST, entry_id="nameless"),
    "judging_office.blind_file": page(STAFF, "hiding", **FIRST, entry_id="nameless", number=2, part="page", position=1),
    "judging_office.supply_copy": act(DECIDERS, STAFF, "hiding", **HIDDEN),
    "judging_office.take_copy_away": act(DECIDERS, STAFF, "hiding", **HIDDEN),
    "judging_office.clear_file": act(DECIDERS, STAFF, "hiding", **HIDDEN),
    "judging_office.unblind": office(ORGANIZER, "unblinding", **FIRST),
    "judging_office.reminder_plan": office(DECIDERS, **LAST),
    "judging_office.stop_reminders": act(DECIDERS, STAFF, "starting", **LAST),
    "judging_office.panel": office(DECIDERS, "gathering", **FIRST, panel="BAO_IN"),
    "judging_office.assignments": page(STAFF, "gathering", **FIRST, panel="BAO_IN"),
    "judging_office.spread": office(DECIDERS, "gathering", **FIRST),
    "judging_office.proposed_work": office(DECIDERS, "gathering", **FIRST, entry_id="gathered"),
    "judging_office.lay_aside": act(DECIDERS, STAFF, "starting", **LAST),
    "judging_office.bring_assignments": office(DECIDERS, "gathering", **FIRST),
    "judging_office.assignments_file": Door(
        STAFF, stage="gathering", values={**FIRST, "kind": "csv"}, notes=frozenset({"audit_line", "audit_head"})
    ),
    "judging_office.work": office(DECIDERS, "gathering", **FIRST, entry_id="gathered"),
    "judging_office.reopen": office(DECIDERS, "sealing", **LAST, assignment_id="closed_assignment"),
    # How far the marks can be relied on
    "calibration.own": page(JURORS),
    "calibration_office.overview": page(COMPARERS),
    "calibration_office.study": page(COMPARERS, **LAST),
    "calibration_office.places": page(COMPARERS, "sealed", **LAST),
    "calibration_office.first": comparing("gathering", **FIRST, panel="BAO_IN"),
    "calibration_office.spread": comparing("starting", **LAST, panel="BAO_IN"),
    "calibration_office.again": comparing("judging", **LAST),
    # Paper ballots
    "ballots_office.bring": form(DECIDERS),
    "ballots_office.empty_form": drawing(DECIDERS),
    "ballots_office.confirm": form(DECIDERS, batch_id="paper_batch"),
    # Meetings of the council
    "council_office.meetings": page(STAFF),
    "council_office.call": office(DECIDERS, "sealed", **LAST),
    "council_office.meeting": page(STAFF, "between-votes", meeting_id="meeting"),
    "council_office.state": page(STAFF, "between-votes", meeting_id="meeting"),
    "council_office.work_file": page(STAFF, "between-votes", **DISCUSSED, part="page", position=1),
    "council_office.minutes": page(STAFF, "between-votes", meeting_id="meeting"),
    "council_office.minutes_pdf": drawing(STAFF, "between-votes", meeting_id="meeting"),
    "council_office.open_": office(DECIDERS, "sealing", meeting_id="called_meeting"),
    "council_office.roll": office(DECIDERS, "between-votes", meeting_id="meeting"),
    "council_office.take_up": office(DECIDERS, "between-votes", meeting_id="meeting"),
    "council_office.note": office(DECIDERS, "between-votes", meeting_id="meeting"),
    "council_office.propose": office(DECIDERS, "between-votes", meeting_id="meeting"),
    "council_office.decide": office(DECIDERS, meeting_id="deciding_meeting"),
    "council_office.vote": office(DECIDERS, "between-votes", meeting_id="meeting"),
    "council_office.close_vote": act(DECIDERS, STAFF, "balloting", meeting_id="voting_meeting"),
    "council_office.open_questions": page(STAFF, "between-votes", meeting_id="meeting"),
    "council_office.move": act(DECIDERS, STAFF, "between-votes", meeting_id="meeting"),
    "council_office.close": office(DECIDERS, "between-votes", meeting_id="meeting"),
    "council.meetings": page(JURORS),
    "council.call": form(CHAIR, "sealed", **LAST),
    "council.meeting": page(VOTERS, "between-votes", meeting_id="meeting"),
    "council.state": page(VOTERS, "between-votes", meeting_id="meeting"),
    "council.work_file": page(VOTERS, "between-votes", **DISCUSSED, part="page", position=1),
    "council.minutes": page(VOTERS, "between-votes", meeting_id="meeting"),
    "council.minutes_pdf": drawing(VOTERS, "between-votes", meeting_id="meeting"),
    "council.open_": form(CHAIR, "sealing", meeting_id="called_meeting"),
    "council.roll": form(CHAIR, "between-votes", meeting_id="meeting"),
    "council.take_up": form(CHAIR, "between-votes", meeting_id="meeting"),
    "council.note": form(CHAIR, "between-votes", meeting_id="meeting"),
    "council.propose": form(CHAIR, "between-votes", meeting_id="meeting"),
    "council.decide": form(CHAIRS, meeting_id="deciding_meeting"),
    "council.vote": form(CHAIR, "between-votes", meeting_id="meeting"),
    "council.close_vote": act(CHAIR, NOBODY, "balloting", meeting_id="voting_meeting"),
    "council.open_questions": page(CHAIR, "between-votes", meeting_id="meeting"),
    "council.move": act(CHAIR, NOBODY, "between-votes", meeting_id="meeting"),
    "council.close": form(CHAIR, "between-votes", meeting_id="meeting"),
    # Results
    "results.notice": page(EVERYONE, "posted"),
    # Complaints about the posted list
    "complaints.complain": form(EVERYONE, "complaining"),
    "complaints.receipt": page(EVERYONE, "complaining"),
    "complaints.follow": form(EVERYONE, "complaining"),
    "privacy.overview": page(SIGNED_IN),
    "privacy.take_along": Door(SIGNED_IN, notes=frozenset({"audit_line", "audit_head"})),
    "privacy.ask": form(SIGNED_IN),
    "privacy.take_back": act(OWNER, number="asked_request"),
    "privacy.withdraw": act(OWNER, number="consent"),
    "privacy_office.index": page(DECIDERS, "receiving"),
    "privacy_office.paper": form(DECIDERS, "receiving"),
    "privacy_office.show": Door(DECIDERS, ORGANIZER, DECIDERS, "receiving", {"number": "asked_request"}),
    "privacy_office.carry_out": act(ORGANIZER, DECIDERS, "receiving", number="granted_request"),
    "privacy_office.openings": Door(ORGANIZER, knows=DECIDERS, stage="receiving"),
    "privacy_office.contacts": act(DECIDERS, stage="receiving", entry_id="received"),
    "privacy_office.periods": page(DECIDERS, "receiving"),
    "privacy_office.incidents": Door(ORGANIZER, knows=DECIDERS, stage="receiving"),
    "privacy_office.add_incident": Door(ORGANIZER, ORGANIZER, DECIDERS, "receiving"),
    "privacy_office.incident": Door(ORGANIZER, ORGANIZER, DECIDERS, "receiving", {"number": "incident"}),
    "complaints_office.index": page(COUNCIL, "complaining"),
    "complaints_office.show": page(COUNCIL, "complaining", number="complaint"),
    "complaints_office.contact": act(DECIDERS, COUNCIL, "complaining", number="complaint"),
    "complaints_office.file": act(DECIDERS, COUNCIL, "complaining", number="complaint", file_id="evidence"),
    "complaints_office.assign": act(DECIDERS, COUNCIL, "complaining", number="complaint"),
    "complaints_office.note": act(DECIDERS, COUNCIL, "complaining", number="complaint"),
    "complaints_office.name_work": act(DECIDERS, COUNCIL, "complaining", number="complaint"),
    "complaints_office.merge": act(DECIDERS, COUNCIL, "complaining", number="complaint"),
    "complaints_office.reply": act(DECIDERS, COUNCIL, "complaining", number="complaint"),
    "complaints_office.remark": Door(COUNCIL, DECIDERS, COUNCIL, "complaining", {"number": "complaint"}),
    "complaints_office.conclude": Door(COUNCIL, DECIDERS, COUNCIL, "complaining", {"number": "remarked"}),
    # The published results
    "proof.show": page(EVERYONE, "published"),
    "proof.bundle": page(EVERYONE, "published"),
    "proof_desk.receipts": page(JURORS),
    "proof_desk.receipt": page(JUROR, sheet_id="sent_sheet"),
    "proof_office.log": page(frozenset({"organizer", "observer"})),
    "showcase.show": page(EVERYONE, "published"),
    "showcase.show_pdf": page(EVERYONE, "published"),
    "showcase.show_xlsx": page(EVERYONE, "published"),
    "showcase.show_json": page(EVERYONE, "published"),
    "showcase.feed": page(EVERYONE, "published"),
    "showcase.winner": page(EVERYONE, "published", code="winner"),
    "showcase.gallery": page(EVERYONE, "published"),
    "showcase.newsrooms": page(EVERYONE, "published"),
    "showcase.frame": page(EVERYONE, "published"),
    "showcase.card": page(EVERYONE, "published", sha256="card"),
    "showcase.medium": page(EVERYONE, "published", code="winner", sha256="medium"),
    "showcase_site.robots": page(EVERYONE),
    "showcase_site.sitemap": page(EVERYONE),
    "showcase_office.index": page(ORGANIZER, "decided"),
    "showcase_office.note": form(ORGANIZER, "published", entry_code="winner"),
    "results_office.overview": page(COUNCIL),
    "results_office.round_page": page(COUNCIL, **LAST),
    "results_office.seal": result(DECIDERS, "ready", **LAST),
    "results_office.discrepancy": result(SETTLERS, "sealing", **LAST, entry_code="discrepant"),
    "results_office.third": result(SETTLERS, "differing", **LAST, entry_code="differing"),
    "results_office.tie": result(SETTLERS, "tied", **LAST, entry_code="tied_work"),
    "results_office.tie_for_prize": result(SETTLERS, "prize-tied", **LAST, prize="CD"),
    "results_office.flag": result(SETTLERS, "naming", **FIRST, panel="BAO_IN"),
    "results_office.bonus": result(SETTLERS, "naming", **FIRST, bonus="clip"),
    "results_office.short": result(SETTLERS, "short", **LAST, group="BAO_IN", tier="A"),
    "results_office.choose": result(SETTLERS, "choosing", **LAST, prize="DB"),
    "results_office.why": page(COUNCIL, "sealed", **LAST, entry_code="explained"),
    "results_office.why_pdf": drawing(COUNCIL, "sealed", **LAST, entry_code="explained"),
    "results_office.carry_on": result(ORGANIZER, "phase"),
    "results_panel.round_page": page(CHAIR, "sealing", **LAST),
    "results_panel.discrepancy": form(CHAIR, "sealing", **LAST, entry_code="discrepant"),
    "results_panel.third": form(CHAIR, "differing", **LAST, entry_code="differing"),
    "results_panel.tie": form(CHAIR, "tied", **LAST, entry_code="tied_work"),
    "results_panel.flag": form(CHAIR, "naming", **FIRST, panel="BAO_IN"),
    "results_office.advance": result(DECIDERS, "advancing", **FIRST),
    "results_office.propose": result(SETTLERS, "sealed"),
    "results_office.award_list": page(COUNCIL, "proposed"),
    "results_office.award_file": drawing(COUNCIL, "proposed"),
    "results_office.approve": result(ORGANIZER, "proposed"),
    "results_office.post_list": result(DECIDERS, "approved"),
    "results_office.decide": result(ORGANIZER, "posted"),
    "results_office.publish": result(ORGANIZER, "prepared"),
    # What winners confirm, and how they are paid
    "winners.index": page(SIGNED_IN, "confirming"),
    "winners.confirm": act(AUTHORS, stage="confirming", key="line"),
    "winners.correct": form(AUTHORS, "confirming", key="line"),
    "winners.divide": form(AUTHORS, "confirming", key="line"),
    "winners.account": form(OWNER, "confirming", scope="ca-nhan"),
    "winners.withdraw": act(OWNER, stage="confirming", scope="ca-nhan"),
    "certificates_own.specimen": drawing(AUTHORS, "confirming", award_id="won_award"),
    "winners_office.index": page(STAFF, "confirming"),
    "winners_office.ask": act(DECIDERS, STAFF, "unasked"),
    "winners_office.remind": act(DECIDERS, STAFF, "confirming"),
    "winners_office.accept": Door(ORGANIZER, ORGANIZER, STAFF, "confirming"),
    "winners_office.decline": office(DECIDERS, "confirming", line_answer_id="correction"),
    "winners_office.correct": Door(ORGANIZER, ORGANIZER, STAFF, "confirming", {"key": "line"}),
    "winners_office.pass_over": Door(ORGANIZER, ORGANIZER, STAFF, "confirming"),
    "winners_payments.index": page(PAYER | DECIDERS, "confirming"),
    "winners_payments.reveal": act(PAYER, DECIDERS, "confirming", key="paid_line", user_id="payee"),
    "winners_payments.mark_paid": Door(PAYER, PAYER, DECIDERS, "confirming", {"key": "paid_line", "user_id": "payee"}),
    "winners_payments.undo_payment": Door(
        PAYER, PAYER, DECIDERS, "confirming", {"key": "known_paid", "user_id": "payee"}
    ),
    # Certificates
    "certificates.look_up": page(EVERYONE),
    "certificates.show": page(EVERYONE, code="certificate_code"),
    "certificates.look_at_file": act(EVERYONE),
    "certificates.keys": page(EVERYONE),
    "certificates.certificates": page(EVERYONE),
    "certificates.offline": page(EVERYONE),
    "certificates.offline_file": page(EVERYONE),
    "certificates.ended": page(EVERYONE),
    "certificates.ended_list": page(EVERYONE),
    "certificates_own.index": page(SIGNED_IN, "published"),
    "certificates_own.download": page(OWNER, "published", number="certificate"),
    "certificates_own.picture": drawing(OWNER, "published", number="certificate"),
    "certificates_office.index": page(STAFF, "numbered"),
    "certificates_office.prepare": act(DECIDERS, STAFF, "decided"),
    "certificates_office.draw": act(DECIDERS, STAFF, "numbered"),
    "certificates_office.progress": page(STAFF, "published"),
    "delivery_office.single": taken(number="certificate"),
    "delivery_office.archive": taken(),
    "delivery_office.print_file": taken(),
    "delivery_office.marked_print_file": taken(slow=True),
    "delivery_office.prints": page(STAFF, "published"),
    "delivery_office.record_prints": act(DECIDERS, STAFF, "published"),
    "delivery_office.spoil": office(DECIDERS, "published", print_id="sheet"),
    "delivery_letters.index": page(DECIDERS, "published"),
    "delivery_letters.tell": act(DECIDERS, stage="published"),
    "delivery_letters.tell_again": act(DECIDERS, stage="published", letter_id="told"),
    "delivery.copy": page(EVERYONE, "published", token="copy_token"),
    "delivery.download": page(EVERYONE, "published", token="copy_token"),
    "certificates_office.preview": page(STAFF, "numbered"),
    "certificates_office.preview_picture": drawing(STAFF, "numbered", which="dai"),
    "certificates_office.templates": page(STAFF, "numbered"),
    "certificates_office.new_template": office(DECIDERS, "numbered"),
    "certificates_office.edit_template": office(DECIDERS, "numbered", template_id="template"),
    "certificates_office.retire_template": act(DECIDERS, STAFF, "numbered", template_id="template"),
    "certificates_office.restore_template": act(DECIDERS, STAFF, "numbered", template_id="retired_template"),
    "certificates_office.template_specimen": drawing(STAFF, "numbered", template_id="template", which="dai"),
    "certificates_office.take_up_templates": act(DECIDERS, STAFF, "numbered"),
    # Official documents
    "official_office.index": page(STAFF, "published"),
    "official_office.document": office(DECIDERS, "published", kind="quyet-dinh"),
    "official_office.picture": drawing(STAFF, "published", kind="quyet-dinh"),
    # Awards taken back and given back
    "revocations.index": page(STAFF, "phase"),
    "revocations.of_work": Door(ORGANIZER, ORGANIZER, STAFF, "phase", {"award_id": "award", "act": "thu-hoi"}),
    "revocations.of_newsroom": Door(
        ORGANIZER, ORGANIZER, STAFF, "phase", {"collective_award_id": "collective_award", "act": "tam-thu-hoi"}
    ),
    # The machine
    "operations_office.letters": page(DECIDERS),
    "upkeep_office.status": page(DECIDERS),
    "operations_office.letter": form(DECIDERS, number="judging_letter"),
}


def address(world: World, endpoint: str, door: Door, **instead: Any) -> str:
    """Write the address of a door in the world.

    :param instead: other values than those of the table
    """
    values = {name: world.places.get(value, value) for name, value in door.values.items()} | instead
    if world.app.url_map.is_endpoint_expecting(endpoint, "slug"):
        values.setdefault("slug", world.slugs[door.stage])
    built: str = world.app.url_map.bind("localhost").build(endpoint, values)
    return built


def methods(world: World, endpoint: str) -> Iterator[str]:
    """List what an address takes, apart from asking what it takes."""
    for rule in world.app.url_map.iter_rules(endpoint):
        yield from sorted((rule.methods or set()) & {"GET", "POST"})
