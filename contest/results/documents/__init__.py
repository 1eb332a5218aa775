"""What results say on paper and in sentences."""

from contest.results.documents.figures import Figures, plain, points
from contest.results.documents.prize_list import prize_table, result_list
from contest.results.documents.reasons import Explanation, Voice, explain
from contest.results.documents.reasons_sheet import reasons_sheet

PDF = "application/pdf"

__all__ = [
    "PDF",
    "Explanation",
    "Figures",
    "Voice",
    "explain",
    "plain",
    "points",
    "prize_table",
    "reasons_sheet",
    "result_list",
]
