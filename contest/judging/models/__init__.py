"""What is remembered of judging: rounds, panels, who judges what, every sheet and every ballot."""

from contest.judging.models.blindness import LookedThrough, RedactedCopy
from contest.judging.models.marking import Assignment, Reopening, ScoreSheet, SheetDraft
from contest.judging.models.own_papers import DraftRevision, JurorNote
from contest.judging.models.planning import AssignmentPlan
from contest.judging.models.reminders import Reminder, ReminderPlan
from contest.judging.models.rounds import Panel, PanelMember, Round, RoundEntry
from contest.judging.models.voting import Ballot, Sitting

__all__ = [
    "Assignment",
    "AssignmentPlan",
    "Ballot",
    "DraftRevision",
    "JurorNote",
    "LookedThrough",
    "Panel",
    "PanelMember",
    "RedactedCopy",
    "Reminder",
    "ReminderPlan",
    "Reopening",
    "Round",
    "RoundEntry",
    "ScoreSheet",
    "SheetDraft",
    "Sitting",
]
