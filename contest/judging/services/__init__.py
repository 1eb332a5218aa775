"""What people do in the jury room: form panels, admit and assign works, open rounds, mark, vote, step back, reopen."""

from contest.judging.services.assigning import (
    Proposal,
    assign,
    choose_jurors,
    propose_spread,
    spread,
    unassign,
)
from contest.judging.services.drafts import forget_notes, restore_draft, restore_sheet, save_note
from contest.judging.services.extra_time import assign_third, remind, reopen
from contest.judging.services.marking import record_paper_sheet, save_sheet_draft, send_draft, submit_score_sheet
from contest.judging.services.rounds import (
    admit_accepted,
    admit_entries,
    begin_round,
    form_panel,
    new_alias,
    open_round,
    place_works,
    seats_needed,
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
    "Proposal",
    "admit_accepted",
    "admit_entries",
    "assign",
    "assign_third",
    "begin_round",
    "cast_ballot",
    "choose_jurors",
    "close_ballot",
    "declare_conflict",
    "forget_notes",
    "form_panel",
    "new_alias",
    "open_ballot",
    "open_round",
    "place_works",
    "propose_spread",
    "record_paper_ballot",
    "record_paper_sheet",
    "record_presence",
    "recuse",
    "remind",
    "reopen",
    "restore_draft",
    "restore_sheet",
    "save_note",
    "save_sheet_draft",
    "seats_needed",
    "send_draft",
    "spread",
    "step_back_from_vote",
    "submit_score_sheet",
    "unassign",
]
