"""Citations across a document: short names, ibid, footnotes bound back to their clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from indexer.citing.checks import check_citations
from indexer.citing.clean import Clean
from indexer.citing.documents import treaty_citation
from indexer.citing.extract import extract
from indexer.citing.gazetteer import load_gazetteer
from indexer.citing.instruments import Antecedents
from indexer.citing.names import Sort
from indexer.citing.passage import BREAK, Passage, Setting, citation
from indexer.citing.places import places_of
from indexer.model import (
    Action,
    Body,
    Citation,
    CitationKind,
    CitationStatus,
    Clause,
    ClausePath,
    ClauseType,
    Footnote,
    FootnoteMark,
    Resolution,
    TargetId,
)
from indexer.symbols import kind_of

LONGEST_PHRASE = 200  # characters of a noun phrase before a footnote mark
_TEXTS = {
    CitationKind.RESOLUTION,
    CitationKind.DECISION,
    CitationKind.PRESIDENTIAL_STATEMENT,
    CitationKind.DOCUMENT,
    CitationKind.SALES,
    CitationKind.TREATY_SERIES,
}
_LISTED = re.compile(r"[:：]\s*$")
_VOLUME = re.compile(r"\D{1,24}(?P<volume>\d{1,4})\D{1,12}(?P<number>\d{1,6}(?:[-\u2013]\d+)?)")

MARKS_READ = 400  # of one clause; those of the corpus have 40, and the work grows with the square


def cite(resolution: Resolution) -> Resolution:
    """Return the resolution with the citations of its clauses and footnotes.

    Footnotes keep their own citations; the words before a footnote mark get the note's target (``via_footnote``).
    An ibid has the document of the note before it. Every citation has the action that governs it, so actions come
    first. What does not fit (`check_citations`) is added to the problems. Existing citations are replaced. Never
    raises on content.
    """
    reader = _Reader(resolution)
    footnotes = reader.footnotes()
    clauses = tuple(reader.clause(clause) for clause in resolution.clauses)
    footnotes = tuple(reader.governed_note(note) for note in footnotes)
    cited = replace(resolution, clauses=clauses, footnotes=footnotes)
    return replace(cited, problems=(*cited.problems, *check_citations(cited)))


@dataclass
class _Reader:
    """What a reader of the document knows as it goes on."""

    resolution: Resolution
    before: Antecedents = field(default_factory=Antecedents)  # the instruments named so far
    annexes: dict[str, Antecedents] = field(default_factory=dict)  # the same in each annex
    notes: dict[int, Footnote] = field(default_factory=dict)
    heads: dict[ClausePath, CitationKind] = field(default_factory=dict)  # of clauses that open a list
    seen: dict[str, Body] = field(default_factory=dict)  # whose a number was said to be
    actions: dict[ClausePath, str] = field(default_factory=dict)  # the last of each clause, or inherited
    note_actions: dict[int, str] = field(default_factory=dict)  # what governs the mark of each note

    def passage(self, text: str, head: CitationKind | None = None) -> Passage:
        setting = Setting(self.resolution.body, self.resolution.symbol, head, self.seen)
        return Passage(text, self.resolution.lang, setting)

    def footnotes(self) -> tuple[Footnote, ...]:
        """Read the notes in order, each ibid in the light of the note before it."""
        found = []
        antecedent: Citation | None = None
        for note in self.resolution.footnotes:
            clean = Clean.of(note.text)
            passage = self.passage(clean.text)
            citations = tuple(_ibid(passage, cited, antecedent) for cited in extract(passage))
            citations = clean.restore(citations, note.text)
            citations = _without_repeated_series(citations)
            antecedent = next((cited for cited in reversed(citations) if _is_text(cited)), None) or antecedent
            found.append(replace(note, citations=citations))
            self.notes.setdefault(note.number, found[-1])
        return tuple(found)

    def clause(self, clause: Clause) -> Clause:
        """Read a clause and bind its footnotes."""
        clean = Clean.of(clause.text)
        passage = self.passage(clean.text, self._listed_under(clause.path))
        annex = clause.path.partition(".")[0] if clause.path.startswith("annex") else ""
        if annex and annex not in self.annexes:
            self.annexes[annex] = self.before.annexed()
        before = self.annexes.get(annex, self.before)
        citations = _own_symbol(extract(passage, before), clause, self.resolution)
        if clause.type is ClauseType.TITLE:
            self.before.subjects = tuple(self.before.named)
        if _LISTED.search(clause.text):
            head = next(reversed(passage.of_sort(Sort.HEAD)), None)
            if head:
                self.heads[clause.path] = CitationKind(head.target)
        for mark in clause.marks[:MARKS_READ]:
            note = self.notes.get(mark.number)
            if note:
                citations = _bind(passage, clause, clean, citations, mark, note)
        restored = clean.restore(tuple(citations), clause.text)
        return replace(clause, citations=self._governed(clause, restored))

    def _governed(self, clause: Clause, citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
        """Give each citation its action; a clause without one stands under the action of the clause above."""
        actions = clause.actions
        if not actions:
            above = clause.path.rpartition(".")[0]
            inherited = self.actions.get(ClausePath(above)) if above else None
            if inherited:
                self.actions[clause.path] = inherited
                self.note_actions |= {mark.number: inherited for mark in clause.marks}
            return tuple(_completed(cited, inherited) for cited in citations)
        self.actions[clause.path] = actions[-1].id
        self.note_actions |= {mark.number: governing(actions, mark.offset) for mark in clause.marks}
        return tuple(_completed(cited, governing(actions, cited.start)) for cited in citations)

    def governed_note(self, note: Footnote) -> Footnote:
        """Give the citations of a note the action that governs its mark."""
        action = self.note_actions.get(note.number)
        return replace(note, citations=tuple(_completed(cited, action) for cited in note.citations))

    def _listed_under(self, path: ClausePath) -> CitationKind | None:
        parent = path.rpartition(".")[0]
        return self.heads.get(ClausePath(parent)) if parent else None


def governing(actions: Sequence[Action], at: int) -> str:
    """Return the action that governs an offset: the last one before it, else the first («Во исполнение … просит»)."""
    return next((action.id for action in reversed(actions) if action.start <= at), actions[0].id)


def _completed(cited: Citation, action: str | None) -> Citation:
    """Return the citation with its action, and with the clauses that its pins name in a resolution."""
    resolution = bool(cited.pin and cited.id and not cited.also) and kind_of(str(cited.id)) is CitationKind.RESOLUTION
    places = places_of(cited.pin) if resolution else ()
    return replace(cited, action=action, places=places) if places or action else cited


def _own_symbol(citations: Iterable[Citation], clause: Clause, resolution: Resolution) -> list[Citation]:
    """A resolution that prints its own number in its head cites nothing; elsewhere it means itself."""
    kept = []
    for cited in citations:
        if cited.id == TargetId(resolution.symbol) and cited.kind is not CitationKind.SELF:
            if clause.type in (ClauseType.TITLE, ClauseType.ENACTING, ClauseType.ADOPTION):
                continue
            cited = replace(cited, kind=CitationKind.SELF)
        kept.append(cited)
    return kept


# --- ibid


def _ibid(passage: Passage, cited: Citation, antecedent: Citation | None) -> Citation:
    if cited.kind is not CitationKind.IBID or antecedent is None:
        return cited
    if antecedent.kind is CitationKind.TREATY_SERIES or (antecedent.id or "").startswith("UNTS/"):
        volume = _VOLUME.match(passage.text, cited.end)  # «Там же, том 660, № 9464»
        if volume:
            return treaty_citation(passage, cited.start, cited.end, volume["volume"], volume["number"])
    return replace(cited, id=antecedent.id, status=antecedent.status)


def _without_repeated_series(citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """Drop an ibid that only repeats the series of a note that prints its own symbol.

    «Там же, семидесятая сессия, Дополнение № 53A (A/70/53/Add.1)» means the Official Records, not the same document.
    """
    prints = any(cited.kind in _TEXTS for cited in citations)
    return tuple(cited for cited in citations if not (prints and cited.kind is CitationKind.IBID))


def _is_text(cited: Citation) -> bool:
    return cited.id is not None and (cited.kind in _TEXTS or cited.kind is CitationKind.IBID)


# --- footnotes of a clause


def _bind(
    passage: Passage, clause: Clause, clean: Clean, citations: list[Citation], mark: FootnoteMark, note: Footnote
) -> list[Citation]:
    """Give the words before a footnote mark the target of the note."""
    at = clean.offset(mark.offset)
    place = next((i for i, cited in enumerate(citations) if 0 <= at - cited.end <= 1), None)
    if place is not None:
        bound = _with_note(citations[place], note)
        return [*citations[:place], bound, *citations[place + 1 :]]
    borders = [cited.end for cited in citations]
    borders += [clean.offset(earlier.offset) for earlier in clause.marks if earlier.offset < mark.offset]
    phrase = _phrase(passage, at, borders, [clean.offset(action.end) for action in clause.actions])
    if phrase is None or any(c.start < phrase[1] and phrase[0] < c.end for c in citations):
        return citations
    target = _target(note)
    cited = citation(
        passage,
        *phrase,
        target.kind if target else CitationKind.NOTE,
        id=target.id if target else TargetId(note.path),
        status=target.status if target else CitationStatus.RESOLVED,
        pin=target.pin if target else (),
        via_footnote=note.number,
    )
    return sorted([*citations, cited], key=lambda c: c.start)


def _with_note(cited: Citation, note: Footnote) -> Citation:
    target = _target(note)
    if target and cited.kind is CitationKind.SESSION:
        # «итоговых документах двадцать четвертой⁵ … сессий»: the note names the document of that session.
        return replace(
            cited, kind=target.kind, id=target.id, status=target.status, pin=target.pin, via_footnote=note.number
        )
    if cited.status is CitationStatus.AMBIGUOUS:
        confirmed = [candidate for candidate in cited.candidates if _confirms(note, candidate)]
        if len(confirmed) == 1:
            return replace(
                cited, id=confirmed[0], status=CitationStatus.RESOLVED, candidates=(), via_footnote=note.number
            )
    return replace(cited, via_footnote=note.number)


def _confirms(note: Footnote, candidate: TargetId) -> bool:
    """Tell whether a note names the resolution, document or treaty series number of an instrument."""
    instrument = load_gazetteer().get(candidate)
    if instrument is None:
        return False
    named = {cited.id for cited in note.citations}
    return bool(named & {instrument.id, instrument.adopted_by, *instrument.symbols})


def _target(note: Footnote) -> Citation | None:
    """Return what a note stands for: its first text, unless the note tells a story around it."""
    first = next((cited for cited in note.citations if _is_text(cited)), None)
    if first is None or ";" in note.text[: first.start] or first.start > LONGEST_PHRASE + 50:
        return None
    return first


def _phrase(passage: Passage, mark: int, borders: list[int], verbs: list[int]) -> tuple[int, int] | None:
    """Return the span of the noun phrase that ends at a footnote mark.

    It opens with the name of a document («доклад», “note”) or, failing that, after the last verb of the clause
    (``verbs``: where the verbs end); it never reaches over a border.
    """
    text, end = passage.text, mark
    while end > 0 and text[end - 1] in " ,;.،؛，；。":
        end -= 1
    verbs = [verb for verb in verbs if verb < end]
    sentences = [m.end() for m in BREAK.finditer(text, 0, end)]
    floor = max([0, *(border for border in borders if border <= end), *sentences, *verbs])
    reports = [m.start for m in passage.of_sort(Sort.REPORT) if floor <= m.start < end]
    if reports:
        start = next((s for s in reports if end - s <= LONGEST_PHRASE), reports[-1])
    elif verbs and floor == max(verbs):
        start = floor
    else:
        return None
    start += len(text[start:end]) - len(text[start:end].lstrip(" ,،，:"))
    return (start, end) if 2 <= end - start <= LONGEST_PHRASE else None
