"""From the words of documents to the postings of terms: sorting, in memory that does not grow with the corpus.

The words of the documents are gathered as they come. Once all are known, so are the terms and their order, and each
occurrence of a term becomes one 64-bit number:

```
 ┌──────────┬──────────────┬──────────────┬────────┐
 │ term     │ document     │ position     │ lesser │   lesser: a base form that is not the likeliest one
 └──────────┴──────────────┴──────────────┴────────┘
```

Sorted, these numbers are the postings of all terms in order. The words wait on disk in *runs* of at most
`TOKENS_A_RUN`; each run is sorted on its own, and then all runs are merged, a range of terms at a time.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Protocol, Self, TypeVar

import numpy as np
import numpy.typing as npt

from indexer.errors import IndexFullError
from indexer.model import LanguageCode
from indexer.store.analysed import AnalysedTexts, Numbers, Word
from indexer.store.schema import LESSER_BASE_WEIGHT, WEIGHT_UNIT, base_field, form_field
from indexer.store.selection import starts_of_runs

TOKENS_A_RUN = 1 << 21  # some 20 MB as they wait, 200 MB while they are sorted
KEYS_A_BLOCK = 1 << 21  # occurrences that are merged at once, unless a single term has more

KEY_BITS = 64

Keys = npt.NDArray[np.uint64]
Number = TypeVar("Number", bound=np.generic)

FULL_UNITS = round(1 / WEIGHT_UNIT)
LESSER_UNITS = round(LESSER_BASE_WEIGHT / WEIGHT_UNIT)


@dataclass(frozen=True, slots=True)
class TextTerms:
    """The terms of one text field in order of text (that is of bytes, too); the first has the number ``first``."""

    field: str
    lang: LanguageCode
    first: int
    texts: Sequence[str]

    @property
    def end(self) -> int:
        """The number behind the last term's."""
        return self.first + len(self.texts)

    def numbers(self) -> dict[str, int]:
        """Return the number of each term."""
        return {text: number for number, text in enumerate(self.texts, self.first)}

    def encoded(self) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
        """Return the terms in UTF-8, one after the other, and their lengths in bytes."""
        return encoded(self.texts)


