"""The secretariat's doors to the jury room: rounds, panels, assignment, opening, progress, votes, extra time."""

from contest.judging.office import assigning, blindness, files, panels, progress, reminders, rounds, spreading, voting
from contest.judging.office.blueprint import bp

__all__ = ["assigning", "blindness", "bp", "files", "panels", "progress", "reminders", "rounds", "spreading", "voting"]
