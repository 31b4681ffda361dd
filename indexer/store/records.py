"""What the index keeps of a resolution: one record for it and one for each of its documents.

A document is a clause or a footnote in one language. `documents_of` takes a resolution apart and `restore` puts it
together again without loss, so an index can be rebuilt from itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from indexer.model import (
    NO_PROCEEDINGS,
    Action,
    Addressee,
    Body,
    Citation,
    CitationKind,
    CitationStatus,
    Clause,
    ClauseId,
    ClausePath,
    ClauseType,
    Footnote,
    FootnoteMark,
    LanguageCode,
    Problem,
    Proceedings,
    Resolution,
    Symbol,
    TargetId,
    clause_id,
)
from indexer.store.schema import ValueName

FoldTarget = Callable[[TargetId], TargetId]
"""Gives the one id that stands for several of the same target: an instrument for the resolution that adopted it."""

# What a reader may look for. A session, a whole event, a place in the same text or a note is no text to be cited.
COUNTED_KINDS = frozenset(
    {
        CitationKind.RESOLUTION,
        CitationKind.DECISION,
        CitationKind.PRESIDENTIAL_STATEMENT,
        CitationKind.DOCUMENT,
        CitationKind.SALES,
        CitationKind.TREATY_SERIES,
        CitationKind.INSTRUMENT,
        CitationKind.IBID,
    }
)
COUNTED_STATUSES = frozenset({CitationStatus.RESOLVED, CitationStatus.EXTERNAL})


@dataclass(frozen=True, slots=True)
class ResolutionRecord:
    """A resolution in one language without its texts.

    Its documents are ``first`` … ``first + clauses + footnotes - 1``: the clauses in order, then the footnotes.
    """

    symbol: Symbol
    lang: LanguageCode
    title: str
    date: str | None
    body: Body
    session: str | None
    subjects: tuple[str, ...]
    source: str
    problems: tuple[Problem, ...]
    first: int
    clauses: int
    footnotes: int
    goals: tuple[str, ...] = ()
    proceedings: Proceedings = NO_PROCEEDINGS

    @property
    def documents(self) -> range:
        """The numbers of its documents."""
        return range(self.first, self.first + self.clauses + self.footnotes)


@dataclass(frozen=True, slots=True)
class ClauseRecord:
    """A document: a clause, or a footnote with type ``footnote``.

    ``cites`` are the targets counted for it, folded, in order of first mention: those of its own text and of the
    footnotes hung on it. ``names`` are those of them that it cites by name or number, not by a short name alone.
    ``clause`` is for a footnote the path of the clause that it hangs on.
    """

    symbol: Symbol
    lang: LanguageCode
    title: str
    date: str | None
    path: ClausePath
    type: ClauseType
    number: str | None
    text: str
    marks: tuple[FootnoteMark, ...]
    actions: tuple[Action, ...]
    citations: tuple[Citation, ...]
    cites: tuple[TargetId, ...]
    names: tuple[TargetId, ...]
    clause: ClausePath | None = None
    inferred: bool = False

    @property
    def id(self) -> ClauseId:
        """``SYMBOL#PATH``, the same in every language."""
        return clause_id(self.symbol, self.path)

    @property
    def action(self) -> str | None:
        """The id of the opening action."""
        return self.actions[0].id if self.actions else None

    @property
    def action_ids(self) -> tuple[str, ...]:
        """The ids of all actions, opening and inner, each once."""
        return tuple(dict.fromkeys(action.id for action in self.actions))

    @property
    def addressees(self) -> tuple[Addressee, ...]:
        """Whom the actions are addressed to, in order."""
        return tuple(addressee for action in self.actions for addressee in action.addressees)

    @property
    def footnotes(self) -> tuple[int, ...]:
        """The printed numbers of the footnotes hung on it."""
        return tuple(mark.number for mark in self.marks)


