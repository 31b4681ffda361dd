"""The pipeline from sources to a swapped-in index.

Two passes. The first reads and parses on all cores, spools the resolutions to disk (memory stays bounded however
large the corpus) and counts word forms; from these each language learns which base forms its corpus proves. The
second takes the language versions of each resolution together, aligns them and analyses them with that knowledge on
all cores (`indexer.preparing`); this process compares them and writes what comes back.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.alignment import align
from indexer.errors import EmptyCorpusError, UnreadableSourceError
from indexer.findings import FindingsFile
from indexer.lang import get_language
from indexer.lang.base import Form, Lexicon
from indexer.model import LANGUAGES, LanguageCode, Problem, Resolution, Symbol
from indexer.parse import parse
from indexer.preparing import prepare_all
from indexer.progress import track
from indexer.reading.sources import Source, find_sources, read_source
from indexer.report import BuildReport
from indexer.spool import Spool, encode_resolution
from indexer.store import IndexWriter
from indexer.structure import is_resolution
from indexer.supervision import Limits, Lost, supervise

FEW_SOURCES = 8  # are parsed sooner than workers have started
RISKY_MARKS = (b"%PDF-", b"PK\x03\x04")
RISKY_WITHIN = 1024  # bytes; PDF readers take a header that begins a little late

FormCounts = dict[LanguageCode, Counter[Form]]


@dataclass(frozen=True, slots=True)
class Spooled:
    """One encoded resolution on its way from a worker."""

    symbol: Symbol
    lang: LanguageCode
    source: str
    encoded: bytes


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a worker sends back for one source: its resolutions, counts of word forms, and what was left out."""

    resolutions: tuple[Spooled, ...]
    forms: FormCounts
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker gets: one source, and the languages whose word forms it counts."""

    source: Source
    counted: frozenset[LanguageCode]


def build_index(
    paths: Iterable[Path],
    directory: Path,
    *,
    languages: Collection[LanguageCode] = LANGUAGES,
    jobs: int | None = None,
    findings: Path | None = None,
    wait: float = 0.0,
) -> BuildReport:
    """Build an index of everything in ``paths`` beside the live one in ``directory`` and swap it in whole.

    ``findings`` is a file for everything that the report counts, one JSON object a line. Raises `EmptyCorpusError`
    when the paths hold no resolution, `IndexBusyError` when another process is still writing after ``wait`` seconds,
    and `IndexUnwritableError` when nothing more can be written; the live index stays. A source that cannot be read is
    named in the report and the build goes on.
    """
    started = time.monotonic()
    paths = list(paths)
    sources = list(find_sources(paths))
    if not sources:
        raise EmptyCorpusError(_nothing_in(paths, "no file that could hold a resolution"))
    with (
        IndexWriter(directory, wait=wait) as writer,
        Spool(writer.workspace) as spool,
        FindingsFile(findings) as found,
    ):
        report = BuildReport(found)
        forms = _read_all(sources, spool, report, set(languages), jobs or os.cpu_count() or 1)
        if not forms:
            raise EmptyCorpusError(_nothing_in(paths, "no resolution"))
        lexicons = _learn(forms)
        writer.use_lexicons(lexicons)
        ready = prepare_all(spool.encoded(), languages, lexicons, jobs or os.cpu_count() or 1)
        for versions in track(ready, total=spool.symbols, label="writing", unit="resolutions"):
            chosen = versions.resolutions()
            report.compare(chosen)
            for resolution in chosen:
                report.count(resolution)
            for prepared in versions.prepared:
                writer.add_prepared(prepared)
        writer.commit()
    report.seconds = time.monotonic() - started
    report.peak_mib = _peak_memory()
    return report


def parse_sources(
    sources: Iterable[Source], *, languages: Collection[LanguageCode] = LANGUAGES, jobs: int | None = None
) -> Iterator[Resolution | Problem]:
    """Yield a problem for each thing left out as it is met, then the resolutions, their versions side by side.

    Clause ids are aligned over all language versions found, also over those that are not asked for.
    """
    with Spool() as spool:
        for parsed in _parse_all([Task(source, frozenset()) for source in sources], jobs or os.cpu_count() or 1):
            yield from parsed.problems
            for one in parsed.resolutions:
                spool.add(one.symbol, one.encoded)
                if one.lang not in languages:
                    yield _unasked(one)
        for versions in _aligned(spool, label="aligning"):
            yield from (version for version in versions if version.lang in languages)


def parse_source(source: Source) -> Iterator[Resolution | Problem]:
    """Yield the resolutions of a source, and a problem for each document left out."""
    reading = read_source(source)
    yield from reading.skipped
    for document in reading.documents:
        resolution = parse(document)
        yield is_resolution(resolution) or resolution


def _read_all(
    sources: list[Source], spool: Spool, report: BuildReport, languages: set[LanguageCode], jobs: int
) -> FormCounts:
    """Spool the resolutions of all sources and return how often each word form occurs, by language asked for."""
    forms: FormCounts = {}
    kept: dict[tuple[Symbol, LanguageCode], str] = {}
    tasks = [Task(source, frozenset(languages)) for source in sources]
    for parsed in track(_parse_all(tasks, jobs), total=len(sources), label="reading", unit="files"):
        report.files += 1
        for problem in parsed.problems:
            report.leave_out(problem)
        for one in parsed.resolutions:
            first = kept.setdefault((one.symbol, one.lang), one.source)
            if first != one.source:  # under another file name say
                report.oddity(Problem("duplicate", f"{one.symbol} was already read from {first}", one.source))
                continue
            if one.lang not in languages:
                report.leave_out(_unasked(one))
            spool.add(one.symbol, one.encoded)
        for lang, counts in parsed.forms.items():
            forms.setdefault(lang, Counter()).update(counts)
    return forms


def _unasked(one: Spooled) -> Problem:
    return Problem("skipped-language", f"{one.lang} was not asked for", one.source)


def _aligned(spool: Spool, *, label: str) -> Iterator[list[Resolution]]:
    total = spool.symbols
    for versions in track(spool.versions(), total=total, label=label, unit="resolutions"):
        yield align(versions)


def _parse_all(tasks: list[Task], jobs: int) -> Iterator[Parsed]:
    """Yield what each task gives: in this process where that is quicker and safe, else in workers that may die."""
    if (jobs == 1 or len(tasks) <= FEW_SOURCES) and not any(is_risky(task.source) for task in tasks):
        yield from map(_parse_task, tasks)
        return
    for found in supervise(_parse_task, tasks, min(jobs, len(tasks)), Limits()):
        if isinstance(found, Lost):
            found = Parsed((), {}, (Problem("unreadable", found.reason, found.item.source.name),))
        yield found


def is_risky(source: Source) -> bool:
    """Whether native code reads a file that a hostile one may break: packed formats, told by their first bytes."""
    try:
        start = source.load()[:RISKY_WITHIN]
    except UnreadableSourceError:
        return False
    return any(mark in start for mark in RISKY_MARKS)


def _parse_task(task: Task) -> Parsed:
    resolutions: list[Spooled] = []
    forms: FormCounts = {}
    problems: list[Problem] = []
    for item in _parsed(task.source):
        if isinstance(item, Problem):
            problems.append(item)
            continue
        resolutions.append(Spooled(item.symbol, item.lang, item.source, encode_resolution(item)))
        if item.lang in task.counted:
            _count_forms(item, forms)
    return Parsed(tuple(resolutions), forms, tuple(problems))


def _parsed(source: Source) -> Iterator[Resolution | Problem]:
    try:
        yield from parse_source(source)
    except MemoryError:
        yield Problem("unreadable", "it needs more memory than one file is given", source.name)
    except Exception as error:  # a fault of ours, which must not cost the other files
        reason = f"the program failed on it ({type(error).__name__}): please report it"
        yield Problem("unreadable", reason, source.name)


def _count_forms(resolution: Resolution, forms: FormCounts) -> None:
    language = get_language(resolution.lang)
    counts = forms.setdefault(resolution.lang, Counter())
    texts = [clause.text for clause in resolution.clauses] + [note.text for note in resolution.footnotes]
    for text in texts:
        counts.update(token.form for token in language.tokens(text))


def _learn(forms: FormCounts) -> dict[LanguageCode, Lexicon]:
    return {lang: get_language(lang).learn(counts) for lang, counts in forms.items()}


def _nothing_in(paths: list[Path], what: str) -> str:
    names = ", ".join(map(str, paths)) or "the given sources"
    wanted = "files of UN resolutions (text, PDF, DOCX, HTML, XML), folders or zip archives of them"
    return f"{names}: {what} was found; give {wanted}"


def _peak_memory() -> float:
    """Return the peak of this process plus that of its largest worker, in MiB."""
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage counts bytes on macOS, KiB elsewhere
    own, largest = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (own + largest) * unit / 2**20
