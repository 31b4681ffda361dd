"""The second pass of a build, on all cores: versions aligned, their words analysed, records and values made ready.

What is left to the one process that writes is numbering, and sorting in arrays.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice

from indexer.alignment import align
from indexer.lang import get_language
from indexer.lang.base import Language, Lexicon
from indexer.model import LanguageCode, Resolution
from indexer.spool import decode_resolution, encode_resolution
from indexer.store import PreparedResolution, prepare
from indexer.supervision import end_with_parent

RESOLUTIONS_A_TASK = 4  # of six versions each: large enough to hide the cost of a task
TASKS_A_WORKER = 3  # under way or waiting to be written; memory holds no more


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of one resolution in the languages asked for, aligned: encoded, and ready to be written."""

    encoded: tuple[bytes, ...]
    prepared: tuple[PreparedResolution, ...]

    def resolutions(self) -> list[Resolution]:
        """Return them decoded."""
        return [decode_resolution(version) for version in self.encoded]


Task = list[list[bytes]]
"""Resolutions, each in all its versions, encoded."""


class Preparer:
    """Makes versions ready; ``languages`` are those asked for, ``lexicons`` what the corpus proved."""

    def __init__(self, languages: Collection[LanguageCode], lexicons: Mapping[LanguageCode, Lexicon]) -> None:
        self._languages: dict[LanguageCode, Language] = {
            lang: get_language(lang, lexicons.get(lang)) for lang in languages
        }

    def prepare(self, encoded: list[bytes]) -> Versions:
        """Return the versions of one resolution, aligned over all of them, also over those not asked for."""
        aligned = align([decode_resolution(version) for version in encoded])
        chosen = [version for version in aligned if version.lang in self._languages]
        return Versions(
            tuple(map(encode_resolution, chosen)),
            tuple(prepare(version, self._languages[version.lang]) for version in chosen),
        )


def prepare_all(
    resolutions: Iterable[list[bytes]],
    languages: Collection[LanguageCode],
    lexicons: Mapping[LanguageCode, Lexicon],
    jobs: int,
) -> Iterator[Versions]:
    """Yield all resolutions ready to be written, in the order given."""
    tasks = _tasks(iter(resolutions))
    first = next(tasks, [])
    if jobs == 1 or len(first) < RESOLUTIONS_A_TASK:
        preparer = Preparer(languages, lexicons)
        for task in (first, *tasks):
            yield from map(preparer.prepare, task)
        return
    context = multiprocessing.get_context("spawn")  # the one start method that every platform has
    pool = ProcessPoolExecutor(jobs, context, _start_worker, (languages, lexicons))
    try:
        waiting: deque[Future[list[Versions]]] = deque([pool.submit(_work, first)])
        for task in tasks:
            waiting.append(pool.submit(_work, task))
            if len(waiting) >= jobs * TASKS_A_WORKER:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BaseException:  # also when who takes these has failed: no thread of the pool may then wait for itself
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def _tasks(resolutions: Iterator[list[bytes]]) -> Iterator[Task]:
    while task := list(islice(resolutions, RESOLUTIONS_A_TASK)):
        yield task


_preparer: Preparer  # of a worker process


def _start_worker(languages: Collection[LanguageCode], lexicons: Mapping[LanguageCode, Lexicon]) -> None:
    global _preparer
    end_with_parent()
    _preparer = Preparer(languages, lexicons)


def _work(task: Task) -> list[Versions]:
    return [_preparer.prepare(encoded) for encoded in task]
