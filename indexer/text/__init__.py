"""Text as such: Unicode, spaces, lookalike letters, dates."""
