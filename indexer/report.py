"""What a build read, found and could not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from indexer.comparison import Disagreement, compare_versions
from indexer.findings import Finding, FindingsFile
from indexer.model import (
    LANGUAGES,
    Citation,
    CitationStatus,
    ClausePath,
    ClauseType,
    LanguageCode,
    Problem,
    Resolution,
)

EXAMPLES_PER_CODE = 3  # findings repeat by the thousand; the first few show their kind
NAMED_UNREADABLE = 50  # sources that the table names; the file of findings names all
SURFACES_SHOWN = 15
SURFACES_KEPT = 50_000  # most frequent surfaces of unsure citations, so that memory stays bounded

_UNSURE = (CitationStatus.UNRESOLVED, CitationStatus.AMBIGUOUS)
_LABEL_WIDTH = 24


class BuildReport:
    """Counts of one build, filled as it runs; every single finding goes to ``findings`` at once.

    Sources are ``unreadable`` when they gave nothing, ``skipped`` when they were left out on purpose (another
    language, drafts); an oddity is something in a resolution that was read all the same.
    """

    def __init__(self, findings: FindingsFile) -> None:
        self.files = 0
        self.resolutions: Counter[LanguageCode] = Counter()
        self.clauses: Counter[tuple[LanguageCode, ClauseType]] = Counter()
        self.citations: Counter[tuple[LanguageCode, CitationStatus]] = Counter()
        self.skipped: Counter[str] = Counter()
        self.unreadable = 0
        self.oddities: Counter[str] = Counter()
        self.inferred: Counter[LanguageCode] = Counter()
        self.disagreements: Counter[tuple[LanguageCode, str]] = Counter()
        self.unsure_kinds: Counter[tuple[CitationStatus, str]] = Counter()
        self.seconds = 0.0
        self.peak_mib = 0.0
        self._findings = findings
        self._named: list[Problem] = []  # the first unreadable sources
        self._examples: dict[str, list[str]] = {}
        self._surfaces: Counter[str] = Counter()

    @property
    def clean(self) -> bool:
        """Whether every source was either read or left out on purpose."""
        return not self.unreadable

    def leave_out(self, problem: Problem) -> None:
        """Count a document or source that is not in the index."""
        self._findings.write(Finding(problem.code, problem.message, problem.where))
        if problem.code.startswith("skipped-"):
            self.skipped[problem.code] += 1
            return
        self.unreadable += 1
        if len(self._named) < NAMED_UNREADABLE:
            self._named.append(problem)

    def oddity(self, problem: Problem, resolution: Resolution | None = None) -> None:
        """Count something odd in what was read."""
        where = problem.where
        finding = Finding(problem.code, problem.message, where)
        if resolution:
            where = f"{resolution.source} {resolution.symbol} {problem.where}".strip()
            path = ClausePath(problem.where) if any(c.path == problem.where for c in resolution.clauses) else None
            finding = Finding(
                problem.code, problem.message, resolution.source, resolution.symbol, resolution.lang, path
            )
        self._findings.write(finding)
        self.oddities[problem.code] += 1
        self._show(problem.code, f"{where}: {problem.message}")

    def count(self, resolution: Resolution) -> None:
        """Count one resolution that goes into the index, with what is unsure or odd in it."""
        lang = resolution.lang
        self.resolutions[lang] += 1
        for clause in resolution.clauses:
            self.clauses[lang, clause.type] += 1
            self._count_citations(resolution, clause.path, clause.citations)
            if clause.inferred:
                self.inferred[lang] += 1
                message = f"the path follows the other language versions; printed is {clause.number or 'no number'}"
                self._findings.write(
                    Finding("path-inferred", message, resolution.source, resolution.symbol, lang, clause.path)
                )
        for note in resolution.footnotes:
            self.clauses[lang, ClauseType.FOOTNOTE] += 1
            self._count_citations(resolution, note.path, note.citations)
        for problem in resolution.problems:
            self.oddity(problem, resolution)

    def compare(self, versions: Sequence[Resolution]) -> None:
        """Count where the aligned language versions of one resolution disagree."""
        for finding in compare_versions(versions):
            self._findings.write(finding)
            if finding.lang:
                self.disagreements[finding.lang, finding.code] += 1
            place = f"{finding.symbol}#{finding.clause}" if finding.clause else f"{finding.symbol}"
            self._show(finding.code, f"{finding.lang} {place}: {finding.message}")

    def lines(self) -> Iterator[str]:
        """Yield the report as lines of text, with a table of clauses by language and type."""
        yield (
            f"{self.files:,} files read, {self.resolutions.total():,} resolutions, "
            f"{self.clauses.total():,} clauses, {self.citations.total():,} citations "
            f"in {self.seconds:.1f} s (peak memory {self.peak_mib:,.0f} MiB)"
        )
        yield ""
        yield from self._table_of_clauses()
        if self.citations:
            totals = {status: sum(self.citations[lang, status] for lang in LANGUAGES) for status in CitationStatus}
            yield ""
            yield "citations: " + _counts((status.value, count) for status, count in totals.items())
            yield from self._unsure_citations()
        yield from self._table_of_doubts()
        if self.skipped:
            yield "left out on purpose: " + _counts(sorted(self.skipped.items()))
        if self.oddities:
            yield f"oddities in what was read: {self.oddities.total():,}"
            for code, count in self.oddities.most_common():
                yield from self._code(code, count)
        yield from self.unreadable_lines()

    def unreadable_lines(self) -> Iterator[str]:
        """Yield the sources that could not be read, as lines of text."""
        if self.unreadable:
            yield f"not read: {self.unreadable:,}"
            yield from (f"  {problem.where}: {problem.message} [{problem.code}]" for problem in self._named)
            if self.unreadable > len(self._named):
                yield f"  … and {self.unreadable - len(self._named):,} more"

    def _count_citations(self, resolution: Resolution, path: ClausePath, citations: Iterable[Citation]) -> None:
        for citation in citations:
            self.citations[resolution.lang, citation.status] += 1
            if citation.status not in _UNSURE:
                continue
            self.unsure_kinds[citation.status, citation.kind.value] += 1
            self._surfaces[citation.surface] += 1
            if len(self._surfaces) > 2 * SURFACES_KEPT:
                self._surfaces = Counter(dict(self._surfaces.most_common(SURFACES_KEPT)))
            self._findings.write(
                Finding(
                    f"citation-{citation.status.value}",
                    f"the target of this {citation.kind.value} is {citation.status.value}",
                    resolution.source,
                    resolution.symbol,
                    resolution.lang,
                    path,
                    citation.surface,
                    citation.kind.value,
                    citation.candidates,
                )
            )

    def _show(self, code: str, example: str) -> None:
        examples = self._examples.setdefault(code, [])
        if len(examples) < EXAMPLES_PER_CODE:
            examples.append(example)

    def _code(self, code: str, count: int) -> Iterator[str]:
        yield f"  {code}: {count:,}"
        yield from (f"    {example}" for example in self._examples.get(code, ()))

    def _unsure_citations(self) -> Iterator[str]:
        for status in _UNSURE:
            kinds = [(kind, count) for (of, kind), count in self.unsure_kinds.most_common() if of is status]
            if kinds:
                yield f"  {status.value}: " + _counts(kinds)
        if self._surfaces:
            yield "  most frequent: " + _counts(self._surfaces.most_common(SURFACES_SHOWN))

    def _table_of_clauses(self) -> Iterator[str]:
        languages = self._languages()
        yield from _table(
            languages,
            [
                ("resolutions", lambda lang: self.resolutions[lang]),
                *((kind.value, lambda lang, kind=kind: self.clauses[lang, kind]) for kind in ClauseType),
            ],
        )

    def _table_of_doubts(self) -> Iterator[str]:
        """Where language versions disagree and what stayed unsure, by language."""
        rows: list[tuple[str, Callable[[LanguageCode], int]]] = [
            *((code.value, lambda lang, code=code: self.disagreements[lang, code.value]) for code in Disagreement),
            ("path-inferred", lambda lang: self.inferred[lang]),
            *(
                (f"citation-{status.value}", lambda lang, status=status: self.citations[lang, status])
                for status in _UNSURE
            ),
        ]
        table = list(_table(self._languages(), rows))
        if len(table) > 1:
            yield ""
            yield "where language versions disagree, and what stayed unsure:"
            yield from table
            for code in Disagreement:
                total = sum(self.disagreements[lang, code.value] for lang in LANGUAGES)
                if total:
                    yield from self._code(code.value, total)
            yield ""

    def _languages(self) -> list[LanguageCode]:
        return [lang for lang in LANGUAGES if self.resolutions[lang]]


def _table(
    languages: Sequence[LanguageCode], rows: Iterable[tuple[str, Callable[[LanguageCode], int]]]
) -> Iterator[str]:
    """Yield a head and the rows that are not empty."""
    yield f"{'':<{_LABEL_WIDTH}}" + "".join(f"{lang:>10}" for lang in languages)
    for label, value in rows:
        if any(map(value, languages)):
            yield f"{label:<{_LABEL_WIDTH}}" + "".join(f"{value(lang):>10,}" for lang in languages)


def _counts(pairs: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in pairs if count)
