"""The page that shows a resolution in several languages, clause beside clause.

Clauses belong together by their ids, which are the same in all languages. One that a version lacks is said to be
missing there: versions do differ, and a reader who compares them looks for just that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.web.addresses import Addresses
from app.web.clauses import Translation, printed_number
from app.web.i18n import Messages
from app.web.resolution_page import depth, heading_level
from app.web.texts import Direction, Text, direction, plain_text
from indexer.model import Clause, ClausePath, ClauseType, LanguageCode, Resolution


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A language of the table; ``alone`` is the address of its text, ``first`` that of this page with it leading."""

    lang: LanguageCode
    name: str
    dir: Direction
    alone: str
    first: str | None


@dataclass(frozen=True, slots=True)
class RowView:
    """A clause in all languages of the table, None where a version lacks it."""

    path: ClausePath
    place: str
    kind: str
    depth: int
    texts: tuple[Text | None, ...]


@dataclass(frozen=True, slots=True)
class SideBySideView:
    """The whole page; ``gaps`` are the paths of the clauses that some version lacks."""

    symbol: str
    title: Text
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    gaps: tuple[tuple[ClausePath, str], ...]
    unheld: tuple[str, ...]
    address: str
    others: tuple[Translation, ...]
    chosen: tuple[str, ...]


def side_by_side_view(
    versions: Sequence[Resolution],
    unheld: Sequence[LanguageCode],
    others: tuple[Translation, ...],
    words: Messages,
    addresses: Addresses,
) -> SideBySideView:
    """Return what the page shows of the versions of one resolution, the first of them leading.

    ``unheld`` are the languages that were asked for in vain, ``others`` all that could be set beside the first.
    """
    first, *beside = versions
    symbol, langs = first.symbol, [version.lang for version in versions]
    by_path = [{clause.path: clause for clause in version.clauses} for version in versions]
    rows = tuple(
        _row(path, [clauses.get(path) for clauses in by_path], langs)
        for path in merged_paths([[clause.path for clause in version.clauses] for version in versions])
    )
    return SideBySideView(
        symbol=symbol,
        title=plain_text(first.title, first.lang),
        columns=tuple(
            ColumnView(
                lang,
                words.text(f"lang.{lang}"),
                direction(lang),
                addresses.resolution(lang, symbol),
                addresses.side_by_side(lang, symbol, [other for other in langs if other != lang])
                if lang != first.lang
                else None,
            )
            for lang in langs
        ),
        rows=rows,
        gaps=tuple((row.path, row.place) for row in rows if None in row.texts),
        unheld=tuple(words.text(f"lang.{lang}") for lang in unheld),
        address=Addresses(addresses.root).resolution(first.lang, symbol),
        others=others,
        chosen=tuple(version.lang for version in beside),
    )


def merged_paths(versions: Sequence[Sequence[ClausePath]]) -> list[ClausePath]:
    """Return the paths of all versions, each once, in the order of the first that has it.

    What the first version lacks stands behind what precedes it in the version that has it.
    """
    merged = list(dict.fromkeys(versions[0])) if versions else []
    for version in versions[1:]:
        known = set(merged)
        at = 0
        for path in version:
            if path in known:
                at = merged.index(path) + 1
            else:
                merged.insert(at, path)
                known.add(path)
                at += 1
    return merged


def _row(path: ClausePath, clauses: Sequence[Clause | None], langs: Sequence[LanguageCode]) -> RowView:
    held = next(clause for clause in clauses if clause is not None)
    number = next((clause.number for clause in clauses if clause is not None and clause.number), None)
    kind = "title" if held.type is ClauseType.TITLE else "heading" if heading_level(held) else held.type.value
    return RowView(
        path=path,
        place=printed_number(number) or path,
        kind=kind,
        depth=depth(path),
        texts=tuple(
            plain_text(clause.text, lang) if clause is not None else None
            for clause, lang in zip(clauses, langs, strict=True)
        ),
    )
