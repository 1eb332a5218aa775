"""Finding what results rest on and what they came to."""

from contest.results.queries.acts import RoundAct, acts_in, acts_of
from contest.results.queries.agenda import agenda_of
from contest.results.queries.assessment import (
    Assessment,
    WorkIn,
    assess,
    assignments_on,
    awaited,
    panels_chaired,
    works_in,
)
from contest.results.queries.by_hash import frozen
from contest.results.queries.contents import contents_of
from contest.results.queries.marked_again import material_again
from contest.results.queries.material import accepted_works, material_of, members_of, sheets_of
from contest.results.queries.newsrooms import (
    collective_awards_for,
    newsroom_prizes_in_question,
    outlets_of,
    representatives_of,
)
from contest.results.queries.prize_list import (
    awards_of,
    collective_awards_of,
    collective_lines_of,
    lines_of,
    list_version,
    regulation_hash,
    sections_of,
)
from contest.results.queries.sealed import (
    is_newest,
    names_of,
    newest_result,
    out_of,
    result_hash,
    result_of,
    ruling,
    ruling_of,
    titles_of,
    unsealed_before,
    versions_of,
)
from contest.results.queries.way import (
    approvals_of,
    copy_of,
    keeps,
    moment_of,
    newest_decision,
    newest_posting,
    publication_of,
    situation_of,
)

__all__ = [
    "Assessment",
    "RoundAct",
    "WorkIn",
    "accepted_works",
    "acts_in",
    "acts_of",
    "agenda_of",
    "approvals_of",
    "assess",
    "assignments_on",
    "awaited",
    "awards_of",
    "collective_awards_for",
    "collective_awards_of",
    "collective_lines_of",
    "contents_of",
    "copy_of",
    "frozen",
    "is_newest",
    "keeps",
    "lines_of",
    "list_version",
    "material_again",
    "material_of",
    "members_of",
    "moment_of",
    "names_of",
    "newest_decision",
    "newest_posting",
    "newest_result",
    "newsroom_prizes_in_question",
    "out_of",
    "outlets_of",
    "panels_chaired",
    "publication_of",
    "regulation_hash",
    "representatives_of",
    "result_hash",
    "result_of",
    "ruling",
    "ruling_of",
    "sections_of",
    "sheets_of",
    "situation_of",
    "titles_of",
    "unsealed_before",
    "versions_of",
    "works_in",
]
