"""Asks indexes as the service would, without a network between."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import msgspec

from app.model import FilterName, SearchRequest
from app.search import search
from indexer.model import LANGUAGES, LanguageCode
from indexer.store import Snapshot, open_snapshot


class Indexes:
    """Indexes that together hold some languages; the first that holds a language answers for it."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._of: dict[LanguageCode, Snapshot] = {}
        for folder in folders:
            snapshot = open_snapshot(folder)
            for lang in LANGUAGES:
                if lang in snapshot.columns["lang"].values:
                    self._of.setdefault(lang, snapshot)

    @property
    def languages(self) -> tuple[LanguageCode, ...]:
        """The languages held."""
        return tuple(self._of)

    def snapshot(self, lang: LanguageCode) -> Snapshot:
        """Return the index that answers for a language."""
        return self._of[lang]

    def ask(self, q: str, lang: LanguageCode, page: int = 1, *, body: str = "") -> dict[str, Any]:
        """Return the JSON of an answer without facets, of all bodies or of one."""
        filters: dict[FilterName, tuple[str, ...]] = {"lang": (lang,)}
        if body:
            filters["body"] = (body,)
        request = SearchRequest(q, filters, page=page, facets=())
        return cast("dict[str, Any]", json.loads(msgspec.json.encode(search(self._of[lang], request))))
