"""Citations in one text: every reader in turn, the surer first, spans that never overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from indexer.citing.clean import Clean
from indexer.citing.documents import find_documents
from indexer.citing.gazetteer import load_gazetteer
from indexer.citing.names import Mention, Sort
from indexer.citing.numbered import find_numbered
from indexer.citing.passage import Passage, Setting, citation
from indexer.citing.pins import bind_pins
from indexer.citing.sessions import find_sessions
from indexer.citing.tables import load_references
from indexer.model import Body, Citation, CitationKind, CitationStatus, LanguageCode, Symbol, TargetId

_DIGIT = re.compile(r"\d")


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


def extract(passage: Passage, known: Iterable[TargetId] = ()) -> tuple[Citation, ...]:
    """Return the citations of a passage; ``known`` are the instruments that the document has named before it."""
    documents = find_documents(passage)
    taken = [(cited.start, cited.end) for cited in documents]
    chosen = _Chosen(documents)
    chosen.add(find_numbered(passage, taken) if _DIGIT.search(passage.text) else [])
    chosen.add(_named(passage, list(known), documents))
    chosen.add(find_sessions(passage))
    chosen.add(_formulas(passage))
    return tuple(sorted(bind_pins(passage, chosen.ascending()), key=lambda cited: cited.start))


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


def _named(passage: Passage, known: list[TargetId], documents: list[Citation]) -> list[Citation]:
    """Return instruments and events named in words; short names of those named before."""
    found: list[Citation] = []
    named = list(known)
    for mention in passage.of_sort(Sort.INSTRUMENT, Sort.EVENT, Sort.LOCAL, Sort.BARE):
        if mention.sort is Sort.EVENT and _titles_report(passage, mention, documents):
            continue
        targets = _targets(passage, mention, named)
        if not targets:
            continue
        start, end = _with_quotes(passage, mention.start, mention.end)
        kind = CitationKind.EVENT if mention.sort is Sort.EVENT else CitationKind.INSTRUMENT
        if len(targets) == 1:
            found.append(citation(passage, start, end, kind, id=targets[0]))
            if mention.sort is Sort.INSTRUMENT:
                named.append(targets[0])
        else:
            ambiguous = CitationStatus.AMBIGUOUS
            found.append(citation(passage, start, end, kind, id=None, status=ambiguous, candidates=tuple(targets)))
    return found


def _targets(passage: Passage, mention: Mention, named: list[TargetId]) -> list[TargetId]:
    """Return what a name may mean: one target, several, or none that the document has named."""
    if mention.sort is Sort.BARE:
        if mention.target in passage.setting.titled or _goes_on(passage, mention):
            return []
        return [target for target in dict.fromkeys(named) if title_head(target, passage.lang) == mention.target]
    targets = list(dict.fromkeys(TargetId(name.target) for name in mention.names if name.sort is mention.sort))
    latest = next((target for target in reversed(named) if target in targets), None)
    if mention.sort is Sort.LOCAL:
        return [] if latest is None or _goes_on(passage, mention) else [latest]
    return [latest] if latest and len(targets) > 1 else targets


@cache
def title_head(target: TargetId, lang: LanguageCode) -> str | None:
    """Return the head of an instrument's title (``Convention``), which may stand alone for it later.

    The head comes first in a title, in Chinese last.
    """
    instrument = load_gazetteer().get(target)
    title = instrument.names.get(lang, "").casefold() if instrument else ""
    references = load_references(lang)
    find = title.rfind if references.links.head_after else title.find
    places = [(find(head.casefold()), -len(head), head) for head in references.bare.values()]
    found = [place for place in places if place[0] >= 0]
    if not found:
        return None
    return (max if references.links.head_after else min)(found)[2]


def _titles_report(passage: Passage, event: Mention, documents: list[Citation]) -> bool:
    """Tell whether a conference is named only in the title of its report, whose number follows."""
    reports = passage.of_sort(Sort.REPORT)
    titled = any(0 < event.start - report.end <= 12 for report in reports)
    return titled and any(document.start > event.end for document in documents)


def _goes_on(passage: Passage, mention: Mention) -> bool:
    """Tell whether more of a title follows: «Конвенция» before «о биологическом разнообразии» is another one."""
    rest = passage.text[mention.end : mention.end + 24].split()
    return (
        bool(rest)
        and not passage.text[mention.end : mention.end + 1].strip()
        and (rest[0].casefold().strip(",.;") in passage.references.words.continues or rest[0][:1].isupper())
    )


_PAIRS = {"»": "«", "”": "“", "“": "”„", ")": "(", "》": "《"}


def _with_quotes(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """Widen a title to the quotation marks and brackets that open or close at its ends."""
    quotes, text = passage.references.links.quotes, passage.text
    while end < len(text) and text[end] in _PAIRS:
        opened = sum(text.count(mark, start, end) for mark in _PAIRS[text[end]])
        if opened <= text.count(text[end], start, end):
            break
        end += 1  # «Космос-2030»
    if start and text[start - 1] in quotes:
        closing = [mark for mark, opening in _PAIRS.items() if text[start - 1] in opening]
        opened, closed = (
            text.count(text[start - 1], start, end),
            sum(text.count(mark, start, end) for mark in closing),
        )
        if closed > opened:
            start -= 1  # “Space2030” Agenda
        elif end < len(text) and text[end] in quotes:
            return start - 1, end + 1
    return start, end


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
