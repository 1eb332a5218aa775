"""The meeting room, from the secretariat's side and from the members' desk."""

from contest.council.office import meetings, minutes, running, voting
from contest.council.office.blueprint import bp, desk_bp

blueprints = [bp, desk_bp]


__all__ = ["blueprints", "bp", "desk_bp", "meetings", "minutes", "running", "voting"]
