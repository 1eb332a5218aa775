"""The way from sealing to the wall, as staff and the council walk it."""

from contest.results.office import naming, overview, prize_list, reasons, rounds, settling, steps
from contest.results.office.blueprint import bp, panel_bp

blueprints = [bp, panel_bp]

__all__ = ["blueprints", "bp", "naming", "overview", "prize_list", "reasons", "rounds", "settling", "steps"]
