"""The recount: a contest written as plain files that compute to the same result anywhere, without a database."""
