"""The regulation of a contest: a document validated into frozen objects, adopted in numbered versions."""
