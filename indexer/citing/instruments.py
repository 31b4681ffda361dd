"""Instruments and events named in words, and the short names that stand for them later.

«Конвенция» alone means an instrument that the document has named before. Which one, when it has named several, is
told by what a drafter does to tell it: a definition (“… (the Convention)”), the title of the document, the only one
named in the same clause. Where none of these decides, the candidates are kept and none is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from indexer.citing.gazetteer import load_gazetteer
from indexer.citing.names import Mention, Sort
from indexer.citing.passage import Passage, citation
from indexer.citing.tables import load_references
from indexer.model import Citation, CitationKind, CitationStatus, LanguageCode, TargetId

_OPENS = re.compile(r"[»”\"》]?\s?[(（][^()（）]{0,12}")
_CLOSES = re.compile(r"[»”\"》]?[)）]")


@dataclass
class Antecedents:
    """The instruments that a document has named so far: what its short names may mean.

    ``named`` in order of mention, ``subjects`` in the title of the document, ``defined`` by the head that was said to
    stand for one; ``around`` in the text that this one is annexed to.
    """

    named: list[TargetId] = field(default_factory=list)
    subjects: tuple[TargetId, ...] = ()
    defined: dict[str, TargetId] = field(default_factory=dict)
    around: list[TargetId] = field(default_factory=list)

    def annexed(self) -> Antecedents:
        """Return what short names may mean in an annex: it defines its own, «Устав» is that of the main text."""
        return Antecedents(around=[*self.around, *self.named])


def find_named(passage: Passage, before: Antecedents, documents: list[Citation]) -> list[Citation]:
    """Return instruments and events named in words, and short names of those named before.

    ``before`` is told what the passage names. ``documents`` are the symbols already found in the passage.
    """
    found: list[Citation] = []
    here: list[TargetId] = []
    last: Mention | None = None  # the instrument named in full just before
    for mention in passage.of_sort(Sort.INSTRUMENT, Sort.EVENT, Sort.LOCAL, Sort.BARE):
        if mention.sort is Sort.EVENT and _titles_report(passage, mention, documents):
            continue
        if last and here and mention.sort is Sort.BARE and _defines(passage, last, mention):
            before.defined[mention.target] = here[-1]
        targets = _targets(passage, mention, before, here)
        if not targets:
            continue
        start, end = _with_quotes(passage, mention.start, mention.end)
        kind = CitationKind.EVENT if mention.sort is Sort.EVENT else CitationKind.INSTRUMENT
        if len(targets) == 1:
            short = mention.sort in (Sort.BARE, Sort.LOCAL)
            found.append(citation(passage, start, end, kind, id=targets[0], short=short))
            if mention.sort is Sort.INSTRUMENT:
                here.append(targets[0])
                before.named.append(targets[0])
                last = mention
        else:
            ambiguous = CitationStatus.AMBIGUOUS
            found.append(citation(passage, start, end, kind, id=None, status=ambiguous, candidates=tuple(targets)))
    return found


def _targets(passage: Passage, mention: Mention, before: Antecedents, here: list[TargetId]) -> list[TargetId]:
    """Return what a name may mean: one target, several, or none that the document has named."""
    if mention.sort is Sort.BARE:
        return [] if _is_another_title(passage, mention) else _of_head(passage, mention.target, before, here)
    targets = list(dict.fromkeys(TargetId(name.target) for name in mention.names if name.sort is mention.sort))
    latest = next((target for target in reversed([*before.around, *before.named]) if target in targets), None)
    if mention.sort is Sort.LOCAL:
        return [] if latest is None or _goes_on(passage, mention) else [latest]
    return [latest] if latest and len(targets) > 1 else targets


def _of_head(passage: Passage, head: str, before: Antecedents, here: list[TargetId]) -> list[TargetId]:
    """Return the instruments that a head of titles alone may mean."""

    def fitting(targets: Iterable[TargetId]) -> list[TargetId]:
        return [target for target in dict.fromkeys(targets) if title_head(target, passage.lang) == head]

    candidates = fitting(before.named)
    if len(candidates) <= 1:
        return candidates
    known = [before.defined[head]] if head in before.defined else fitting(before.subjects)
    beside = fitting(here)
    if len(known) == 1:
        return known if set(beside) <= set(known) else candidates
    return beside if len(beside) == 1 and not known else candidates


def _defines(passage: Passage, title: Mention, short: Mention) -> bool:
    """Tell whether a short name is said to stand for the title before it: “… the Law of the Sea (the Convention)”."""
    gap = passage.text[title.end : short.start]
    return len(gap) <= 16 and bool(_OPENS.fullmatch(gap)) and bool(_CLOSES.match(passage.text, short.end))


def _is_another_title(passage: Passage, mention: Mention) -> bool:
    """Tell whether a head is no short name: “the Barcelona Convention”, or “this Convention” of a treaty itself."""
    words, before = passage.references.words, passage.text[max(0, mention.start - 40) : mention.start]
    other = (words.titled_before and words.titled_before.search(before)) or words.this.search(before)
    return bool(other) or _goes_on(passage, mention)


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
    following = passage.text[mention.end : mention.end + 40].split()
    if not following or passage.text[mention.end].strip():
        return False
    if following[0][:1].isupper():
        return True
    words = passage.references.words
    goes_on = following[0].casefold().strip(",.;") in words.continues
    if goes_on and words.title_case:  # “parties to the Convention to take measures”, “Convention to Combat …”
        return any(word[:1].isupper() for word in following[1:3])
    return goes_on


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
