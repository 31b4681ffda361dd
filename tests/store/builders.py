"""Small invented resolutions for the tests of the store."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from indexer.lang.base import Lexicon
from indexer.model import (
    Action,
    Citation,
    CitationKind,
    Clause,
    ClausePath,
    ClauseType,
    Footnote,
    FootnoteMark,
    LanguageCode,
    Resolution,
    Symbol,
    TargetId,
)
from indexer.store import IndexWriter

RUSSIAN = (
    "ссылаясь на права всех трудящихся и членов их семей",
    "признавая, что мир и права человека неделимы",
    "просит Генерального секретаря представить доклад о мире",
    "призывает государства соблюдать права детей и права женщин",
    "постановляет рассмотреть доклад о правах человека на следующей сессии",
    "мир, мир и снова мир",
)
ENGLISH = (
    "recalling the rights of all workers and members of their families",
    "recognizing that peace and human rights are indivisible",
    "requests the Secretary-General to submit a report on peace",
    "calls upon States to respect the rights of children and the rights of women",
    "decides to consider the report on human rights at its next session",
    "peace, peace and peace again",
)
TEXTS: dict[LanguageCode, tuple[str, ...]] = {"ru": RUSSIAN, "en": ENGLISH}


def cited(target: str, kind: CitationKind = CitationKind.RESOLUTION) -> Citation:
    """Return a citation of a target at the head of a text."""
    return Citation(target, 0, len(target), kind, TargetId(target))


def resolution(
    number: int = 1,
    lang: LanguageCode = "ru",
    *,
    texts: Iterable[str] | None = None,
    date: str | None = "2003-12-23",
    session: str = "58",
) -> Resolution:
    """Return a resolution with a title, two preambular clauses, operative ones and a footnote on the first."""
    first, second, *others = TEXTS[lang] if texts is None else texts
    note = Footnote(1, f"A/RES/45/{number}", ClausePath("pp1"), (cited(f"A/RES/45/{number}"),))
    return Resolution(
        symbol=Symbol(f"A/RES/{session}/{number}"),
        lang=lang,
        title=f"{number} {second}",
        date=date,
        body="GA",
        session=session,
        clauses=(
            Clause(ClausePath("title"), ClauseType.TITLE, None, f"{number} {second}"),
            Clause(
                ClausePath("pp1"),
                ClauseType.PREAMBULAR,
                None,
                first,
                marks=(FootnoteMark(1, 3),),
                actions=(Action("recalls", first[:8], 0, 8),),
                citations=(cited("ins:crc", CitationKind.INSTRUMENT),),
            ),
            Clause(ClausePath("pp2"), ClauseType.PREAMBULAR, None, second, actions=(Action("recognizes", "", 0, 0),)),
            *(
                Clause(
                    ClausePath(f"op{place}"),
                    ClauseType.OPERATIVE,
                    str(place),
                    text,
                    actions=(Action("requests", "", 0, 0), Action("decides", "", 0, 0, inner=True)),
                )
                for place, text in enumerate(others, 1)
            ),
        ),
        footnotes=(note,),
        subjects=("peace", "rights"),
        source=f"{session}-{number}.{lang}.txt",
    )


def write_index(
    index: Path, resolutions: Iterable[Resolution], lexicons: dict[LanguageCode, Lexicon] | None = None
) -> Path:
    """Build an index of the resolutions and return its folder."""
    with IndexWriter(index) as writer:
        writer.use_lexicons(lexicons or {})
        for item in resolutions:
            writer.add(item)
        writer.commit()
    return index
