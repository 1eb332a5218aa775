"""The secretariat's doors to the jury room: rounds, panels, assignment, opening, progress, votes, extra time."""

from contest.judging.office import assigning, panels, progress, reminders, rounds, voting
from contest.judging.office.blueprint import bp

__all__ = ["assigning", "bp", "panels", "progress", "reminders", "rounds", "voting"]
