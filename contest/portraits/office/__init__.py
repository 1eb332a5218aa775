"""The staff's doors to exemplars: who they are, which of them are the same, which others are to follow."""

from contest.portraits.office import describing, merging, proposing
from contest.portraits.office.blueprint import bp

__all__ = ["bp", "describing", "merging", "proposing"]
