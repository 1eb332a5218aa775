"""Where the staff follows the answers of winners, and the payer pays them."""

from contest.winners.office import confirming, paying
from contest.winners.office.blueprint import bp, payments_bp

blueprints = [bp, payments_bp]

__all__ = ["blueprints", "confirming", "paying"]
