"""From a raw document to a resolution: clauses typed and numbered, footnotes hung, title, symbol and date found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.model import (
    LANGUAGES,
    Clause,
    ClausePath,
    ClauseType,
    Footnote,
    FootnoteMark,
    LanguageCode,
    Problem,
    Resolution,
    Symbol,
)
from indexer.reading.document import Block, RawDocument, RawNote, Zone
from indexer.reading.identify import identify_language
from indexer.structure.identity import (
    Title,
    find_body,
    find_date,
    find_other_kind,
    find_symbol,
    find_title,
    kind_of_text,
)
from indexer.structure.paths import Paths
from indexer.structure.rules import Decision, decide
from indexer.structure.vocabulary import get_vocabulary
from indexer.structure.zones import NEAR_TITLE, find_enacting, locate
from indexer.symbols import session_of

_DEFAULT_LANGUAGE: LanguageCode = "en"


def segment(doc: RawDocument) -> Resolution:
    """Return the resolution that a raw document holds, without actions and citations.

    Takes blocks with declared zones and blocks of plain text alike. Never raises on content: a document that is none
    still gives what can be read of it, and `is_resolution` says why it is none. Problems: ``no-language``,
    ``no-enacting``, ``no-symbol``, ``no-title``, ``no-date``, ``no-clauses``, ``symbol-mismatch``, ``repeated-path``,
    ``note-without-mark``, and those of the reader.
    """
    lang, problems = _language(doc)
    vocabulary = get_vocabulary(lang)
    blocks = locate(doc.blocks, vocabulary)
    enacting = find_enacting(blocks, vocabulary)
    enacting_body = vocabulary.body(blocks[enacting].text) if enacting is not None else None
    head = [block for block in blocks if block.zone is Zone.HEAD]
    title = find_title(head, vocabulary, enacting_body)
    symbol, symbol_problems = find_symbol(title, head, doc.meta, enacting_body)
    other = None if symbol else find_other_kind(head or blocks[:NEAR_TITLE], vocabulary)
    paths = Paths()
    decisions = list(decide(blocks, vocabulary, paths))
    clauses = _clauses(title, decisions, paths)
    date_texts = [clause.text for clause in clauses if clause.type is ClauseType.ADOPTION]
    date = find_date([*date_texts, title.text, *(b.text for b in head if vocabulary.heading.match(b.text))], lang)
    resolution = Resolution(
        symbol=symbol or Symbol(""),
        lang=lang,
        title=title.text or doc.meta.title or "",
        date=date or doc.meta.date,
        body=find_body(symbol, enacting_body) or "GA",
        session=session_of(symbol) if symbol else None,
        clauses=clauses,
        footnotes=tuple(_footnotes(doc.notes, clauses)),
        subjects=doc.meta.subjects,
        source=doc.source,
        problems=(*doc.problems, *problems, *symbol_problems, *((other,) if other else ())),
        goals=doc.meta.goals,
        proceedings=doc.meta.proceedings,
    )
    return replace(resolution, problems=(*resolution.problems, *_find_problems(resolution, paths)))


def is_resolution(resolution: Resolution) -> Problem | None:
    """Return why a document is no resolution, or None if it is one.

    Left out on purpose: drafts (``skipped-draft``), decisions (``skipped-decision``), whatever else bears no symbol
    of a resolution (``skipped-document``). Unreadable: a language that is none of the six (``unknown-language``), a
    resolution without a single preambular or operative paragraph (``empty-resolution``). A missing enacting line,
    title or date makes no difference.
    """
    codes = {problem.code: problem for problem in resolution.problems}
    if "no-language" in codes:
        return Problem("unknown-language", "the text is in none of the six languages", resolution.source)
    if not resolution.symbol:
        told = codes.get("skipped-draft") or codes.get("skipped-document")
        enacted = "" if "no-enacting" in codes else ", though it has an enacting line"
        message = told.message if told else f"it bears no symbol of a resolution{enacted}"
        return Problem(told.code if told else "skipped-document", message, resolution.source)
    kind = kind_of_text(resolution.symbol)
    if kind != "resolution":
        code = "skipped-decision" if kind == "decision" else "skipped-document"
        return Problem(code, f"{resolution.symbol} is a {kind}", resolution.source)
    if not any(clause.type in (ClauseType.PREAMBULAR, ClauseType.OPERATIVE) for clause in resolution.clauses):
        message = f"{resolution.symbol} has neither preambular nor operative paragraphs"
        return Problem("empty-resolution", message, resolution.source)
    return None


def _language(doc: RawDocument) -> tuple[LanguageCode, tuple[Problem, ...]]:
    if doc.meta.lang:
        return doc.meta.lang, ()
    found = identify_language("\n".join(block.text for block in doc.blocks))
    known = next((lang for lang in LANGUAGES if lang == found), None)
    if known:
        return known, ()
    return _DEFAULT_LANGUAGE, (Problem("no-language", "the language could not be told; read as English"),)


def _clauses(title: Title, decisions: Sequence[Decision], paths: Paths) -> tuple[Clause, ...]:
    clauses = []
    if title.text:
        clauses.append(Clause(paths.claim("title"), ClauseType.TITLE, None, title.text, title.marks))
    adoption = [d for d in decisions if d.part.type is ClauseType.ADOPTION and d.text]
    for decision in decisions:
        if decision.part.type is ClauseType.ADOPTION:
            if adoption and decision is adoption[0]:  # meeting, date and vote are one clause
                clauses.append(_adoption([d.block for d in adoption], paths.claim("adoption")))
        elif decision.part.type is not None and decision.part.path is not None and decision.text:
            part, marks = decision.part, _moved(decision.block, decision.text)
            clauses.append(Clause(decision.part.path, decision.part.type, part.number, decision.text, marks))
    return tuple(clauses)


def _adoption(blocks: Sequence[Block], path: ClausePath) -> Clause:
    text, marks = "", []
    for block in blocks:
        text = f"{text} {block.text}".strip()
        start = len(text) - len(block.text)
        marks += [FootnoteMark(mark.number, start + mark.offset) for mark in block.marks]
    return Clause(path, ClauseType.ADOPTION, None, text, tuple(marks))


def _moved(block: Block, text: str) -> tuple[FootnoteMark, ...]:
    """The marks of a block, as offsets into what is left of its text."""
    cut = len(block.text) - len(text)
    return tuple(FootnoteMark(mark.number, max(0, mark.offset - cut)) for mark in block.marks)


def _footnotes(notes: Sequence[RawNote], clauses: Sequence[Clause]) -> Iterator[Footnote]:
    """The notes, each on the first clause that calls it."""
    places: dict[int, ClausePath] = {}
    for clause in clauses:
        for mark in clause.marks:
            places.setdefault(mark.number, clause.path)
    return (Footnote(note.number, note.text, places.get(note.number)) for note in notes)


def _find_problems(resolution: Resolution, paths: Paths) -> Iterator[Problem]:
    types = {clause.type for clause in resolution.clauses}
    if not resolution.symbol:
        yield Problem("no-symbol", "no symbol of a resolution was found")
    if not resolution.title:
        yield Problem("no-title", "no title was found")
    if not resolution.date:
        yield Problem("no-date", "no date of adoption was found")
    if ClauseType.ENACTING not in types:
        yield Problem("no-enacting", "no enacting line of a known organ was found")
    if not types & {ClauseType.PREAMBULAR, ClauseType.OPERATIVE}:
        yield Problem("no-clauses", "neither preambular nor operative paragraphs were found")
    if paths.repeated:
        message = f"{len(paths.repeated)} paths are used again, the first is {paths.repeated[0]}"
        yield Problem("repeated-path", message, paths.repeated[0])
