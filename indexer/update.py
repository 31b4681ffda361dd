"""Updating an index: only what changed is read again; the rest is taken over as it stands.

What changed is told by checksums: the index keeps one for each source, and for each archive. A resolution is written
again with all its language versions, since clauses are aligned between them. An update of many resolutions, by
another version of the program, or after many small ones is a build: then the corpus also tells anew which base forms
its words have.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from indexer.build import Building, Corpus, find_corpus, finished, program_version
from indexer.findings import FindingsFile
from indexer.gathering import (
    FormCounts,
    Parsed,
    archive_checksums,
    checksum,
    count_forms,
    gather,
    source_record,
    spooled,
)
from indexer.model import Symbol
from indexer.progress import track
from indexer.reading.sources import SEPARATOR, Source
from indexer.report import BuildReport
from indexer.spool import Spool
from indexer.store import BuildSettings, IndexWriter, Snapshot, SourceRecord, installed_versions

RELEARNED_SHARE = 0.1  # of the resolutions changed since words were learned: then they are learned again


@dataclass(slots=True)
class UpdateReport:
    """What an update found and did; ``read`` reports on what was read again.

    Sources are counted under ``new``, ``changed``, ``unchanged``, ``vanished`` (below the given paths, gone from
    there) and ``elsewhere`` (not below them); resolutions, each in one language, under ``added``, ``replaced`` and
    ``removed``. ``rebuilt`` says why everything was read again, if it was.
    """

    read: BuildReport
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    vanished: int = 0
    elsewhere: int = 0
    pruned: bool = False
    rebuilt: str | None = None
    added: int = 0
    replaced: int = 0
    removed: int = 0

    @property
    def clean(self) -> bool:
        """Whether every source that was read again could be read."""
        return self.read.clean

    @property
    def anything(self) -> bool:
        """Whether there was anything to do."""
        return bool(self.new or self.changed or (self.pruned and self.vanished) or self.rebuilt)

    def lines(self) -> Iterator[str]:
        """Yield the report as lines of text."""
        yield (
            f"sources: {self.new:,} new, {self.changed:,} changed, {self.unchanged:,} unchanged, "
            f"{self.vanished:,} vanished" + self._fate_of_vanished()
        )
        if self.elsewhere:
            yield f"{self.elsewhere:,} sources that lie elsewhere stay as they were read"
        if not self.anything:
            yield f"the index is up to date ({self.read.seconds:.1f} s)"
            yield from self.read.unreadable_lines()
            return
        if self.rebuilt:
            yield f"everything was read again: {self.rebuilt}"
        yield f"resolutions: {self.added:,} added, {self.replaced:,} replaced, {self.removed:,} removed"
        yield ""
        yield from self.read.lines()

    def _fate_of_vanished(self) -> str:
        if not self.vanished:
            return ""
        return " and removed" if self.pruned else " (kept; --prune removes them)"


def update_index(
    paths: Iterable[Path],
    directory: Path,
    *,
    prune: bool = False,
    jobs: int | None = None,
    findings: Path | None = None,
    wait: float = 0.0,
) -> UpdateReport:
    """Bring an index up to date with everything in ``paths`` and swap it in whole; builds it when there is none.

    Sources outside ``paths`` stay; those below that are no longer there stay too unless ``prune`` is set. The
    languages are those that the index was built in. Where nothing changed the live index stays. Raises what
    `build_index` does, `IndexDamagedError` and `IndexOutdatedError`.
    """
    started = time.monotonic()
    corpus = find_corpus(paths)
    with (
        IndexWriter(directory, wait=wait) as writer,
        Spool(writer.workspace) as spool,
        FindingsFile(findings) as found,
    ):
        base = writer.live()
        settings = base.manifest.settings if base else BuildSettings()
        building = Building(writer, spool, BuildReport(found), settings.languages, jobs or os.cpu_count() or 1)
        report = UpdateReport(building.report, pruned=prune)
        changes = _find_changes(corpus, base.sources() if base else [], report)
        report.rebuilt = _why_rebuild(base, changes)
        if base is None:
            building.read_and_write(corpus)
        elif report.rebuilt:
            gone = changes.vanished if prune else []
            read_again = {source.name for source in corpus.sources} | {record.name for record in gone}
            carried = _carried(base, dict.fromkeys(record.symbol for record in base.resolutions()), read_again)
            building.read_and_write(corpus, carried, changes.staying(prune))
        elif report.anything:
            _update(building, base, changes, prune)
        if report.anything:
            _count_resolutions(report, base, writer)
            writer.commit()
    finished(report.read, started)
    return report


@dataclass(frozen=True, slots=True)
class _Changes:
    """The sources of a corpus beside those that an index was made from.

    ``read`` are the new and changed ones of ``corpus``. ``vanished`` and ``elsewhere`` are of the index alone.
    """

    corpus: Corpus
    archives: dict[str, str | None]
    known: dict[str, SourceRecord]
    read: list[Source]
    vanished: list[SourceRecord]
    elsewhere: list[SourceRecord]

    def staying(self, prune: bool) -> list[SourceRecord]:
        """Return the sources that are not found any more and yet belong to the index."""
        return self.elsewhere if prune else [*self.vanished, *self.elsewhere]


def _find_changes(corpus: Corpus, records: Sequence[SourceRecord], report: UpdateReport) -> _Changes:
    """Compare checksums, and count what is found."""
    known = {record.name: record for record in records}
    archives = archive_checksums(corpus.sources)
    changes = _Changes(corpus, archives, known, [], [], [])
    for source in track(corpus.sources, total=len(corpus.sources), label="comparing", unit="files"):
        record = known.get(source.name)
        if record is None:
            report.new += 1
            changes.read.append(source)
        elif _is_unchanged(source, record, archives):
            report.unchanged += 1
            if problem := source.problem or record.problem:
                report.read.leave_out(problem)
        else:
            report.changed += 1
            changes.read.append(source)
    present = {source.name for source in corpus.sources}
    for record in records:
        if record.name not in present:
            lies_below = any(_is_below(record.name, path.as_posix()) for path in corpus.paths)
            (changes.vanished if lies_below else changes.elsewhere).append(record)
    report.vanished, report.elsewhere = len(changes.vanished), len(changes.elsewhere)
    return changes


def _is_unchanged(source: Source, record: SourceRecord, archives: Mapping[str, str | None]) -> bool:
    if source.problem:  # by its name, or an archive that cannot be opened
        return record.sha256 is None and not record.gave
    archive = archives.get(source.name)
    if archive is not None and archive == record.archive:
        return True
    return checksum(source) == record.sha256


def _is_below(name: str, path: str) -> bool:
    return path == "." or name == path or name.startswith((f"{path}/", f"{path}{SEPARATOR}"))


def _why_rebuild(base: Snapshot | None, changes: _Changes) -> str | None:
    """Return why what is taken over would not be what a build gives; None where it would."""
    if base is None:
        return "there was no index yet"
    settings = base.manifest.settings
    if not changes.known:
        return "the index does not tell what it was made from"
    if settings.program != program_version():
        return f"version {settings.program} of the program read it, this is {program_version()}"
    if base.manifest.versions != installed_versions():
        return "words are analysed with other versions of the dictionaries now"
    records = (changes.known.get(source.name) for source in changes.read)
    changed = settings.since_learned + sum(max(len(record.gave), 1) if record else 1 for record in records)
    if changed > RELEARNED_SHARE * len(base.held):
        return f"{changed:,} of {len(base.held):,} resolutions are others than those that words were learned from"
    return None


def _carried(base: Snapshot, symbols: Iterable[Symbol], read_again: Collection[str]) -> Iterator[Parsed]:
    """Yield resolutions of an index as if they were read, but none whose source is read again."""
    for symbol in symbols:
        for lang in base.languages_of_resolution(symbol):
            record = base.resolution(symbol, lang)
            if record is not None and record.source not in read_again:
                resolution = base.load(record)
                forms: FormCounts = {}
                count_forms(resolution, forms)
                yield Parsed(record.source, None, (spooled(resolution),), forms, (), carried=True)


def _update(building: Building, base: Snapshot, changes: _Changes, prune: bool) -> None:
    """Write the resolutions that changed, and take over the others."""
    gone = changes.vanished if prune else []
    parsed = {one.source: one for one in building.parse(changes.read)}
    symbols = {resolution.symbol for one in parsed.values() for resolution in one.resolutions}
    for record in (*(changes.known[name] for name in parsed if name in changes.known), *gone):
        symbols.update(symbol for symbol, _ in record.gave)
    beside = [
        source
        for source in changes.corpus.sources
        if source.name not in parsed and any(symbol in symbols for symbol, _ in changes.known[source.name].gave)
    ]
    parsed.update((one.source, one) for one in building.parse(beside))
    in_order = [parsed[source.name] for source in changes.corpus.sources if source.name in parsed]
    present = {source.name for source in changes.corpus.sources}
    carried = _carried(base, sorted(symbols), present | {record.name for record in gone})
    of_symbols = (_only(one, symbols) for one in in_order)
    gather(chain(of_symbols, carried), building.spool, building.report, building.languages, changes.archives)
    building.writer.begin_with(base)
    for symbol in symbols:
        for lang in base.languages_of_resolution(symbol):
            building.writer.remove(symbol, lang)
    building.write({lang: base.lexicon(lang) for lang in base.learned_languages})
    sources = [
        source_record(parsed[source.name], changes.archives) if source.name in parsed else changes.known[source.name]
        for source in changes.corpus.sources
    ]
    sources = [replace(source, archive=changes.archives.get(source.name)) for source in sources]
    settings = base.manifest.settings
    changed = settings.since_learned + len(building.writer.fresh)
    building.writer.keep([*sources, *changes.staying(prune)], replace(settings, since_learned=changed))


def _only(parsed: Parsed, symbols: Collection[Symbol]) -> Parsed:
    """Return what a source gave, but only the resolutions of some symbols."""
    return replace(parsed, resolutions=tuple(one for one in parsed.resolutions if one.symbol in symbols))


def _count_resolutions(report: UpdateReport, base: Snapshot | None, writer: IndexWriter) -> None:
    before = base.held if base else frozenset()
    report.added = len(writer.fresh - before)
    report.replaced = len(writer.fresh & before)
    report.removed = len(before - writer.held)
