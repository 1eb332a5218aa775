"""The audit log: every act that matters is one line, chained per contest, written with the act itself.

Lines hold random subject ids and facts, never names or contact data, so that a person can be erased and the chain
still verify. Rows that are written once are bound into the line of the act that wrote them: `flaws` finds those that
somebody changed past the application.
"""

from contest.audit.checking import Flaw, Misfit, Wrong, flaws, verify
from contest.audit.services import bind_older_rows, head, record

__all__ = ["Flaw", "Misfit", "Wrong", "bind_older_rows", "flaws", "head", "record", "verify"]
