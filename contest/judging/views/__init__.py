"""The juror's doors: desk, sheet beside the work, own order, papers, ballot, the files of a work, stepping back."""

from contest.judging.views import compare, desk, own_papers, paper, sheet, voting, work
from contest.judging.views.blueprint import bp

__all__ = ["bp", "compare", "desk", "own_papers", "paper", "sheet", "voting", "work"]
