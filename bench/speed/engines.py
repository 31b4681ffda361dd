"""The engines that are compared: each writes the same documents and answers the same questions.

An answer is the ten best documents; `count` gives how many there are in all, to see that the engines agree; a
faceted answer adds exact counts of the values of some fields. Words reach the peers as ``w17``, one for each word of
each language, so that no tokenizer can take them for anything else.
"""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar

import msgspec
import tantivy
from whoosh.query import compound, qcore, spans, terms
from whoosh.sorting import Facets, FieldFacet

from bench.speed.documents import ALL_FACETS, Document, Question
from bench.speed.stock import StockWriter, open_stock
from indexer.model import LanguageCode
from indexer.store import And, Or, Phrase, Snapshot, StoreQuery, Term, form_field
from indexer.store.query import Everything
from indexer.store.schema import ValueName
from indexer.store.selection import first_in_order

TOP = 10
FACET_VALUES = 50
WRITER_BYTES = 256_000_000

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
    """An engine of others. It is made with the folder of an index that `write` wrote."""

    @abstractmethod
    def __init__(self, folder: Path) -> None: ...

    @classmethod
    @abstractmethod
    def write(cls, folder: Path, documents: Iterable[Document]) -> None:
        """Write an index of the documents into a new folder."""


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
        self._searcher: Any = open_stock(folder)

    @classmethod
    def write(cls, folder: Path, documents: Iterable[Document]) -> None:
        writer = StockWriter(folder)
        for document in documents:
            writer.add(document.lang, document.tokens, document.values)
        writer.commit()

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


class Names:
    """A name for each word of each language, kept in a file beside the index."""

    def __init__(self) -> None:
        self._names: dict[LanguageCode, dict[str, str]] = {}
        self._count = 0

    def of(self, lang: LanguageCode, word: str) -> str:
        """Return the name of a word."""
        known = self._names.setdefault(lang, {})
        if word not in known:
            known[word] = f"w{self._count}"
            self._count += 1
        return known[word]

    def text(self, lang: LanguageCode, words: Iterable[str]) -> str:
        """Return a text of names."""
        return " ".join(self.of(lang, word) for word in words)

    def save(self, folder: Path) -> None:
        """Write the file."""
        folder.with_suffix(".names").write_bytes(msgspec.json.encode(self._names))

    @classmethod
    def load(cls, folder: Path) -> Names:
        """Return what `save` wrote."""
        names = cls()
        content = folder.with_suffix(".names").read_bytes()
        names._names = msgspec.json.decode(content, type=dict[LanguageCode, dict[str, str]])
        names._count = sum(map(len, names._names.values()))
        return names


class Fts5(Peer):
    """SQLite's full-text index, with plain tables for the facets."""

    name = "sqlite fts5"

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "index.sqlite")
        self._names = Names.load(folder)

    @classmethod
    def write(cls, folder: Path, documents: Iterable[Document]) -> None:
        folder.mkdir(parents=True)
        names = Names()
        with closing(sqlite3.connect(folder / "index.sqlite")) as db:
            db.execute("CREATE VIRTUAL TABLE clause USING fts5(form, base, content='', tokenize='ascii')")
            for name in ALL_FACETS:
                db.execute(f"CREATE TABLE facet_{name} (doc INTEGER, value TEXT)")
            for doc, document in enumerate(documents):
                texts = [names.text(document.lang, words) for words in (document.forms, document.bases)]
                db.execute("INSERT INTO clause(rowid, form, base) VALUES (?, ?, ?)", (doc, *texts))
                for name in ALL_FACETS:
                    rows = [(doc, value) for value in document.values[name]]
                    db.executemany(f"INSERT INTO facet_{name} VALUES (?, ?)", rows)  # noqa: S608 - names of facets are ours
            for name in ALL_FACETS:
                db.execute(f"CREATE INDEX facet_{name}_doc ON facet_{name} (doc, value)")
            db.execute("INSERT INTO clause(clause) VALUES ('optimize')")
            db.commit()
            db.execute("ANALYZE")
        names.save(folder)

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
                rows = self._db.execute(f"SELECT value, count(*) FROM facet_{name} {group}")  # noqa: S608
            else:
                joined = f"clause CROSS JOIN facet_{name} ON doc = clause.rowid WHERE clause MATCH ?"
                rows = self._db.execute(f"SELECT value, count(*) FROM {joined} {group}", (self._match(question),))  # noqa: S608
            counts[name] = rows.fetchall()
        return (self.top(question) if question else []), counts

    def _match(self, question: Question) -> str:
        words = [self._names.of(question.lang, word) for word in question.words]
        match question.kind:
            case "phrase":
                return f'form : "{" ".join(words)}"'
            case "or3":
                return f"form : ({' OR '.join(words)})"
            case _:
                return f"form : ({' AND '.join(words)})"


class Tantivy(Peer):
    """tantivy through its Python bindings; the ten best without the number of all, which is its fastest."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        self._searcher: Any = self._index.searcher()  # typed without counts
        self._names = Names.load(folder)

    @classmethod
    def write(cls, folder: Path, documents: Iterable[Document]) -> None:
        folder.mkdir(parents=True)
        builder = tantivy.SchemaBuilder()
        for name in ("form", "base"):
            builder.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="position")
        for facet in ALL_FACETS:
            builder.add_text_field(facet, stored=False, fast=True, tokenizer_name="raw", index_option="basic")
        writer = tantivy.Index(builder.build(), path=str(folder)).writer(heap_size=WRITER_BYTES, num_threads=1)
        names = Names()
        for document in documents:
            fields: dict[str, Any] = {facet: list(document.values[facet]) for facet in ALL_FACETS}
            fields["form"] = names.text(document.lang, document.forms)
            fields["base"] = names.text(document.lang, document.bases)
            writer.add_document(tantivy.Document(**fields))
        writer.commit()
        writer.wait_merging_threads()
        names.save(folder)

    def top(self, question: Question) -> Sequence[Any]:
        return list(self._searcher.search(self._query(question), TOP, count=False).hits)

    def count(self, question: Question) -> int:
        return int(self._searcher.search(self._query(question), 1, count=True).count)

    def faceted(self, question: Question | None, facets: Sequence[ValueName]) -> Any:
        query = self._query(question) if question else tantivy.Query.all_query()
        wanted = {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in facets}
        return self._searcher.search(query, TOP, count=False).hits, self._searcher.aggregate(query, wanted)

    def _query(self, question: Question) -> tantivy.Query:
        words = [self._names.of(question.lang, word) for word in question.words]
        if question.kind == "phrase":
            return tantivy.Query.phrase_query(self._index.schema, "form", list(words))
        occur = tantivy.Occur.Should if question.kind == "or3" else tantivy.Occur.Must
        parts = [(occur, tantivy.Query.term_query(self._index.schema, "form", word)) for word in words]
        return parts[0][1] if len(parts) == 1 else tantivy.Query.boolean_query(parts)


class TantivyCounting(Tantivy):
    """tantivy telling the number of all that match as well, as a page of results needs it."""

    name = "tantivy, counting"

    def top(self, question: Question) -> Sequence[Any]:
        return list(self._searcher.search(self._query(question), TOP, count=True).hits)
