"""Works entered in a contest: drafts, revisions, bylines, instalments, dossier files and what the regulation says."""
