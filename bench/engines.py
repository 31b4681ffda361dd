"""The engines that are compared: each writes the same documents and answers the same questions.

An answer is the ten best documents; `count` gives how many there are in all, to see that the engines agree; a
faceted answer adds exact counts of the values of some fields. Words reach the peers as ``w17``, one for each word of
each language, so that no tokenizer can take them for anything else.
"""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import tantivy
from whoosh.query import compound, qcore, spans, terms
from whoosh.sorting import Facets, FieldFacet

from bench.documents import Document, Question
from bench.stock import StockIndex
from indexer.model import LanguageCode
from indexer.store import And, Or, Phrase, Snapshot, StoreQuery, Term, form_field
from indexer.store.query import Everything
from indexer.store.schema import ValueName
from indexer.store.selection import first_in_order

TOP = 10
FACET_VALUES = 50

Counts = dict[str, list[tuple[str, int]]]


class Engine(ABC):
    """Answers questions from an index that is already written."""

    name: ClassVar[str]

    @abstractmethod
    def top(self, question: Question) -> Sequence[Any]:
        """Return the ten best documents."""

    @abstractmethod
    def count(self, question: Question) -> int:
        """Return how many documents match."""

    @abstractmethod
    def faceted(self, question: Question | None, facets: Sequence[ValueName]) -> Any:
        """Return the ten best documents and exact counts; without a question of everything."""


class Peer(Engine):
    """An engine of others, which writes its own index into a folder."""

    @abstractmethod
    def __init__(self, folder: Path) -> None: ...

    @abstractmethod
    def write(self, documents: Iterable[Document]) -> None:
        """Write and finish the index."""


class Ours(Engine):
    """Clausula's store: whole arrays."""

    name = "clausula"

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def top(self, question: Question) -> Sequence[Any]:
        matches = self._snapshot.match(_store_query(question))
        best: Sequence[Any] = _best(matches.docs, matches.scores)
        return best

    def count(self, question: Question) -> int:
        return len(self._snapshot.match(_store_query(question)).docs)

    def faceted(self, question: Question | None, facets: Sequence[ValueName]) -> Any:
        columns = self._snapshot.columns
        matches = self._snapshot.match(_store_query(question) if question else Everything())
        selection = columns.select(matches.docs)
        counts = {name: columns[name].most_frequent(columns[name].count(selection), FACET_VALUES) for name in facets}
        return _best(matches.docs, matches.scores), counts


def _best(docs: Any, scores: Any) -> Any:
    return docs.take(first_in_order((-scores,), TOP))


def _store_query(question: Question) -> StoreQuery:
    field = form_field(question.lang)
    words = tuple(Term(field, word) for word in question.words)
    match question.kind:
        case "term":
            return words[0]
        case "phrase":
            return Phrase(field, tuple((word,) for word in question.words))
        case "or3":
            return Or(words)
        case _:
            return And(words)


class StockWhoosh(Peer):
    """Whoosh as it comes: its codec, writer, matchers and collectors."""

    name = "whoosh3"

    def __init__(self, folder: Path) -> None:
        self._index = StockIndex(folder)

    def write(self, documents: Iterable[Document]) -> None:
        for document in documents:
            self._index.add(document.lang, document.tokens, document.values)
        self._index.commit()

    @cached_property
    def _searcher(self) -> Any:
        return self._index.searcher()

    def top(self, question: Question) -> Sequence[Any]:
        return [hit.docnum for hit in self._searcher.search(_whoosh_query(question), limit=TOP)]

    def count(self, question: Question) -> int:
        return len(self._searcher.search(_whoosh_query(question), limit=None))

    def faceted(self, question: Question | None, facets: Sequence[ValueName]) -> Any:
        grouped = Facets()
        for name in facets:
            grouped.add_facet(name, FieldFacet(name, allow_overlap=True))
        query = _whoosh_query(question) if question else qcore.Every()
        results = self._searcher.search(query, limit=TOP, groupedby=grouped)
        counts = {name: {value: len(docs) for value, docs in results.groups(name).items()} for name in facets}
        return [hit.docnum for hit in results], counts


def _whoosh_query(question: Question) -> qcore.Query:
    field = form_field(question.lang)
    words = [terms.Term(field, word) for word in question.words]
    match question.kind:
        case "term":
            return words[0]
        case "phrase":
            return spans.SpanNear2(words)
        case "or3":
            return compound.Or(words)
        case _:
            return compound.And(words)


class _Numbers(dict[tuple[LanguageCode, str], str]):
    """A name for each word of each language."""

    def __missing__(self, key: tuple[LanguageCode, str]) -> str:
        name = self[key] = f"w{len(self)}"
        return name

    def text(self, lang: LanguageCode, words: Iterable[str]) -> str:
        return " ".join(self[lang, word] for word in words)


