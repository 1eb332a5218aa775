"""Screening: the secretariat reads what was sent, and accepts it, returns it or rejects it."""
