"""The documents of an index as every engine of the benchmark gets them, and questions drawn from their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Literal

import numpy as np

from indexer.lang.base import Token
from indexer.model import LanguageCode
from indexer.store import Snapshot
from indexer.store.records import values_of_document, values_of_resolution
from indexer.store.schema import EXACT_FIELDS, ValueName

Kind = Literal["term", "and2", "and3", "phrase", "or3"]
KINDS: tuple[Kind, ...] = ("term", "and2", "and3", "phrase", "or3")
WORDS_OF: dict[Kind, int] = {"term": 1, "and2": 2, "and3": 3, "phrase": 2, "or3": 3}

FACETS: tuple[ValueName, ...] = ("type", "cites", "year")
ALL_FACETS: tuple[ValueName, ...] = ("type", "cites", "action", "body", "session", "year", "lang", "subject")


@dataclass(frozen=True, slots=True)
class Document:
    """A clause with its words as analysed and its exact values."""

    lang: LanguageCode
    tokens: list[Token]
    values: dict[ValueName, tuple[str, ...]]

    @property
    def forms(self) -> list[str]:
        """Its words as printed, folded: one a position (of a compound the parts, not the whole)."""
        return list({token.position: token.form for token in self.tokens}.values())

    @property
    def bases(self) -> list[str]:
        """All base forms in order."""
        return [base for token in self.tokens for base in token.bases]


@dataclass(frozen=True, slots=True)
class Question:
    """Some words of one language, and how they are asked for."""

    kind: Kind
    lang: LanguageCode
    words: tuple[str, ...]


def documents(snapshot: Snapshot) -> Iterator[Document]:
    """Yield all documents in order."""
    for doc in range(len(snapshot)):
        record = snapshot.record(doc)
        values = values_of_resolution(snapshot.resolution_of(doc)) | values_of_document(record)
        tokens = snapshot.language(record.lang).tokens(record.text)
        yield Document(record.lang, tokens, {name: values[name] for name in EXACT_FIELDS})


def questions(snapshot: Snapshot, kind: Kind, lang: LanguageCode, count: int, seed: int) -> list[Question]:
    """Return questions with words of running text, so frequent words are asked for frequently.

    AND and phrases take their words from one clause (a phrase two that stand side by side): they have an answer.
    """
    random = Random(f"{seed} {kind}")
    docs = np.flatnonzero(snapshot.columns["lang"].mask([lang])).tolist()
    wanted = WORDS_OF[kind]
    found: list[Question] = []
    while len(found) < count:
        if kind == "or3":
            chosen = [random.choice(words) for _ in range(wanted) if (words := _forms(snapshot, random.choice(docs)))]
        else:
            words = _forms(snapshot, random.choice(docs))
            start = random.randrange(max(1, len(words) - 1))
            chosen = (
                words[start : start + wanted] if kind == "phrase" else random.sample(words, min(wanted, len(words)))
            )
        if len(set(chosen)) == wanted and all(word.isalnum() for word in chosen):
            found.append(Question(kind, lang, tuple(chosen)))
    return found


def _forms(snapshot: Snapshot, doc: int) -> list[str]:
    record = snapshot.record(doc)
    return Document(record.lang, snapshot.language(record.lang).tokens(record.text), {}).forms
