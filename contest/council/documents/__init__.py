"""What is written of a meeting: sentences of its minutes, and the document that is signed."""

from contest.council.documents.minutes import described, minutes, present_of
from contest.council.documents.naming import Named
from contest.council.documents.telling import Told, counted, tell, withheld_sentence

__all__ = ["Named", "Told", "counted", "described", "minutes", "present_of", "tell", "withheld_sentence"]
