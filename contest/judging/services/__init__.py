"""What people do in the jury room: form panels, admit and assign works, open rounds, mark, vote, step back, reopen."""

from contest.judging.services.asking import ask_for_time
from contest.judging.services.assigning import assign, choose_jurors, unassign
from contest.judging.services.blindness import (
    LOOKING,
    check_blind,
    clear_file,
    keep_found,
    look_for_names,
    reword,
    supply_copy,
    take_copy_away,
    unblind,
)
from contest.judging.services.comparing import give_to_compare
from contest.judging.services.drafts import restore_draft, restore_sheet, save_note
from contest.judging.services.extra_time import assign_third, reopen
from contest.judging.services.marking import record_paper_sheet, save_sheet_draft, send_draft, submit_score_sheet
from contest.judging.services.marking_again import end_marking_again, mark_again
from contest.judging.services.reminding import (
    REMINDING,
    Reminded,
    ask_for,
    plan_reminders,
    remind,
    remind_as_planned,
    stop_reminders,
)
from contest.judging.services.replacing import Replacement, replace_juror
from contest.judging.services.rounds import (
    SeatTerms,
    admit_accepted,
    admit_entries,
    begin_round,
    form_panel,
    new_alias,
    open_round,
    place_works,
    seats_needed,
)
from contest.judging.services.spreading import (
    Proposal,
    change_proposal,
    lay_aside,
    plan_from_file,
    proposal_at,
    propose_spread,
    refusal_of,
    spread,
)
from contest.judging.services.stepping_back import declare_conflict, recuse
from contest.judging.services.voting import (
    cast_ballot,
    close_ballot,
    open_ballot,
    record_paper_ballot,
    record_presence,
    step_back_from_vote,
)

__all__ = [
    "LOOKING",
    "REMINDING",
    "Proposal",
    "Reminded",
    "Replacement",
    "SeatTerms",
    "admit_accepted",
    "admit_entries",
    "ask_for",
    "ask_for_time",
    "assign",
    "assign_third",
    "begin_round",
    "cast_ballot",
    "change_proposal",
    "check_blind",
    "choose_jurors",
    "clear_file",
    "close_ballot",
    "declare_conflict",
    "end_marking_again",
    "form_panel",
    "give_to_compare",
    "keep_found",
    "lay_aside",
    "look_for_names",
    "mark_again",
    "new_alias",
    "open_ballot",
    "open_round",
    "place_works",
    "plan_from_file",
    "plan_reminders",
    "proposal_at",
    "propose_spread",
    "record_paper_ballot",
    "record_paper_sheet",
    "record_presence",
    "recuse",
    "refusal_of",
    "remind",
    "remind_as_planned",
    "reopen",
    "replace_juror",
    "restore_draft",
    "restore_sheet",
    "reword",
    "save_note",
    "save_sheet_draft",
    "seats_needed",
    "send_draft",
    "spread",
    "step_back_from_vote",
    "stop_reminders",
    "submit_score_sheet",
    "supply_copy",
    "take_copy_away",
    "unassign",
    "unblind",
]
