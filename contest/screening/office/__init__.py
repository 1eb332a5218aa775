"""The secretariat's doors: the list of works, the dossier, the acts on it, its files."""

from contest.screening.office import deciding, dossier, files, table
from contest.screening.office.blueprint import bp

__all__ = ["bp", "deciding", "dossier", "files", "table"]
