"""The pipeline from sources to a swapped-in index.

Two passes. The first reads and parses on all cores, spools the resolutions to disk (memory stays bounded however
large the corpus) and counts word forms; from these each language learns which base forms its corpus proves. The
second writes the spooled resolutions with that knowledge.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from indexer.errors import EmptyCorpusError
from indexer.lang import get_language
from indexer.lang.base import Form, Lexicon
from indexer.model import LANGUAGES, LanguageCode, Problem, Resolution, Symbol
from indexer.parse import parse
from indexer.progress import track
from indexer.reading.sources import Source, find_sources, read_source
from indexer.report import BuildReport
from indexer.store import IndexWriter
from indexer.structure import is_resolution

SOURCES_PER_TASK = 8  # large enough to hide the cost of a task, small enough to keep all cores busy to the end

FormCounts = dict[LanguageCode, Counter[Form]]

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Resolution).decode


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a worker sends back for one source: encoded resolutions, counts of forms, and what it left out."""

    resolutions: tuple[bytes, ...]
    forms: FormCounts
    skipped: tuple[Problem, ...]
    unreadable: tuple[Problem, ...]


def build_index(
    paths: Iterable[Path],
    directory: Path,
    *,
    languages: Collection[LanguageCode] = LANGUAGES,
    jobs: int | None = None,
) -> BuildReport:
    """Build an index of everything in ``paths`` beside the live one in ``directory`` and swap it in whole.

    Raises `EmptyCorpusError` when the paths hold no resolution (the live index stays) and `IndexBusyError` when
    another process is writing. A source that cannot be read is named in the report and the build goes on.
    """
    started = time.monotonic()
    paths = list(paths)
    report = BuildReport()
    sources = list(find_sources(paths))
    if not sources:
        raise EmptyCorpusError(_nothing_in(paths, "no file that could hold a resolution"))
    with IndexWriter(directory) as writer, tempfile.TemporaryFile(dir=writer.workspace) as spool:
        forms = _spool_resolutions(sources, spool, report, set(languages), jobs or os.cpu_count() or 1)
        if not report.resolutions:
            raise EmptyCorpusError(_nothing_in(paths, "no resolution"))
        writer.use_lexicons(_learn(forms))
        total = report.resolutions.total()
        for resolution in track(_unspool(spool), total=total, label="writing", unit="resolutions"):
            writer.add(resolution)
        writer.commit()
    report.seconds = time.monotonic() - started
    report.peak_mib = _peak_memory()
    return report


def parse_source(source: Source, languages: Collection[LanguageCode] = LANGUAGES) -> Iterator[Resolution | Problem]:
    """Yield the resolutions of a source in these languages, and a problem for each document left out."""
    reading = read_source(source)
    yield from reading.skipped
    for document in reading.documents:
        resolution = parse(document)
        if problem := is_resolution(resolution):
            yield problem
        elif resolution.lang in languages:
            yield resolution
        else:
            yield Problem("skipped-language", f"{resolution.lang} was not asked for", source.name)


def _spool_resolutions(
    sources: list[Source], spool: BinaryIO, report: BuildReport, languages: set[LanguageCode], jobs: int
) -> FormCounts:
    forms: FormCounts = {}
    kept: dict[tuple[Symbol, LanguageCode], str] = {}
    for parsed in track(_parse_all(sources, languages, jobs), total=len(sources), label="reading", unit="files"):
        report.files += 1
        report.unreadable.extend(parsed.unreadable)
        report.skipped.update(problem.code for problem in parsed.skipped)
        for encoded in parsed.resolutions:
            resolution = _decode(encoded)
            if problem := _duplicate(resolution, kept):
                report.oddities.append(problem)
                continue
            report.count(resolution)
            spool.write(encoded + b"\n")
        for lang, counts in parsed.forms.items():
            forms.setdefault(lang, Counter()).update(counts)
    return forms


def _duplicate(resolution: Resolution, kept: dict[tuple[Symbol, LanguageCode], str]) -> Problem | None:
    """Return a problem when the same resolution was already read, under another file name say."""
    first = kept.setdefault((resolution.symbol, resolution.lang), resolution.source)
    if first == resolution.source:
        return None
    return Problem("duplicate", f"{resolution.symbol} was already read from {first}", resolution.source)


def _parse_all(sources: list[Source], languages: set[LanguageCode], jobs: int) -> Iterator[Parsed]:
    tasks = ((source, frozenset(languages)) for source in sources)
    if jobs == 1 or len(sources) <= SOURCES_PER_TASK:
        yield from map(_parse_task, tasks)
        return
    context = multiprocessing.get_context("spawn")  # the one start method that every platform has
    with ProcessPoolExecutor(min(jobs, len(sources)), mp_context=context) as pool:
        yield from pool.map(_parse_task, tasks, chunksize=SOURCES_PER_TASK)


def _parse_task(task: tuple[Source, frozenset[LanguageCode]]) -> Parsed:
    source, languages = task
    resolutions: list[bytes] = []
    forms: FormCounts = {}
    skipped: list[Problem] = []
    unreadable: list[Problem] = []
    for item in parse_source(source, languages):
        if isinstance(item, Problem):
            (skipped if item.code.startswith("skipped-") else unreadable).append(item)
        else:
            resolutions.append(_encode(item))
            _count_forms(item, forms)
    return Parsed(tuple(resolutions), forms, tuple(skipped), tuple(unreadable))


def _count_forms(resolution: Resolution, forms: FormCounts) -> None:
    language = get_language(resolution.lang)
    counts = forms.setdefault(resolution.lang, Counter())
    texts = [clause.text for clause in resolution.clauses] + [note.text for note in resolution.footnotes]
    for text in texts:
        counts.update(token.form for token in language.tokens(text))


def _learn(forms: FormCounts) -> dict[LanguageCode, Lexicon]:
    return {lang: get_language(lang).learn(counts) for lang, counts in forms.items()}


def _unspool(spool: BinaryIO) -> Iterator[Resolution]:
    spool.seek(0)
    yield from map(_decode, spool)


def _nothing_in(paths: list[Path], what: str) -> str:
    names = ", ".join(map(str, paths)) or "the given sources"
    return f"{names}: {what} was found; give files (.txt, .xml), folders or zip archives of UN resolutions"


def _peak_memory() -> float:
    """Return the peak of this process plus that of its largest worker, in MiB."""
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage counts bytes on macOS, KiB elsewhere
    own, largest = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (own + largest) * unit / 2**20
