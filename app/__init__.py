"""Searches an index: query language, facets, HTTP interface, pages and terminal."""
