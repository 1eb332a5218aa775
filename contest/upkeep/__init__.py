"""Keeping what there is: backups and their way back, faults of the machine, its health for people and programs."""
