"""How large the numbers in hidden fields may be: what a browser sends may be anything."""

from __future__ import annotations

LARGEST_NUMBER = 1_000_000
LARGEST_ID = 2**62
MOST_DIGITS = 9
