"""How fast Clausula builds and answers, beside Whoosh as it comes, SQLite FTS5 and tantivy, on the same words."""
