"""The first pass of a build: sources read and parsed on all cores, resolutions spooled, word forms counted."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from indexer.errors import UnreadableSourceError
from indexer.lang import get_language
from indexer.lang.base import Form, Lexicon
from indexer.model import LanguageCode, Problem, Resolution, Symbol
from indexer.parse import parse
from indexer.reading.document import RawDocument
from indexer.reading.sources import Source, read_source
from indexer.report import BuildReport
from indexer.spool import Spool, encode_resolution
from indexer.store import SourceRecord
from indexer.structure import is_resolution
from indexer.supervision import Limits, Lost, supervise

T = TypeVar("T")

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
    """What one source gave: its resolutions, counts of word forms, and what was left out.

    ``sha256`` is that of its content, None where it could not be read. One that is ``carried`` over from an index
    stands back behind any other source of the same resolution.
    """

    source: str
    sha256: str | None
    resolutions: tuple[Spooled, ...]
    forms: FormCounts
    problems: tuple[Problem, ...]
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker gets: one source, and the languages whose word forms it counts."""

    source: Source
    counted: frozenset[LanguageCode]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the first pass knows of a corpus: how often each word form occurs, and its sources."""

    forms: FormCounts
    sources: list[SourceRecord]

    def learn(self) -> dict[LanguageCode, Lexicon]:
        """Return what the corpus proves about the forms of each language."""
        return {lang: get_language(lang).learn(counts) for lang, counts in self.forms.items()}


def gather(
    found: Iterable[Parsed],
    spool: Spool,
    report: BuildReport,
    languages: Collection[LanguageCode],
    archives: dict[str, str | None],
) -> Gathered:
    """Spool what sources gave; a resolution that several of them give is taken from the first.

    ``archives`` has by name of a source the checksum of the archive that it lies in.
    """
    forms: FormCounts = {}
    sources: list[SourceRecord] = []
    kept: dict[tuple[Symbol, LanguageCode], str] = {}
    for parsed in found:
        report.files += not parsed.carried
        for problem in parsed.problems:
            report.leave_out(problem)
        for one in parsed.resolutions:
            first = kept.setdefault((one.symbol, one.lang), one.source)
            if first != one.source:  # under another file name say
                if not parsed.carried:
                    report.oddity(Problem("duplicate", f"{one.symbol} was already read from {first}", one.source))
                continue
            if one.lang not in languages:
                report.leave_out(unasked(one))
            spool.add(one.symbol, one.encoded)
        for lang, counts in parsed.forms.items():
            forms.setdefault(lang, Counter()).update(counts)
        if not parsed.carried:
            sources.append(source_record(parsed, archives))
    return Gathered(forms, sources)


def source_record(parsed: Parsed, archives: dict[str, str | None]) -> SourceRecord:
    """Return what an index remembers of a source."""
    gave = tuple((one.symbol, one.lang) for one in parsed.resolutions)
    unread = next((problem for problem in parsed.problems if not problem.code.startswith("skipped-")), None)
    return SourceRecord(parsed.source, parsed.sha256, archives.get(parsed.source), gave, None if gave else unread)


def archive_checksums(sources: Iterable[Source]) -> dict[str, str | None]:
    """Return for each source in an archive the checksum of the file on disk; None where it cannot be read."""
    of_path: dict[str, str | None] = {}
    found: dict[str, str | None] = {}
    for source in sources:
        if source.members:
            if source.path not in of_path:
                of_path[source.path] = _file_checksum(Path(source.path))
            found[source.name] = of_path[source.path]
    return found


def checksum(source: Source) -> str | None:
    """Return the checksum of the content of a source, None where it cannot be read."""
    try:
        return hashlib.sha256(source.load()).hexdigest()
    except UnreadableSourceError:
        return None


def _file_checksum(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def unasked(one: Spooled) -> Problem:
    """Return the problem of a resolution in a language that was not asked for."""
    return Problem("skipped-language", f"{one.lang} was not asked for", one.source)


def parse_all(sources: Sequence[Source], languages: Collection[LanguageCode], jobs: int) -> Iterator[Parsed]:
    """Yield what each source gives: in this process where that is quicker and safe, else in workers that may die.

    Word forms are counted in ``languages``.
    """
    tasks = [Task(source, frozenset(languages)) for source in sources]
    if (jobs == 1 or len(tasks) <= FEW_SOURCES) and not any(is_risky(task.source) for task in tasks):
        yield from map(_parse_task, tasks)
        return
    for found in supervise(_parse_task, tasks, min(jobs, len(tasks)), Limits()):
        if isinstance(found, Lost):
            source = found.item.source
            problem = Problem("unreadable", found.reason, source.name)
            found = Parsed(source.name, checksum(source), (), {}, (problem,))
        yield found


def is_risky(source: Source) -> bool:
    """Whether native code reads a file that a hostile one may break: packed formats, told by their first bytes."""
    try:
        start = source.load()[:RISKY_WITHIN]
    except UnreadableSourceError:
        return False
    return any(mark in start for mark in RISKY_MARKS)


def parse_source(source: Source) -> Iterator[Resolution | Problem]:
    """Yield the resolutions of a source, and a problem for each document left out."""
    reading = read_source(source)
    yield from reading.skipped
    yield from map(_parse_document, reading.documents)


def _parse_document(document: RawDocument) -> Resolution | Problem:
    resolution = parse(document)
    return is_resolution(resolution) or resolution


def _parse_task(task: Task) -> Parsed:
    name = task.source.name
    reading = _guarded(partial(read_source, task.source), name)
    if isinstance(reading, Problem):
        return Parsed(name, None, (), {}, (reading,))
    resolutions: list[Spooled] = []
    forms: FormCounts = {}
    problems = list(reading.skipped)
    for document in reading.documents:
        item = _guarded(partial(_parse_document, document), name)
        if isinstance(item, Problem):
            problems.append(item)
            continue
        resolutions.append(spooled(item))
        if item.lang in task.counted:
            count_forms(item, forms)
    return Parsed(name, reading.sha256, tuple(resolutions), forms, tuple(problems))


def _guarded(work: Callable[[], T], name: str) -> T | Problem:
    """Do work on a source; a fault of ours must not cost the other files, nor the other documents of this one."""
    try:
        return work()
    except MemoryError:
        return Problem("unreadable", "it needs more memory than one file is given", name)
    except Exception as error:
        reason = f"the program failed on it ({type(error).__name__}): please report it"
        return Problem("unreadable", reason, name)


def spooled(resolution: Resolution) -> Spooled:
    """Return a resolution as it is sent and spooled."""
    return Spooled(resolution.symbol, resolution.lang, resolution.source, encode_resolution(resolution))


def count_forms(resolution: Resolution, forms: FormCounts) -> None:
    """Add the word forms of a resolution to counts by language."""
    language = get_language(resolution.lang)
    counts = forms.setdefault(resolution.lang, Counter())
    texts = [clause.text for clause in resolution.clauses] + [note.text for note in resolution.footnotes]
    for text in texts:
        counts.update(token.form for token in language.tokens(text))
