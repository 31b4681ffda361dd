"""Citations in one text: every reader in turn, the surer first, spans that never overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.citing.clean import Clean
from indexer.citing.documents import find_documents
from indexer.citing.instruments import Antecedents, find_named
from indexer.citing.names import Sort
from indexer.citing.numbered import find_numbered
from indexer.citing.passage import Passage, Setting, citation
from indexer.citing.pins import bind_pins, find_pins
from indexer.citing.sessions import find_sessions
from indexer.model import Body, Citation, CitationKind, CitationStatus, LanguageCode, Symbol, TargetId

_DIGIT = re.compile(r"[\d〇○零一二三四五六七八九]")


def find_citations(
    text: str, lang: LanguageCode, *, body: Body = "GA", own: Symbol | None = None
) -> tuple[Citation, ...]:
    """Return the citations in a text that stands on its own.

    Spans ascend and never overlap; ``text[start:end] == surface``. ``body`` is the organ that speaks (“its
    resolution”), ``own`` the resolution that “the present resolution” means. Short names that need a full mention
    find it in the same text. Never raises on content.
    """
    clean = Clean.of(text)
    return clean.restore(extract(Passage(clean.text, lang, Setting(body, own))), text)


def extract(passage: Passage, before: Antecedents | None = None) -> tuple[Citation, ...]:
    """Return the citations of a passage; ``before`` is what the document has named before it; it is told the rest."""
    documents = find_documents(passage)
    taken = [(cited.start, cited.end) for cited in documents]
    pins = find_pins(passage)
    chosen = _Chosen(documents)
    chosen.add(find_numbered(passage, taken, pins) if _DIGIT.search(passage.text) else [])
    chosen.add(find_named(passage, before or Antecedents(), documents))
    chosen.add(find_sessions(passage))
    chosen.add(_formulas(passage))
    return tuple(sorted(bind_pins(passage, chosen.ascending(), pins), key=lambda cited: cited.start))


class _Chosen:
    """Citations without overlap; who comes first stays."""

    def __init__(self, citations: Iterable[Citation] = ()) -> None:
        self._citations: list[Citation] = []
        self.add(citations)

    def add(self, citations: Iterable[Citation]) -> None:
        for cited in citations:
            if not any(cited.start < other.end and other.start < cited.end for other in self._citations):
                self._citations.append(cited)

    def ascending(self) -> list[Citation]:
        return sorted(self._citations, key=lambda cited: cited.start)


def _formulas(passage: Passage) -> list[Citation]:
    """Return “the present resolution”, “ibid.” and “all its previous resolutions”."""
    own = passage.setting.own
    found = []
    for mention in passage.of_sort(Sort.SELF):
        status = CitationStatus.RESOLVED if own else CitationStatus.UNRESOLVED
        target = TargetId(own) if own else None
        found.append(citation(passage, mention.start, mention.end, CitationKind.SELF, id=target, status=status))
    unknown = CitationStatus.UNRESOLVED
    for mention in passage.of_sort(Sort.IBID):
        found.append(citation(passage, mention.start, mention.end, CitationKind.IBID, id=None, status=unknown))
    if passage.of_sort(Sort.HEAD):
        for m in passage.references.collective.finditer(passage.text):
            found.append(citation(passage, *m.span(), CitationKind.COLLECTIVE, id=None, status=unknown))
    return found
