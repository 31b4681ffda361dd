"""How well the caches of this process serve, for the metrics."""

from __future__ import annotations

from app.labels import label
from app.query.pattern import finder
from app.watch.metrics import CacheUse


def cache_use() -> dict[str, CacheUse]:
    """Return the use of each cache by its name."""
    caches = {"labels": label.cache_info(), "patterns": finder.cache_info()}
    return {name: CacheUse(info.hits, info.misses) for name, info in caches.items()}
