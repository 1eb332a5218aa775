"""The doors through which people come in, and the pages on which they see to their own account."""

from contest.accounts.views import entrance, joining, office_account, own_account, proving, second_step, security
from contest.accounts.views.blueprint import bp

__all__ = ["bp", "entrance", "joining", "office_account", "own_account", "proving", "second_step", "security"]
