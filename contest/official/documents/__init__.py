"""Documents, each described from plain values; `described` finds these in a contest."""

from contest.official.documents.describing import described, fields_of

__all__ = ["described", "fields_of"]
