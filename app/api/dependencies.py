"""What handlers ask for by type: the snapshot to answer from, and the languages that the reader accepts.

What only looks at the request is a coroutine: a plain function would go to another thread and back for nothing.
"""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Header, Request

from app.settings import Settings
from app.web.i18n import UI_LANGUAGES, UiLanguage
from indexer.model import LANGUAGES, LanguageCode
from indexer.store import Snapshot, SnapshotSource

DEFAULT_LABELS: UiLanguage = "en"  # for a script, which says nothing; a browser always says something


def snapshot_source(request: Request) -> SnapshotSource:
    """Return the source of snapshots of this service."""
    return cast(SnapshotSource, request.app.state.snapshots)


def current_snapshot(request: Request) -> Snapshot:
    """Return one snapshot for the whole request; raises `StoreError` while there is no index."""
    return snapshot_source(request).current()


async def search_seconds(request: Request) -> float:
    """Return the time that a search may take."""
    return cast(Settings, request.app.state.settings).search_seconds


async def accepted_languages(
    accept_language: Annotated[str, Header(include_in_schema=False)] = "",
) -> tuple[LanguageCode, ...]:
    """Return the languages of an ``Accept-Language`` header (RFC 9110, 12.5.4) that are ours, best first."""
    weights: dict[LanguageCode, float] = {}
    for item in accept_language.split(","):
        tag, _, parameter = item.partition(";")
        primary = tag.strip().lower().partition("-")[0]
        for lang in LANGUAGES:
            if lang == primary:
                weights.setdefault(lang, _weight(parameter))
    return tuple(sorted((lang for lang in weights if weights[lang] > 0), key=lambda lang: -weights[lang]))


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name == "q" else 1.0
    except ValueError:
        return 0.0


AcceptedLanguages = Annotated[tuple[LanguageCode, ...], Depends(accepted_languages)]


async def labels_language(accepted: AcceptedLanguages) -> UiLanguage:
    """Return the interface language that labels are wanted in."""
    return next((ui for lang in accepted for ui in UI_LANGUAGES if ui == lang), DEFAULT_LABELS)


SearchSeconds = Annotated[float, Depends(search_seconds)]
CurrentSnapshot = Annotated[Snapshot, Depends(current_snapshot)]
LabelsLanguage = Annotated[UiLanguage, Depends(labels_language)]
