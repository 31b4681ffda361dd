"""The pipeline from sources to a swapped-in index.

Two passes. The first (`indexer.gathering`) reads and parses on all cores, spools the resolutions to disk (memory
stays bounded however large the corpus) and counts word forms; from these each language learns which base forms its
corpus proves. The second takes the language versions of each resolution together, aligns them and analyses them with
that knowledge on all cores (`indexer.preparing`); this process compares them and writes what comes back.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from indexer.alignment import align
from indexer.errors import EmptyCorpusError
from indexer.findings import FindingsFile
from indexer.gathering import Parsed, archive_checksums, gather, parse_all, unasked
from indexer.lang.base import Lexicon
from indexer.model import LANGUAGES, LanguageCode, Problem, Resolution
from indexer.preparing import prepare_all
from indexer.progress import track
from indexer.reading.sources import Source, find_sources
from indexer.report import BuildReport
from indexer.spool import Spool
from indexer.store import BuildSettings, IndexWriter, SourceRecord


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
    corpus = find_corpus(paths)
    with (
        IndexWriter(directory, wait=wait) as writer,
        Spool(writer.workspace) as spool,
        FindingsFile(findings) as found,
    ):
        building = Building(writer, spool, BuildReport(found), tuple(languages), jobs or os.cpu_count() or 1)
        building.read_and_write(corpus)
        writer.commit()
    return finished(building.report, started)


@dataclass(frozen=True, slots=True)
class Corpus:
    """The sources found at some paths, one at least."""

    paths: list[Path]
    sources: list[Source]

    def lacks(self, what: str) -> EmptyCorpusError:
        """Return the error that says what is missing and what to give instead."""
        names = ", ".join(map(str, self.paths)) or "the given sources"
        wanted = "files of UN resolutions (text, PDF, DOCX, HTML, XML), folders or zip archives of them"
        return EmptyCorpusError(f"{names}: {what} was found; give {wanted}")


def find_corpus(paths: Iterable[Path]) -> Corpus:
    """Return what there is at some paths; raises `EmptyCorpusError` when no file could hold a resolution."""
    paths = list(paths)
    corpus = Corpus(paths, list(find_sources(paths)))
    if not corpus.sources:
        raise corpus.lacks("no file that could hold a resolution")
    return corpus


@dataclass(frozen=True, slots=True)
class Building:
    """The passes of a build, and where what they find goes."""

    writer: IndexWriter
    spool: Spool
    report: BuildReport
    languages: tuple[LanguageCode, ...]
    jobs: int

    def read_and_write(
        self, corpus: Corpus, carried: Iterable[Parsed] = (), elsewhere: Sequence[SourceRecord] = ()
    ) -> None:
        """Read all sources, learn from them and write their resolutions.

        What is ``carried`` over stands behind them, and ``elsewhere`` are the sources that it came from. Raises
        `EmptyCorpusError` when there is no resolution.
        """
        found = self.parse(corpus.sources)
        archives = archive_checksums(corpus.sources)
        gathered = gather(chain(found, carried), self.spool, self.report, self.languages, archives)
        if not gathered.forms:
            raise corpus.lacks("no resolution")
        lexicons = gathered.learn()
        self.writer.use_lexicons(lexicons)
        self.write(lexicons)
        self.writer.keep([*gathered.sources, *elsewhere], BuildSettings(program_version(), self.languages))

    def parse(self, sources: Sequence[Source]) -> Iterator[Parsed]:
        """Yield what sources give, showing how far it is."""
        found = parse_all(sources, self.languages, self.jobs)
        return track(found, total=len(sources), label="reading", unit="files")

    def write(self, lexicons: Mapping[LanguageCode, Lexicon]) -> None:
        """Align, analyse and write what was spooled."""
        ready = prepare_all(self.spool.encoded(), self.languages, lexicons, self.jobs)
        for versions in track(ready, total=self.spool.symbols, label="writing", unit="resolutions"):
            chosen = versions.resolutions()
            self.report.compare(chosen)
            for resolution in chosen:
                self.report.count(resolution)
            for prepared in versions.prepared:
                self.writer.add_prepared(prepared)


def parse_sources(
    sources: Iterable[Source], *, languages: Collection[LanguageCode] = LANGUAGES, jobs: int | None = None
) -> Iterator[Resolution | Problem]:
    """Yield a problem for each thing left out as it is met, then the resolutions, their versions side by side.

    Clause ids are aligned over all language versions found, also over those that are not asked for.
    """
    with Spool() as spool:
        for parsed in parse_all(list(sources), (), jobs or os.cpu_count() or 1):
            yield from parsed.problems
            for one in parsed.resolutions:
                spool.add(one.symbol, one.encoded)
                if one.lang not in languages:
                    yield unasked(one)
        for versions in track(spool.versions(), total=spool.symbols, label="aligning", unit="resolutions"):
            yield from (version for version in align(versions) if version.lang in languages)


def program_version() -> str:
    """Return the version of this program, which decides how a source is read."""
    return version("clausula")


def finished(report: BuildReport, started: float) -> BuildReport:
    """Return a report with the time and memory that the work took."""
    report.seconds = time.monotonic() - started
    report.peak_mib = _peak_memory()
    return report


def _peak_memory() -> float:
    """Return the peak of this process plus that of its largest worker, in MiB."""
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage counts bytes on macOS, KiB elsewhere
    own, largest = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (own + largest) * unit / 2**20
