"""The names of files and folders inside a generation."""

from __future__ import annotations

POSTINGS = "postings"  # the Whoosh index
COLUMN_FOLDER = "columns"
LEXICONS = "lexicons"  # one JSON file for each language that learned from the corpus
CLAUSES = "clauses"  # lines of `ClauseRecord`, one a document
RESOLUTIONS = "resolutions"  # lines of `ResolutionRecord`
