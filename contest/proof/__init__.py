"""What vouches for a result: the log as people read it, commitments, receipts, and what all of it proves."""