def record_of(resolution: Resolution, first: int) -> ResolutionRecord:
    """Return the record of a resolution whose first document gets the number ``first``."""
    return ResolutionRecord(
        symbol=resolution.symbol,
        lang=resolution.lang,
        title=resolution.title,
        date=resolution.date,
        body=resolution.body,
        session=resolution.session,
        subjects=resolution.subjects,
        source=resolution.source,
        problems=resolution.problems,
        first=first,
        clauses=len(resolution.clauses),
        footnotes=len(resolution.footnotes),
        goals=resolution.goals,
        proceedings=resolution.proceedings,
    )


def documents_of(resolution: Resolution, fold: FoldTarget) -> Iterator[ClauseRecord]:
    """Yield the documents of a resolution: its clauses in order, then its footnotes."""
    for clause in resolution.clauses:
        numbers = {mark.number for mark in clause.marks}
        notes = [note for note in resolution.footnotes if note.number in numbers or note.clause == clause.path]
        citations = [*clause.citations, *(citation for note in notes for citation in note.citations)]
        yield ClauseRecord(
            symbol=resolution.symbol,
            lang=resolution.lang,
            title=resolution.title,
            date=resolution.date,
            path=clause.path,
            type=clause.type,
            number=clause.number,
            text=clause.text,
            marks=clause.marks,
            actions=clause.actions,
            citations=clause.citations,
            cites=counted_targets(citations, fold),
            names=counted_targets(_by_name(citations), fold),
            inferred=clause.inferred,
        )
    for note in resolution.footnotes:
        yield ClauseRecord(
            symbol=resolution.symbol,
            lang=resolution.lang,
            title=resolution.title,
            date=resolution.date,
            path=note.path,
            type=ClauseType.FOOTNOTE,
            number=str(note.number),
            text=note.text,
            marks=(),
            actions=(),
            citations=note.citations,
            cites=counted_targets(note.citations, fold),
            names=counted_targets(_by_name(note.citations), fold),
            clause=note.clause,
        )


def values_of_resolution(resolution: ResolutionRecord) -> dict[ValueName, tuple[str, ...]]:
    """Return the exact values that all documents of a resolution share."""
    return {
        "symbol": (resolution.symbol,),
        "lang": (resolution.lang,),
        "body": (resolution.body,),
        "session": (resolution.session,) if resolution.session else (),
        "year": (resolution.date[:4],) if resolution.date else (),
        "subject": tuple(dict.fromkeys(resolution.subjects)),
    }


def values_of_document(document: ClauseRecord) -> dict[ValueName, tuple[str, ...]]:
    """Return the exact values of a document under every other name that it is filtered, counted or found by."""
    return {
        "id": (document.id,),
        "path": (document.path,),
        "type": (document.type.value,),
        "action": document.action_ids,
        "cites": document.cites,
        "names": document.names,
    }


def counted_targets(citations: Iterable[Citation], fold: FoldTarget) -> tuple[TargetId, ...]:
    """Return the folded targets of the citations that count, each once, in order."""
    return tuple(
        dict.fromkeys(
            fold(target)
            for citation in citations
            if citation.kind in COUNTED_KINDS and citation.status in COUNTED_STATUSES
            for target in citation.ids
        )
    )


def _by_name(citations: Iterable[Citation]) -> Iterator[Citation]:
    return (citation for citation in citations if not citation.short)


def restore(record: ResolutionRecord, documents: Iterable[ClauseRecord]) -> Resolution:
    """Return the resolution that `record_of` and `documents_of` took apart."""
    documents = list(documents)
    return Resolution(
        symbol=record.symbol,
        lang=record.lang,
        title=record.title,
        date=record.date,
        body=record.body,
        session=record.session,
        clauses=tuple(
            Clause(
                path=document.path,
                type=document.type,
                number=document.number,
                text=document.text,
                marks=document.marks,
                actions=document.actions,
                citations=document.citations,
                inferred=document.inferred,
            )
            for document in documents[: record.clauses]
        ),
        footnotes=tuple(
            Footnote(
                number=int(document.number or 0),
                text=document.text,
                clause=document.clause,
                citations=document.citations,
            )
            for document in documents[record.clauses :]
        ),
        subjects=record.subjects,
        source=record.source,
        problems=record.problems,
        goals=record.goals,
        proceedings=record.proceedings,
    )