def encoded(texts: Sequence[str]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Return texts in UTF-8, one after the other, and their lengths in bytes."""
    parts = [text.encode() for text in texts]
    return np.frombuffer(b"".join(parts), np.uint8), np.fromiter(map(len, parts), np.int64, len(parts))


class FieldTerms(Protocol):
    """What is asked of the terms of a text field while an index is written; `TextTerms` says what each means.

    ``numbers`` may leave out terms that no fresh text has.
    """

    @property
    def field(self) -> str: ...

    @property
    def lang(self) -> LanguageCode: ...

    @property
    def first(self) -> int: ...

    @property
    def end(self) -> int: ...

    def numbers(self) -> dict[str, int]: ...

    def encoded(self) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]: ...


@dataclass(frozen=True, slots=True, eq=False)
class PostingBlock:
    """The postings of some terms, in order.

    ``docs`` and ``units`` (weights in units of `WEIGHT_UNIT`) have one entry a posting, ``doc_counts`` one a term;
    ``occurrence_docs`` and ``positions`` one an occurrence, ``occurrence_counts`` one a term.
    """

    docs: npt.NDArray[np.int32]
    units: npt.NDArray[np.uint32]
    doc_counts: npt.NDArray[np.intp]
    occurrence_docs: npt.NDArray[np.int32]
    positions: npt.NDArray[np.uint64]
    occurrence_counts: npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """Words of a range of documents: rows of word numbers and of positions, and how many tokens each document has."""

    tokens: Numbers
    counts: Numbers
    first_doc: int

    @property
    def end_doc(self) -> int:
        return self.first_doc + len(self.counts)


class Inverter:
    """Gathers the words of documents in order and turns them into postings.

    What waits on disk stands in ``workspace`` and is the caller's to remove.
    """

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self._words: dict[LanguageCode, defaultdict[Word, int]] = {}
        self._next_word = count()
        self._runs: list[_Run] = []
        self._waiting: list[Numbers] = []
        self._counts = array("I")
        self._tokens_waiting = 0
        self._end_position = 0

    def add(self, texts: AnalysedTexts) -> None:
        """Give the next documents their words."""
        known = self._words.setdefault(texts.lang, defaultdict(self._next_word.__next__))
        numbers = np.array([known[word] for word in texts.words], np.uint32)
        if len(texts.numbers):
            self._waiting.append(np.stack((numbers.take(texts.numbers), texts.positions)))
            self._tokens_waiting += len(texts.numbers)
            self._end_position = max(self._end_position, int(texts.positions.max()) + 1)
        self._counts.frombytes(texts.tokens.tobytes())
        if self._tokens_waiting >= TOKENS_A_RUN:
            self._spill()

    def terms(self) -> list[TextTerms]:
        """Return the terms of all text fields: languages in order of their codes, forms before bases."""
        found: list[TextTerms] = []
        first = 0
        for lang, words in sorted(self._words.items()):
            forms = {form for form, _ in words}
            bases = {base for _, bases in words for base in bases}
            for name, texts in ((form_field(lang), forms), (base_field(lang), bases)):
                found.append(TextTerms(name, lang, first, sorted(texts)))
                first += len(texts)
        return found

    def blocks(
        self, terms: Sequence[FieldTerms], numbers: npt.NDArray[np.int32], held: npt.NDArray[np.int64] | None = None
    ) -> Iterator[PostingBlock]:
        """Yield the postings of all these terms in order, each document under its number in the list.

        ``held`` says how often each term stands in what the blocks will be joined with, which makes them smaller. To
        be called once, after the last `add`.
        """
        self._runs.append(self._run())
        self._waiting.clear()
        total = terms[-1].end if terms else 0
        layout = KeyLayout.for_sizes(total, int(numbers.max(initial=0)) + 1, self._end_position)
        expansion = Expansion(self._words, terms)
        self._words.clear()
        frequencies = np.zeros(total, np.int64)
        runs: list[Keys] = []
        for run in self._runs:
            docs = np.repeat(numbers[run.first_doc : run.end_doc].astype(np.uint32), run.counts)
            keys = expansion.keys(run.tokens, docs, layout)
            keys.sort()
            frequencies += np.bincount(layout.terms(keys), minlength=total)
            runs.append(keys if len(self._runs) == 1 else self._on_disk(keys, f"keys-{len(runs)}.npy"))
        self._runs.clear()
        for first, end in term_ranges(frequencies if held is None else frequencies + held):
            bounds = np.array([first, end], np.uint64) << np.uint64(layout.term_shift)
            parts = [keys[slice(*np.searchsorted(keys, bounds))] for keys in runs]
            merged = np.concatenate(parts)
            if len(parts) > 1:
                merged.sort()
            yield layout.block(merged, first, end)

    def _run(self) -> _Run:
        tokens = np.concatenate(self._waiting, axis=1) if self._waiting else np.empty((2, 0), np.uint32)
        return _Run(tokens, np.array(self._counts, np.uint32), self._runs[-1].end_doc if self._runs else 0)

    def _spill(self) -> None:
        run = self._run()
        self._runs.append(replace(run, tokens=self._on_disk(run.tokens, f"words-{len(self._runs)}.npy")))
        self._waiting.clear()
        self._tokens_waiting = 0
        self._counts = array("I")

    def _on_disk(self, values: npt.NDArray[Number], name: str) -> npt.NDArray[Number]:
        np.save(self._workspace / name, values)
        return np.asarray(np.load(self._workspace / name, mmap_mode="r"))


class Expansion:
    """For each word the terms that it is an occurrence of: its form, and its bases."""

    def __init__(self, words: Mapping[LanguageCode, Mapping[Word, int]], terms: Iterable[FieldTerms]) -> None:
        number_of = {part.field: part.numbers() for part in terms}
        total = sum(map(len, words.values()))
        self._form = np.zeros(total, np.uint32)
        bases: list[list[int]] = [[] for _ in range(total)]
        for lang, known in words.items():
            form_number, base_number = number_of[form_field(lang)], number_of[base_field(lang)]
            for (form, word_bases), word in known.items():
                self._form[word] = form_number[form]
                bases[word] = [base_number[base] for base in word_bases]
        self._bases_of = np.array([len(numbers) for numbers in bases], np.uint32)
        self._first_base = np.cumsum(self._bases_of, dtype=np.uint32) - self._bases_of
        self._base = np.array([number for numbers in bases for number in numbers], np.uint32)

    def keys(self, tokens: Numbers, docs: Numbers, layout: KeyLayout) -> Keys:
        """Return the keys of all terms that the tokens are occurrences of, in no order."""
        words, positions = tokens
        many = self._bases_of.take(words)
        owners = np.repeat(np.arange(len(words), dtype=np.uint32), many)
        rank = np.arange(len(owners), dtype=np.uint32) - np.repeat(np.cumsum(many, dtype=np.uint32) - many, many)
        bases = self._base.take(self._first_base.take(words).take(owners) + rank)
        keys = np.empty(len(words) + len(owners), np.uint64)
        keys[: len(words)] = layout.keys(self._form.take(words), docs, positions)
        keys[len(words) :] = layout.keys(bases, docs.take(owners), positions.take(owners), rank > 0)
        return keys


@dataclass(frozen=True, slots=True)
class KeyLayout:
    """How many bits of a key each part has."""

    document_bits: int
    position_bits: int

    @classmethod
    def for_sizes(cls, terms: int, documents: int, positions: int) -> Self:
        """Return the layout that just holds so many of each; raises `IndexFullError` when 64 bits do not."""
        layout = cls(max(documents - 1, 0).bit_length(), max(positions - 1, 0).bit_length())
        if layout.term_shift + max(terms - 1, 0).bit_length() > KEY_BITS:
            raise IndexFullError(f"{terms} terms in {documents} documents of up to {positions} words are too many")
        return layout

    @property
    def term_shift(self) -> int:
        """The bits below the term."""
        return self.document_bits + self.position_bits + 1

    def keys(
        self, terms: Numbers, docs: Numbers, positions: Numbers, lesser: npt.NDArray[np.bool_] | int = 0
    ) -> Keys:
        """Return the keys of occurrences."""
        keys = terms.astype(np.uint64)
        for part, bits in ((docs, self.document_bits), (positions, self.position_bits), (lesser, 1)):
            keys <<= np.uint64(bits)
            keys |= np.asarray(part, np.uint64)
        return keys

    def terms(self, keys: Keys) -> npt.NDArray[np.intp]:
        """Return the terms of keys."""
        return (keys >> np.uint64(self.term_shift)).astype(np.intp)

    def block(self, keys: Keys, first: int, end: int) -> PostingBlock:
        """Return the postings of terms ``first`` … ``end - 1`` from all their keys, sorted.

        A term counts once a position, by its best reading there.
        """
        keys = keys[starts_of_runs(keys >> np.uint64(1))]
        lesser = (keys & np.uint64(1)).astype(np.uint32)
        in_document = keys >> np.uint64(self.position_bits + 1)  # the term and the document
        starts = np.flatnonzero(starts_of_runs(in_document))
        units = FULL_UNITS - (FULL_UNITS - LESSER_UNITS) * lesser
        postings = in_document[starts]
        document_mask = np.uint64((1 << self.document_bits) - 1)
        return PostingBlock(
            docs=(postings & document_mask).astype(np.int32),
            units=np.add.reduceat(units, starts) if len(starts) else units,
            doc_counts=np.bincount(
                (postings >> np.uint64(self.document_bits)).astype(np.intp) - first, minlength=end - first
            ),
            occurrence_docs=(in_document & document_mask).astype(np.int32),
            positions=(keys >> np.uint64(1)).astype(np.uint64) & np.uint64((1 << self.position_bits) - 1),
            occurrence_counts=np.bincount(self.terms(keys) - first, minlength=end - first),
        )


def term_ranges(frequencies: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield ranges of terms with about `KEYS_A_BLOCK` occurrences each."""
    ends = np.cumsum(frequencies)
    first = 0
    while first < len(ends):
        before = ends[first - 1] if first else 0
        end = max(first + 1, int(np.searchsorted(ends, before + KEYS_A_BLOCK, side="right")))
        yield first, end
        first = end
