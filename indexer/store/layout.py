"""The names of files and folders inside a generation."""

from __future__ import annotations

POSTINGS = "postings"  # the Whoosh index
COLUMN_FOLDER = "columns"
LEXICONS = "lexicons"  # one JSON file for each language that learned from the corpus
CLAUSES = "clauses"  # lines of `ClauseRecord`, one a document
SOURCES = "sources"  # lines of `SourceRecord`, one a source that was read
RESOLUTIONS = "resolutions"  # lines of `ResolutionRecord`
