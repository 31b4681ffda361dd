"""Pages as plain text, for reading in a terminal and for copying."""

from __future__ import annotations

from app.model import SearchPage
from app.web.clauses import enumerator
from indexer.model import ClauseType, Resolution


def plain_resolution(resolution: Resolution) -> str:
    """Return a resolution as paragraphs: symbol, title, date, clauses with their numbers, footnotes."""
    paragraphs = [resolution.symbol, resolution.title, *([resolution.date] if resolution.date else [])]
    for clause in resolution.clauses:
        if clause.type is not ClauseType.TITLE:
            number = enumerator(clause.number, resolution.lang)
            paragraphs.append(f"{number} {clause.text}" if number else clause.text)
    paragraphs += [f"[{note.number}] {note.text}" for note in resolution.footnotes]
    return "\n\n".join(paragraphs) + "\n"


def plain_answer(page: SearchPage) -> str:
    """Return the clauses of an answer, each under its id and language."""
    return "\n".join(f"{hit.id} [{hit.lang}]\n{hit.text}\n" for hit in page.hits)
