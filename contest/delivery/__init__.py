"""Certificates on their way to people: what was printed, who was written to, and the link to one's own copy."""
