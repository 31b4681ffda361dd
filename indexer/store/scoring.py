"""BM25F as Whoosh has it, with the statistics of one language.

Stock Whoosh divides by *all* documents of the index. With six languages in one index that makes the average Russian
text six times too short and every word six times too rare, so that ranking changes with the number of languages.
Here a text field knows only the documents of its own language: a language ranks in a joint index as it does alone.
"""

from __future__ import annotations

from math import log

from whoosh.reading import IndexReader
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from indexer.store.schema import language_of

B = 0.75
K1 = 1.2


class ClauseScoring(BM25F):
    """Stock BM25F except that document counts are those of the field's language."""

    def __init__(self) -> None:
        super().__init__(B=B, K1=K1)

    def idf(self, searcher: ClauseSearcher, fieldname: str, text: str | bytes) -> float:
        """Return how telling a term is among the texts of its language."""
        frequency = searcher.reader().doc_frequency(fieldname, text)
        return log(searcher.documents_in(fieldname) / (frequency + 1)) + 1


class ClauseSearcher(Searcher):
    """A searcher for one thread at a time."""

    def __init__(self, reader: IndexReader) -> None:
        super().__init__(reader, weighting=ClauseScoring())

    def documents_in(self, field: str) -> int:
        """Return the number of documents in the language of the field, of all documents for an exact field."""
        lang = language_of(field)
        return self.reader().doc_frequency("lang", lang) if lang else self.doc_count_all()

    def avg_field_length(self, fieldname: str, default: float | None = None) -> float | None:
        """Return the mean length over the documents of the field's language."""
        if language_of(fieldname) is None:
            return default
        return self.reader().field_length(fieldname) / (self.documents_in(fieldname) or 1)
