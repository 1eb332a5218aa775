"""What authors open and send: their works, the steps of the form, files, receipts; and the check for everybody."""

from contest.entries.views import files, self_check, steps, works
from contest.entries.views.blueprints import blueprints, bp, public

__all__ = ["blueprints", "bp", "files", "public", "self_check", "steps", "works"]
