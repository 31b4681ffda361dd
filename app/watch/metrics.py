"""Metrics in the text format of Prometheus.

Every application has a registry of its own. Where several processes answer on one port, ``PROMETHEUS_MULTIPROC_DIR``
names a folder that they share (``clausula serve --workers`` makes one): whichever is asked then tells the sums of
all. What is told of the index and of caches is that of the process asked.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector

from indexer.store import Snapshot

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"

# Seconds: a word of the whole corpus takes two milliseconds, the longest page some hundred.
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class CacheUse:
    """How often a cache had what was asked for, and how often not."""

    hits: int
    misses: int


class Metrics:
    """What one application counts."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._seconds = Histogram(
            "clausula_request_seconds",
            "Time to answer a request.",
            ("method", "route", "status"),
            registry=self._registry,
            buckets=BUCKETS,
        )
        self._rejected = Counter(
            "clausula_rejected_requests",
            "Requests that were refused, by reason.",
            ("reason",),
            registry=self._registry,
        )

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answered request."""
        self._seconds.labels(method, route, str(status)).observe(seconds)

    def reject(self, reason: str) -> None:
        """Count a request that was refused."""
        self._rejected.labels(reason).inc()

    def text(self, snapshot: Snapshot | None, caches: Mapping[str, CacheUse]) -> bytes:
        """Return all metrics; ``snapshot`` is None while there is no index."""
        registry = self._registry
        if SHARED_FOLDER in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry) + generate_latest(_present(snapshot, caches))


def _present(snapshot: Snapshot | None, caches: Mapping[str, CacheUse]) -> CollectorRegistry:
    """Return what is true now and need not be counted."""
    registry = _OwnRegistry()
    for name, help_text, value in _of_index(snapshot):
        registry.gauge(name, help_text).set(value)
    hits = registry.gauge("clausula_cache_hits", "What a cache had, since the start.", "cache")
    misses = registry.gauge("clausula_cache_misses", "What a cache had not, since the start.", "cache")
    for cache, use in caches.items():
        hits.labels(cache).set(use.hits)
        misses.labels(cache).set(use.misses)
    return registry


class _OwnRegistry(CollectorRegistry):
    def gauge(self, name: str, help_text: str, *labels: str) -> Gauge:
        return Gauge(name, help_text, labels, registry=self, multiprocess_mode="mostrecent")


def _of_index(snapshot: Snapshot | None) -> Iterator[tuple[str, str, float]]:
    yield "clausula_index_ready", "Whether searches can be answered.", float(snapshot is not None)
    if snapshot is None:
        return
    manifest = snapshot.manifest
    age = time.time() - datetime.fromisoformat(manifest.created).timestamp()
    yield "clausula_index_age_seconds", "Time since the index was written.", age
    yield "clausula_index_bytes", "Size of the index on disk.", float(sum(f.size for f in manifest.files.values()))
    yield "clausula_index_documents", "Clauses and footnotes in the index.", float(len(snapshot))
