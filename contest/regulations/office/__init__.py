"""The organizers' pages about the regulation: its parts as forms, the whole text, adopting it."""

from contest.regulations.office import adoption, drafts, tables
from contest.regulations.office.blueprint import bp

__all__ = ["adoption", "bp", "drafts", "tables"]
