"""The juror's doors: desk, sheet beside the work, own order, papers, ballot, the files of a work, stepping back."""

from contest.judging.views import by_script, compare, desk, own_papers, paper, sheet, voting, work
from contest.judging.views.blueprint import bp
from contest.judging.views.shell import bp as shell_bp
from contest.judging.views.work import ShownWork, serve_file, shown_work

blueprints = [shell_bp, bp]

__all__ = [
    "ShownWork",
    "blueprints",
    "bp",
    "by_script",
    "compare",
    "desk",
    "own_papers",
    "paper",
    "serve_file",
    "sheet",
    "shown_work",
    "voting",
    "work",
]
