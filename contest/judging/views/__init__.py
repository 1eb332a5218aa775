"""The juror's doors: the desk, the sheet beside the work, the ballot, the files of a work, stepping back."""

from contest.judging.views import desk, sheet, voting, work
from contest.judging.views.blueprint import bp

__all__ = ["bp", "desk", "sheet", "voting", "work"]