class Fts5(Peer):
    """SQLite's full-text index, with plain tables for the facets."""

    name = "sqlite fts5"

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._db = sqlite3.connect(folder / "index.sqlite")
        self._words = _Numbers()

    def write(self, documents: Iterable[Document]) -> None:
        execute = self._db.execute
        execute("CREATE VIRTUAL TABLE clause USING fts5(form, base, content='', tokenize='ascii')")
        for name in _FACET_TABLES:
            execute(f"CREATE TABLE facet_{name} (doc INTEGER, value TEXT)")
        for doc, document in enumerate(documents):
            texts = [self._words.text(document.lang, words) for words in (document.forms, document.bases)]
            execute("INSERT INTO clause(rowid, form, base) VALUES (?, ?, ?)", (doc, *texts))
            for name in _FACET_TABLES:
                rows = ((doc, value) for value in document.values[name])
                self._db.executemany(f"INSERT INTO facet_{name} VALUES (?, ?)", rows)
        for name in _FACET_TABLES:
            execute(f"CREATE INDEX facet_{name}_doc ON facet_{name} (doc, value)")
        execute("INSERT INTO clause(clause) VALUES ('optimize')")
        self._db.commit()
        execute("ANALYZE")

    def top(self, question: Question) -> Sequence[Any]:
        found = "SELECT rowid FROM clause WHERE clause MATCH ? ORDER BY rank LIMIT ?"
        return self._db.execute(found, (self._match(question), TOP)).fetchall()

    def count(self, question: Question) -> int:
        found = "SELECT count(*) FROM clause WHERE clause MATCH ?"
        return int(self._db.execute(found, (self._match(question),)).fetchone()[0])

    def faceted(self, question: Question | None, facets: Sequence[ValueName]) -> Any:
        counts: Counts = {}
        for name in facets:
            group = f"GROUP BY value ORDER BY count(*) DESC, value LIMIT {FACET_VALUES}"
            if question is None:
                rows = self._db.execute(f"SELECT value, count(*) FROM facet_{name} {group}")
            else:
                joined = f"clause CROSS JOIN facet_{name} ON doc = clause.rowid WHERE clause MATCH ?"
                rows = self._db.execute(f"SELECT value, count(*) FROM {joined} {group}", (self._match(question),))
            counts[name] = rows.fetchall()
        return (self.top(question) if question else []), counts

    def _match(self, question: Question) -> str:
        words = [self._words[question.lang, word] for word in question.words]
        match question.kind:
            case "phrase":
                return f'form : "{" ".join(words)}"'
            case "or3":
                return f"form : ({' OR '.join(words)})"
            case _:
                return f"form : ({' AND '.join(words)})"


_FACET_TABLES: tuple[ValueName, ...] = ("type", "cites", "action", "body", "session", "year", "lang", "subject")


class Tantivy(Peer):
    """tantivy through its Python bindings; the ten best without the number of all, which is its fastest."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        builder = tantivy.SchemaBuilder()
        for name in ("form", "base"):
            builder.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="position")
        for name in _FACET_TABLES:
            builder.add_text_field(name, stored=False, fast=True, tokenizer_name="raw", index_option="basic")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._words = _Numbers()

    def write(self, documents: Iterable[Document]) -> None:
        writer = self._index.writer(heap_size=256_000_000, num_threads=1)
        for document in documents:
            fields: dict[str, Any] = {name: list(document.values[name]) for name in _FACET_TABLES}
            fields["form"] = self._words.text(document.lang, document.forms)
            fields["base"] = self._words.text(document.lang, document.bases)
            writer.add_document(tantivy.Document(**fields))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    @cached_property
    def _searcher(self) -> Any:
        return self._index.searcher()

    def top(self, question: Question) -> Sequence[Any]:
        return list(self._searcher.search(self._query(question), TOP, count=False).hits)

    def count(self, question: Question) -> int:
        return int(self._searcher.search(self._query(question), 1, count=True).count)

    def faceted(self, question: Question | None, facets: Sequence[ValueName]) -> Any:
        query = self._query(question) if question else tantivy.Query.all_query()
        wanted = {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in facets}
        return self._searcher.search(query, TOP, count=False).hits, self._searcher.aggregate(query, wanted)

    def _query(self, question: Question) -> tantivy.Query:
        words = [self._words[question.lang, word] for word in question.words]
        if question.kind == "phrase":
            return tantivy.Query.phrase_query(self._schema, "form", list(words))
        occur = tantivy.Occur.Should if question.kind == "or3" else tantivy.Occur.Must
        parts = [(occur, tantivy.Query.term_query(self._schema, "form", word)) for word in words]
        return parts[0][1] if len(parts) == 1 else tantivy.Query.boolean_query(parts)


class TantivyCounting(Engine):
    """tantivy telling the number of all that match as well, as a page of results needs it."""

    name = "tantivy, counting"

    def __init__(self, plain: Tantivy) -> None:
        self._plain = plain

    def top(self, question: Question) -> Sequence[Any]:
        return list(self._plain._searcher.search(self._plain._query(question), TOP, count=True).hits)

    def count(self, question: Question) -> int:
        return self._plain.count(question)

    def faceted(self, question: Question | None, facets: Sequence[ValueName]) -> Any:
        return self._plain.faceted(question, facets)
