"""The demo: a believable contest of invented people at real places, in any phase, the same for the same seed."""
