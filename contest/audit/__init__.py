"""The audit log: every act that matters is one line, chained per contest, written with the act itself.

Lines hold random subject ids and facts, never names or contact data, so that a person can be erased and the chain
still verify.
"""

from contest.audit.services import head, record, verify

__all__ = ["head", "record", "verify"]
