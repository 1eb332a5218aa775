"""Running the system: serving, background work, migrations, checks, the outbox as the staff sees it."""
