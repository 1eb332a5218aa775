"""Who may not see or judge what: interests that people declare, that the machine finds, that the chair decides on."""
