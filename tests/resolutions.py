"""Small resolutions for tests, made of sentences of our own and taken through the real pipeline."""

from __future__ import annotations

from pathlib import Path

from indexer.citing import cite
from indexer.model import Clause, ClausePath, ClauseType, LanguageCode, Resolution
from indexer.parse import with_actions
from indexer.store import IndexWriter, Snapshot, open_snapshot
from indexer.symbols import body_of, parse_symbol, session_of


def resolution(
    symbol: str, lang: LanguageCode, *texts: str, title: str = "–", date: str = "2003-12-23", subject: str = ""
) -> Resolution:
    """Return a resolution with a title and these texts as operative paragraphs 1, 2, 3 …"""
    canonical = parse_symbol(symbol)
    heading = Clause(ClausePath("title"), ClauseType.TITLE, None, title)
    paragraphs = (
        Clause(ClausePath(f"op{number}"), ClauseType.OPERATIVE, str(number), text)
        for number, text in enumerate(texts, 1)
    )
    return cite(
        with_actions(
            Resolution(
                symbol=canonical,
                lang=lang,
                title=title,
                date=date,
                body=body_of(canonical) or "GA",
                session=session_of(canonical),
                clauses=(heading, *paragraphs),
                subjects=(subject,) if subject else (),
            )
        )
    )


def index(folder: Path, *resolutions: Resolution) -> Snapshot:
    """Write an index of these resolutions and open it."""
    with IndexWriter(folder) as writer:
        for one in resolutions:
            writer.add(one)
        writer.commit()
    return open_snapshot(folder)
