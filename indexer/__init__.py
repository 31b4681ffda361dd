"""Reads resolutions, finds their clauses and citations, and writes them into an index."""
