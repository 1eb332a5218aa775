"""Awards that are suspended, revoked or restored after the decision, with all that follows from it."""
