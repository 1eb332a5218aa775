"""Documents, each described from plain values."""
