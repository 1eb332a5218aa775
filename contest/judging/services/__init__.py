"""What people do in the jury room: form panels, admit and assign works, open rounds, mark, step back, reopen."""

from contest.judging.services.assigning import (
    Proposal,
    assign,
    choose_jurors,
    conflicts_in,
    propose_spread,
    spread,
    unassign,
)
from contest.judging.services.extra_time import remind, reopen
from contest.judging.services.marking import save_sheet_draft, submit_score_sheet
from contest.judging.services.rounds import (
    admit_accepted,
    admit_entries,
    begin_round,
    form_panel,
    new_alias,
    open_round,
)
from contest.judging.services.stepping_back import declare_conflict, recuse

__all__ = [
    "Proposal",
    "admit_accepted",
    "admit_entries",
    "assign",
    "begin_round",
    "choose_jurors",
    "conflicts_in",
    "declare_conflict",
    "form_panel",
    "new_alias",
    "open_round",
    "propose_spread",
    "recuse",
    "remind",
    "reopen",
    "save_sheet_draft",
    "spread",
    "submit_score_sheet",
    "unassign",
]
