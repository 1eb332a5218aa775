"""Finding works, each for a named viewer, and the facts that the rules look at."""

from contest.entries.queries.exemplars import names_exemplar, works_about, works_by_exemplar
from contest.entries.queries.gathering import Held, facts, facts_of_all, unit_name
from contest.entries.queries.people import people_of
from contest.entries.queries.works import (
    accepted,
    attachment_of,
    bytes_not_sent,
    entries_of,
    entries_of_outlets,
    entry_for,
    infected_files,
    last_code,
    readable_entry,
    revisions_of,
    started_with,
    units_represented,
    works_sent_by_unit,
)

__all__ = [
    "Held",
    "accepted",
    "attachment_of",
    "bytes_not_sent",
    "entries_of",
    "entries_of_outlets",
    "entry_for",
    "facts",
    "facts_of_all",
    "infected_files",
    "last_code",
    "names_exemplar",
    "people_of",
    "readable_entry",
    "revisions_of",
    "started_with",
    "unit_name",
    "units_represented",
    "works_about",
    "works_by_exemplar",
    "works_sent_by_unit",
]
