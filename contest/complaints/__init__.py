"""Complaints about the posted list: received from anybody, handled, answered with reasons, each in its time."""
