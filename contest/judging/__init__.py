"""Rounds, panels, assignments and the score sheets of jurors."""
