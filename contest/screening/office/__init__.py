"""The secretariat's doors: the list of works, the dossier, the acts on it, its files."""

from contest.screening.office import archives, deciding, dossier, files, table
from contest.screening.office.blueprint import bp

__all__ = ["archives", "bp", "deciding", "dossier", "files", "table"]
